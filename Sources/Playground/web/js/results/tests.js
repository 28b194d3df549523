// Verdicts of the tests, with the values of the expression a failing one did not get past.

import { button, el, plural } from '../dom.js';
import { diagnosticItem, emptyState, placeLink } from './parts.js';

const signs = { pass: '✓', fail: '✕', error: '!', skip: '–' };

export class TestsView {
  id = 'tests';
  title = 'Tests';

  constructor(app) {
    this.app = app;
    this.element = el('div', { class: 'view' });
  }

  badge() {
    const counts = this.app.evaluator.tests?.counts;
    if (!counts) return undefined;
    const bad = counts.fail + counts.error;
    return bad ? `${bad} ✕` : counts.pass ? `${counts.pass} ✓` : undefined;
  }

  shown() {
    if (!this.app.evaluator.tests) this.app.evaluator.runTests();
  }

  update() {
    const answer = this.app.evaluator.tests;
    if (answer && this.answer === answer) return;
    this.answer = answer;
    const run = button('Run tests', { icon: 'beaker', keys: 'Alt+Enter', onclick: () => this.app.evaluator.runTests() });
    if (!answer) {
      this.element.replaceChildren(emptyState('beaker', 'Tests have not run', 'Rules whose name begins with test_ are tests.', run));
      return;
    }
    const errors = answer.diagnostics.filter(({ severity }) => severity === 'error');
    if (!answer.tests.length) {
      const nothing = errors.length ? el('ul', { class: 'diagnostics' }, errors.map((diagnostic) => diagnosticItem(this.app, diagnostic)))
        : emptyState('beaker', 'There are no tests', 'Add a file to Tests with a rule named test_…; it passes when the rule is true.',
          button('Start from a template', { icon: 'grid', onclick: () => this.app.start.open('templates') }));
      this.element.replaceChildren(nothing);
      return;
    }
    const { counts } = answer;
    const parts = ['pass', 'fail', 'error', 'skip'].filter((name) => counts[name]).map((name) => `${counts[name]} ${{ pass: 'passed', fail: 'failed', error: 'broken', skip: 'skipped' }[name]}`);
    this.app.notices.say(`${plural(answer.tests.length, 'test')}: ${parts.join(', ')}`);
    this.element.replaceChildren(
      el('div', { class: 'bar' }, el('strong', null, parts.join(', ')), el('span', { class: 'grow' }),
        answer.coverage ? el('button', { type: 'button', class: 'link', onclick: () => this.app.results.show('coverage') }, `${answer.coverage.percent.toFixed(1)} % of lines covered`) : null, run),
      el('ul', { class: 'tests', 'aria-label': 'Tests' }, [...answer.tests].sort((a, b) => rank(a) - rank(b)).slice(0, 500).map((test) => this.#test(test))));
  }

  #test(test) {
    return el('li', { class: `test test-${test.verdict}` },
      el('p', { class: 'test-head' }, el('span', { class: 'test-sign', 'aria-hidden': 'true' }, signs[test.verdict]), el('span', { class: 'silent' }, test.verdict),
        placeLink(this.app, test.at, { text: test.name }), el('span', { class: 'small soft' }, test.package), el('span', { class: 'grow' }), el('span', { class: 'small soft' }, `${test.milliseconds.toFixed(1)} ms`)),
      test.failure ? this.#failure(test.failure) : null,
      test.fault ? el('ul', null, diagnosticItem(this.app, test.fault)) : null,
      test.cases?.length ? el('ul', { class: 'cases' }, test.cases.map(({ name, verdict }) => el('li', { class: `test-${verdict}` }, el('span', { class: 'test-sign' }, signs[verdict]), ' ', name))) : null,
      test.output.map((line) => el('p', null, el('code', { class: 'output-text' }, line))));
  }

  #failure({ text, at, variables, values, difference }) {
    const seen = new Set();
    const pairs = [...values, ...variables].filter(({ name }) => !seen.has(name) && seen.add(name));
    return el('div', { class: 'failure' },
      el('p', { class: 'small soft' }, 'stopped at ', placeLink(this.app, at)),
      el('pre', { class: 'failure-text' }, text),
      pairs.length ? el('dl', { class: 'bindings' }, pairs.flatMap(({ name, value }) => [el('dt', { class: 'mono' }, name), el('dd', { class: 'mono' }, value)])) : null,
      difference.map((line) => el('p', { class: 'small' }, line)));
  }
}

function rank({ verdict }) {
  return ['error', 'fail', 'skip', 'pass'].indexOf(verdict);
}
