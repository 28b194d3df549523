"""Everything by keyboard alone: no click and no script moves the focus after the page is open."""
from playground_cases import DEPLOYMENT, REPLICAS, TESTS
from playground_page import workspace
from webdriver import expect

FOCUS = """
const e = document.activeElement, s = getComputedStyle(e, e.classList.contains('card-title') ? '::after' : null);
const around = e.matches('[role=treeitem]') ? getComputedStyle(e.querySelector('.tree-row')) : s;
return {
  tag: e.tagName, id: e.id, name: e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 60), inside: e.closest('dialog, .popup, [id]')?.id ?? '',
  seen: e.checkVisibility() && ([s, around].some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || e.closest('.editor, dialog, [role=menu], .tutorial') !== null || e.matches('.splitter, .input, body')),
};"""


def focus(page):
    found = page.browser.run(FOCUS)
    expect(found["tag"] == "BODY" or found["seen"], f"the focus can be seen: {found}")
    return found


def to(page, region):
    """F6 until the keyboard is in a part of the page."""
    for _ in range(6):
        if page.focused(region):
            return
        page.browser.press("Escape") if page.focused(".editor") else None
        page.browser.press("F6")
        focus(page)
    expect(False, f"F6 reaches {region}")


def command(page, words):
    page.browser.press("Control+k")
    page.browser.wait("return document.activeElement.matches('.palette-input')", what="the palette")
    page.browser.type(words)
    page.browser.press("Enter")


def toolbar_and_menu(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, TESTS))
    browser.press("Tab")
    browser.press("Tab")
    expect(page.focused("#toolbar"), "the second stop is the toolbar")
    names = []
    for _ in range(12):
        names.append(focus(page)["name"])
        browser.press("ArrowRight")
    expect(len(set(names)) >= 9, f"arrows go through the tools: {names}")
    browser.press("End")
    expect(page.focused("#tool-more"), "End reaches the menu")
    browser.press("ArrowDown")
    expect(page.focused("[role=menuitem]"), "an arrow opens it")
    browser.press("ArrowDown")
    expect(page.focused("[role=menuitem]"), "arrows move in it")
    browser.press("Escape")
    expect(page.focused("#tool-more"), "Escape goes back to its button")
    page.finish()


def files_and_splitters(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, TESTS))
    browser.press("Control+b")
    to(page, "#side [role=treeitem]")
    for _ in range(4):
        browser.press("ArrowDown")
        focus(page)
    expect("main_test.rego" in focus(page)["name"] or page.focused("#side [role=treeitem]"), "arrows go through the tree")
    browser.press("Home")
    browser.press("ArrowDown")
    browser.press("Enter")
    for region, splitter, key in (("#pane-documents", "#split-columns", "ArrowLeft"), ("#results", "#split-rows", "ArrowUp")):
        to(page, region)
        browser.press("Escape")
        browser.press("Shift+Tab")
        expect(page.focused(splitter), f"Shift+Tab reaches {splitter}, not {focus(page)}")
        now = f"return document.querySelector('{splitter}').getAttribute('aria-valuenow')"
        before = browser.run(now)
        browser.press(key)
        expect(browser.run(now) != before, "arrows move it")
    browser.press("Control+b")
    page.finish()


def new_file_and_search(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, TESTS))
    to(page, "#pane-rego")
    browser.press("Escape")
    expect(page.focused("#pane-rego [role=tab]"), "Escape leaves the editor for its tabs")
    browser.press("ArrowRight")
    browser.wait("return document.querySelector('#pane-tab-tests').getAttribute('aria-selected') === 'true'", what="the tests by an arrow")
    browser.press("ArrowLeft")
    for _ in range(12):
        browser.press("Tab")
        if "New policy" in focus(page)["name"]:
            break
    expect("New policy" in focus(page)["name"], "Tab reaches what makes a new file")
    browser.press("Enter")
    browser.type("extra.rego")
    browser.press("Enter")
    browser.wait("return document.querySelector('dialog') === null", what="the dialog to close")
    expect(page.focused("#pane-rego .editor"), "the new file has the keyboard")
    browser.press("Control+f")
    browser.type("main")
    browser.wait("return document.querySelector('#pane-rego .find [role=status]').textContent.includes('of')", what="what was found")
    browser.press("Escape")
    expect(page.focused("#pane-rego .editor"), "Escape goes back to the text")
    page.settled()
    page.finish()


