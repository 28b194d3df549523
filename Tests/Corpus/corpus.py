#!/usr/bin/env python3
"""Checks whole folders of manifests and shows what is found, policy by policy, against the recorded run.

    corpus.py LINTEL [--record] [--profile NAME] FOLDER...

The record holds for each folder how often each policy reports something and the fingerprints of the findings, so that a
change of a policy shows which findings appear and which disappear. Folders are known by their last name.
"""
import collections
import json
import pathlib
import statistics
import subprocess
import sys

RECORD = pathlib.Path(__file__).with_name("recorded.json")
WORKLOADS = {
    "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob",
    "PodTemplate", "Rollout", "CloneSet", "DeploymentConfig",
}
SHOWN = 20


def findings_of(lintel, folder, profile):
    command = [lintel, "check", "--format", "json", "--fail-on", "never", "--profile", profile, "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if not run.stdout.startswith("{"):
        sys.exit(f"{folder}: lintel gave no report: {run.stderr.strip()}")
    return json.loads(run.stdout)["findings"]


def per_workload(findings):
    counts = collections.Counter(
        (f["file"], f["document"], f["resource"]["name"]) for f in findings if f["resource"]["kind"] in WORKLOADS)
    return statistics.median(counts.values()) if counts else 0


def show(folder, findings, old):
    counts = collections.Counter(f["policy"] for f in findings)
    names = {f["policy"]: f["name"] for f in findings}
    before = old.get("policies", {})
    print(f"{folder}: {len(findings)} findings, {per_workload(findings):g} a workload with findings in the median")
    for policy in sorted(set(counts) | set(before), key=lambda policy: (-counts[policy], policy)):
        change = counts[policy] - before.get(policy, 0)
        mark = f"  ({change:+d})" if change and old else ""
        print(f"  {counts[policy]:5d}  {policy} {names.get(policy, '')}{mark}")
    if not old:
        return
    known = collections.Counter(old["fingerprints"])
    now = collections.Counter(f["fingerprint"] for f in findings)
    new = [f for f in findings if f["fingerprint"] in now - known]
    for finding in new[:SHOWN]:
        print(f"  + {finding['file']}:{finding['line']} {finding['policy']} {finding['message']}")
    if len(new) > SHOWN:
        print(f"  + {len(new) - SHOWN} more")
    gone = sum((known - now).values())
    if gone:
        print(f"  - {gone} of the recorded findings are gone")


def main(arguments):
    records = "--record" in arguments
    profile = "recommended"
    if "--profile" in arguments:
        place = arguments.index("--profile")
        profile = arguments[place + 1]
        del arguments[place:place + 2]
    arguments = [argument for argument in arguments if argument != "--record"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    lintel, folders = str(pathlib.Path(arguments[0]).resolve()), arguments[1:]
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    for folder in folders:
        name = pathlib.Path(folder).resolve().name
        findings = findings_of(lintel, folder, profile)
        key = name if profile == "recommended" else f"{name} ({profile})"
        show(name, findings, record.get(key, {}))
        record[key] = {
            "policies": dict(sorted(collections.Counter(f["policy"] for f in findings).items())),
            "fingerprints": sorted(f["fingerprint"] for f in findings),
        }
    if records:
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")


main(sys.argv[1:])
