#!/usr/bin/env python3
"""Puts `lintel serve` under loads that mean harm and measures how others fare meanwhile.

    pressure.py [--lintel PATH] [--seconds N] [--limit MIB] [LOAD …]

Loads: pods (60 Pods of 1.2 MB at a time), bodies (300 of 6.9 MB), gzip (1,000 streams that never end), builtins (a policy for each
of some slow builtins). The server has a cgroup with a limit of memory where this user may make one, else a smaller --max-buffered.
Prints for each load one line: the memory, latencies of /healthz and of small honest reviews, and what was answered unjudged.
"""
import argparse, json, multiprocessing, os, re, shutil, socket, ssl, sys, tempfile, threading, time, zlib

import serve

# What each does grows with the number of labels, and far beyond every deadline.
BUILTINS = {
    "numbers": "count(numbers.range(1, 100000000)) > 1",
    "loops": "count([x | some x in numbers.range(1, 30000); some y in numbers.range(1, 30000); x > y]) > 1",
    "regex": 'regex.match("(a|b)*a(a|b){300}c", sprintf("%0900000d", [1]))',
    "sprintf": 'sprintf("%0200000000d", [1]) == ""',
    "cidr": 'count(net.cidr_expand("10.0.0.0/8")) > 1',
    "glob": 'glob.match("*a*b*c*d*e", [], sprintf("%0900000d", [1]))',
    "graph": 'count(graph.reachable_paths({n: [m | some m in numbers.range(1, 14)] | some n in numbers.range(1, 14)}, [1])) > 1',
    "template": 'strings.render_template("{{range $i, $e := .x}}{{range $j, $f := $.x}}{{end}}{{end}}", {"x": numbers.range(1, 9000)}) == "x"',
    "parse": 'rego.parse_module("a.rego", concat("", ["package a\\n", sprintf("%0900000d", [1])])) == {}',
    "walk": "count([p | walk([numbers.range(1, 3000) | some i in numbers.range(1, 3000)], p)]) > 1",
}


def big_pod(size):
    pod = serve.pod()
    container = pod["spec"]["containers"][0]
    text = json.dumps(container)
    pod["spec"]["containers"] = [dict(container, name=f"c{i}") for i in range(size // len(text))]
    return pod


def quantile(values, share):
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000, 1) if values else None


def honest(port, body, path, expected, stop, results, pause):
    """Sends one small request after the other and notes how long each took, in a process of its own."""
    os.nice(-5) if os.geteuid() == 0 else None
    context = ssl._create_unverified_context()
    times, wrong, connection = [], 0, None
    request = (f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
               if body else f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    while not stop.is_set():
        start = time.perf_counter()
        try:
            if connection is None:
                connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=20))
                start = time.perf_counter()
            connection.sendall(request)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += connection.recv(65536) or (_ for _ in ()).throw(OSError("closed"))
            head, rest = answer.split(b"\r\n\r\n", 1)
            length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
            while len(rest) < length:
                rest += connection.recv(65536) or (_ for _ in ()).throw(OSError("closed"))
            wrong += not head.startswith(b"HTTP/1.1 200") or expected not in rest or b"unjudged" in rest or b"not judged" in rest
        except OSError:
            wrong += 1
            connection = None
        times.append(time.perf_counter() - start)
        time.sleep(pause)
    results.put((path, times, wrong))


class Attack:
    """Connections that send something over and over, on threads of this process."""

    def __init__(self, port, count, work):
        self.port, self.stop, self.context = port, threading.Event(), ssl._create_unverified_context()
        self.answers, self.slowest, self.lock = {}, 0, threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(work, number), daemon=True) for number in range(count)]
        for thread in self.threads:
            thread.start()

    def run(self, work, number):
        while not self.stop.is_set():
            start, outcome = time.perf_counter(), "no answer"
            try:
                with self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=30)) as connection:
                    outcome = work(connection, number, self.stop)
            except OSError:
                pass
            with self.lock:
                self.answers[outcome] = self.answers.get(outcome, 0) + 1
                self.slowest = max(self.slowest, time.perf_counter() - start)

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join(35)


