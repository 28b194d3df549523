"""Charts, overlays, constraints, exceptions and fixes."""
import base64
import io
import pathlib
import tarfile
import tempfile

import axe
from playground_page import Server, workspace
from webdriver import expect



def template(page, title):
    """Opens one of the start points by its title, as a reader does."""
    browser = page.browser
    page.open(workspace("package main\n\n", "a: 1\n"))
    browser.press("Control+k")
    browser.type("Templates")
    browser.press("Enter")
    browser.wait("return document.querySelector('.card-title') !== null", what="the templates")
    browser.run("[...document.querySelectorAll('.card-title')].find(b => b.textContent === arguments[0]).click()", title)
    page.settled()


def line(page, text):
    """Clicks the first line of the output that has a text."""
    found = page.browser.run("""
        const row = [...document.querySelectorAll('.rendered-line')].find(r => r.querySelector('.rendered-text').textContent.includes(arguments[0]));
        row?.click(); return Boolean(row);""", text)
    expect(found, f"the output has a line with {text!r}")


def shown_file(page, pane):
    return page.browser.run("return document.querySelector('#pane-' + arguments[0] + ' .file-tab[aria-selected=\"true\"]')?.textContent", pane)


def choose(page, label, text):
    page.browser.run("""
        const select = [...document.querySelectorAll('.view-rendered .field')].find(f => f.firstChild.textContent === arguments[0]).querySelector('select');
        const option = [...select.options].find(o => o.textContent.includes(arguments[1]));
        select.value = option.value; select.dispatchEvent(new Event('change'));""", label, text)
    page.settled()


def chart(page, _):
    """Template, values and output beside each other: a click on a line shows what gave it, and changed values render again."""
    browser = page.browser
    template(page, "A Helm chart")
    page.until_verdict("2 violations in 1 of 2 resources")
    expect("replicas: 1" in page.body(), "the output is shown")
    line(page, "replicas: 1")
    expect(shown_file(page, "documents") == "shop/values.yaml", f"the values: {shown_file(page, 'documents')}")
    expect(page.cursor("documents") == [1, 11], f"the value: {page.cursor('documents')}")
    expect(shown_file(page, "rego") == "shop/templates/deployment.yaml", f"the template: {shown_file(page, 'rego')}")
    expect(page.cursor("rego")[0] == 8, f"the line of the template: {page.cursor('rego')}")
    origins = browser.run("return document.querySelector('.rendered-origins').textContent")
    expect("value shop/values.yaml:1" in origins and "template shop/templates/deployment.yaml:8" in origins, f"both are named: {origins}")
    line(page, "app.kubernetes.io/name: shop")
    expect(shown_file(page, "documents") == "shop/Chart.yaml", "a value of Chart.yaml")
    expect(shown_file(page, "rego") == "shop/templates/_helpers.tpl", "text of a helper")
    # Values that change render again.
    line(page, "replicas: 1")
    page.put("documents", page.text("documents").replace("replicas: 1", "replicas: 4"))
    page.until_verdict("1 violation in 1 of 2 resources")
    page.until_body("replicas: 4")
    choose(page, "Values", "values-prod.yaml")
    page.until_verdict("No violations in 2 resources")
    page.until_body("shop:1.8.0")
    # A mistake is shown at its line of the template.
    browser.run("[...document.querySelectorAll('#pane-rego .file-tab')].find(t => t.textContent.endsWith('service.yaml')).click()")
    page.put("rego", page.text("rego").replace(".Values.service.port", ".Values.service.port | requird"))
    page.until_verdict("the chart is not rendered")
    browser.wait("return document.querySelector('#pane-rego .squiggle-error') !== null", what="the mark in the template")
    expect(page.marked("rego", ".squiggle-error").startswith("requird"), f"the name: {page.marked('rego', '.squiggle-error')!r}")
    page.finish()


