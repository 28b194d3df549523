#!/usr/bin/env python3
"""Throws mutated policies and documents at every surface of a built program for a while:
`soak.py LINTEL --seconds 1800 --seed N --folder DIR`.

Surfaces: `check` in every format, `eval`, `fmt`, `render`, the webhook (`/v1/admit`, `/v1/data`, broken requests), the
playground (`/api/evaluate`, `/api/query`). It fails when a program ends by a signal or a trap, answers with another exit code
than those documented, takes longer than its budget allows, or when a server stops answering. What failed is kept in the
folder, each with the command that shows it again, and so is the slowest input of each surface."""
import argparse
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Exit codes of docs/exit-codes.md, without those of wrong usage, which no command here is.
CODES = {0, 1, 2}
FORMATS = ["text", "json", "sarif", "junit", "github", "gitlab", "azure", "compact"]
# Pieces of work that grows: what a hostile policy is made of.
WORK = [
    "numbers.range(1, 100000000)", "[x | some x in numbers.range(1, 3000); some y in numbers.range(1, 3000)]",
    'regex.match("(a|b)*a(a|b){300}c", sprintf("%090000d", [1]))', 'sprintf("%0200000000d", [1])',
    'net.cidr_expand("10.0.0.0/8")', 'json.patch(input, [{"op": "add", "path": "/x", "value": input}])',
    'strings.render_template("{{range $i, $e := .x}}{{range $j, $f := $.x}}{{end}}{{end}}", {"x": numbers.range(1, 5000)})',
    'glob.match("*a*b*c*d*e", [], sprintf("%090000d", [1]))', "walk(input)", "[p | walk(input, p)]", "json.marshal(input)",
    'graph.reachable_paths({n: [m | some m in numbers.range(1, 12)] | some n in numbers.range(1, 12)}, [1])',
    'rego.parse_module("a.rego", concat("", ["package a\\n", sprintf("%050000d", [1])]))', "object.subset(input, input)",
    'graphql.parse_query(concat("", ["{", sprintf("%050000d", [1]), "}"]))', "1e9000 * 1e9000", "bits.lsh(1, 60000) * bits.lsh(1, 60000)",
    'crypto.sha256(sprintf("%05000000d", [1]))', 'time.parse_ns("2006", sprintf("%0500000d", [1]))', 'units.parse("1e9999")',
]


class Failure(Exception):
    pass


def files(folders, suffixes, limit):
    found = []
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")) if folder and Path(folder).exists() else []:
            if path.suffix in suffixes and path.is_file() and path.stat().st_size < limit: found.append(path.read_bytes())
    return found


class Mutator:
    ATOMS = [
        b"", b"-", b"{", b"}", b"[", b"]", b": ", b"\n", b"\r\n", b"\t", b"'", b'"', b"&a ", b"*a", b"<<: ", b"!!merge ", b"---\n",
        b"null", b"true", b"1e400", b"-0", b"0x7f", b"\xff\xfe", b"\xe2\x80\xae", b"::error::", b"##vso[task.", b"\x1b[2J",
        b"9223372036854775808", b"%s%n", b"{{", b"}}", b"$(", b"\x00", b"items:\n", b"apiVersion: v1\n", b"kind: List\n",
        b"not ", b"some x in ", b"every ", b" with input as ", b"default ", b":= ", b"_", b"`", b"import rego.v1\n",
    ]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def mutated(self, text, other):
        data = bytearray(text)
        for _ in range(self.random.randint(1, 6)):
            if not data: data += other[:200]
            at = self.random.randrange(len(data) + 1)
            end = min(len(data), at + self.random.choice([0, 1, 1, 4, 20, 200]))
            match self.random.randrange(6):
                case 0: data[at:end] = self.random.choice(self.ATOMS)
                case 1: data[at:at] = self.random.choice(self.ATOMS) * self.random.choice([1, 1, 1, 50, 5000])
                case 2: del data[at:end]
                case 3: data[at:at] = data[at:end] * self.random.randint(1, 30)
                case 4:
                    start = self.random.randrange(len(other) + 1)
                    data[at:end] = other[start:start + self.random.choice([10, 100, 1000])]
                case _:
                    if data and at < len(data): data[at] ^= 1 << self.random.randrange(8)
        return bytes(data[: 1 << 20])


