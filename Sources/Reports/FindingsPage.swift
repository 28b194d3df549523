/// The parts of the HTML report that do not depend on the report.
enum FindingsPage {
    /// The beginning of a page up to its style, from which nothing is loaded.
    ///
    /// - Parameters:
    ///   - title: escaped.
    ///   - hasScript: whether the page holds a script of its own.
    ///   - style: what comes after the common style.
    static func head(_ title: String, hasScript: Bool = false, style more: String = "") -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'\(hasScript ? "; script-src 'unsafe-inline'" : "")">
        <title>\(title)</title>
        <style>\(style)\(more)</style>
        </head>
        """
    }

    static let style = """
        :root { --critical: #a1127c; --high: #b3261e; --medium: #9a5b00; --low: #0b6bcb; --info: #5b6472; --ink: #1c1f24;
          --paper: #fff; --soft: #f3f4f6; --line: #d7dae0; --good: #1a7f4b; }
        @media (prefers-color-scheme: dark) { :root:not(.light) { --critical: #f08cd4; --high: #ff8a80; --medium: #e3b341;
          --low: #6cb6ff; --info: #9aa2ae; --ink: #e6e8eb; --paper: #15181c; --soft: #1f2329; --line: #363c45; --good: #4cc38a; } }
        :root.dark { --critical: #f08cd4; --high: #ff8a80; --medium: #e3b341; --low: #6cb6ff; --info: #9aa2ae; --ink: #e6e8eb;
          --paper: #15181c; --soft: #1f2329; --line: #363c45; --good: #4cc38a; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
          font: 16px/1.5 system-ui, sans-serif; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; } h1 { margin: 0; font-size: 1.6rem; }
        header p { margin: 0; flex: 1; } button, select, input[type=search] { font: inherit; color: inherit; background: var(--soft);
          border: 1px solid var(--line); border-radius: 4px; padding: .2rem .5rem; }
        code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
        .critical { --c: var(--critical); --sign: "C"; --fill: var(--critical); --on: var(--paper); --frame: 1px solid; }
        .high { --c: var(--high); --sign: "H"; --frame: 2px solid; } .medium { --c: var(--medium); --sign: "M"; --frame: 1px solid; }
        .low { --c: var(--low); --sign: "L"; --frame: 1px dashed; } .info { --c: var(--info); --sign: "I"; --frame: 1px dotted; }
        .badge::before, .figures dt::before { content: var(--sign) / ""; display: inline-block; min-width: 1.35em; margin-right: .4em;
          border: var(--frame) var(--c); border-radius: 3px; background: var(--fill, none); color: var(--on, inherit); font-size: .9em;
          line-height: 1.2; text-align: center; }
        .problems { border: 1px solid var(--high); border-radius: 4px; padding: .5rem 2rem; overflow-wrap: anywhere; }
        .figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; } .figures dt { font-weight: 600; color: var(--c, inherit); }
        .figures dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
        .filter { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; padding: .6rem 0;
          background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1; } .gap { width: 1rem; }
        .findings { list-style: none; margin: 0; padding: 0; } .findings li { border-bottom: 1px solid var(--line); padding: .45rem 0; overflow-wrap: anywhere; }
        summary { cursor: pointer; } small { opacity: .85; }
        .badge { display: inline-block; min-width: 6rem; padding: 0 .5rem; border: 1px solid var(--c, var(--line)); border-left-width: 6px;
          color: var(--c, inherit); border-radius: 4px; font-size: .8rem; font-weight: 600; }
        .state { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35rem; font-size: .75rem; }
        pre { margin: .5rem 0; background: var(--soft); border-radius: 4px; padding: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
        pre span { display: block; padding: 0 .75rem 0 3.75rem; text-indent: -3rem; } pre i { display: inline-block; min-width: 3rem; text-indent: 0; opacity: .6; font-style: normal;
          user-select: none; } .here { background: color-mix(in srgb, var(--c) 18%, transparent); border-left: 3px solid var(--c); }
        details p { margin: .25rem 0 .25rem 1rem; } .fix { border-left: 4px solid var(--good); padding-left: .6rem; }
        .origin { opacity: .8; font-size: .9rem; } .exception { border-left: 4px solid var(--medium); padding-left: .6rem; }
        footer { margin-top: 2rem; opacity: .7; font-size: .85rem; } [hidden] { display: none !important; }
        :focus-visible { outline: 3px solid var(--low); outline-offset: 2px; }
        @media print { .badge::before, .figures dt::before { background: none; color: inherit; } .filter, button { display: none; } body { max-width: none; padding: 0; font-size: 10pt; }
          .findings li { break-inside: avoid; } }
        """

    /// Filters by severity, state, policy, namespace and text.
    static let script = """
        const form = document.querySelector(".filter");
        const items = [...document.querySelectorAll(".findings > li")];
        const texts = items.map(item => item.textContent.toLowerCase());
        const checked = name => {
          const boxes = [...form.querySelectorAll(`input[name=${name}]`)];
          return boxes.length ? new Set(boxes.filter(box => box.checked).map(box => box.value)) : null;
        };
        const fits = (wanted, value) => !wanted || !value || wanted.has(value);
        const apply = () => {
          const severities = checked("severity"), states = checked("state");
          const policy = form.elements.policy?.value ?? "", namespace = form.elements.namespace?.value ?? "";
          const words = form.elements.text.value.trim().toLowerCase().split(/\\s+/);
          let shown = 0;
          items.forEach((item, index) => {
            const data = item.dataset;
            item.hidden = !(fits(severities, data.severity) && fits(states, data.state) && (!policy || data.policy === policy)
              && (!namespace || data.namespace === namespace) && words.every(word => texts[index].includes(word)));
            if (!item.hidden) shown += 1;
          });
          form.elements.shown.value = `${shown} of ${items.length} shown`;
          document.querySelector(".empty").hidden = shown > 0 || items.length === 0;
        };
        form.addEventListener("input", apply);
        form.addEventListener("submit", event => event.preventDefault());
        apply();
        const root = document.documentElement;
        document.querySelector("#theme").addEventListener("click", () => {
          const isDark = root.classList.contains("dark")
            || !root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches;
          root.classList.toggle("dark", !isDark);
          root.classList.toggle("light", isDark);
        });
        addEventListener("beforeprint", () => items.forEach(item => item.querySelector("details")?.setAttribute("open", "")));
        """
}
