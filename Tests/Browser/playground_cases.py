"""Writing a policy: editing, violations, problems, tests, coverage, the result views."""
from playground_page import workspace
from webdriver import expect

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: app
        image: nginx
"""

REPLICAS = """package main

deny contains msg if {
	input.spec.replicas < 2
	msg := sprintf("%s has too few replicas", [input.metadata.name])
}
"""

TESTS = """package main_test

import data.main

test_two_are_enough if {
	count(main.deny) == 0 with input as {"metadata": {"name": "a"}, "spec": {"replicas": 2}}
}

test_wrong if {
	found := count(main.deny) with input as {"metadata": {"name": "a"}, "spec": {"replicas": 1}}
	found == 7
}
"""


def edit_and_fix(page, _):
    """The way the page is made for: write a rule, see the violation, go to the YAML, repair it."""
    browser = page.browser
    page.open(workspace("package main\n\n", DEPLOYMENT))
    page.place("rego", 3, 1)
    browser.type("deny contains msg if {\ninput.spec.replicas < 2\nmsg := \"too few replicas\"")
    page.until_verdict("1 violation in 1 of 1 resource")
    expect(page.text("rego").split("\n")[5:6] == ["}"], f"the brace was closed by the editor: {page.text('rego')!r}")
    expect(page.marked("documents", ".found") == "1", "the value is marked in the YAML")
    browser.click(".violation-main")
    expect(page.cursor("documents") == [7, 13], f"the cursor is at the node, not {page.cursor('documents')}")
    expect(page.focused("#pane-documents"), "the keyboard is in the YAML")
    expect(page.marked("documents", ".chosen") == "1", "exactly the node is highlighted")
    expect(browser.run("return document.querySelectorAll('#pane-rego .chosen-line').length") >= 1, "the rule is highlighted")
    browser.press("Delete")
    browser.type("3")
    page.until_verdict("No violations in 1 resource")
    expect(page.texts(".violation") == [], "the violation is gone")
    expect(page.marked("documents", ".found") == "", "so is its mark")
    page.finish()


def syntax_error(page, _):
    browser = page.browser
    page.open(workspace("package main\n\ndeny contains msg if {\n\tmsg := \n}\n", DEPLOYMENT))
    page.until_verdict("problem")
    browser.wait("return document.querySelector('#pane-rego .squiggle-error') !== null", what="the squiggle")
    expect(browser.run("return document.querySelector('#pane-rego .gutter-error') !== null"), "the line has a sign")
    expect("to solve first" in page.body(), "no empty list that looks like success")
    browser.press("Alt+2")
    expect(len(page.texts(".diagnostic")) >= 1, "the problems are listed")
    page.place("rego", 1, 1)
    browser.press("F8")
    expect(page.cursor("rego")[0] >= 4, "F8 goes to the problem")
    browser.wait("return document.querySelector('.help')?.textContent.length > 10", what="the explanation at the cursor")
    page.put("rego", REPLICAS)
    page.until_verdict("1 violation")
    expect(browser.run("return document.querySelector('.squiggle') === null"), "the squiggle is gone")
    page.finish()


def suggestion(page, _):
    """A misspelt builtin: the problem says what was meant, at the place and in the list."""
    browser = page.browser
    page.open(workspace('package main\n\ndeny contains msg if {\n\tmsg := sprint("%s", [1])\n}\n', DEPLOYMENT))
    page.tab("problems")
    page.until_body("sprintf")
    box = browser.run("const r = document.querySelector('#pane-rego .squiggle').getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]")
    browser.point(*box)
    browser.wait("return document.querySelector('.help')?.textContent.includes('sprintf')", what="the suggestion under the mouse")
    page.finish()


def misspelt_field(page, _):
    """A field that no object has: the types that complete it say what was meant, whatever form the input has."""
    browser = page.browser
    for path in ("input.spec.template.spec.contaners", "input.request.object.spec.template.spec.contaners",
                 "input.review.object.spec.template.spec.contaners", "input[_].contents.spec.template.spec.contaners"):
        page.open(workspace("package main\n\ndeny contains msg if {\n\tsome c in " + path + "\n\tmsg := c.name\n}\n", DEPLOYMENT))
        page.tab("problems")
        page.until_body('did you mean "containers"?')
        expect(page.marked("rego", ".squiggle-warning") == "contaners", f"the name is marked: {page.marked('rego', '.squiggle-warning')!r}")
    browser.run("[...document.querySelectorAll('#result-panel .button')].find(b => b.textContent.includes('Change to containers')).click()")
    page.until_body("No problems")
    page.finish()


def field_of_another_kind(page, _):
    """A rule that asks for a kind is compared with that kind; completion has every field of the release."""
    browser = page.browser
    page.open(workspace('package main\n\ndeny contains 1 if {\n\tinput.kind == "Deployment"\n\tinput.spec.containers\n}\n', DEPLOYMENT))
    page.tab("problems")
    page.until_body("the kind has it at spec.template.spec.containers")
    expect(page.marked("rego", ".squiggle-warning") == "containers", f"the name is marked: {page.marked('rego', '.squiggle-warning')!r}")
    page.put("rego", "package main\n\ndeny contains msg if {\n\t\n\tmsg := \"x\"\n}\n")
    page.place("rego", 4, 2)
    browser.type("input.spec.template.spec.topologySpreadConstraints[_].nodeTaintsP")
    browser.wait("return [...document.querySelectorAll('.completion-item')].some(e => e.textContent.includes('nodeTaintsPolicy'))", what="completion from the catalogue")
    page.finish()


def grouped(page, _):
    """Violations stand below their resource and container; the arrows go through all."""
    browser = page.browser
    two = DEPLOYMENT + "      - name: side\n        image: busybox\n---\n" + DEPLOYMENT.replace("name: web", "name: api")
    policy = REPLICAS + '''
deny_image contains {"msg": "no tag", "path": sprintf("spec.template.spec.containers[%d].image", [i])} if {
	some i, container in input.spec.template.spec.containers
	not contains(container.image, ":")
}
'''
    page.open(workspace(policy, two))
    page.until_verdict("5 violations in 2 of 2 resources")
    expect([text.split(" ")[1] for text in page.texts(".violation-resource")] == ["shop/web", "shop/api"], f"by resource: {page.texts('.violation-resource')}")
    expect(page.texts(".violation-container") == ["container app", "container side", "container app"], f"then by container: {page.texts('.violation-container')}")
    browser.run("document.querySelector('.violation-main').focus()")
    for _ in range(4):
        browser.press("ArrowDown")
    expect(browser.run("return [...document.querySelectorAll('.violation-main')].indexOf(document.activeElement)") == 4, "the arrows reach the last")
    expect(page.cursor("documents")[0] > 14, "and its place")
    page.finish()


def run_tests(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, TESTS))
    browser.press("Alt+Enter")
    page.until_body("1 passed, 1 failed")
    expect("found == 7" in page.body(), "the failing expression is shown")
    expect(page.texts(".failure .bindings dt").count("found") == 1, "with its variable")
    expect("1" in page.texts(".failure .bindings dd"), f"and the value: {page.texts('.failure .bindings dd')}")
    browser.click(".test-fail .link")
    expect(page.text("rego") == TESTS, "a test is a link to its text")
    page.put("rego", TESTS.replace("== 7", "== 1"))
    browser.press("Alt+Enter")
    page.until_body("2 passed")
    page.finish()


def coverage(page, _):
    browser = page.browser
    policy = REPLICAS + "\nwarn contains msg if {\n\tinput.kind == \"Pod\"\n\tmsg := \"bare pod\"\n}\n"
    page.open(workspace(policy, DEPLOYMENT, TESTS))
    page.tab("coverage")
    page.until_body("not reached")
    expect(browser.run("return document.querySelectorAll('#pane-rego .line-covered').length") >= 3, "covered lines are marked")
    expect(browser.run("return document.querySelectorAll('#pane-rego .line-uncovered').length") >= 1, "lines not covered, too")
    browser.run("[...document.querySelectorAll('#result-panel .button')].find(b => b.textContent === 'Of the tests').click()")
    page.until_body("reached by the tests")
    browser.run("[...document.querySelectorAll('#result-panel .button')].find(b => b.textContent.includes('Marks')).click()")
    expect(browser.run("return document.querySelectorAll('.line-covered').length") == 0, "the marks can be taken away")
    page.finish()


def views(page, _):
    """Values, output, trace, profile and what the API server would do."""
    browser = page.browser
    page.open(workspace(REPLICAS.replace("\tmsg :=", '\tprint("replicas", input.spec.replicas)\n\tmsg :='), DEPLOYMENT))
    page.tab("values")
    page.until_body("data.main.deny")
    page.until_body("web has too few replicas")
    page.tab("output")
    page.until_body("replicas 1")
    page.tab("trace")
    browser.wait("return document.querySelectorAll('#result-panel [role=treeitem]').length > 2", what="the trace")
    expect("input.spec.replicas < 2" in page.body(), "expressions are traced")
    before = browser.run("return document.querySelectorAll('#result-panel [role=treeitem]').length")
    browser.run("document.querySelector('#result-panel [role=treeitem][aria-expanded=true] .icon').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    shown = browser.run("return [...document.querySelectorAll('#result-panel [role=treeitem]')].filter(e => e.offsetParent !== null).length")
    expect(shown < before, "a branch can be closed")
    page.tab("profile")
    browser.wait("return document.querySelectorAll('#result-panel tbody tr').length >= 2", what="the profile")
    page.tab("admission")
    page.until_body("Denied")
    expect('"operation": "CREATE"' in page.body() and '"allowed": false' in page.body(), "request and response are shown")
    browser.run("const s = document.querySelector('[name=operation]'); s.value = 'UPDATE'; s.dispatchEvent(new Event('change'))")
    page.until_body('"operation": "UPDATE"')
    browser.run("const s = document.querySelector('[name=user]'); s.value = 'jane'; s.dispatchEvent(new Event('change'))")
    page.until_body('"username": "jane"')
    page.finish()


def evaluate_selection(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    page.select("rego", 4, 2, 21)
    browser.press("Control+Shift+Enter")
    browser.wait("return document.querySelector('.query-answer').textContent.includes('input.spec.replicas')", what="the value of the selection")
    expect("1" in page.texts(".query-answer dd"), "its value is shown")
    browser.run("const q = document.querySelector('.query input'); q.value = 'x := [1, 2][_]'; q.form.requestSubmit()")
    browser.wait("return document.querySelectorAll('.query-answer dl').length === 2", what="two solutions")
    page.finish()


def completion_and_help(page, _):
    browser = page.browser
    page.open(workspace("package main\n\ndeny contains msg if {\n\t\n\tmsg := \"x\"\n}\n", DEPLOYMENT))
    page.place("rego", 4, 2)
    browser.type("input.spec.repl")
    browser.wait("return [...document.querySelectorAll('.completion-item')].some(e => e.textContent.includes('replicas'))", what="completion of a field of the resource")
    browser.press("Tab")
    expect("\tinput.spec.replicas\n" in page.text("rego"), f"Tab inserts: {page.text('rego')!r}")
    browser.type(" == 1; startsw")
    browser.wait("return document.querySelector('.completion-item')?.textContent.includes('startswith')", what="completion of a builtin")
    browser.press("Escape")
    expect(browser.run("return document.querySelector('.completion') === null") and page.focused("#pane-rego"), "Escape closes only the list")
    page.put("rego", REPLICAS)
    page.place("rego", 5, 12)
    browser.press("Control+i")
    browser.wait("return document.querySelector('.help')?.textContent.includes('sprintf(')", what="the signature of a builtin")
    page.finish()


def formatting(page, _):
    browser = page.browser
    page.open(workspace("package main\ndeny contains msg if { input.spec.replicas<2\n msg:=\"x\" }\n", DEPLOYMENT))
    page.place("rego", 1, 1)
    browser.press("Shift+Alt+f")
    browser.wait("return document.querySelector('#notices').textContent.includes('Formatted')", what="the notice")
    expect("\tinput.spec.replicas < 2\n" in page.text("rego"), f"the text is formatted: {page.text('rego')!r}")
    browser.run("[...document.querySelectorAll('#notices .button')].find(b => b.textContent.includes('changes')).click()")
    expect(len(page.texts(".diff-added")) >= 1 and len(page.texts(".diff-removed")) >= 1, "the changes can be seen")
    browser.press("Escape")
    page.place("rego", 1, 1)
    browser.press("Control+z")
    expect("replicas<2" in page.text("rego"), "formatting can be undone")
    page.finish()


def evaluation_is_stopped(page, _):
    """A policy without end: a clear message, and the page goes on."""
    endless = "package main\n\ndeny contains msg if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b == -1\n\tmsg := \"never\"\n}\n"
    page.open()
    page.put("rego", endless)
    page.until_verdict("Stopped")
    expect("Stopped" in page.body() and "No problems" not in page.body(), "the violations say so")
    expect(page.texts("#result-tab-problems") == ["Problems1"], f"it is a problem, too: {page.texts('#result-tab-problems')}")
    page.tab("problems")
    page.until_body("was stopped")
    expect(page.browser.run("return document.querySelector('#pane-rego .squiggle-error') !== null"), "its rule is marked")
    page.tab("admission")
    page.until_body("Not decided")
    page.put("rego", REPLICAS)
    page.browser.wait("return !document.querySelector('.verdict-text').textContent.includes('Stopped')", what="the next answer")
    page.finish()


CASES = [edit_and_fix, syntax_error, suggestion, misspelt_field, field_of_another_kind, grouped, run_tests, coverage, views, evaluate_selection, completion_and_help, formatting, evaluation_is_stopped]