def chart_by_keyboard(page, _):
    """Arrows go through the output, Enter goes to what gave a line; a finding leads to its line and back."""
    browser = page.browser
    template(page, "A Helm chart")
    page.until_verdict("2 violations")
    browser.run("document.querySelector('#rendered-lines').focus()")
    for _ in range(40):
        browser.press("ArrowDown")
        if "image: registry" in browser.run("return document.querySelector('.rendered-line[aria-selected=\"true\"] .rendered-text').textContent"):
            break
    expect(shown_file(page, "documents") == "shop/values.yaml", "the values follow the arrows")
    expect(page.focused("#rendered-lines"), "the keyboard stays in the output")
    browser.press("Enter")
    expect(page.focused("#pane-documents"), "Enter goes to the value")
    browser.press("Alt+1")
    browser.run("document.querySelector('.violation-main').focus()")
    browser.press("Enter")
    expect(page.focused("#pane-documents"), "a finding leads to the value")
    expect(shown_file(page, "rego").startswith("shop/templates/"), "with the template beside it")
    browser.run("[...document.querySelectorAll('.violation-links .link')].find(b => b.textContent.startsWith('output:')).click()")
    page.until_body("app.kubernetes.io/name")
    expect(page.focused("#rendered-lines"), "and to its line of the output")
    expect(browser.run("return document.querySelector('.rendered-line[aria-selected=\"true\"]').classList.contains('rendered-found')"), "which is marked")
    browser.press("Alt+0")
    expect(browser.run("return document.querySelector('#result-tab-rendered').getAttribute('aria-selected')") == "true", "Alt+0 shows the output")
    page.finish()


def packed_chart(page, _):
    """A chart archive, a chart in its charts folder among its files, opens as sources; policies stay."""
    browser = page.browser
    page.open(workspace('package main\n\ndeny contains "no" if input.kind == "ConfigMap"\n'))
    inner = io.BytesIO()
    files = {"dep/Chart.yaml": "apiVersion: v2\nname: dep\nversion: 1.0.0\n",
             "dep/templates/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dep\n"}
    pack(inner, files)
    outer = io.BytesIO()
    pack(outer, {"web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: dep\n  version: 1.0.0\n",
                 "web/values.yaml": "a: 1\n", "web/templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n",
                 "web/charts/dep-1.0.0.tgz": inner.getvalue()})
    drop(page, [("web-1.0.0.tgz", outer.getvalue())])
    page.until_verdict("1 violation in 1 of 2 resources")
    expect("kind: ConfigMap" in page.body(), "the chart inside is rendered too")
    expect(page.text("rego") != "" and browser.run("return document.querySelector('#pane-tab-policies .badge').textContent") == "1", "the policy is still there")
    page.finish()


def pack(target, files):
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def drop(page, files):
    """Drops files on the page."""
    page.browser.run("""
        const transfer = new DataTransfer();
        for (const [name, data] of arguments[0]) transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
        document.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));""",
        [[name, base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()] for name, data in files])
    page.settled()


def overlays(page, _):
    """What is found stands in the base or in the patch; the build can be chosen."""
    browser = page.browser
    template(page, "Kustomize overlays")
    page.until_verdict("3 violations in 2 of 2 resources")
    expect("namespace: dev" in page.body(), "the first build is shown")
    choose(page, "Build", "overlays/prod")
    page.until_body("replicas: 2")
    line(page, "replicas: 2")
    expect(shown_file(page, "documents") == "overlays/prod/replicas.yaml", f"the patch: {shown_file(page, 'documents')}")
    origins = browser.run("return document.querySelector('.rendered-origins').textContent")
    expect("patch overlays/prod/replicas.yaml:6" in origins and "before: file base/deployment.yaml:6" in origins, f"the patch and the base: {origins}")
    line(page, "name: web")
    expect(shown_file(page, "documents") == "base/deployment.yaml", "the base")
    line(page, "namespace: prod")
    expect(shown_file(page, "documents") == "overlays/prod/kustomization.yaml", "the kustomization")
    browser.run("[...document.querySelectorAll('.view-rendered .button')].find(b => b.textContent === 'Only this').click()")
    page.until_verdict("2 violations in 1 of 1 resource")
    choose(page, "Build", "base (")
    page.until_verdict("1 violation in 1 of 1 resource")
    expect("namespace" not in browser.run("return document.querySelector('#rendered-lines').textContent"), "the base alone is built")
    browser.run("[...document.querySelectorAll('.view-rendered .button')].find(b => b.textContent === 'Only this').click()")
    page.until_verdict("3 violations in 2 of 2 resources")
    # A mistake stands where it is written.
    line(page, "namespace: dev")
    page.put("documents", page.text("documents").replace("../../base", "../../bas"))
    page.until_verdict("problem")
    browser.wait("return document.querySelector('#pane-documents .squiggle-error') !== null", what="the mark in the kustomization")
    page.finish()


def constraint(page, _):
    """A template and a constraint judge; what is wrong with them is shown at its place."""
    browser = page.browser
    template(page, "Gatekeeper constraint")
    page.until_verdict("1 violation in 1 of 2 resources")
    expect('the label "owner" is missing' in page.body(), "what the constraint says")
    browser.click(".violation-main")
    expect(shown_file(page, "rego") == "template.yaml", f"the Rego of the template: {shown_file(page, 'rego')}")
    browser.run("[...document.querySelectorAll('#pane-rego .file-tab')].find(t => t.textContent === 'constraint.yaml').click()")
    page.put("rego", page.text("rego").replace("labels: [owner]", "labels: owner"))
    page.until_verdict("problem")
    browser.wait("return document.querySelector('#pane-rego .squiggle-error') !== null", what="the mark in the constraint")
    page.put("rego", page.text("rego").replace("labels: owner", "labels: [team]"))
    page.until_verdict("2 violations in 2 of 2 resources")
    page.finish()


