"""For every reader: keyboard alone, the plain editor, narrow windows, contrast, names, hostile texts."""
from playground_cases import DEPLOYMENT, REPLICAS, TESTS
from playground_page import workspace
from webdriver import expect


def keyboard_only(page, _):
    """From the first Tab to a repaired manifest without a mouse."""
    browser = page.browser
    page.open(workspace("package main\n\n", DEPLOYMENT))
    browser.press("Tab")
    expect(page.focused(".skip"), "the first stop skips to the results")
    browser.press("F6")
    for _ in range(3):
        if page.focused("#pane-rego"):
            break
        browser.press("F6")
    expect(page.focused("#pane-rego .editor"), "F6 reaches the policy")
    browser.press("Control+End")
    browser.type("deny contains \"few\" if input.spec.replicas < 2")
    browser.press("Escape")
    expect(not page.focused(".editor") or browser.run("return document.querySelector('.completion') === null"), "Escape closes the list")
    browser.press("Control+Enter")
    page.until_verdict("1 violation")
    if page.focused(".editor"):
        browser.press("Escape")
    expect(page.focused("#pane-rego [role=tab]"), "Escape leaves the editor")
    browser.press("Alt+1")
    for _ in range(4):
        if page.focused("#results [role=tab]"):
            break
        browser.press("F6")
    expect(page.focused("#results [role=tab]"), "F6 reaches the results")
    for _ in range(3):
        browser.press("Tab")
        if page.focused(".violation-main"):
            break
    expect(page.focused(".violation-main"), "Tab reaches the violation")
    ring = browser.run("const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2")
    expect(ring, "the focus can be seen")
    browser.press("Enter")
    expect(page.focused("#pane-documents .editor"), "Enter goes to the YAML")
    expect(page.cursor("documents") == [7, 13], "to the node")
    browser.press("Delete")
    browser.type("2")
    page.until_verdict("No violations")
    browser.press("F1")
    expect("Evaluate" in "".join(page.texts("dialog td")), "F1 lists the keys")
    browser.press("Escape")
    browser.press("Control+k")
    browser.type("gallery")
    browser.press("Enter")
    browser.wait("return document.querySelector('.dialog-start .card') !== null", what="the gallery by keyboard")
    expect(browser.run("return document.activeElement.closest('dialog') !== null"), "the focus is in the dialog")
    browser.press("Escape")
    page.finish()


def plain_editor(page, _):
    """Without CodeMirror the page still does everything."""
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT, TESTS), query="?editor=plain")
    page.until_verdict("1 violation")
    expect(browser.run("return document.querySelector('.CodeMirror') === null"), "the plain editor is used")
    expect(browser.run("return document.querySelectorAll('#pane-documents .plain-mark.found').length") == 1, "the node is marked")
    browser.click(".violation-main")
    expect(page.cursor("documents") == [7, 13], "a click goes to the node")
    browser.type("3")
    page.until_verdict("No violations")
    browser.press("Control+z")
    page.until_verdict("1 violation")
    page.put("rego", "package main\n\ndeny contains msg if {\n\tmsg := \n}\n")
    browser.wait("return document.querySelector('#pane-rego .plain-mark.squiggle') !== null", what="the squiggle")
    browser.press("F8")
    browser.wait("return document.querySelector('.help') !== null", what="the explanation")
    page.put("rego", REPLICAS)
    page.place("rego", 4, 13)
    browser.press("Control+Space")
    browser.wait("return document.querySelectorAll('.completion-item').length > 2", what="completion")
    browser.press("Escape")
    page.tab("coverage")
    browser.wait("return document.querySelectorAll('.plain-number.line-covered').length >= 2", what="coverage marks")
    page.put("rego", REPLICAS.replace(" < 2", "<2"))
    browser.press("Shift+Alt+f")
    browser.wait("return document.querySelector('#pane-rego textarea').value.includes(' < 2')", what="formatting")
    browser.press("Alt+Enter")
    page.until_body("1 passed, 1 failed")
    page.finish()


def script_is_inert(page, _):
    bad = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    quoted = bad.replace('"', '\\"')
    policy = f'package main\n\n# METADATA\n# title: {bad}\n# scope: rule\ndeny contains msg if {{\n\tprint(input.metadata.name)\n\tmsg := sprintf("%s {quoted}", [input.metadata.name])\n}}\n'
    document = DEPLOYMENT.replace("name: web", f"name: '{bad}'")
    content = workspace(policy, document, f'package t_test\n\ntest_bad if "{quoted}" == "x"\n', parameters=f"a: '{bad}'\n")
    content["inputs"].append({"path": f"x{bad.replace('/', '')}.yaml", "text": document})
    browser = page.browser
    page.open(content)
    page.until_verdict("violation")
    for view in ("violations", "values", "output", "tests", "coverage", "trace", "profile", "admission", "problems"):
        page.tab(view)
        page.settled()
        expect(browser.run("return document.querySelectorAll('#work img, #work script').length") == 0, f"no markup of the reader's in {view}")
    expect(browser.run("return [...document.querySelectorAll('[style]')].every(e => !e.getAttribute('style').includes('url'))"), "no style brings an address")
    page.finish(allowed=("400",))


