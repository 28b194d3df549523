#!/usr/bin/env python3
"""Loads `lintel serve` over TLS on the loopback interface and prints one line of figures for each scenario.

    serve.py [--lintel PATH] [--seconds N] [SCENARIO …]

Scenarios: load reload rotate hostile drain update mutate soak; all but soak when none is named. Needs wrk and openssl.
"""
import argparse, http.client, json, os, shutil, signal, socket, ssl, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
MUTATION = """package defaults

mutate contains {"merge": {"metadata": {"labels": {"reviewed": "yes"}}}}

mutate contains {"merge": {"spec": {"containers": [{"name": "*", "securityContext": {"privileged": false}}]}}}
"""
POLICY = 'package load\n\n# %d\ndeny contains "never" if input.kind == "Nothing"\n'


def pod():
    """A Pod of three containers, as careful teams write them."""
    def container(name):
        return {
            "name": name, "image": f"registry.example.com/shop/{name}:1.4.2@sha256:" + "ab" * 32,
            "ports": [{"name": "http", "containerPort": 8080}],
            "env": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "REGION", "value": "eu-west-1"}],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "1", "memory": "256Mi"}},
            "securityContext": {
                "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "runAsNonRoot": True,
                "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
            "livenessProbe": {"httpGet": {"path": "/live", "port": "http"}, "periodSeconds": 10},
            "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}, "periodSeconds": 5},
            "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]}
    labels = {"app.kubernetes.io/name": "cart", "app.kubernetes.io/instance": "cart", "team": "shop"}
    return {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "cart-6d4cf56db6-x7kzp", "namespace": "shop", "labels": labels,
                     "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "cart-6d4cf56db6",
                                          "uid": "a", "controller": True}]},
        "spec": {"serviceAccountName": "cart", "automountServiceAccountToken": False,
                 "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
                 "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}],
                 "containers": [container(name) for name in ("app", "proxy", "metrics")]}}


def review(operation="CREATE", old=None, new=None):
    return json.dumps({
        "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
        "request": {
            "uid": "0df28fbd-5f5f-11e8-bc74-36e6bb280816", "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "resource": {"group": "", "version": "v1", "resource": "pods"}, "namespace": "shop",
            "operation": operation, "userInfo": {"username": "system:serviceaccount:kube-system:replicaset-controller"},
            "object": new or pod(), "oldObject": old, "dryRun": False}}).encode()


class Server:
    def __init__(self, lintel, folder, arguments=()):
        self.folder = folder
        self.certificate, self.key = os.path.join(folder, "tls.crt"), os.path.join(folder, "tls.key")
        self.policy = os.path.join(folder, "load.rego")
        self.write(self.policy, POLICY % 0)
        self.rotate()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(os.path.join(folder, "log"), "wb")
        self.process = subprocess.Popen(
            [lintel, "serve", "--listen", f"127.0.0.1:{self.port}", "--tls-cert", self.certificate, "--tls-key", self.key,
             "--profile", "all", "--policy", self.policy, "--log-level", "warning", *arguments],
            cwd=folder, stderr=self.log)
        for _ in range(600):
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        sys.exit("the server does not get ready")

    @staticmethod
    def write(path, text):
        with open(path + ".new", "w") as file:
            file.write(text)
        os.rename(path + ".new", path)

    def rotate(self):
        """A new pair of certificate and key, put into place by turning a link, as the kubelet does."""
        version = tempfile.mkdtemp(dir=self.folder, prefix="..")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", version + "/tls.key",
             "-out", version + "/tls.crt"], check=True, stderr=subprocess.DEVNULL)
        link = os.path.join(self.folder, "..data")
        os.symlink(os.path.basename(version), link + ".new")
        os.rename(link + ".new", link)
        for name in ("tls.crt", "tls.key"):
            if not os.path.lexists(os.path.join(self.folder, name)):
                os.symlink("..data/" + name, os.path.join(self.folder, name))

    def connection(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=ssl._create_unverified_context())

    def get(self, path):
        connection = self.connection()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def metric(self, name):
        return sum(float(line.split()[-1]) for line in self.get("/metrics")[1].splitlines() if line.startswith(name))

    def memory(self):
        """Resident memory in MiB: now and at its peak."""
        with open(f"/proc/{self.process.pid}/status") as file:
            fields = dict(line.split(":", 1) for line in file)
        return [round(int(fields[name].split()[0]) / 1024, 1) for name in ("VmRSS", "VmHWM")]

    def wrk(self, body, seconds, connections=32, check=False, path="/v1/admit"):
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}", "--latency", "--timeout", "10s", "-s", f"{HERE}/review.lua",
                   f"https://127.0.0.1:{self.port}{path}?timeout=10s", "--", body] + (["check"] if check else [])
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def result(process):
    out = process.communicate()[0]
    line = next((line for line in out.splitlines() if line.startswith("result ")), None)
    if line is None:
        sys.exit("wrk gave no result:\n" + out)
    figures = json.loads(line[len("result "):])
    figures["per_second"] = round(figures["requests"] / figures["seconds"])
    return figures


