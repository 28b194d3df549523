#!/usr/bin/env python3
"""Opens every HTML report of lintel in headless Chromium: axe-core without violations and nothing out of reach, in light and
dark from 320 to 1440 px; on paper, every page holds text.

usage: reports.py LINTEL [--images FOLDER]      (needs chromium and chromedriver; axe-core from Tests/Browser/requirements.txt)
With --images the pages are kept as PNG and PDF, to be looked at.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import axe
from webdriver import Browser, Failure, expect

ROOT = pathlib.Path(__file__).resolve().parents[2]
FRAMEWORKS = ("cis-k8s-1.8", "mlps-2.0-level3", "mitre-attack", "nist-sp800-190", "nsa-cisa-1.2", "pci-dss-4.0.1", "pss", "soc2-2017")
EXAMPLES = ("examples/cis/hardened", "examples/cis/careless/cluster")


def reports():
    """Each report's name and the command that writes it."""
    for language in ("en", "zh"):
        for framework in FRAMEWORKS:
            yield f"{framework}-{language}", ["compliance", "--framework", framework, "--format", "html", "--lang", language, *EXAMPLES]
    yield "check", ["check", "--format", "html", "examples"]
    yield "diff", ["diff", "--format", "html", "examples/cis/hardened", "examples/cis/careless"]
    yield "coverage", ["coverage", "--format", "html", "examples"]


def write(lintel, path, command):
    made = subprocess.run([lintel, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    expect(made.stdout.startswith(b"<!doctype html>"), f"{path.stem}: exit code {made.returncode}, {made.stderr[:200]!r}")
    path.write_bytes(made.stdout)
    return path


def look(browser, path, images):
    # The frameworks have one page; of one it is looked at in every width.
    light = (320, 400, 768, 1440) if path.stem.startswith(("cis", "check", "coverage", "diff")) else (320, 1440)
    for scheme, widths in (("light", light), ("dark", (400,))):
        browser.media(scheme=scheme)
        for width in widths:
            browser.size(width, 900)
            browser.open(path)
            axe.check(browser, f"{path.stem}, {width} px, {scheme}")
            if images:
                browser.screenshot(images / f"{path.stem}-{width}-{scheme}.png")
            browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
            expect(not (found := browser.run(axe.OUTSIDE)), f"{path.stem}, {width} px, all open, sticks out: {found}")
    browser.media()
    paper = browser.print()
    expect(paper.startswith(b"%PDF") and len(paper) > 10_000, f"{path.stem} prints")
    if images:
        (images / f"{path.stem}.pdf").write_bytes(paper)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lintel")
    parser.add_argument("--images", type=pathlib.Path)
    options = parser.parse_args()
    lintel = str(pathlib.Path(options.lintel).resolve())
    if not axe.available:
        print("SKIP  reports: axe-core is not here: pip install -r Tests/Browser/requirements.txt")
        return
    if options.images:
        options.images.mkdir(parents=True, exist_ok=True)
    browser, failed = Browser(), 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, command in reports():
                try:
                    look(browser, write(lintel, pathlib.Path(folder) / f"{name}.html", command), options.images)
                    print(f"ok    {name}", flush=True)
                except Failure as failure:
                    failed += 1
                    print(f"FAIL  {name}: {failure}", flush=True)
    finally:
        browser.close()
    sys.exit(1 if failed else 0)


main()
