"""Keeping and handing on: links, bundles, the workspace folder, start points, the tutorial."""
import io
import pathlib
import tarfile
import tempfile

from playground_cases import DEPLOYMENT, REPLICAS, TESTS
from playground_page import Page, Server, workspace
from webdriver import expect


def share(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, parameters="least: 2\n"))
    page.place("rego", 1, 1)
    browser.type("# shared\u00e4\n")
    page.settled()
    browser.click("#tool-share")
    browser.wait("return location.hash.startsWith('#w=')", what="the link")
    address = browser.address
    page.open(address=address)
    page.until_verdict("1 violation")
    expect(page.text("rego") == "# shared\u00e4\n" + REPLICAS and page.text("documents") == DEPLOYMENT, "the link brings all back")
    browser.click("#pane-tab-parameters")
    expect(page.text("documents") == "least: 2\n", "the parameters, too")
    page.open(address=address[:-20])
    browser.wait("return document.querySelector('#notices').textContent.includes('damaged')", what="a word about a damaged link")
    page.finish()


def bundle(page, _):
    browser = page.browser
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        archive = folder / "bundle.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            for path, text in {"policy/app.rego": REPLICAS, "policy/app_test.rego": TESTS, "limits/data.json": '{"least": 2}', "../outside.rego": "package outside\n"}.items():
                entry = tarfile.TarInfo(path)
                entry.size = len(text)
                tar.addfile(entry, io.BytesIO(text.encode()))
        page.open(workspace("package main\n", DEPLOYMENT))

        def ask():
            browser.run("[...document.querySelectorAll('#toolbar button')].find(b => b.id === 'tool-more').click()")
            browser.run("[...document.querySelectorAll('[role=menuitem]')].find(b => b.textContent.includes('Open a')).click()")

        page.pick(archive, ask)
        browser.wait("return document.querySelector('#notices').textContent.includes('Opened bundle.tar.gz')", what="the bundle")
        expect(page.text("rego") == REPLICAS, "its policy is shown")
        expect(page.texts("#pane-tab-tests .badge") == ["1"] and page.texts("#pane-tab-data .badge") == ["1"], "its tests and data are there")
        expect("outside" not in "".join(page.texts(".file-tab")), "what would lie outside is left out")
        browser.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder / "got"), eventsEnabled=False)
        browser.press("Control+k")
        browser.type("download")
        browser.press("Enter")
        got = folder / "got" / "workspace.tar.gz"
        for _ in range(100):
            if got.exists():
                break
            browser.run("return 0")
        page.settled()
        with tarfile.open(got) as tar:
            texts = [tar.extractfile(entry).read().decode() for entry in tar if entry.isfile()]
        expect(REPLICAS in texts and TESTS in texts, "the download holds the same")
    page.finish()


