"""The tutorial from the first step to the last, by a reader who knows only what the page says."""
from playground_cases import DEPLOYMENT, REPLICAS
from playground_page import workspace
from webdriver import expect

STEP = """
const side = document.querySelector('.tutorial');
const seen = e => e.checkVisibility();
return {
  place: side.querySelector('.tutorial-head p').textContent,
  title: side.querySelector('h2').textContent,
  names: [...side.querySelectorAll('.on-page')].map(e => e.textContent),
  task: side.querySelector('.tutorial-task').textContent,
  buttons: [...side.querySelectorAll('button')].filter(seen).map(e => e.textContent),
  code: [...side.querySelectorAll('.tutorial-hints .tutorial-code')].map(e => e.textContent),
  verdict: side.querySelector('.tutorial-verdict').innerText,
};"""

# What of the page carries a name that the text gives: a tab or a button, in sight and not cut off.
NAMED = """
return [...document.querySelectorAll('#work [role=tab], #work .button, #toolbar .button')].some(e => {
  const r = e.getBoundingClientRect();
  const own = [...e.childNodes].filter(n => !n.classList?.contains('badge')).map(n => n.textContent).join('').trim();
  return own === arguments[0] && e.checkVisibility() && r.right <= innerWidth && r.bottom <= innerHeight && r.width > 0;
});"""


def press(page, label):
    clicked = page.browser.run("""
        const b = [...document.querySelectorAll('.tutorial button')].find(e => e.checkVisibility() && e.textContent === arguments[0]);
        b?.click();
        return b !== undefined;""", label)
    expect(clicked, f"there is a button “{label}”")


def solution(page):
    """Asks for hints until the page offers a solution, and reads it."""
    for _ in range(8):
        step = page.browser.run(STEP)
        if step["code"]:
            return step["code"][-1]
        press(page, "Show a solution" if "Show a solution" in step["buttons"] else "Hint")
    expect(False, "the page shows a solution")


def from_first_to_last(page, _):
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    browser.click("#tool-tutorial")
    browser.wait("return document.querySelector('.tutorial h2') !== null", what="the tutorial")
    titles, number = [], 0
    while True:
        number += 1
        page.settled()
        step = browser.run(STEP)
        titles.append(step["title"])
        where = f"step {number} “{step['title']}”"
        expect(step["place"].startswith(f"Step {number} of "), f"{where} says where it is: {step['place']}")
        for name in step["names"]:
            expect(browser.run(NAMED, name), f"{where} names “{name}”, which is not in sight")
        body = page.body()
        expect("Nothing was evaluated" not in body and "Open the gallery" not in body, f"{where} opens on what it teaches, not: {body[:80]}")
        press(page, "Check my answer")
        browser.wait("return document.querySelector('.tutorial-verdict').innerText.includes('Not yet')", what=f"{where} to refuse an empty answer")
        text = solution(page)
        shown = browser.run("return document.querySelector('#pane-rego [role=tab][aria-selected=true]').textContent.startsWith('Tests') ? 'tests' : 'policies'")
        expect(("test_" in text) == (shown == "tests"), f"{where} shows the editor that the answer goes into")
        page.put("rego", text)
        page.settled()
        expect("Nothing was evaluated" not in page.body(), f"the answer of {where} shows itself")
        press(page, "Check my answer")
        browser.wait("return document.querySelector('.tutorial-verdict').innerText.includes('Correct.')", what=f"“Correct.” in {where}")
        expect(page.focused(".tutorial-verdict .button"), "the keyboard is where one goes on")
        last = "Go on" not in browser.run(STEP)["buttons"]
        browser.press("Enter")
        if last:
            break
    expect(number == 10 and len(set(titles)) == 10, f"ten steps: {titles}")
    browser.wait("return document.querySelector('.tutorial') === null", what="the end of the tutorial")
    expect(page.text("rego") == REPLICAS, "the reader's own files are back")
    browser.click("#tool-tutorial")
    browser.wait("return document.querySelectorAll('.tutorial-done').length === 10", what="what was done to be remembered")
    page.finish()


def what_a_step_teaches_is_seen(page, _):
    """The value of the rule while it is typed, the violation, the verdict of the test."""
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    browser.click("#tool-tutorial")
    browser.wait("return document.querySelector('.tutorial h2') !== null", what="the tutorial")
    page.put("rego", "package main\n\nname := input.metadata.name\n")
    page.until_body("data.main.name")
    page.until_body('"web"')
    page.until_verdict("1 rule evaluated")
    browser.run("document.querySelectorAll('.tutorial-dot')[1].click()")
    page.until_body("undefined")
    browser.run("document.querySelectorAll('.tutorial-dot')[4].click()")
    page.until_body("container web is privileged")
    browser.run("document.querySelectorAll('.tutorial-dot')[9].click()")
    page.until_body("test_three_replicas_are_allowed")
    page.finish()


CASES = [from_first_to_last, what_a_step_teaches_is_seen]