def exceptions(page, _):
    """Comments and settings accept violations, with their reason; what is unused or expired is said."""
    browser = page.browser
    template(page, "Accepted violations")
    page.until_verdict("1 violation in 1 of 2 resources, 2 suppressed")
    expect("Accepted by comment" in page.body() and "moves to the registry with release 5" in page.body(), "the comment and its reason")
    expect("Accepted by settings" in page.body() and "team-legacy" in page.body(), "the entry and its owner")
    expect(page.marked("documents", ".found") == "docker.io/library/redis:8", f"only what counts is marked: {page.marked('documents', '.found')!r}")
    page.put("documents", page.text("documents").replace('ignore images.deny reason=', 'ignore images.deny until=2020-01-31 reason='))
    page.until_verdict("2 violations in 1 of 2 resources, 1 suppressed")
    expect("Its exception has expired" in page.body(), "the expired one is said")
    page.tab("problems")
    page.until_body("has expired, and what it accepted counts again")
    page.tab("violations")
    page.put("documents", page.text("documents").replace("docker.io/library/golang", "registry.example.com/golang"))
    page.tab("problems")
    page.until_body("accepts nothing: there is no violation of images.deny there")
    browser.click("#pane-tab-configuration")
    page.put("documents", page.text("documents").replace("images.deny", "images.deni"))
    page.until_body('no policy is called "images.deni"; did you mean "images.deny"?')
    page.finish()


FIXABLE = """apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: app
      image: nginx:1.27
      securityContext:
        privileged: true  # of the old days
"""

FIX_POLICY = """package main

# METADATA
# title: Privileged container
# custom:
#   id: OWN-001
#   severity: critical
#   fix: {op: replace, path: securityContext/privileged, value: false}
deny contains {"msg": msg, "path": path} if {
	some i, container in input.spec.containers
	container.securityContext.privileged
	msg := sprintf("container %s is privileged", [container.name])
	path := sprintf("spec.containers[%d].securityContext.privileged", [i])
}
"""


def fix(page, _):
    """A fix is shown as a difference, then made as one step that can be undone."""
    browser = page.browser
    page.open(workspace(FIX_POLICY, FIXABLE))
    page.until_verdict("1 violation")
    show = "[...document.querySelectorAll('.violation .button')].find(b => b.textContent === 'Show the fix').click()"
    browser.run(show)
    browser.wait("return document.querySelector('dialog .diff') !== null", what="the difference")
    diff = browser.run("return document.querySelector('dialog .diff').textContent")
    expect("-        privileged: true  # of the old days" in diff and "+        privileged: false  # of the old days" in diff, f"the difference: {diff}")
    expect(page.text("documents") == FIXABLE, "nothing is changed yet")
    expect(browser.run("return document.activeElement.textContent") == "Apply fix", "the keyboard is at the button")
    browser.press("Enter")
    page.until_verdict("No violations")
    expect(page.text("documents") == FIXABLE.replace("privileged: true", "privileged: false"), "the text is changed, and nothing else of it")
    browser.run("document.querySelector('#pane-documents .CodeMirror')?.CodeMirror.focus()")
    browser.press("Control+z")
    page.until_verdict("1 violation")
    expect(page.text("documents") == FIXABLE, "one step undoes it")
    # A fix that does not help is not offered.
    page.put("rego", FIX_POLICY.replace("value: false", "value: true"))
    page.until_verdict("1 violation")
    browser.run(show)
    browser.wait("return document.querySelector('dialog') !== null", what="the answer")
    expect("already as the fix says" in browser.run("return document.querySelector('dialog').textContent"), "why there is none")
    browser.press("Escape")
    page.finish()


