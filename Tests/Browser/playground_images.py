#!/usr/bin/env python3
"""Takes the pictures of the documentation: docs/images/playground-STATE-SCHEME.png.

usage: playground_images.py LINTEL [STATE]      (needs chromium and chromedriver; fonts-inter and fonts-jetbrains-mono look best)
"""
import pathlib
import sys

import playground_builds
from playground_page import ROOT, Page, Server, workspace
from webdriver import Browser

POLICY = """# METADATA
# title: Workloads of the shop
package shop

import data.limits

containers := input.spec.template.spec.containers

# METADATA
# title: Too few replicas
# custom:
#   severity: high
#   remediation: Set spec.replicas to 2 or more.
deny_replicas contains msg if {
	input.kind == "Deployment"
	input.spec.replicas < limits.replicas
	msg := sprintf("%s has %d replica, wants %d", [input.metadata.name, input.spec.replicas, limits.replicas])
}

# METADATA
# title: Image without a version
# custom: {severity: medium}
warn_image contains msg if {
	some container in containers
	endswith(container.image, ":latest")
	msg := sprintf("container %q takes any version of its image", [container.name])
}

# METADATA
# title: Runs privileged
# custom: {severity: critical}
deny_privileged contains msg if {
	some container in containers
	container.securityContext.privileged
	msg := sprintf("container %q runs privileged", [container.name])
}
"""

INPUT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: web
        image: registry.example/web:latest
      - name: metrics
        image: registry.example/metrics:1.4.2
        securityContext:
          privileged: true
"""

TESTS = """package shop_test

import data.shop

deployment(replicas) := {
	"kind": "Deployment",
	"metadata": {"name": "web"},
	"spec": {"replicas": replicas, "template": {"spec": {"containers": []}}},
}

test_two_replicas_are_enough if {
	count(shop.deny_replicas) == 0 with input as deployment(2) with data.limits.replicas as 2
}

test_message_names_the_object if {
	some message in shop.deny_replicas with input as deployment(1) with data.limits.replicas as 2
	startswith(message, "api ")
}
"""

CONTENT = workspace(POLICY, INPUT, TESTS, data=[{"path": "limits/data.yaml", "text": "replicas: 2\n"}])


def editing(page):
    page.open(CONTENT)
    page.until_verdict("3 violations")
    page.browser.click(".violation-main")
    page.browser.run("document.activeElement.blur()")


def problem(page):
    page.open(workspace(POLICY.replace("endswith(", "endwith("), INPUT, TESTS, data=CONTENT["data"]))
    page.until_verdict("problem")
    page.tab("problems")
    page.browser.run("document.querySelector('#pane-rego .CodeMirror').CodeMirror.scrollTo(0, 200)")
    page.settled()
    box = page.browser.run("const r = document.querySelector('#pane-rego .squiggle').getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]")
    page.browser.point(*box)
    page.browser.wait("return document.querySelector('.help') !== null", what="the explanation")


def tests(page):
    page.open(CONTENT)
    page.tab("coverage")
    page.settled()
    page.browser.run("[...document.querySelectorAll('#result-panel .button')].find(b => b.textContent === 'Of the tests').click()")
    page.until_body("reached by the tests")
    page.tab("tests")
    page.until_body("1 passed, 1 failed")


def trace(page):
    page.open(CONTENT)
    page.tab("trace")
    page.browser.wait("return document.querySelectorAll('#result-panel [role=treeitem]').length > 4", what="the trace")
    page.browser.run("document.querySelector('#work').style.setProperty('--top', '24%')")


def gallery(page):
    page.open(CONTENT)
    page.browser.click("#tool-library")
    page.browser.wait("return document.querySelectorAll('.card').length > 50", what="the library")
    page.browser.type("security")


def tutorial(page):
    page.open(CONTENT)
    page.browser.click("#tool-tutorial")
    page.browser.wait("return document.querySelectorAll('.tutorial-dot').length === 10", what="the tutorial")
    page.browser.run("document.querySelectorAll('.tutorial-dot')[4].click()")
    page.settled()
    page.browser.run("[...document.querySelectorAll('.tutorial button')].find(b => b.textContent === 'Hint').click(); [...document.querySelectorAll('.tutorial button')].find(b => b.textContent.startsWith('Check')).click()")
    page.browser.wait("return document.querySelector('.tutorial-wrong') !== null", what="the verdict")
    page.browser.run("document.querySelector('#side').scrollTop = 0; document.activeElement.blur()")


def chart(page):
    playground_builds.template(page, "A Helm chart")
    playground_builds.line(page, "image: registry")
    page.browser.run("document.querySelector('.notice .button-icon')?.click()")


def narrow(page):
    page.browser.size(640, 820)
    editing(page)


STATES = [editing, problem, tests, trace, gallery, tutorial, chart, narrow]


def main():
    lintel = str(pathlib.Path(sys.argv[1]).resolve())
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(lintel)
    browser = Browser(1280, 800)
    try:
        for state in STATES:
            if len(sys.argv) > 2 and state.__name__ != sys.argv[2]:
                continue
            for scheme in ("light", "dark"):
                browser.size(1280, 800)
                browser.media(scheme=scheme)
                page = Page(browser, server.origin)
                state(page)
                page.settled()
                browser.run("for (const b of document.querySelectorAll('#notices .notice')) b.remove()")
                browser.screenshot(folder / f"playground-{state.__name__}-{scheme}.png")
    finally:
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
