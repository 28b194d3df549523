#!/usr/bin/env python3
"""`lintel check` over many manifests against libyaml's bare event loop over the same bytes; README.md has the method."""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

import corpora
import documents

# The policies of the workload basics, those the first release had; none of them looks at other objects.
BASICS = [
    "LT-POD-001", "LT-POD-002", "LT-POD-003", "LT-POD-004", "LT-POD-008", "LT-POD-009", "LT-POD-011", "LT-POD-012",
    "LT-POD-013", "LT-POD-014", "LT-POD-015", "LT-POD-017", "LT-POD-060", "LT-IMG-001", "LT-IMG-002", "LT-RES-001",
    "LT-RES-002", "LT-RES-003", "LT-RES-004", "LT-REL-001", "LT-RBAC-001",
]
HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"


def run(command):
    """Wall seconds, CPU seconds, peak memory in MiB and the exit code of a process whose output is dropped."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def compare(commands, rounds):
    """The runs of each command. They take turns, so that what slows the machine down slows all of them."""
    results = [[] for _ in commands]
    for _ in range(rounds):
        for command, result in zip(commands, results):
            result.append(run(command))
            if result[-1][3] not in (0, 1):
                raise SystemExit(f"{command[:3]} ended with exit code {result[-1][3]}")
    return results


def best(runs):
    """The smallest wall time, CPU time and peak memory of several runs."""
    return [min(column) for column in list(zip(*runs))[:3]]


# Templates are no manifests, and what applies whole folders would apply all copies for each of its own.
BUILT = re.compile(r"\{\{|^apiVersion: (argoproj\.io|kustomize\.config\.k8s\.io|\w+\.toolkit\.fluxcd\.io)/", re.MULTILINE)


def examples():
    """The documents of the examples that stand for one object each."""
    texts = []
    for path in sorted(EXAMPLES.rglob("*.yaml")):
        documents = path.read_text().split("\n---\n")
        texts += [text.strip("\n") for text in documents if "apiVersion:" in text and not BUILT.search(text)]
    if not texts:
        raise SystemExit(f"no manifests below {EXAMPLES}")
    return texts


def generate(folder, resources, per_file):
    """Copies of the examples, each in namespaces and under hosts of its own, `per_file` resources to a file."""
    texts = examples()
    paths = []
    for first in range(0, resources, per_file):
        copies = [
            texts[index % len(texts)]
            .replace("namespace: ", f"namespace: copy{index // len(texts)}-")
            .replace("shop.example", f"copy{index // len(texts)}.example")
            for index in range(first, min(first + per_file, resources))
        ]
        path = folder / f"part-{first // per_file:05}.yaml"
        path.write_text("\n---\n".join(copies) + "\n")
        paths.append(str(path))
    return paths


def compare_layouts(lintel, peers, loop, folder, resources, per_file, rounds):
    """The default profile on further corpora, against the libyaml loop and other tools where they are given."""
    layouts = {
        "examples without namespaces": (documents.without_namespaces(examples(), resources), per_file),
        "applications in one namespace": (corpora.apps(resources, "one", True), per_file),
        "applications in many namespaces": (corpora.apps(resources, "many", True), per_file),
        "applications without namespaces, many findings": (corpora.apps(resources, "unnamed", False), per_file),
        "applications, a file each": (corpora.apps(resources, "one", True), 1),
        "applications, one file": (corpora.apps(resources, "one", True), resources),
    }
    names = ["--jobs 1", *peers]
    print(f"\n| {resources} resources | loop, CPU s | " + " | ".join(f"{name} / loop" for name in names) + " | peak MiB | --jobs 2 gains |")
    print("|---" + "|---:" * (len(names) + 3) + "|")
    for title, (texts, size) in layouts.items():
        target = folder / title.replace(" ", "-").replace(",", "")
        paths = corpora.write(target, texts, size)
        check = [lintel, "check", str(target), "--jobs"]
        commands = [[str(loop), *paths], [*check, "1"], [*check, "2"], *([*command, str(target)] for command in peers.values())]
        rows = compare(commands, rounds)
        ratios = [statistics.median(mine[1] / floor[1] for mine, floor in zip(row, rows[0])) for row in [rows[1], *rows[3:]]]
        gain = statistics.median(slow[0] / fast[0] for slow, fast in zip(rows[1], rows[2]))
        print(f"| {title} | {best(rows[0])[1]:.2f} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + f" | {best(rows[1])[2]:.0f} | {gain:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lintel", required=True, help="the release build of lintel")
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--per-file", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kubeconform", help="kubeconform, with its schemas at hand, to compare with")
    parser.add_argument("--kube-linter", help="kube-linter to compare with")
    options = parser.parse_args()
    lintel = os.path.abspath(options.lintel)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        loop = folder / "yaml_loop"
        subprocess.run(["cc", "-O2", "-o", loop, HERE / "yaml_loop.c", "-lyaml"], check=True)
        (folder / "all").mkdir()
        paths = generate(folder / "all", options.resources, options.per_file)
        size = sum(os.path.getsize(path) for path in paths)
        print(f"{options.resources} resources in {len(paths)} files, {size / 1e6:.1f} MB\n")
        print("| | wall s | CPU s | peak MiB |\n|---|---:|---:|---:|")
        basics = [word for policy in BASICS for word in ("--only", policy)]
        check = [lintel, "check", str(folder / "all"), "--jobs"]
        runs = {
            "libyaml event loop": [str(loop), *paths],
            "the default profile, --jobs 1": [*check, "1"],
            "the default profile, --jobs 2": [*check, "2"],
            f"{len(BASICS)} basic policies, --jobs 1": [*check, "1", *basics],
            f"{len(BASICS)} basic policies, --jobs 2": [*check, "2", *basics],
        }
        rows = compare(list(runs.values()), options.rounds)
        for title, row in zip(runs, rows):
            print("| {} | {:.2f} | {:.2f} | {:.0f} |".format(title, *best(row)))
        print()
        for name, one, two in (("the default profile", rows[1], rows[2]), ("the basic policies", rows[3], rows[4])):
            ratio = statistics.median(mine[1] / floor[1] for mine, floor in zip(one, rows[0]))
            gain = statistics.median(slow[0] / fast[0] for slow, fast in zip(one, two))
            print(f"With {name}, --jobs 1 takes {ratio:.2f} times the CPU of the libyaml loop; --jobs 2 ends {gain:.2f} times as fast.")
        peers = {}
        if options.kubeconform:
            peers["kubeconform"] = [options.kubeconform, "-n", "1", "-ignore-missing-schemas"]
        if options.kube_linter:
            peers["kube-linter"] = [options.kube_linter, "lint"]
        compare_layouts(lintel, peers, loop, folder, options.resources, options.per_file, options.rounds)
        small = folder / "one.yaml"
        small.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: shop\ndata:\n  level: info\n")
        wall, cpu, _ = best(compare([[lintel, "check", str(small)]], 50)[0])
        print(f"Cold start on one small file, best of 50: {wall * 1e3:.1f} ms wall, {cpu * 1e3:.1f} ms CPU.")


if __name__ == "__main__":
    main()
