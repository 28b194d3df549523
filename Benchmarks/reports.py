#!/usr/bin/env python3
"""Times several reports of one run, and --since, against a plain check of the same 10,000 resources.

    Benchmarks/reports.py [--lintel PATH] [--resources N] [--rounds N]

Prints the median of the ratios of paired runs, and the least times: text alone against text, SARIF, JUnit and Markdown of one run
(goal: at most 1.15), and a plain check against --since on a branch of three commits (goal: under 2).
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

MANIFEST = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: {space}, labels: {{app: {name}}}}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
      - name: app
        image: nginx:{number}.1
        ports: [{{containerPort: 8080, name: http}}]
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {space}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: http}}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: {name}, namespace: {space}}}
data: {{level: "1", mode: fast}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {{name: {name}, namespace: {space}}}
"""


def git(root, *arguments):
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, stdout=subprocess.DEVNULL)


def repository(root, resources):
    for number in range(resources // 4):
        path = root / f"team-{number % 50}" / f"app-{number}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(MANIFEST.format(name=f"app-{number}", space=f"space-{number % 200}", number=number % 7))
    git(root, "init", "-q", "-b", "main", ".")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "all")
    git(root, "checkout", "-q", "-b", "change")
    for number in (3, 7, 9):
        path = root / f"team-{number}" / f"app-{number}.yaml"
        path.write_text(path.read_text().replace("nginx", "privileged/nginx"))
        git(root, "commit", "-qam", f"change {number}")


def seconds(command, root):
    start = time.perf_counter()
    code = subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return time.perf_counter() - start


def compare(title, first, second, root, rounds):
    pairs = [(seconds(first, root), seconds(second, root)) for _ in range(rounds)]
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"{title:<44} {min(a for a, _ in pairs):7.3f} s {min(b for _, b in pairs):7.3f} s  ratio {ratio:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lintel", default=".build/release/lintel")
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    lintel = os.path.abspath(options.lintel)
    with tempfile.TemporaryDirectory() as folder:
        root, reports = Path(folder) / "repository", Path(folder) / "reports"
        root.mkdir()
        reports.mkdir()
        repository(root, options.resources)
        check = [lintel, "check", "."]
        several = ["--format", "text"]
        for name in ("sarif", "junit", "markdown"):
            several += ["--format", f"{name}={reports}/report.{name}"]
        compare("text | text, SARIF, JUnit and Markdown", check, check + several, root, options.rounds)
        compare("plain | --since main", check, check + ["--since", "main"], root, options.rounds)


if __name__ == "__main__":
    main()
