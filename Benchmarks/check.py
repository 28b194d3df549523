#!/usr/bin/env python3
"""`lintel check` over many manifests against libyaml's bare event loop over the same bytes; README.md has the method."""

import argparse
import os
import pathlib
import subprocess
import tempfile
import time

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


def best(command, rounds, codes=(0,)):
    """The smallest wall time, CPU time and peak memory of several runs."""
    runs = [run(command) for _ in range(rounds)]
    if any(code not in codes for *_, code in runs):
        raise SystemExit(f"{command[:3]} ended with exit codes {sorted({code for *_, code in runs})}")
    return [min(column) for column in list(zip(*runs))[:3]]


def generate(folder, resources, per_file):
    """Copies of the examples, each in namespaces and under hosts of its own, `per_file` resources to a file."""
    texts = []
    for path in sorted(EXAMPLES.rglob("*.yaml")):
        texts += [text.strip("\n") for text in path.read_text().split("\n---\n") if "apiVersion:" in text]
    if not texts:
        raise SystemExit(f"no manifests below {EXAMPLES}")
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lintel", required=True, help="the release build of lintel")
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--per-file", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
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
        rows = {}
        for title, command, codes in (
            ("libyaml event loop", [str(loop), *paths], (0,)),
            ("lintel check --jobs 1", [lintel, "check", "--jobs", "1", str(folder / "all")], (0, 1)),
            ("lintel check --jobs 2", [lintel, "check", "--jobs", "2", str(folder / "all")], (0, 1)),
        ):
            rows[title] = best(command, options.rounds, codes)
            print("| {} | {:.2f} | {:.2f} | {:.0f} |".format(title, *rows[title]), flush=True)
        floor, one, two = rows.values()
        print(f"\nlintel check --jobs 1 takes {one[1] / floor[1]:.2f} times the CPU of the libyaml loop;")
        print(f"--jobs 2 ends {one[0] / two[0]:.2f} times as fast as --jobs 1.")
        small = folder / "one.yaml"
        small.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: shop\ndata:\n  level: info\n")
        wall, cpu, _ = best([lintel, "check", str(small)], 50, (0, 1))
        print(f"Cold start on one small file, best of 50: {wall * 1e3:.1f} ms wall, {cpu * 1e3:.1f} ms CPU.")


if __name__ == "__main__":
    main()