def load(server, body, seconds):
    result(server.wrk(body, 3))
    count, time_before = server.metric("lintel_evaluation_duration_seconds_count"), server.metric("lintel_evaluation_duration_seconds_sum")
    figures = result(server.wrk(body, seconds))
    count = server.metric("lintel_evaluation_duration_seconds_count") - count
    spent = server.metric("lintel_evaluation_duration_seconds_sum") - time_before
    return figures | {"evaluation_us": round(spent / count * 1e6, 1), "rss_mib": server.memory()}


def reload(server, body, seconds):
    process = server.wrk(body, max(seconds, 50), check=True)
    time.sleep(1)
    for turn in range(50):
        server.write(server.policy, "package load\ndeny contains" if turn % 2 else POLICY % turn)
        time.sleep(0.9)
    figures = result(process)
    for what in ("success", "error"):
        figures["reloads_" + what] = server.metric(f'lintel_reload_total{{result="{what}",what="policies"}}')
    figures["reload_mean_ms"] = round(
        1000 * server.metric("lintel_reload_duration_seconds_sum") / server.metric("lintel_reload_duration_seconds_count"))
    return figures | {"rss_mib": server.memory()}


def rotate(server, body, seconds):
    process = server.wrk(body, max(seconds, 25), check=True)
    time.sleep(1)
    seen, slowest = set(), 0
    for _ in range(20):
        server.rotate()
        start = time.time()
        while time.time() - start < 5:
            certificate = ssl.get_server_certificate(("127.0.0.1", server.port))
            with open(server.certificate) as file:
                if certificate.strip() == file.read().strip():
                    break
            time.sleep(0.02)
        seen.add(certificate)
        slowest = max(slowest, time.time() - start)
        time.sleep(0.3)
    return result(process) | {"certificates": len(seen), "slowest_takeover_s": round(slowest, 2)}


def hostile(server, body, seconds):
    context = ssl._create_unverified_context()
    stop, held = threading.Event(), []
    for _ in range(1500):
        held.append(context.wrap_socket(socket.create_connection(("127.0.0.1", server.port))))

    def trickle():
        for connection in held[:500]:
            connection.send(b"POST /v1/admit HTTP/1.1\r\n")
        while not stop.wait(1):
            for connection in held[:500]:
                try:
                    connection.send(b"A")
                except OSError:
                    pass

    def flood():
        while not stop.is_set():
            try:
                with context.wrap_socket(socket.create_connection(("127.0.0.1", server.port))) as connection:
                    connection.send(b"POST /v1/admit HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n" + b"a" * 65536)
                    connection.recv(4096)
            except OSError:
                pass
            time.sleep(0.01)

    threads = [threading.Thread(target=work, daemon=True) for work in (trickle, flood)]
    for thread in threads:
        thread.start()
    figures = result(server.wrk(body, seconds))
    stop.set()
    return figures | {"oversize": server.metric("lintel_oversize_requests_total"), "rss_mib": server.memory()}


