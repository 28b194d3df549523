#!/usr/bin/env python3
"""Types for ten seconds with live evaluation on a 300-line policy and 50 resources: how long does the page stand still?

usage: playground_speed.py LINTEL      (needs chromium and chromedriver)
Fails when the page is blocked for more than 100 ms, or an evaluation takes the server (a release build) more than 50 ms.
Other work of the machine can only make this slower, so the best of three runs counts.
"""
import pathlib
import statistics
import sys

from playground_page import Page, Server
from webdriver import Browser, expect

LONGEST_BLOCK = 100
LONGEST_EVALUATION = 50

OBSERVE = """
window.blocks = [];
new PerformanceObserver(list => blocks.push(...list.getEntries().map(e => e.duration))).observe({type: 'longtask'});
window.evaluations = [];
const own = window.fetch;
window.fetch = async (...call) => {
  const response = await own(...call);
  if (String(call[0]).endsWith('/evaluate') && response.ok) response.clone().json().then(a => evaluations.push(a.timings.total));
  return response;
};
"""

RULE = """deny contains msg if {{
	some container in input.spec.template.spec.containers
	container.resources.limits.memory == "{number}Mi"
	input.spec.replicas > {number}
	msg := sprintf("%s of %s: limit {number}", [container.name, input.metadata.name])
}}

"""

TYPED = """# every Deployment says who owns it
deny contains msg if {
input.kind == "Deployment"
not input.metadata.labels.owner
msg := sprintf("%s has no owner", [input.metadata.name])"""


def content():
    policy = "package main\n\n" + "".join(RULE.format(number=number) for number in range(42)) + "\n\n\n"
    resources = [f"""apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-{number}
  namespace: shop
spec:
  replicas: {number % 7}
  template:
    spec:
      containers:
      - name: app
        image: registry.example/app:{number}
        resources:
          limits:
            memory: {number % 5}Mi
      - name: helper
        image: registry.example/helper:{number}
""" for number in range(50)]
    expect(policy.count("\n") >= 299, "the policy has 300 lines")
    return {"policies": [{"path": "main.rego", "text": policy}], "inputs": [{"path": "shop.yaml", "text": "---\n".join(resources)}]}


def measure(page):
    browser = page.browser
    page.open(content())
    page.until_verdict("of 50 resources")
    browser.run(OBSERVE)
    page.place("rego", 298, 1)
    browser.type(TYPED, pause=max(1, 10_000 // len(TYPED) - 10))
    page.settled()
    page.until_verdict("of 50 resources")
    blocks, evaluations = browser.run("return [blocks, evaluations]")
    page.finish()
    expect(len(evaluations) >= 5, f"typing was followed by evaluations, {len(evaluations)} of them")
    return max(blocks, default=0), blocks, evaluations


def main():
    lintel = str(pathlib.Path(sys.argv[1]).resolve())
    server = Server(lintel)
    browser = Browser(1440, 900)
    try:
        for attempt in range(3):
            browser.size(1440, 900)
            longest, blocks, evaluations = measure(Page(browser, server.origin))
            middle = statistics.median(evaluations)
            print(f"typing for ten seconds, 300 lines, 50 resources: {len(blocks)} tasks over 50 ms, the longest {longest:.0f} ms; "
                  f"{len(evaluations)} evaluations, median {middle:.1f} ms, longest {max(evaluations):.1f} ms in the server")
            if longest <= LONGEST_BLOCK and max(evaluations) <= LONGEST_EVALUATION:
                return
        sys.exit(f"failed: the limits are {LONGEST_BLOCK} ms for the page and {LONGEST_EVALUATION} ms for an evaluation")
    finally:
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
