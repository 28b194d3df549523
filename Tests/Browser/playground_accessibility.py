"""axe-core without violations, and nothing out of reach: every tab and dialog, light and dark, 320 to 1440 px."""
import axe
from playground_cases import DEPLOYMENT, REPLICAS, TESTS
from playground_page import workspace
from webdriver import expect

VIEWS = ("violations", "problems", "values", "output", "tests", "coverage", "trace", "profile", "admission")
POLICY = REPLICAS.replace("\tmsg :=", '\tprint("replicas", input.spec.replicas)\n\tmsg :=') + """
warn contains msg if {
	some container in input.spec.template.spec.containers
	not contains(container.image, ":")
	msg := sprintf("container %s takes any version", [container.name])
}
"""
# Lists that are longer than their part of the page.
MANY = DEPLOYMENT + "".join(f"      - name: c{number}\n        image: nginx\n" for number in range(30))


def skipped(page):
    if not axe.available:
        page.skip("axe-core is not here: pip install -r Tests/Browser/requirements.txt")
    return not axe.available


def every_view(page, width, scheme):
    browser = page.browser
    where = f"{width} px, {scheme}"
    page.open(workspace(POLICY, MANY, TESTS))
    page.until_verdict("violations")
    for view in VIEWS:
        page.tab(view)
        page.settled()
        axe.check(browser, f"{view}, {where}")
    page.tab("violations")
    page.put("rego", POLICY.replace("input.spec.replicas < 2", "input.spec.replcas < 2") + "\nx := y\n")
    page.until_verdict("problem")
    for view in ("violations", "problems", "values", "trace", "admission"):
        page.tab(view)
        axe.check(browser, f"{view} with problems, {where}")
    page.put("rego", "")
    page.settled()
    page.tab("violations")
    axe.check(browser, f"nothing, {where}")


def dialogs(page, width, scheme):
    browser = page.browser
    where = f"{width} px, {scheme}"
    page.open(workspace(POLICY.replace(" < 2", "<2"), MANY, TESTS))
    page.until_verdict("violations")

    def command(name):
        browser.press("Control+k")
        browser.type(name)
        browser.press("Enter")

    browser.press("Control+k")
    axe.check(browser, f"all commands, {where}")
    browser.press("Escape")
    browser.press("F1")
    axe.check(browser, f"keys, {where}")
    browser.press("Escape")
    for start, section in (("Gallery of", "library"), ("Templates", "templates"), ("Sample man", "samples")):
        command(start)
        browser.wait("return document.querySelector('.card') !== null", what=section)
        axe.check(browser, f"{section}, {where}")
        browser.press("Escape")
    command("Show what formatting")
    browser.wait("return document.querySelector('.diff') !== null", what="the difference")
    axe.check(browser, f"the difference, {where}")
    browser.press("Escape")
    command("Copy as lintel")
    browser.wait("return document.querySelector('.command') !== null", what="the command lines")
    axe.check(browser, f"command lines, {where}")
    browser.press("Escape")
    browser.run("document.querySelector('#pane-rego .files [aria-label^=New]').click()")
    axe.check(browser, f"a new file, {where}")
    browser.press("Escape")
    browser.click("#tool-more")
    axe.check(browser, f"the menu, {where}")
    browser.press("Escape")
    browser.press("Control+b")
    axe.check(browser, f"files, {where}")
    browser.press("Control+b")
    page.put("rego", "package main\n\n")
    page.place("rego", 2, 1)
    browser.type("\ndeny contains 1 if input.spec.")
    browser.wait("return document.querySelector('.completion') !== null", what="completion")
    axe.check(browser, f"completion, {where}")
    browser.press("Escape")
    page.put("rego", POLICY)
    page.place("rego", 6, 12)
    browser.press("Control+i")
    browser.wait("return document.querySelector('.help') !== null", what="the explanation")
    axe.check(browser, f"an explanation, {where}")
    page.place("rego", 1, 1)
    browser.press("Control+s")
    browser.wait("return document.querySelector('#notices .notice') !== null", what="the notice")
    axe.check(browser, f"a notice, {where}")
    command("Tutorial")
    browser.wait("return document.querySelectorAll('.tutorial-dot').length === 10", what="the tutorial")
    page.settled()
    axe.check(browser, f"the tutorial, {where}")


def axe_of_views(page, _):
    if skipped(page):
        return
    for scheme, widths in (("light", (320, 400, 640, 900, 1180, 1440)), ("dark", (320, 1440))):
        page.browser.media(scheme=scheme)
        for width in widths:
            page.browser.size(width, 800)
            every_view(page, width, scheme)
            page.finish()


def axe_of_dialogs(page, _):
    if skipped(page):
        return
    for scheme, width in (("light", 320), ("light", 400), ("light", 1440), ("dark", 400), ("dark", 1440)):
        page.browser.media(scheme=scheme)
        page.browser.size(width, 800)
        dialogs(page, width, scheme)
        page.finish()


def axe_of_plain_editor(page, _):
    if skipped(page):
        return
    page.open(workspace(POLICY, MANY, TESTS), query="?editor=plain")
    page.until_verdict("violations")
    axe.check(page.browser, "the plain editor")
    page.finish()


def editors_are_text_boxes(page, _):
    """Both editors are multi-line text fields with a name, in either form."""
    for query in ("", "?editor=plain"):
        page.open(workspace(POLICY, DEPLOYMENT), query=query)
        nodes = page.browser.devtools("Accessibility.getFullAXTree")["nodes"]
        boxes = {node["name"]["value"] for node in nodes if not node.get("ignored") and node.get("role", {}).get("value") == "textbox"}
        expect({"Policy text", "Document text"} <= boxes, f"the editors are text boxes: {boxes}")
    page.finish()


def tabs_say_that_more_follow(page, _):
    """Tabs that do not fit fade out, an arrow brings them; the keyboard brings the chosen one into sight."""
    browser = page.browser
    browser.size(1440, 900)
    page.open(workspace(POLICY, DEPLOYMENT, TESTS))
    browser.press("Control+b")
    cut = "return document.querySelector('#results .strip').dataset.cut"
    browser.wait(cut + " === 'end'", what="the sign at the end of the tabs")
    browser.click("#results .strip-forth")
    browser.wait(cut + " === 'start'", what="the sign at the start")
    browser.press("Alt+1")
    browser.wait(cut + " === 'end'", what="the first tab in sight")
    browser.press("Alt+9")
    inside = "const t = document.querySelector('#result-tab-admission').getBoundingClientRect(), s = document.querySelector('#results .strip').getBoundingClientRect(); return t.left >= s.left && t.right <= s.right + 1"
    browser.wait(inside, what="the last tab in sight")
    page.finish()


def gallery_search_in_a_narrow_window(page, _):
    browser = page.browser
    for width in (320, 400):
        browser.size(width, 800)
        page.open(workspace(POLICY, DEPLOYMENT))
        browser.press("Control+Shift+g")
        browser.wait("return document.querySelectorAll('.card').length > 50", what="the library")
        wide = browser.run("return document.querySelector('.start-bar input').getBoundingClientRect().width")
        expect(wide > width * 0.6, f"there is room to read a search: {wide} of {width}")
    page.finish()


CASES = [editors_are_text_boxes, tabs_say_that_more_follow, gallery_search_in_a_narrow_window, axe_of_plain_editor, axe_of_views, axe_of_dialogs]