def drain(server, body, seconds):
    with open(body, "rb") as file:
        data = file.read()
    counts, lock, stopping = {"answered": 0, "failed": 0, "after_signal": 0}, threading.Lock(), threading.Event()

    def client():
        connection = server.connection()
        while True:
            try:
                connection.request("POST", "/v1/admit", data, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                isGood = answer.status == 200 and b'"response"' in answer.read()
            except OSError as problem:
                # Nobody listens any more: a client of a cluster would have been sent elsewhere.
                if isinstance(problem, ConnectionRefusedError):
                    return
                isGood = False
            with lock:
                counts["answered" if isGood else "failed"] += 1
                counts["after_signal"] += stopping.is_set()
            if not isGood or answer.getheader("Connection") == "close":
                return

    threads = [threading.Thread(target=client) for _ in range(32)]
    for thread in threads:
        thread.start()
    time.sleep(3)
    stopping.set()
    start = time.time()
    code = server.stop()
    for thread in threads:
        thread.join()
    return counts | {"exit_code": code, "seconds_to_exit": round(time.time() - start, 2)}


def in_turns(server, first, second, seconds):
    """Two kinds of load, a second each in turns; the medians of both."""
    figures = []
    for body, path in (first, second):
        result(server.wrk(body, 2, path=path))
        figures.append([])
    for _ in range(seconds):
        for index, (body, path) in enumerate((first, second)):
            figures[index].append(result(server.wrk(body, 1, path=path)))

    def median(index, name):
        return sorted(turn[name] for turn in figures[index])[seconds // 2]

    answer = {}
    for index, title in enumerate(("first", "second")):
        answer[title] = {name: median(index, name) for name in ("per_second", "p50_ms", "p99_ms") if name in figures[index][0]}
    return answer


def update(server, body, seconds):
    """Creating a Pod that is refused against updating one whose violations were there: the old object is judged, too."""
    bad = pod()
    bad["spec"]["containers"][0]["securityContext"]["privileged"] = True
    changed = json.loads(json.dumps(bad))
    changed["metadata"]["labels"]["changed"] = "yes"
    bodies = [body + ".create", body + ".update"]
    for name, text in zip(bodies, (review(new=bad), review("UPDATE", bad, changed))):
        with open(name, "wb") as file:
            file.write(text)
    return in_turns(server, (bodies[0], "/v1/admit"), (bodies[1], "/v1/admit"), seconds)


def mutate(server, body, seconds):
    """Judging a Pod against changing it by two rules."""
    return in_turns(server, (body, "/v1/admit"), (body, "/v1/mutate"), seconds)


def soak(server, body, seconds):
    memory = []
    process = server.wrk(body, 600)
    while process.poll() is None:
        time.sleep(30)
        memory.append(server.memory()[0])
    return result(process) | {"rss_mib_every_30_s": memory}


SCENARIOS = {"load": load, "reload": reload, "rotate": rotate, "hostile": hostile, "drain": drain, "update": update, "mutate": mutate,
             "soak": soak}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lintel", default=os.path.join(HERE, "../../.build/release/lintel"))
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=" ".join(SCENARIOS))
    options = parser.parse_args()
    for name in options.scenarios or [name for name in SCENARIOS if name != "soak"]:
        folder = tempfile.mkdtemp(prefix="lintel-load-")
        body = os.path.join(folder, "review.json")
        with open(body, "wb") as file:
            file.write(review())
        arguments = ["--shutdown-delay", "1s"] if name == "drain" else []
        if name == "mutate":
            arguments = ["--policy", os.path.join(folder, "mutate.rego")]
            Server.write(arguments[1], MUTATION)
        server = Server(os.path.abspath(options.lintel), folder, arguments)
        try:
            print(name, json.dumps(SCENARIOS[name](server, body, options.seconds)), flush=True)
        finally:
            if server.process.poll() is None:
                server.stop()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
