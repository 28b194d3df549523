#!/usr/bin/env python3
"""How the cost of `lintel check` grows with what it is given: CPU and memory per doubling; README.md has the method."""

import argparse
import os
import pathlib
import tempfile

import corpora
from check import run

WIDE = ["--only", "LT-POD-001"]


def growth(lintel, folder, title, sizes, make, arguments=(), rounds=3):
    """A table of one direction of growth; the worst ratio of two neighbours once the work outweighs the start."""
    print(f"\n### {title}\n\n| size | CPU s | per doubling | peak MiB | per doubling |\n|---:|---:|---:|---:|---:|")
    worst, before = 0.0, None
    for size in sizes:
        target = folder / f"{title.replace(' ', '-').replace(',', '')}-{size}"
        extra = make(target, size) or []
        runs = [run([lintel, "check", "--jobs", "1", *arguments, *extra, str(target)]) for _ in range(rounds)]
        if any(code not in (0, 1) for *_, code in runs):
            raise SystemExit(f"{title}, {size}: exit code {runs[-1][3]}")
        cpu, memory = min(r[1] for r in runs), min(r[2] for r in runs)
        ratios = ("", "")
        if before:
            step = before[0]
            ratios = tuple(f"{1 + (now / then - 1) / (size / step - 1):.2f}" for now, then in ((cpu, before[1]), (memory, before[2])))
            if before[1] > 0.03:
                worst = max(worst, float(ratios[0]))
        print(f"| {size:,} | {cpu:.3f} | {ratios[0]} | {memory:.0f} | {ratios[1]} |", flush=True)
        before = (size, cpu, memory)
    return worst


def files(make, per_file=20):
    """Writes the documents that `make` gives for a size."""
    return lambda folder, size: corpora.write(folder, make(size), per_file) and None


def policies(folder, count):
    """One Deployment, and `count` policies of a user."""
    corpora.write(folder, corpora.as_yaml([corpora.deployment(f"web-{n}", {"app": "web"}) for n in range(200)]), 20)
    rules = folder.parent / f"{folder.name}-policies"
    rules.mkdir()
    for number in range(count):
        (rules / f"p{number}.rego").write_text(
            f"package team.p{number}\n\nimport rego.v1\n\ndeny contains msg if {{\n\tsome c in input.spec.template.spec.containers\n"
            f"\tnot startswith(c.image, \"registry{number}.example/\")\n\tmsg := sprintf(\"%s: image of another registry than {number}\", [c.name])\n}}\n")
    return ["--no-builtin", "--policy", str(rules)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lintel", required=True, help="the release build of lintel")
    parser.add_argument("--most", type=int, default=128_000, help="the largest number of resources")
    options = parser.parse_args()
    lintel = os.path.abspath(options.lintel)
    resources = [size for size in (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000) if size <= options.most]
    partners = [250, 500, 1_000, 2_000, 4_000]
    with tempfile.TemporaryDirectory() as name:
        folder, worst = pathlib.Path(name), {}

        def measure(title, sizes, make, arguments=()):
            worst[title] = growth(lintel, folder, title, sizes, make, arguments)

        for layout, title in (("one", "resources in one namespace"), ("unnamed", "resources without a namespace"), ("many", "resources in many namespaces")):
            measure(title, resources, files(lambda size, layout=layout: corpora.apps(size, layout, True)))
        measure("resources with many findings", resources[:-2], files(lambda size: corpora.apps(size, "unnamed", False)))
        measure("resources in one file", resources[:-2], files(lambda size: corpora.apps(size, "one", True), 10**9))
        for title, make in (
            ("Deployments and budgets of one label", corpora.budgets), ("Services and autoscalers of one Deployment", corpora.services),
            ("Pods and open NetworkPolicies", corpora.isolation), ("copies of one object and claims of one host", corpora.copies),
        ):
            measure(title, partners, files(lambda size, make=make: corpora.as_yaml(make(size))))
        wide = files(lambda size: corpora.as_yaml(corpora.containers(size)))
        measure("containers, one policy", [1_000, 2_000, 4_000, 8_000, 16_000], wide, WIDE)
        measure("containers, the default profile", [1_000, 2_000, 4_000, 8_000, 16_000], wide)
        measure("policies", [38, 75, 150, 300], policies)
    print("\n| direction | worst ratio of CPU per doubling |\n|---|---:|")
    for title, ratio in worst.items():
        print(f"| {title} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