class Soak:
    def __init__(self, arguments):
        self.lintel = str(Path(arguments.lintel).resolve())
        self.random = random.Random(arguments.seed)
        self.mutator = Mutator(arguments.seed + 1)
        self.folder = Path(arguments.folder or tempfile.mkdtemp(prefix="lintel-soak-"))
        self.patience = arguments.patience
        self.counts = Counter()
        self.slowest = {}
        self.policies = files([ROOT / "policies", ROOT / "examples"], {".rego"}, 1 << 15)
        self.documents = files([ROOT / "examples", ROOT / "deploy", ROOT / "policies", arguments.corpus], {".yaml", ".json"}, 1 << 16)
        self.servers = []

    # What is thrown

    def document(self):
        text = self.random.choice(self.documents)
        return text if self.random.random() < 0.2 else self.mutator.mutated(text, self.random.choice(self.documents))

    def policy(self):
        kind = self.random.random()
        if kind < 0.4: return self.mutator.mutated(self.random.choice(self.policies), self.random.choice(self.policies))
        works = [self.random.choice(WORK) for _ in range(self.random.randint(1, 3))]
        body = "\n".join(f"\tx{number} := {work}" for number, work in enumerate(works))
        value = f'{{"msg": "m", "v": x{len(works) - 1}}}' if kind < 0.7 else f'sprintf("%v", [x{len(works) - 1}])'
        text = f"package main\n\nimport rego.v1\n\ndeny contains {value} if {{\n{body}\n}}\n".encode()
        return text if kind < 0.9 else self.mutator.mutated(text, self.random.choice(self.policies))

    # Programs

    def run(self, name, arguments, folder, data=None):
        start = time.monotonic()
        command = [self.lintel, *arguments]
        try:
            done = subprocess.run(command, cwd=folder, input=data, capture_output=True, timeout=self.patience)
        except subprocess.TimeoutExpired:
            raise Failure(f"{name} takes longer than {self.patience} s: {' '.join(command)}") from None
        self.counts[name] += 1
        if done.returncode not in CODES:
            raise Failure(f"{name} ended with {done.returncode}: {' '.join(command)}\n{done.stderr[-2000:].decode(errors='replace')}")
        if len(done.stdout) > 64 << 20 or len(done.stderr) > 16 << 20:
            raise Failure(f"{name} wrote {len(done.stdout)} and {len(done.stderr)} bytes: {' '.join(command)}")
        self.counts[f"exit {done.returncode}"] += 1
        self.timed(name, time.monotonic() - start, lambda kept: (
            shutil.copytree(folder, kept, dirs_exist_ok=True), (kept / "command").write_text(shlex.join(command) + "\n")))
        return done

    def timed(self, surface, seconds, keep):
        """Keeps what took longest of each surface, with `keep`, in a folder of its own."""
        if seconds <= self.slowest.get(surface, 0): return
        self.slowest[surface] = seconds
        kept = self.folder / f"slowest-{surface.strip('/').replace('/', '-').replace(' ', '-')}"
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        keep(kept)

    def case(self):
        folder = self.folder / "case"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "a.yaml").write_bytes(self.document())
        (folder / "b.json").write_bytes(self.document())
        (folder / "p.rego").write_bytes(self.policy())
        return folder

    def check(self):
        folder = self.case()
        arguments = ["check", "--format", self.random.choice(FORMATS), "a.yaml", "b.json"]
        if self.random.random() < 0.6: arguments[1:1] = ["--no-builtin", "--policy", "p.rego"]
        self.run("check", arguments, folder)

    def evaluate(self):
        folder = self.case()
        (folder / "i.json").write_bytes(b'{"a": [1, 2, {"b": null}]}')
        self.run("eval", ["eval", "--max-memory", "24", "--data", "p.rego", "--input", "i.json", "--timeout", "5s", "data.main"], folder)

    def format(self):
        folder = self.case()
        self.run("fmt", ["fmt", "p.rego"], folder)

    def render(self):
        folder = self.case()
        (folder / "kustomization.yaml").write_bytes(
            self.mutator.mutated(b"resources: [a.yaml]\nnamePrefix: x-\npatches: [{path: b.json}]\n", self.document()))
        self.run("render", ["render", "."], folder)

    # Servers

    def start(self, name, arguments):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        log = open(folder / "log", "wb")
        process = subprocess.Popen([self.lintel, name, "--listen", f"127.0.0.1:{port}", *arguments], cwd=folder, stdout=log, stderr=log)
        server = (name, process, port)
        for _ in range(int(20 * self.patience)):
            if process.poll() is not None: raise Failure(f"{name} did not start: see {folder}/log")
            try:
                self.request(server, "GET", "/readyz" if name == "serve" else "/api/info")
                self.servers.append(server)
                return server
            except OSError:
                time.sleep(0.1)
        raise Failure(f"{name} does not get ready")

    def request(self, server, method, path, body=None, kind="application/json"):
        name, process, port = server
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, {"Content-Type": kind}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=self.patience) as response: return response.status, response.read()
        except urllib.error.HTTPError as error: return error.code, error.read()

    def post(self, server, path, body, kind="application/json"):
        name, process, _ = server
        start = time.monotonic()
        try:
            status, answer = self.request(server, "POST", path, body, kind)
        except OSError as error:
            if process.poll() is not None: raise Failure(f"{name} ended with {process.returncode} on {path}") from None
            # A request that is none may be answered by a closed connection.
            if isinstance(error, TimeoutError) or "timed out" in str(error):
                raise Failure(f"{name} does not answer {path} in {self.patience} s") from None
            status, answer = 0, b""
        self.counts[f"{name} {path} {status}"] += 1
        self.timed(f"{name} {path.split('?')[0]}", time.monotonic() - start, lambda kept: (kept / "body").write_bytes(body))
        if len(answer) > 64 << 20: raise Failure(f"{name} answers {path} with {len(answer)} bytes")
        if self.request(server, "GET", "/healthz" if name == "serve" else "/api/info")[0] != 200:
            raise Failure(f"{name} is not healthy after {path}")

    def review(self, server):
        try:
            thing = json.loads(subprocess.run(
                [sys.executable, "-c", "import sys,json; print(json.dumps(json.load(sys.stdin)))"], input=self.document(),
                capture_output=True).stdout or b"null")
        except ValueError: thing = None
        if not isinstance(thing, dict):
            thing = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "a", "image": "x" * self.random.choice([1, 1000, 1000000])}]}}
        body = json.dumps({
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": {"uid": "1", "kind": {"group": "", "version": "v1", "kind": "Pod"}, "operation": "CREATE", "object": thing,
                        "resource": {"group": "", "version": "v1", "resource": "pods"}, "userInfo": {"username": "u"}},
        }).encode()
        if self.random.random() < 0.5: body = self.mutator.mutated(body, self.document())
        self.post(server, "/v1/admit?timeout=3s", body)

    def data(self, server):
        body = b'{"input": ' + self.document()[:5000] + b"}"
        self.post(server, "/v1/data/main", body if self.random.random() < 0.3 else self.mutator.mutated(b'{"input": {"a": [1]}}', body))

    def play(self, server):
        files = [
            {"path": "p.rego", "text": self.policy().decode(errors="replace")},
            {"path": "a.yaml", "text": self.document().decode(errors="replace")},
        ]
        body = {"policies": files[:1], "inputs": files[1:], "files": files}
        if self.random.random() < 0.5: self.post(server, "/api/evaluate", json.dumps(body).encode())
        else: self.post(server, "/api/query", json.dumps(body | {"query": self.random.choice(WORK)}).encode())

    def main(self, seconds):
        end, failures = time.monotonic() + seconds, []
        policy = self.folder / "slow.rego"
        policy.parent.mkdir(parents=True, exist_ok=True)
        policy.write_text("package main\n\nimport rego.v1\n\ndeny contains sprintf(\"%v\", [x]) if {\n"
                          "\tinput.request.object.spec.slow\n\tx := numbers.range(1, 100000000)\n}\n")
        webhook = self.start("serve", ["--insecure-http", "--policy", str(policy), "--log-level", "error"])
        playground = self.start("playground", [])
        turns = [
            self.check, self.check, self.evaluate, self.format, self.render, lambda: self.review(webhook),
            lambda: self.review(webhook), lambda: self.data(webhook), lambda: self.play(playground), lambda: self.play(playground),
        ]
        while time.monotonic() < end and len(failures) < 10:
            try: self.random.choice(turns)()
            except Failure as failure:
                kept = self.folder / f"failure-{len(failures)}"
                if (self.folder / "case").exists(): shutil.copytree(self.folder / "case", kept, dirs_exist_ok=True)
                failures.append(f"{failure}\n  kept in {kept}")
                print(failures[-1], flush=True)
                if any(process.poll() is not None for _, process, _ in self.servers): break
        for name, process, _ in self.servers:
            process.send_signal(signal.SIGTERM)
            try:
                code = process.wait(60)
                if code not in (0, 143, -15): failures.append(f"{name} ended with {code}")
            except subprocess.TimeoutExpired:
                process.kill()
                failures.append(f"{name} does not end")
            log = (self.folder / name / "log").read_bytes()
            if re.search(rb"Fatal error|AddressSanitizer|ThreadSanitizer|runtime error", log): failures.append(f"{name}: see its log")
        return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lintel")
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where cases and failures are kept")
    parser.add_argument("--corpus", help="a folder of further documents")
    parser.add_argument("--patience", type=float, default=60, help="seconds that one call may take")
    arguments = parser.parse_args()
    soak = Soak(arguments)
    failures = soak.main(arguments.seconds)
    print(f"seed {arguments.seed}: " + ", ".join(f"{count} {name}" for name, count in sorted(soak.counts.items())))
    print("slowest: " + ", ".join(f"{seconds:.1f} s {name}" for name, seconds in sorted(soak.slowest.items())))
    print(f"kept in {soak.folder}")
    for failure in failures: print(failure)
    return 1 if failures else 0


if __name__ == "__main__": sys.exit(main())
