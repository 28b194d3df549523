"""axe-core: what assistive technology would stumble over on the page that is shown.

The script comes with the PyPI package of Tests/Browser/requirements.txt; without it `available` is false and the caller says so.
"""
import importlib.util
import pathlib

from webdriver import expect

RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
  ({violations}) => done(violations.flatMap(({id, nodes}) => nodes.map(({target, html, any, all, none}) =>
    `${id}: ${target.join(' ')} ${html.slice(0, 90)} ${[...any, ...all, ...none].map(c => c.message)[0] ?? ''}`))),
  (error) => done([`axe did not run: ${error}`]));
"""

# What of the page cannot be reached: it lies right of the window, and nothing around it scrolls.
OUTSIDE = """
const scrolls = e => { for (let n = e.parentElement; n && n !== document.body; n = n.parentElement) if (/auto|scroll/.test(getComputedStyle(n).overflowX) || n.matches('.silent, .CodeMirror')) return true; return false; };
const root = document.scrollingElement;
const wide = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} wide`] : [];
return wide.concat([...document.body.querySelectorAll('*')].filter(e => e.checkVisibility() && !e.closest('.silent, .skip, svg *'))
  .filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && (r.right > innerWidth + 1 || r.left < -1) && !scrolls(e); })
  .map(e => `${e.tagName.toLowerCase()}.${e.className} reaches from ${Math.round(e.getBoundingClientRect().left)} to ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 5));
"""


def script():
    found = importlib.util.find_spec("axe_core_python")
    if found is None:
        return None
    path = pathlib.Path(next(iter(found.submodule_search_locations))) / "axe.min.js"
    return path.read_text() if path.is_file() else None


SOURCE = script()
available = SOURCE is not None


def problems(browser):
    """The violations on the page as it is, each in a line; best practices are asked for, too."""
    if not browser.run("return typeof axe === 'object'"):
        browser.run(SOURCE)
    return browser.wait_for(RUN)


def check(browser, where):
    expect(not (found := browser.run(OUTSIDE)), f"{where} sticks out: {found}")
    found = problems(browser)
    expect(not found, f"axe in {where}: {len(found)} violations\n      " + "\n      ".join(found[:8]))
