"""A headless Chromium, driven through chromedriver's WebDriver and DevTools commands."""
import base64
import json
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {
    "Control": "\ue009", "Shift": "\ue008", "Alt": "\ue00a", "Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Space": " ",
    "ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Home": "\ue011", "End": "\ue010",
    "Backspace": "\ue003", "Delete": "\ue017", "F1": "\ue031", "F6": "\ue036", "F8": "\ue038",
}


class Failure(Exception):
    """Something on the page is not as it should be."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """A WebDriver session."""

    def __init__(self, width=1200, height=1300, arguments=()):
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}", "--silent"])
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},{height}", *arguments]}
        capabilities = {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "unhandledPromptBehavior": "accept",
        }
        for attempt in range(100):
            try:
                answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
                break
            except OSError:
                if attempt == 99:
                    raise
                time.sleep(0.1)
        self.session = f"/session/{answer['sessionId']}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise Failure(json.load(error)["value"]["message"].split("\n")[0]) from error

    def open(self, page):
        address = page.as_uri() if isinstance(page, pathlib.Path) else page
        self.call("POST", f"{self.session}/url", {"url": address})

    def reload(self):
        self.call("POST", f"{self.session}/refresh", {})

    @property
    def address(self):
        return self.call("GET", f"{self.session}/url")

    def run(self, script, *arguments):
        return self.call("POST", f"{self.session}/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, script, *arguments):
        """Runs a script that answers by calling its last argument."""
        return self.call("POST", f"{self.session}/execute/async", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.call("POST", f"{self.session}/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.call("POST", f"{self.session}/element/{self.find(selector)}/click", {})

    def send(self, selector, text):
        self.call("POST", f"{self.session}/element/{self.find(selector)}/value", {"text": text})

    def press(self, keys):
        """Presses a chord, such as Control+Enter."""
        parts = [KEYS.get(part, part) for part in keys.split("+")]
        actions = [{"type": "keyDown", "value": part} for part in parts] + [{"type": "keyUp", "value": part} for part in reversed(parts)]
        self.keys(actions)

    def type(self, text, pause=0):
        """Types into what has the focus."""
        actions = []
        for character in text:
            value = {"\n": KEYS["Enter"], "\t": KEYS["Tab"]}.get(character, character)
            actions += [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
            if pause:
                actions.append({"type": "pause", "duration": pause})
        self.keys(actions)

    def keys(self, actions):
        self.call("POST", f"{self.session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def point(self, x, y):
        """Moves the mouse."""
        move = {"type": "pointerMove", "duration": 50, "x": round(x), "y": round(y), "origin": "viewport"}
        self.call("POST", f"{self.session}/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": [move]}]})

    def wait(self, script, *arguments, seconds=15, what=None):
        """Runs a script until it answers something true, which is returned."""
        until = time.monotonic() + seconds
        while True:
            answer = self.run(script, *arguments)
            if answer:
                return answer
            if time.monotonic() > until:
                raise Failure(f"waited {seconds} s for {what or script}")
            time.sleep(0.05)

    def log(self, kind):
        return self.call("POST", f"{self.session}/se/log", {"type": kind})

    def devtools(self, command, **parameters):
        return self.call("POST", f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def media(self, media="", scheme="light"):
        self.devtools("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def size(self, width, height):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("GET", f"{self.session}/screenshot")))

    def print(self):
        return base64.b64decode(self.call("POST", f"{self.session}/print", {}))

    def close(self):
        try:
            self.call("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()


def expect(condition, message):
    if not condition:
        raise Failure(message)