def post(connection, body, timeout="2s", headers=""):
    connection.sendall(f"POST /v1/admit?timeout={timeout} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       f"Connection: close\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    answer = b""
    while True:
        piece = connection.recv(65536)
        if not piece:
            break
        answer += piece
    status = answer.split(b" ", 2)[1].decode() if b" " in answer else "closed"
    if b"deadline" in answer or b"unjudged" in answer or b"not judged" in answer:
        return status + " unjudged"
    return status + (" judged" if status == "200" else "")


def load(name):
    """What a load sends, and how many connections do."""
    if name == "pods":
        body = serve.review(new=big_pod(1_200_000))
        return 60, lambda connection, number, stop: post(connection, body, "10s")
    if name == "bodies":
        pod = serve.pod()
        pod["metadata"]["annotations"] = {"text": "a" * 6_900_000}
        body = serve.review(new=pod)
        return 300, lambda connection, number, stop: post(connection, body, "10s")
    if name == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = packer.compress(b'{"a": "' + b" " * 7_000_000) + packer.flush(zlib.Z_SYNC_FLUSH)

        def unfinished(connection, number, stop):
            connection.sendall(b"POST /v1/admit?timeout=10s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                               b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % len(body) + body + b"\r\n")
            connection.settimeout(1)
            while not stop.is_set():
                try:
                    answer = connection.recv(65536)
                    # A thousand at a time, not as many as can be made: whoever is refused comes back later.
                    stop.wait(10)
                    return answer.split(b" ", 2)[1].decode() if answer else "closed"
                except TimeoutError:
                    pass
            return "held"
        return 1000, unfinished
    names = list(BUILTINS)

    def slow(connection, number, stop):
        pod = serve.pod()
        pod["metadata"]["labels"]["work"] = names[number % len(names)]
        return post(connection, serve.review(new=pod), "1s")
    return 20, slow


def policies(folder):
    text = "package slow\n" + "".join(
        f'\ndeny contains "{name}" if {{\n\tinput.metadata.labels.work == "{name}"\n\t{work}\n}}\n' for name, work in BUILTINS.items())
    path = os.path.join(folder, "slow.rego")
    serve.Server.write(path, text)
    return path


class Group:
    """A cgroup with a limit of memory; None where none can be made."""
    ROOT = "/sys/fs/cgroup/memory"

    def __init__(self, limit):
        self.path = f"{self.ROOT}/lintel-pressure-{os.getpid()}"
        os.mkdir(self.path)
        with open(self.path + "/memory.limit_in_bytes", "w") as file:
            file.write(str(limit << 20))

    def take(self, pid):
        with open(self.path + "/cgroup.procs", "w") as file:
            file.write(str(pid))

    def peak(self):
        with open(self.path + "/memory.max_usage_in_bytes") as file:
            return round(int(file.read()) / (1 << 20), 1)

    def remove(self):
        os.rmdir(self.path)


def measure(name, options):
    folder = tempfile.mkdtemp(prefix="lintel-pressure-")
    group = None
    try:
        group = Group(options.limit)
        # What is started belongs to the group of its parent.
        group.take(os.getpid())
    except OSError:
        pass
    arguments = ["--policy", policies(folder)] if name == "builtins" else []
    if group is None or options.buffered:
        arguments += ["--max-buffered", str(options.buffered or max(32, options.limit // 8))]
    server = serve.Server(os.path.abspath(options.lintel), folder, arguments)
    if group:
        with open(f"{Group.ROOT}/cgroup.procs", "w") as file:
            file.write(str(os.getpid()))
    stop, results = multiprocessing.Event(), multiprocessing.Queue()
    clients = [(serve.review(), "/v1/admit?timeout=10s", b'"allowed":true', 0.02)] * 2 + [(b"", "/healthz", b"", 0.02)]
    processes = [multiprocessing.Process(target=honest, args=(server.port, body, path, expected, stop, results, pause))
                 for body, path, expected, pause in clients]
    try:
        count, work = load(name)
        attack = Attack(server.port, count, work)
        time.sleep(2)
        for process in processes:
            process.start()
        peak = 0
        for _ in range(options.seconds * 5):
            time.sleep(0.2)
            peak = max(peak, server.memory()[0])
        stop.set()
        figures = {}
        for _ in processes:
            path, times, wrong = results.get(timeout=60)
            entry = figures.setdefault(path.split("?")[0], {"times": [], "wrong": 0})
            entry["times"] += times
            entry["wrong"] += wrong
        unjudged = [line for line in server.get("/metrics")[1].splitlines() if line.startswith("lintel_unjudged") and not line.endswith(" 0")]
        attack.end()
        answer = {"rss_mib": peak, "answers": attack.answers, "slowest_s": round(attack.slowest, 2)}
        for path, entry in figures.items():
            times = entry["times"]
            answer[path] = {"count": len(times), "p50_ms": quantile(times, 0.5), "p99_ms": quantile(times, 0.99),
                            "max_ms": quantile(times, 1), "wrong": entry["wrong"]}
        return answer | {"unjudged": [line.split("_total")[1] for line in unjudged], "limit": bool(group)}
    finally:
        if server.process.poll() is None:
            server.stop()
        else:
            print(f"the server ended with {server.process.returncode}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        if group:
            time.sleep(0.2)
            group.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lintel", default=os.path.join(serve.HERE, "../../.build/release/lintel"))
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--limit", type=int, default=256)
    parser.add_argument("--buffered", type=int, help="MiB for --max-buffered")
    parser.add_argument("loads", nargs="*", metavar="LOAD", default=["pods", "bodies", "gzip", "builtins"])
    options = parser.parse_args()
    for name in options.loads or ["pods", "bodies", "gzip", "builtins"]:
        print(name, json.dumps(measure(name, options)), flush=True)


if __name__ == "__main__":
    main()
