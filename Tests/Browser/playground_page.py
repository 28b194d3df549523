"""The playground: its server, and what a reader sees of the page."""
import base64
import json
import pathlib
import subprocess
import time
import urllib.request
import zlib

from webdriver import Failure, expect, free_port


class Server:
    """A `lintel playground` of its own."""

    def __init__(self, lintel, *options):
        self.origin = f"http://127.0.0.1:{free_port()}"
        self.process = subprocess.Popen(
            [lintel, "playground", "--listen", self.origin.removeprefix("http://"), *options], stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.origin}/api/info", timeout=5).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise Failure("the playground did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def fragment(workspace):
    """The part of a link that holds a workspace."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(json.dumps(workspace).encode()) + packer.flush()
    return "#w=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def workspace(policy=None, document=None, test=None, **more):
    result = dict(more)
    if policy is not None:
        result["policies"] = [{"path": "main.rego", "text": policy}]
    if document is not None:
        result["inputs"] = [{"path": "input.yaml", "text": document}]
    if test is not None:
        result["tests"] = [{"path": "main_test.rego", "text": test}]
    return result


class Page:
    """The page in a browser, with what it must never do checked by `finish`."""

    def __init__(self, browser, origin):
        self.browser = browser
        self.origin = origin
        self.fresh = True
        self.skipped = None

    def skip(self, reason):
        """Says that a case cannot be tried here."""
        self.skipped = reason

    def open(self, content=None, query="", address=None):
        browser = self.browser
        browser.open("about:blank")
        if self.fresh:
            # What another page did before is not this one's.
            browser.log("browser"), browser.log("performance")
            self.fresh = False
        browser.devtools("Storage.clearDataForOrigin", origin=self.origin, storageTypes="all")
        browser.open(address or f"{self.origin}/{query}{fragment(content) if content is not None else ''}")
        browser.wait("return document.querySelector('#loading')?.hidden", what="the page to open")
        if content is not None:
            self.settled()

    def settled(self):
        """Waits until typing has been answered: no request under way, none about to be sent."""
        time.sleep(0.35)
        self.browser.wait("return document.querySelector('#results').getAttribute('aria-busy') === null", what="the evaluation")

    # What is seen

    def verdict(self):
        return self.browser.run("return document.querySelector('.verdict-text').textContent")

    def until_verdict(self, text):
        self.browser.wait("return document.querySelector('.verdict-text').textContent.includes(arguments[0])", text, what=f"the verdict “{text}”")

    def texts(self, selector):
        return self.browser.run("return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetParent !== null).map(e => e.textContent)", selector)

    def body(self):
        return self.browser.run("return document.querySelector('#result-panel').innerText")

    def until_body(self, text):
        self.browser.wait("return document.querySelector('#result-panel').innerText.includes(arguments[0])", text, what=f"“{text}” among the results")

    def text(self, pane):
        return self.browser.run(EDITOR + "return plain ? plain.value : editor.getValue()", pane)

    def cursor(self, pane):
        """Line and column, from 1."""
        return self.browser.run(EDITOR + """
            if (!plain) { const c = editor.getCursor(); return [c.line + 1, c.ch + 1]; }
            const before = plain.value.slice(0, plain.selectionStart).split('\\n');
            return [before.length, before.at(-1).length + 1];""", pane)

    def focused(self, selector):
        return self.browser.run("return document.activeElement?.closest(arguments[0]) !== null", selector)

    # What is done

    def put(self, pane, text):
        """Replaces the text of the shown file, as a paste would."""
        self.browser.run(EDITOR + """
            if (plain) { plain.focus(); plain.select(); document.execCommand('insertText', false, arguments[1]); }
            else { editor.focus(); editor.replaceRange(arguments[1], {line: 0, ch: 0}, {line: editor.lastLine(), ch: 1e6}, 'paste'); }""", pane, text)

    def select(self, pane, line, start, end):
        self.browser.run(EDITOR + "editor.focus(); editor.setSelection({line: arguments[1] - 1, ch: arguments[2] - 1}, {line: arguments[1] - 1, ch: arguments[3] - 1})", pane, line, start, end)

    def place(self, pane, line, column):
        self.browser.run(EDITOR + """
            if (!plain) { editor.focus(); editor.setCursor({line: arguments[1] - 1, ch: arguments[2] - 1}); return; }
            const at = plain.value.split('\\n').slice(0, arguments[1] - 1).join('\\n').length + (arguments[1] > 1 ? 1 : 0) + arguments[2] - 1;
            plain.focus(); plain.setSelectionRange(at, at);""", pane, line, column)

    def pick(self, path, ask):
        """Runs what asks for files, and answers with a path. The system's dialog stays closed: a folder is dropped while one is open."""
        self.browser.run("HTMLInputElement.prototype.click = function () {}")
        ask()
        self.browser.wait("return document.querySelector('#bundle-file') !== null", what="the question for files")
        self.browser.send("#bundle-file", str(path))

    def tab(self, view):
        # In a narrow window the tab may be below the arrow at an end of the strip.
        self.browser.run("document.querySelector(arguments[0]).scrollIntoView({inline: 'center', block: 'nearest'})", f"#result-tab-{view}")
        self.browser.click(f"#result-tab-{view}")

    def marked(self, pane, selector):
        """The text under marks of a kind."""
        return self.browser.run("return [...document.querySelectorAll('#pane-' + arguments[0] + ' .CodeMirror-line ' + arguments[1])].map(e => e.textContent).join('')", pane, selector)

    # What must never be

    def finish(self, allowed=()):
        problems = [entry["message"] for entry in self.browser.log("browser")
                    if entry["level"] == "SEVERE" and not any(text in entry["message"] for text in allowed)]
        expect(not problems, f"the console is silent, but: {problems[:3]}")
        for entry in self.browser.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                own = address.startswith((self.origin + "/", "blob:" + self.origin, "data:", "about:"))
                expect(own, f"no request leaves the page's origin, but {address}")
        expect(self.browser.run("return window.hacked === undefined"), "no pasted script ran")


EDITOR = """
const host = document.querySelector('#pane-' + arguments[0]);
const plain = host.querySelector('textarea.plain-text');
const editor = host.querySelector('.CodeMirror')?.CodeMirror;
"""

ROOT = pathlib.Path(__file__).resolve().parents[2]
