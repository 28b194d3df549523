#!/usr/bin/env python3
"""Times lintel diff over 300 Argo CD applications: two revisions of a repository that this script makes.

    Benchmarks/diff.py [--lintel PATH] [--applications N] [--rounds N] [--keep FOLDER]

A third of the applications are plain files, a third overlays of a base, a third a chart with values of their own. The second
revision changes an image in every tenth, the base once, and adds and removes one application. Prints the least time of some rounds
for the whole comparison, for objects alone (--no-findings) and for the drift against an export of the first revision.
"""
import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      automountServiceAccountToken: false
      containers:
      - name: app
        image: registry.example/{name}:{tag}
        ports: [{{name: http, containerPort: 8080}}]
        resources: {{limits: {{cpu: 500m, memory: 128Mi}}, requests: {{cpu: 100m, memory: 128Mi}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{name: http, port: 80, targetPort: http}}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: {name}}}
data: {{mode: fast, level: "3", address: "http://{name}.example"}}
"""
CHART = """apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: "{{ .Release.Name }}"}}
  template:
    metadata: {labels: {app: "{{ .Release.Name }}"}}
    spec:
      automountServiceAccountToken: false
      containers:
      - name: app
        image: "{{ .Values.image }}:{{ .Values.tag }}"
        resources: {limits: {cpu: 500m, memory: 128Mi}, requests: {cpu: 100m, memory: 128Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}"}
spec: {selector: {app: "{{ .Release.Name }}"}, ports: [{name: http, port: 80, targetPort: 8080}]}
"""


def write(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def application(name, path):
    helm = "" if not path.startswith("charts") else f"      helm: {{valueFiles: [../../values/{name}.yaml]}}\n"
    return f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: default
  source:
    repoURL: https://git.example/fleet.git
    path: {path}
{helm.replace("      helm", "    helm")}  destination: {{server: https://cluster.example, namespace: {name}}}
"""


def fill(root, count, is_new):
    tag = lambda number: "2.0.0" if is_new and number % 10 == 0 else "1.0.0"
    write(root, "charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n")
    write(root, "charts/app/values.yaml", "replicas: 2\nimage: registry.example/app\ntag: 1.0.0\n")
    write(root, "charts/app/templates/all.yaml", CHART)
    write(root, "bases/app/app.yaml", DEPLOYMENT.format(name="app", tag="1.0.0", replicas=3 if is_new else 2))
    write(root, "bases/app/kustomization.yaml", "resources: [app.yaml]\n")
    for number in range(1 if is_new else 0, count + (1 if is_new else 0)):
        name = f"app-{number:03}"
        if number % 3 == 0:
            write(root, f"plain/{name}/app.yaml", DEPLOYMENT.format(name=name, tag=tag(number), replicas=2))
            path = f"plain/{name}"
        elif number % 3 == 1:
            write(root, f"overlays/{name}/kustomization.yaml",
                  f"resources: [../../bases/app]\nnamePrefix: {name}-\nimages: [{{name: registry.example/app, newTag: {tag(number)}}}]\n")
            path = f"overlays/{name}"
        else:
            write(root, f"values/{name}.yaml", f"tag: {tag(number)}\nreplicas: 3\n")
            path = "charts/app"
        write(root, f"applications/{name}.yaml", application(name, path))


def git(root, *arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *arguments],
                   cwd=root, check=True, stdout=subprocess.DEVNULL)


def make(root, count):
    fill(root, count, False)
    git(root, "init", "-q")
    git(root, "remote", "add", "origin", "https://git.example/fleet.git")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    for path in root.iterdir():
        if path.name != ".git":
            shutil.rmtree(path)
    fill(root, count, True)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "two")


def measure(title, lintel, root, rounds, arguments, code):
    best = None
    for _ in range(rounds):
        start = time.monotonic()
        run = subprocess.run([lintel, "diff", *arguments], cwd=root, capture_output=True, text=True)
        seconds = time.monotonic() - start
        if run.returncode != code:
            raise SystemExit(f"{title}: exit code {run.returncode}\n{run.stdout[:2000]}{run.stderr[:2000]}")
        best = seconds if best is None else min(best, seconds)
    print(f"{title:<36} {best:6.2f} s   {run.stdout.splitlines()[0]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lintel", default=str(Path(__file__).parent.parent / ".build/release/lintel"))
    parser.add_argument("--applications", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", help="make the repository here and leave it")
    options = parser.parse_args()
    lintel = os.path.abspath(options.lintel)
    folder = Path(options.keep or tempfile.mkdtemp(prefix="lintel-diff-"))
    root = folder / "fleet"
    try:
        make(root, options.applications)
        measure("two revisions", lintel, root, options.rounds, ["HEAD~1..HEAD"], 1)
        measure("two revisions, objects only", lintel, root, options.rounds, ["--no-findings", "HEAD~1..HEAD"], 1)
        run = subprocess.run([lintel, "diff", "--no-findings", "--format", "json", "HEAD~1..HEAD"], cwd=root, capture_output=True)
        print(f"{'':<36} {json.loads(run.stdout)['new']['objects']} objects in {options.applications} applications")
        export = folder / "live.yaml"
        items = "".join(
            f"---\n{DEPLOYMENT.format(name=name, tag='1.0.0', replicas=2)}".replace("metadata: {name", f"metadata: {{namespace: {name}, name")
            for name in (f"app-{number:03}" for number in range(0, options.applications, 3)))
        export.write_text(items)
        measure("a cluster, objects of plain files", lintel, root, options.rounds, ["--live", str(export), "--partial", "."], 1)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