def command_line(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    browser.press("Control+k")
    browser.type("command line")
    browser.press("Enter")
    browser.wait("return document.querySelector('.command pre')?.textContent.startsWith('lintel ') || document.querySelector('.command pre')?.textContent.includes('lintel check')", what="the command")
    page.finish()


def several_files(page, _):
    browser = page.browser
    page.open(workspace("package main\n\nimport data.lib.limits\n\ndeny contains \"few\" if input.spec.replicas < limits.least\n", DEPLOYMENT))
    page.until_verdict("")
    browser.click("#pane-rego .files [aria-label='New policy']")
    browser.type("lib/limits.rego")
    browser.press("Enter")
    browser.wait("return document.querySelector('dialog') === null", what="the dialog to close")
    page.put("rego", "package lib.limits\n\nleast := 2\n")
    page.until_verdict("1 violation")
    browser.click("#tool-files")
    expect("lib" in page.texts("#side .tree-name") and "limits.rego" in page.texts("#side .tree-name"), "folders are shown as a tree")
    browser.click("#pane-rego .files [aria-label='Rename lib/limits.rego']")
    browser.press("Control+a")
    browser.type("../x.rego")
    browser.press("Enter")
    expect(browser.run("return document.querySelector('.dialog-problem')?.textContent.length > 5"), "a path that leaves the pane is refused")
    browser.press("Escape")
    browser.click("#pane-rego .files [aria-label^='Remove lib/limits.rego']")
    browser.wait("return document.querySelector('#notices').textContent.includes('Removed')", what="the notice")
    browser.run("[...document.querySelectorAll('#notices .button')].find(b => b.textContent === 'Undo').click()")
    page.until_verdict("1 violation")
    page.finish()


def gallery(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    browser.click("#tool-library")
    browser.wait("return document.querySelectorAll('.card').length > 50", what="the library")
    browser.type("LT-POD-001")
    expect(browser.run("return document.querySelectorAll('.card').length") == 1, "a search narrows it")
    browser.click(".card-title")
    # The workspace before it has a verdict of its own: only the notice says that the policy is there.
    browser.wait("return document.querySelector('#notices').textContent.includes('LT-POD-001')", what="the notice")
    expect("privileged" in page.text("rego"), "the policy is open")
    page.until_verdict("violation")
    browser.run("[...document.querySelectorAll('#notices .button')].find(b => b.textContent === 'Undo').click()")
    expect(page.text("rego") == REPLICAS, "what was there comes back")
    for section in ("templates", "samples"):
        browser.press("Control+k")
        browser.type({"templates": "templates", "samples": "sample manifests"}[section])
        browser.press("Enter")
        browser.wait("return document.querySelectorAll('.card').length >= 4", what=section)
        browser.click(".card-title")
        browser.wait("return document.querySelector('dialog') === null", what="the dialog to close")
    page.settled()
    page.finish()


def tutorial(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    browser.click("#tool-tutorial")
    browser.wait("return document.querySelectorAll('.tutorial-dot').length === 10", what="ten steps")
    check = "[...document.querySelectorAll('.tutorial button')].find(b => b.textContent.startsWith(arguments[0])).click()"
    browser.run(check, "Check")
    browser.wait("return document.querySelector('.tutorial-wrong li') !== null", what="what is still wrong")
    for step in range(10):
        for _ in range(8):
            if browser.run("const hint = [...document.querySelectorAll('.tutorial button')].find(b => /^(Hint|Show a solution)$/.test(b.textContent) && !b.hidden); hint?.click(); return !hint"):
                break
        browser.run(check, "Put it into")
        browser.run(check, "Check")
        browser.wait("return document.querySelector('.tutorial-right') !== null", what=f"step {step + 1} to be right with its solution")
        if step < 9:
            browser.run(check, "Go on")
    expect(browser.run("return document.querySelectorAll('.tutorial-done').length") == 10, "all ten are done")
    browser.run(check, "Finish")
    expect(page.text("rego") == REPLICAS, "leaving brings the workspace back")
    page.settled()
    page.finish()


def folder(page, lintel):
    """--workspace: open, save, notice foreign changes; --read-only: nothing to save with."""
    browser = page.browser
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for path, text in {"policies/main.rego": REPLICAS, "inputs/web.yaml": DEPLOYMENT}.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text)
        server = Server(lintel, "--workspace", name)
        try:
            own = Page(browser, server.origin)
            own.open()
            own.until_verdict("1 violation")
            own.place("rego", 1, 1)
            browser.type("# kept\n")
            browser.press("Control+s")
            browser.wait("return document.querySelector('#notices').textContent.includes('Saved')", what="the notice")
            expect((root / "policies/main.rego").read_text() == "# kept\n" + REPLICAS, "the file is written")
            (root / "policies/main.rego").write_text("package other\n")
            browser.type("# mine\n")
            browser.press("Control+s")
            browser.wait("return document.querySelector('dialog')?.textContent.includes('has changed')", what="the conflict")
            browser.run("[...document.querySelectorAll('dialog .button')].find(b => b.textContent.startsWith('Overwrite')).click()")
            browser.wait("return document.querySelector('#notices').textContent.includes('Saved')", what="saving over it")
            expect((root / "policies/main.rego").read_text().startswith("# kept\n# mine\n"), "the reader's text wins when told so")
            save_formats(own, root)
            own.finish(allowed=("409",))
        finally:
            server.stop()
        server = Server(lintel, "--workspace", name, "--read-only")
        try:
            own = Page(browser, server.origin)
            own.open()
            own.until_verdict("1 violation")
            expect(own.texts(".read-only") == ["Read-only"] and own.texts("#tool-save") == [], "read-only is said and nothing saves")
            own.finish()
        finally:
            server.stop()


def save_formats(page, root):
    """Saving leaves the text as it is, and formats it once that was chosen."""
    browser = page.browser
    loose = REPLICAS.replace(" < 2", "<2")
    page.put("rego", loose)
    browser.press("Control+s")
    browser.wait("return document.querySelector('#tool-save.unsaved') === null", what="saving")
    expect((root / "policies/main.rego").read_text() == loose, "saving leaves the text as it is")
    browser.press("Control+k")
    browser.type("format on save")
    browser.press("Enter")
    browser.press("Control+s")
    browser.wait("return document.querySelector('#pane-rego .CodeMirror').CodeMirror.getValue() === arguments[0] && !document.querySelector('#tool-save.unsaved')", REPLICAS, what="formatting and saving")
    expect((root / "policies/main.rego").read_text() == REPLICAS and page.text("rego") == REPLICAS, "saving formats")


def keep_without_folder(page, _):
    """Ctrl+S without a folder keeps the draft in the browser, and says so."""
    browser = page.browser
    page.open()
    page.put("rego", REPLICAS)
    browser.press("Control+s")
    browser.wait("return document.querySelector('#notices').textContent.includes('kept in this browser')", what="the notice")
    browser.reload()
    browser.wait("return document.querySelector('#loading')?.hidden", what="the page to open")
    expect(page.text("rego") == REPLICAS, "the draft is there again")
    page.settled()
    page.finish()


def gallery_opens_at_the_rule(page, _):
    """A policy of the library opens at its rule, its metadata folded, with its tests."""
    browser = page.browser
    for policy in ("LT-POD-001", "LT-NET-001", "LT-RBAC-012"):
        page.open(workspace(REPLICAS, DEPLOYMENT))
        browser.click("#tool-library")
        browser.wait("return document.querySelectorAll('.card').length > 50", what="the library")
        browser.type(policy)
        if browser.run("return document.querySelectorAll('.card').length") != 1:
            continue
        browser.click(".card-title")
        browser.wait("return document.querySelector('#notices').textContent.includes(arguments[0])", policy, what="the notice")
        line = page.cursor("rego")[0]
        text = page.text("rego").split("\n")
        expect(text[line - 1].startswith("deny"), f"{policy} opens at its rule, not at {text[line - 1]!r}")
        expect(browser.run("return document.querySelectorAll('#pane-rego .CodeMirror-foldmarker').length") >= 1, "its metadata is folded")
        inside = "const c = document.querySelector('#pane-rego .CodeMirror'); const r = c.CodeMirror.charCoords(c.CodeMirror.getCursor(), 'window'), b = c.getBoundingClientRect(); return r.top >= b.top && r.bottom <= b.bottom"
        expect(browser.run(inside), "the rule is in sight")
        expect(any(text in ("Tests1", "Tests2") for text in page.texts("#pane-rego [role=tab]")), f"with its tests: {page.texts('#pane-rego [role=tab]')}")
        browser.press("Alt+Enter")
        page.until_body(" passed")
        expect("failed" not in page.body().split("\n")[0], f"they pass: {page.body()[:80]}")
    page.finish()


def server_gone(page, lintel):
    server = Server(lintel)
    own = Page(page.browser, server.origin)
    own.open(workspace(REPLICAS, DEPLOYMENT))
    server.stop()
    own.put("rego", REPLICAS + "\n")
    own.until_verdict("does not answer")
    expect(page.browser.run("return [...document.querySelectorAll('#notices .button')].some(b => b.textContent === 'Try again')"), "there is a way on")
    own.finish(allowed=("ERR_CONNECTION_REFUSED",))


CASES = [share, bundle, command_line, several_files, gallery, gallery_opens_at_the_rule, tutorial, folder, keep_without_folder, server_gone]
