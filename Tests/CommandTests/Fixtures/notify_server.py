"""A server that stands for chats and issue trackers: keeps issues in memory and writes each request as a line of JSON.

notify_server.py LOG [STATUS]: writes the port to standard output; ends when standard input does. With STATUS it answers that to everything.
"""
import json
import re
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

log = open(sys.argv[1], "a", encoding="utf-8")
status = int(sys.argv[2]) if len(sys.argv) > 2 else 0
issues = {}


def answer(method, path, query, body):
    """The status and the answer."""
    if status:
        return status, {"message": "not now"}
    if path.startswith("/hook"):
        return 200, {}
    if match := re.fullmatch(r"(/repos/t/r/issues|/api/v4/projects/g%2Fp/issues|/rest/api/2/issue)(?:/([^/]+))?(?:/(.+))?", path):
        base, number, part = match.groups()
        if method == "GET" and not number:
            page = int(query.get("page", ["1"])[0])
            found = [issue for issue in issues.values() if issue["state"] == "open"]
            return 200, found[(page - 1) * 100:page * 100]
        if method == "GET" and part == "transitions":
            return 200, {"transitions": [
                {"id": "11", "to": {"statusCategory": {"key": "indeterminate"}}}, {"id": "31", "to": {"statusCategory": {"key": "done"}}}]}
        if not number:
            number = len(issues) + 1
            fields = body.get("fields", body)
            text = fields.get("body") or fields.get("description")
            issues[str(number)] = {
                "number": number, "iid": number, "key": f"OPS-{number}", "state": "open", "body": text, "description": text,
                "fields": {"description": text}}
            return 201, {"number": number}
        issue = issues[number.removeprefix("OPS-")]
        if part in ("comments", "notes", "comment"):
            return 201, {}
        fields = body.get("fields", body)
        if fields.get("state") == "closed" or fields.get("state_event") == "close" or part == "transitions":
            issue["state"] = "closed"
        text = fields.get("body") or fields.get("description")
        if text:
            issue.update(body=text, description=text, fields={"description": text})
        return 200, {}
    if path in ("/rest/api/2/search", "/rest/api/2/search/jql"):
        return 200, {"issues": [issue for issue in issues.values() if issue["state"] == "open"]}
    return 404, {"message": "no such path"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length).decode()
        url = urllib.parse.urlsplit(self.path)
        code, reply = answer(self.command, url.path, urllib.parse.parse_qs(url.query), json.loads(text) if text else {})
        names = ("Authorization", "PRIVATE-TOKEN", "X-Lintel-Signature-256", "X-Own")
        kept = {name: self.headers[name] for name in names if self.headers[name]}
        log.write(json.dumps({"method": self.command, "path": self.path, "headers": kept, "body": json.loads(text) if text else None}) + "\n")
        log.flush()
        data = json.dumps(reply).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_PATCH = handle_any

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
