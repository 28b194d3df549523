#!/usr/bin/env python3
"""Opens the HTML compliance report in headless Chromium: chart, filter, search, print layout, no requests.

usage: compliance_report.py LINTEL [--images FOLDER]      (needs chromium and chromedriver)
With --images the screenshots of the documentation are written too.
"""
import argparse
import pathlib
import subprocess
import tempfile

from webdriver import Browser, expect

ROOT = pathlib.Path(__file__).resolve().parents[2]


def report(lintel, page, arguments, code):
    command = [lintel, "compliance", "--framework", "cis-1.8", "--format", "html", *arguments]
    made = subprocess.run(command, stdout=subprocess.PIPE, check=False, cwd=ROOT)
    expect(made.returncode == code, f"{page.stem}: exit code {made.returncode}")
    page.write_bytes(made.stdout)
    return page


SHOWN = "return [...document.querySelectorAll('.clause')].filter(c => c.offsetParent !== null).length"


def check(browser, page, passes):
    browser.open(page)
    expect(browser.run("return document.querySelectorAll('.clause').length") == 130, "130 clauses")
    expect(browser.run("return document.querySelector('svg.donut').getBoundingClientRect().width") > 100, "the chart is visible")
    expect(browser.run("return document.querySelectorAll('svg.donut .arc').length") >= 1, "the chart has arcs")
    expect(browser.run("return performance.getEntriesByType('resource').length") == 0, "the page asks for nothing")
    expect(browser.run(SHOWN) == 130, "all clauses are shown at first")
    box = "pass" if passes else "fail"
    browser.run(f"document.querySelector('.filter input[value=\"{box}\"]').click()")
    expect(browser.run(SHOWN) == 0, "a status can be filtered out")
    browser.run(f"document.querySelector('.filter input[value=\"{box}\"]').click()")
    browser.run("const t = document.querySelector('.filter [name=text]'); t.value = 'etcd data directory'; t.dispatchEvent(new Event('input', {bubbles: true}))")
    expect(browser.run(SHOWN) == 2, "a search narrows the list")
    expect(browser.run("return document.querySelector('.filter output').value") == "2 of 130 shown", "the count follows")
    browser.run("const t = document.querySelector('.filter [name=text]'); t.value = ''; t.dispatchEvent(new Event('input', {bubbles: true}))")
    browser.media(media="print")
    expect(browser.run("return getComputedStyle(document.querySelector('.filter')).display") == "none", "no filter on paper")
    browser.media()
    expect(browser.print().startswith(b"%PDF"), "the page prints")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lintel")
    parser.add_argument("--images", type=pathlib.Path)
    options = parser.parse_args()
    lintel = str(pathlib.Path(options.lintel).resolve())
    browser = Browser()
    try:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, code in (("hardened", 0), ("careless", 1)):
                sample = f"examples/cis/{name}"
                page = report(lintel, folder / f"{name}.html", ["--node-facts", f"{sample}/node-facts.json", sample], code)
                check(browser, page, passes=name == "hardened")
            if options.images:
                options.images.mkdir(parents=True, exist_ok=True)
                # A well-kept control plane with careless workloads, and nothing known about the host.
                mixed = report(lintel, folder / "mixed.html", ["examples/cis/hardened", "examples/cis/careless/cluster"], 1)
                for scheme in ("light", "dark"):
                    browser.media(scheme=scheme)
                    browser.open(mixed)
                    browser.screenshot(options.images / f"compliance-{scheme}.png")
    finally:
        browser.close()
    print("compliance report: ok")


main()
