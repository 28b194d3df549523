/// The parts of the HTML report that do not depend on the report.
enum ReportPage {
    /// A whole page around the given contents.
    static func page(_ report: ComplianceReport, title: String, main: String, script: String) -> String {
        """
        <!doctype html>
        <html lang="\(ComplianceReport.escaped(report.language.id))">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(ComplianceReport.escaped(title)): \(report.word(.complianceReport))</title>
        <style>\(style)</style>
        </head>
        <body>
        <header>
        <h1>\(ComplianceReport.escaped(title))</h1>
        <p>\(report.word(.complianceReport)). \(report.word(.madeBy, report.provenance.toolVersion, report.provenance.time))</p>
        \(report.framework.isSupporting ? "<p class=\"claim\">\(report.word(.supportingOnly))</p>" : "")
        </header>
        <main>
        \(main)
        </main>
        \(script.isEmpty ? "" : "<script>\(script)</script>")
        </body>
        </html>

        """
    }

    static let style = """
        :root { --pass: #1a7f4b; --fail: #b3261e; --pass-with-exceptions: #9a6700; --not-applicable: #6b7280;
          --not-evaluated: #7c3aad; --manual: #0b6bcb; --partial: #00727a; --ink: #1c1f24; --paper: #fff; --soft: #f3f4f6; --line: #d7dae0; }
        @media (prefers-color-scheme: dark) { :root { --pass: #4cc38a; --fail: #ff8a80; --pass-with-exceptions: #e3b341;
          --not-applicable: #9aa2ae; --not-evaluated: #c79bf2; --manual: #6cb6ff; --partial: #56c7d0; --ink: #e6e8eb; --paper: #15181c;
          --soft: #1f2329; --line: #363c45; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
          font: 16px/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
        header p { margin: .25rem 0; } .claim { border-left: 4px solid var(--manual); padding-left: .75rem; }
        code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
        .pass { --c: var(--pass); } .fail { --c: var(--fail); } .pass-with-exceptions { --c: var(--pass-with-exceptions); }
        .not-applicable { --c: var(--not-applicable); } .not-evaluated { --c: var(--not-evaluated); } .manual { --c: var(--manual); }
        .partial { --c: var(--partial); }
        .summary { display: flex; flex-wrap: wrap; gap: 2rem; align-items: center; margin: 1.5rem 0; }
        .donut { width: 11rem; height: 11rem; } .arc { fill: none; stroke: var(--c); stroke-width: 5; }
        .donut text { text-anchor: middle; font-size: 6px; font-weight: 600; fill: var(--ink); }
        .donut .small { font-size: 3px; font-weight: 400; }
        table { border-collapse: collapse; } caption { text-align: left; font-weight: 600; }
        .counts td { padding: .1rem .75rem .1rem 0; } .counts td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
        .dot { display: inline-block; width: .75rem; height: .75rem; border-radius: 50%; background: var(--c); margin-right: .5rem; }
        .figures { display: flex; gap: 2rem; margin: 0; } .figures dt { font-weight: 600; } .figures dd { margin: 0; font-size: 1.5rem; }
        .figures .note { font-size: .8rem; max-width: 10rem; }
        .bars { width: 100%; } .bars th { text-align: left; width: 20rem; font-weight: 500; } .bars a { color: inherit; }
        .bar { display: flex; border-radius: 4px; overflow: hidden; } .bar span { background: var(--c); color: var(--paper);
          font-size: .8rem; text-align: center; min-width: 1.2rem; }
        .filter { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; padding: .6rem 0;
          background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1; }
        .filter input[type=search] { font: inherit; padding: .2rem .5rem; border: 1px solid var(--line); border-radius: 4px;
          background: var(--soft); color: inherit; }
        :focus-visible { outline: 3px solid var(--manual); outline-offset: 2px; }
        .clause { border-bottom: 1px solid var(--line); padding: .45rem 0; } .clause summary { cursor: pointer; overflow-wrap: anywhere; } .clause li { overflow-wrap: anywhere; }
        .badge { display: inline-block; min-width: 7.6rem; padding: 0 .5rem; border: 1px solid var(--c); border-left-width: 6px;
          color: var(--c); border-radius: 4px; font-size: .8rem; font-weight: 600; }
        .tag { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35rem; margin-left: .3rem; font-size: .75rem; }
        .fix { margin: .4rem 0 .2rem 1rem; border-left: 4px solid var(--manual); padding-left: .6rem; }
        .evidence { margin: .3rem 0 .3rem 1rem; padding-left: 1rem; font-size: .9rem; } .evidence li::marker { color: var(--c); }
        .source, .field { color: var(--not-applicable); font-size: .8rem; } .none { margin: .3rem 0 .3rem 1rem; }
        .exception { color: var(--pass-with-exceptions); }
        .provenance dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } .provenance dd { margin: 0; }
        .why { margin: .3rem 0 .2rem 1rem; color: var(--not-applicable); font-size: .9rem; } .lines { margin: 0; max-width: 28rem; }
        .scroll { overflow-x: auto; } .matrix th { text-align: left; font-weight: 500; padding: .2rem .75rem .2rem 0; }
        .matrix td { padding: .2rem .5rem; } .matrix tbody tr { border-top: 1px solid var(--line); }
        @media (max-width: 40rem) { body { padding: 1rem; } .bars, .bars tbody, .bars tr, .bars th, .bars td { display: block; width: 100%; }
          .bars td { margin-bottom: .5rem; } .provenance dl { grid-template-columns: 1fr; } .figures { flex-wrap: wrap; gap: 1rem; } }
        [hidden] { display: none !important; }
        @page { size: A4; margin: 18mm 15mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
        @media print { :root { --ink: #000; --paper: #fff; --soft: #fff; --line: #999; --pass: #1a7f4b; --fail: #b3261e;
            --pass-with-exceptions: #9a6700; --not-applicable: #555; --not-evaluated: #7c3aad; --manual: #0b6bcb; --partial: #00727a; }
          body { max-width: none; padding: 0; font-size: 10pt; } .filter { display: none; }
          .clause:not([data-status="fail"]), .evidence li, .summary { break-inside: avoid; } h2, .clause summary, .clause .why, .clause .fix { break-after: avoid; }
          .bar span, .dot, .arc { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """

    /// Filters clauses by status and text, and opens all of them for printing.
    static let script = """
        const form = document.querySelector(".filter");
        const clauses = [...document.querySelectorAll(".clause")];
        const apply = () => {
          const wanted = new Set([...form.elements.status.length === undefined ? [form.elements.status] : form.elements.status]
            .filter(box => box.checked).map(box => box.value));
          const text = form.elements.text.value.trim().toLowerCase();
          let shown = 0;
          for (const clause of clauses) {
            clause.hidden = !wanted.has(clause.dataset.status) || !clause.textContent.toLowerCase().includes(text);
            if (!clause.hidden) shown += 1;
          }
          for (const chapter of document.querySelectorAll(".chapter")) {
            chapter.hidden = !chapter.querySelector(".clause:not([hidden])");
          }
          form.elements.shown.value = form.elements.shown.dataset.text.replace("{0}", shown).replace("{1}", clauses.length);
        };
        if (form.elements.status) {
          form.addEventListener("input", apply);
          form.addEventListener("submit", event => event.preventDefault());
        }
        let closed = [];
        addEventListener("beforeprint", () => { closed = clauses.filter(clause => !clause.open); closed.forEach(clause => clause.open = true); });
        addEventListener("afterprint", () => closed.forEach(clause => clause.open = false));
        """
}