def narrow(page, _):
    """Half a laptop screen: everything is there, nothing sticks out."""
    browser = page.browser
    browser.size(640, 800)
    page.open(workspace(REPLICAS, DEPLOYMENT))
    page.until_verdict("1 violation")
    expect(browser.run("return document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth"), "nothing is wider than the window")
    outside = browser.run("return [...document.querySelectorAll('#toolbar button')].filter(b => b.getBoundingClientRect().right > innerWidth).map(b => b.id)")
    expect(outside == [], f"all tools are reachable, but {outside}")
    expect(len(page.texts("#switch button")) == 2, "the editors take turns")
    browser.click(".violation-main")
    expect(browser.run("return document.querySelector('#pane-documents').offsetParent !== null") and page.cursor("documents") == [7, 13], "a violation turns to the documents")
    browser.click("#switch [data-group=rego]")
    expect(browser.run("return document.querySelector('#pane-rego').offsetParent !== null"), "and back")
    page.finish()


CONTRAST = r"""
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const colour = text => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
const light = c => { const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const ground = e => { const layers = []; for (let n = e; n; n = n.parentElement) { const c = colour(getComputedStyle(n).backgroundColor); if (c[3]) layers.push(c); if (c[3] === 1) break; } return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]); };
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const bad = new Set();
let count = 0;
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !e.checkVisibility({opacityProperty: true, visibilityProperty: true}) || e.closest('.silent, .skip, [disabled]')) continue;
  count += 1;
  const back = ground(e);
  let text = colour(getComputedStyle(e).color);
  for (let n = e; n; n = n.parentElement) text[3] *= parseFloat(getComputedStyle(n).opacity);
  text = over(text, back);
  const [a, b] = [light(text), light(back)].sort((x, y) => y - x);
  const ratio = (a + .05) / (b + .05);
  if (ratio < 4.5) bad.add(`${ratio.toFixed(2)} ${e.className || e.tagName}: ${walker.currentNode.textContent.trim().slice(0, 30)}`);
}
return [count, [...bad]];
"""

UNNAMED = ("button", "textbox", "combobox", "listbox", "tab", "tree", "treeitem", "checkbox", "dialog", "searchbox", "radio", "menuitem", "option", "link")


def contrast_and_names(page, _):
    """WCAG AA contrast of every text in every view and both schemes; every control has a name."""
    browser = page.browser
    policy = REPLICAS.replace("\tmsg :=", '\tprint("x")\n\tmsg :=') + "\nwarn contains msg if {\n\tinput.kind == \"Pod\" # never\n\tmsg := `raw`\n}\n"
    for scheme in ("light", "dark"):
        browser.media(scheme=scheme)
        page.open(workspace(policy, DEPLOYMENT, TESTS))
        browser.click("#tool-files")
        for view in ("violations", "values", "output", "tests", "coverage", "trace", "profile", "admission", "problems"):
            page.tab(view)
            page.settled()
            check(browser, f"{view}, {scheme}")
        page.put("rego", policy + "\nx := y\n")
        page.until_verdict("problem")
        check(browser, f"problems, {scheme}")
        browser.click("#tool-library")
        browser.wait("return document.querySelectorAll('.card').length > 50", what="the library")
        check(browser, f"gallery, {scheme}")
        browser.press("Escape")
        browser.click("#tool-tutorial")
        browser.wait("return document.querySelectorAll('.tutorial-dot').length === 10", what="the tutorial")
        page.settled()
        check(browser, f"tutorial, {scheme}")
        page.finish()


def check(browser, where):
    count, bad = browser.run(CONTRAST)
    expect(count > 20 and not bad, f"contrast in {where}: {bad[:4]} of {count}")
    nodes = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    for node in nodes:
        role = node.get("role", {}).get("value", "")
        if not node.get("ignored") and role in UNNAMED:
            expect(node.get("name", {}).get("value", "").strip(), f"a {role} has no name in {where}")


def large_paste(page, _):
    """More than the server takes: said at once, the page stays usable."""
    browser = page.browser
    page.open(workspace(REPLICAS, DEPLOYMENT))
    page.place("documents", 1, 1)
    browser.run("""
        const data = new DataTransfer();
        data.setData('text/plain', 'a: '.repeat(17_000_000));
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))""")
    browser.wait("return document.querySelector('#notices').textContent.includes('51.0 MB')", what="the size is said")
    expect(page.text("documents") == DEPLOYMENT, "nothing was pasted")
    page.finish()


CASES = [keyboard_only, plain_editor, script_is_inert, narrow, contrast_and_names, large_paste]
