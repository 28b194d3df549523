#!/usr/bin/env python3
"""Kustomizations and charts, built by lintel and by kubectl and helm.

    Benchmarks/rendering.py --lintel .build/release/lintel --data CONFORMANCE/rendering --kubectl kubectl --helm helm

The data are overlays and charts of public repositories (`kustomize/overlays/*.json`, `helm/charts/*/`); a kustomization of 4,000
objects is made here. Times are processor time, user and system, of whole processes, the least of the rounds; the programs take
turns. `--rounds` says how many; kubectl and helm run the whole sets once."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

NOTHING = 'package main\n\ndeny contains "never" if input.kind == "NoSuchKind"\n'


def cpu(command, folder=None, allowed=(0,)):
    """Processor seconds and peak MiB of a process, which must end well."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed: sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def least(rounds, *commands):
    """The least seconds of each command, which take turns, with the peak of memory."""
    best = [(float("inf"), 0)] * len(commands)
    for _ in range(rounds):
        for index, command in enumerate(commands):
            best[index] = min(best[index], cpu(*command))
    return best


def overlays(data, root):
    """Writes the overlays; their folders and the size of what they give."""
    found = []
    for number, path in enumerate(sorted((data / "kustomize/overlays").glob("*.json"))):
        case = json.loads(path.read_text())
        for name, text in case["files"].items():
            file = root / f"{number:03}" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        found.append((root / f"{number:03}" / case["build"], len(case["expected"])))
    return found


def large(root, count):
    """A kustomization of many objects with what overlays do: names, labels, images, patches, a generator."""
    objects = []
    for number in range(count // 4):
        name, labels = f"app-{number}", f"{{app: app-{number}}}"
        objects.append(f"""apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, labels: {labels}}}
spec:
  replicas: 1
  selector: {{matchLabels: {labels}}}
  template:
    metadata: {{labels: {labels}}}
    spec:
      serviceAccountName: {name}
      containers:
      - {{name: main, image: "registry.example.com/app:1.0", envFrom: [{{configMapRef: {{name: {name}}}}}]}}
""")
        objects.append(f"""apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {labels}, ports: [{{port: 80}}]}}
""")
        objects.append(f"apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}}}\n")
        objects.append(f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{a: b}}\n")
    (root / "base").mkdir(parents=True)
    (root / "overlay").mkdir()
    (root / "base/all.yaml").write_text("---\n".join(objects))
    (root / "base/kustomization.yaml").write_text("resources: [all.yaml]\n")
    (root / "overlay/kustomization.yaml").write_text("""resources: [../base]
namespace: shop
namePrefix: prod-
labels: [{pairs: {team: shop}}]
images: [{name: registry.example.com/app, newTag: "2.0"}]
patches:
- target: {kind: Deployment}
  patch: '[{"op": "replace", "path": "/spec/replicas", "value": 3}]'
configMapGenerator: [{name: settings, literals: [a=b]}]
""")
    return root / "overlay"


def charts(data):
    """Runs of charts: the chart and its arguments."""
    found = []
    for path in sorted((data / "helm/charts").glob("*/case.json")):
        for run in json.loads(path.read_text())["cases"]:
            if run.get("error"): continue
            arguments = run.get("flags") or []
            if run.get("values"): arguments = arguments + ["-f", str(path.parent / run["values"])]
            found.append((path.parent / "chart", arguments))
    return found


def row(name, ours, theirs, memory=0, goal=None):
    ratio = f"{theirs / ours:.0f} x" if theirs else ""
    print(f"| {name} | {ours * 1000:.1f} | {theirs * 1000:.1f} | {ratio} | {goal or ''} | {memory:.0f} |", flush=True)


def kustomizations(arguments, root, policy):
    cases = overlays(arguments.data, root / "overlays")
    check = [arguments.lintel, "check", "--quiet", "--no-builtin", "--policy", policy, "--missing-schemas", "skip", "--fail-on",
             "never", "."]
    # Objects of Argo CD and Flux in the data name repositories that are not here, which the check says with 2.
    ours, memory = min(cpu(check, root / "overlays", (0, 2)) for _ in range(arguments.rounds))
    each = sum(cpu([arguments.lintel, "render", folder], allowed=(0,))[0] for folder, _ in cases)
    theirs = sum(cpu([arguments.kubectl, "kustomize", folder])[0] for folder, _ in cases)
    row(f"{len(cases)} overlays, one process", ours, theirs, memory, "30 x")
    row(f"{len(cases)} overlays, one process each", each, theirs)
    folder = max(cases, key=lambda case: case[1])[0]
    for name, folder in (("the largest overlay", folder), ("4,000 objects", large(root / "large", 4000))):
        (ours, memory), (theirs, _) = least(
            arguments.rounds, ([arguments.lintel, "render", folder],), ([arguments.kubectl, "kustomize", folder],))
        row(name, ours, theirs, memory, "50 x")


def helm(arguments, root, policy):
    runs = charts(arguments.data)
    start, _ = least(20, ([arguments.lintel, "--version"],))[0]
    row("the start of the program", start, 0)
    ours, theirs, memory = [], [], 0
    for chart, flags in runs:
        (time, peak), = least(arguments.rounds, ([arguments.lintel, "template", "rel", chart] + flags,))
        ours.append(time)
        memory = max(memory, peak)
        theirs.append(cpu([arguments.helm, "template", "rel", chart] + flags)[0])
    row(f"{len(runs)} runs of charts, one process each", sum(ours), sum(theirs), memory, "30 x")
    row("the median run", statistics.median(ours), statistics.median(theirs))
    row("the median run without the start of the program", statistics.median(ours) - start, statistics.median(theirs), 0, "3 ms")
    slowest = max(range(len(runs)), key=lambda index: ours[index])
    row(f"the slowest run ({runs[slowest][0].parent.name})", ours[slowest], theirs[slowest], 0, "100 ms or 30 x")
    folders = sorted({chart for chart, _ in runs})
    check = [arguments.lintel, "check", "--quiet", "--no-builtin", "--policy", policy, "--missing-schemas", "skip", "--fail-on",
             "never"] + folders
    one, memory = min(cpu(check, None, (0, 2)) for _ in range(arguments.rounds))
    row(f"{len(folders)} charts with their defaults, one process", one,
        sum(cpu([arguments.helm, "template", "rel", folder], None, (0, 1))[0] for folder in folders), memory, "30 x")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lintel", default=".build/release/lintel", type=Path)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--kubectl", help="left out: nothing of kustomizations")
    parser.add_argument("--helm", help="left out: nothing of charts")
    parser.add_argument("--rounds", default=5, type=int)
    arguments = parser.parse_args()
    (arguments.lintel, arguments.data) = (arguments.lintel.resolve(), arguments.data.resolve())
    print("| | lintel, ms | other, ms | ratio | goal | lintel, MiB |\n|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        policy = root / "nothing.rego"
        policy.write_text(NOTHING)
        if arguments.kubectl: kustomizations(arguments, root, policy)
        if arguments.helm: helm(arguments, root, policy)


main()