def every_result(page, _):
    """Each view by its key, and what can be done in it."""
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, TESTS))
    page.until_verdict("1 violation")
    for number, view in enumerate(("violations", "problems", "values", "output", "tests", "coverage", "trace", "profile", "admission"), 1):
        browser.press(f"Alt+{number}")
        page.settled()
        expect(browser.run("return document.querySelector('#results [role=tab][aria-selected=true]').dataset.view") == view, f"Alt+{number} shows {view}")
        to(page, "#results")
        stops = []
        for _ in range(8):
            browser.press("Tab")
            if not page.focused("#results"):
                break
            stops.append(focus(page)["name"])
        expect(stops, f"there are stops in {view}")
    browser.press("Alt+3")
    to(page, "#results")
    for _ in range(6):
        browser.press("Tab")
        if page.focused(".query input"):
            break
    browser.type("input.spec.replicas")
    browser.press("Enter")
    browser.wait("return document.querySelector('.query-answer').textContent.includes('input.spec.replicas')", what="the answer")
    browser.press("Alt+7")
    browser.wait("return document.querySelector('#result-panel [role=treeitem]') !== null", what="the trace")
    page.settled()
    to(page, "#results")
    stops = []
    for _ in range(12):
        browser.press("Tab")
        stops.append(focus(page)["name"])
        if page.focused("#result-panel [role=treeitem]"):
            break
    expect(page.focused("#result-panel [role=treeitem]"), f"Tab reaches the trace, but {stops}")
    browser.press("ArrowRight")
    browser.press("ArrowDown")
    focus(page)
    page.finish()


def gallery_and_tutorial(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    browser.press("Control+Shift+g")
    browser.wait("return document.querySelectorAll('.card').length > 50", what="the library")
    browser.type("LT-POD-001")
    for _ in range(8):
        browser.press("Tab")
        if page.focused(".card-title"):
            break
    focus(page)
    browser.press("Enter")
    browser.wait("return document.querySelector('#notices').textContent.includes('LT-POD-001')", what="the notice")
    page.until_verdict("violation")
    command(page, "tutorial")
    browser.wait("return document.querySelector('.tutorial-title') === document.activeElement", what="the step to have the keyboard")
    for _ in range(6):
        browser.press("Tab")
        if "Check" in focus(page)["name"]:
            break
    browser.press("Tab")
    expect("Hint" in focus(page)["name"], f"the hints follow: {focus(page)}")
    for _ in range(2):
        browser.press("Enter")
    browser.wait("return document.querySelectorAll('.tutorial-hint').length >= 2", what="hints")
    to(page, "#pane-rego")
    browser.press("Control+End")
    browser.type("\nname := input.metadata.name")
    browser.press("Escape")
    to(page, "#side")
    for _ in range(20):
        if "Check" in focus(page)["name"]:
            break
        browser.press("Tab")
    browser.press("Enter")
    browser.wait("return document.querySelector('.tutorial-verdict').innerText.includes('Correct.')", what="the verdict")
    expect("Go on" in focus(page)["name"], "the keyboard is where one goes on")
    browser.press("Enter")
    browser.wait("return document.querySelector('.tutorial-head').textContent.includes('Step 2')", what="the next step")
    page.settled()
    page.finish()


CASES = [toolbar_and_menu, files_and_splitters, new_file_and_search, every_result, gallery_and_tutorial]
