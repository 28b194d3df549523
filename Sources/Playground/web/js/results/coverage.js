// Which lines ran; the marks themselves are beside the line numbers of the editor.

import { button, el } from '../dom.js';
import { emptyState } from './parts.js';

/** Consecutive numbers as ranges: 3–5, 9. */
function ranges(lines) {
  const result = [];
  for (const line of lines) {
    const last = result.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else result.push([line, line]);
  }
  return result;
}

export class CoverageView {
  id = 'coverage';
  title = 'Coverage';

  constructor(app) {
    this.app = app;
    this.element = el('div', { class: 'view' });
  }

  shown() {
    if (!this.app.settings.coverage) this.app.set({ coverage: true });
  }

  update() {
    const { coverage, source } = this.app.coverage();
    const bar = el('div', { class: 'bar' },
      button('Marks in the editor', { icon: 'cover', kind: 'button-small', 'aria-pressed': String(this.app.settings.coverage), onclick: () => this.app.set({ coverage: !this.app.settings.coverage }) }),
      el('span', { class: 'grow' }),
      button('Of this evaluation', { kind: 'button-small', 'aria-pressed': String(source === 'evaluation'), onclick: () => this.app.set({ coverage: true, coverageOf: 'evaluation' }) }),
      button('Of the tests', { kind: 'button-small', 'aria-pressed': String(source === 'tests'), onclick: () => {
        this.app.set({ coverage: true, coverageOf: 'tests' });
        this.app.evaluator.runTests();
      } }));
    if (!coverage) {
      this.element.replaceChildren(bar, emptyState('cover', 'No coverage yet', source === 'tests' ? 'Run the tests to see which lines they reach.' : 'Evaluate to see which lines the inputs reach.'));
      return;
    }
    this.element.replaceChildren(bar,
      el('p', { class: 'coverage-total' }, el('strong', null, `${coverage.percent.toFixed(1)} %`), el('span', { class: 'soft' }, source === 'tests' ? ' of lines reached by the tests' : ' of lines reached by these inputs')),
      el('ul', { class: 'coverage' }, coverage.files.filter(({ file }) => this.app.workspace.named(file)).map((file) => this.#file(file))));
  }

  #file({ file, percent, notCovered }) {
    const meter = el('span', { class: 'meter' }, el('span', { class: 'meter-fill' }));
    meter.firstChild.style.width = `${percent}%`;
    const places = ranges(notCovered).slice(0, 60).map(([first, last]) => el('button', {
      type: 'button', class: 'link mono', onclick: () => this.app.goto({ file, range: { start: { line: first, column: 1 }, end: { line: last, column: 1 } } }),
    }, first === last ? String(first) : `${first}–${last}`));
    return el('li', null,
      el('p', { class: 'coverage-head' }, el('code', null, file), el('span', { class: 'grow' }), meter, el('span', { class: 'coverage-percent' }, `${percent.toFixed(1)} %`)),
      notCovered.length ? el('p', { class: 'small coverage-lines' }, el('span', { class: 'soft' }, 'not reached: '), places.flatMap((place, index) => (index ? [', ', place] : [place]))) : el('p', { class: 'small soft' }, 'every line was reached'));
  }
}