def severity_without_colour(page, _):
    """Each severity has a letter of its own and a frame of its own; colour is not needed to tell them apart."""
    rules = "".join(f"""
# METADATA
# custom: {{id: OWN-{name}, severity: {name}}}
deny_{name} contains "{name} thing" if input.kind
""" for name in ("critical", "high", "medium", "low", "info"))
    page.open(workspace("package main\n" + rules, FIXABLE))
    page.until_verdict("5 violations")
    signs = page.browser.run("return [...document.querySelectorAll('.violation .sign')].map(s => [s.textContent, s.getAttribute('aria-label'), getComputedStyle(s).borderStyle + getComputedStyle(s).borderWidth + (getComputedStyle(s).backgroundColor === 'rgba(0, 0, 0, 0)')])")
    expect(sorted(s[:2] for s in signs) == [["C", "critical"], ["H", "high"], ["I", "info"], ["L", "low"], ["M", "medium"]], f"letters: {signs}")
    expect(len({s[2] for s in signs}) == 5, f"frames: {signs}")
    page.finish()


def folder_of_a_chart(page, lintel):
    """A workspace folder that is a chart is opened as one, and saved where its files are."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name) / "shop"
        (root / "templates").mkdir(parents=True)
        (root / "Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 1.0.0\n")
        (root / "values.yaml").write_text("replicas: 1\n")
        (root / "templates" / "web.yaml").write_text("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: {{ .Values.replicas }}\n")
        (root / "policies").mkdir()
        (root / "policies" / "main.rego").write_text("package main\n\ndeny contains \"too few\" if input.spec.replicas < 2\n")
        server = Server(lintel, "--workspace", str(root))
        try:
            page.origin = server.origin
            page.open()
            page.until_verdict("1 violation in 1 of 1 resource")
            page.tab("rendered")
            line(page, "replicas: 1")
            expect(shown_file(page, "documents") == "values.yaml", f"the values: {shown_file(page, 'documents')}")
            page.put("documents", "replicas: 3\n")
            page.until_verdict("No violations")
            page.browser.press("Control+s")
            page.browser.wait("return document.querySelector('#notices')?.textContent.includes('Saved')", what="the save")
            expect((root / "values.yaml").read_text() == "replicas: 3\n", "the file of the chart is written")
            expect(sorted(p.name for p in root.iterdir()) == ["Chart.yaml", "policies", "templates", "values.yaml"], "and no other")
            page.finish()
        finally:
            server.stop()


def picked_folder(page, _):
    """A folder is picked in a dialog; its chart comes with its policies, and a link carries all of it."""
    browser = page.browser
    page.open(workspace("package main\n\n"))
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name) / "app"
        for path, text in {"Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n", "values.yaml": "replicas: 1\n",
                           "templates/web.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: {{ .Values.replicas }}\n",
                           "policy.rego": "package own\n\ndeny contains \"few\" if input.spec.replicas < 2\n", ".git/config": "hidden"}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)

        def ask():
            browser.press("Control+k")
            browser.type("Open a folder")
            browser.press("Enter")

        page.pick(root, ask)
        page.until_verdict("1 violation in 1 of 1 resource")
    expect("replicas: 1" in page.body(), "the output is shown")
    names = browser.run("return [...document.querySelectorAll('.file-tab')].map(t => t.textContent)")
    expect("app/values.yaml" in names and not any("config" in n for n in names), f"hidden files stay out: {names}")
    browser.click("#tool-share")
    browser.wait("return location.hash.startsWith('#w=')", what="the link")
    page.open(address=browser.address)
    page.until_verdict("1 violation in 1 of 1 resource")
    browser.wait("return !document.querySelector('#result-tab-rendered').hidden", what="the output of the shared chart")
    page.finish()


def axe_of_builds(page, _):
    if not axe.available:
        page.skip("axe-core-python is not installed")
        return
    for scheme, widths in (("light", (320, 400, 900, 1440)), ("dark", (320, 1440))):
        page.browser.media(scheme=scheme)
        for width in widths:
            page.browser.size(width, 800)
            for title in ("A Helm chart", "Kustomize overlays", "Gatekeeper constraint", "Accepted violations"):
                template(page, title)
                axe.check(page.browser, f"{title}, {width} px, {scheme}")
                if title == "A Helm chart":
                    line(page, "image: registry")
                    axe.check(page.browser, f"a chosen line, {width} px, {scheme}")
                    page.tab("violations")
                    axe.check(page.browser, f"violations of a chart, {width} px, {scheme}")
            page.open(workspace(FIX_POLICY, FIXABLE))
            page.until_verdict("1 violation")
            page.browser.run("[...document.querySelectorAll('.violation .button')].find(b => b.textContent === 'Show the fix').click()")
            page.browser.wait("return document.querySelector('dialog .diff') !== null", what="the difference")
            axe.check(page.browser, f"a fix, {width} px, {scheme}")
            page.browser.press("Escape")
            page.finish()


CASES = [chart, chart_by_keyboard, packed_chart, overlays, constraint, exceptions, fix, severity_without_colour, folder_of_a_chart,
         picked_folder, axe_of_builds]
