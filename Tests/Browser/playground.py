#!/usr/bin/env python3
"""Uses the playground as its readers do, in headless Chromium.

usage: playground.py LINTEL [--only NAME]      (needs chromium and chromedriver)
"""
import argparse
import pathlib
import sys
import time

import playground_accessibility
import playground_builds
import playground_cases
import playground_files
import playground_keyboard
import playground_reading
import playground_tutorial
from playground_page import Page, Server
from webdriver import Browser, Failure


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lintel")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    lintel = str(pathlib.Path(options.lintel).resolve())
    modules = (playground_cases, playground_files, playground_reading, playground_keyboard, playground_tutorial,
               playground_builds, playground_accessibility)
    cases = [case for module in modules for case in module.CASES if options.only in case.__name__]
    if not cases:
        sys.exit(f"no case is called {options.only}")
    browser = Browser(1440, 900)
    server = Server(lintel)
    failed, skipped = [], []
    try:
        for case in cases:
            browser.size(1440, 900)
            browser.media()
            started = time.monotonic()
            try:
                page = Page(browser, server.origin)
                case(page, lintel)
                if page.skipped:
                    skipped.append(case.__name__)
                    print(f"SKIP  {case.__name__}: {page.skipped}", flush=True)
                else:
                    print(f"ok    {case.__name__} ({time.monotonic() - started:.1f} s)", flush=True)
            except Failure as failure:
                failed.append(case.__name__)
                print(f"FAIL  {case.__name__}: {failure}", flush=True)
                browser.log("browser"), browser.log("performance")
    finally:
        browser.close()
        server.stop()
    tried = len(cases) - len(skipped)
    print(f"playground: {tried - len(failed)} of {tried} cases passed" + (f", {len(skipped)} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
