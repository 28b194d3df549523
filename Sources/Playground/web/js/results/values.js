// The value of every rule, and of any expression.

import { latest, post, wasAborted } from '../api.js';
import { button, el, plural } from '../dom.js';
import { diagnosticItem, emptyState, inputPicker, placeLink, ResourcePicker, valueText } from './parts.js';

export class ValuesView {
  id = 'values';
  title = 'Values';

  constructor(app) {
    this.app = app;
    this.picker = new ResourcePicker(app);
    this.query = el('input', { class: 'input mono grow', type: 'text', 'aria-label': 'Expression', placeholder: 'data.main.deny, or any expression', spellcheck: 'false', autocomplete: 'off' });
    this.answerHost = el('div', { class: 'query-answer', role: 'region', 'aria-label': 'Answer of the expression', 'aria-live': 'polite' });
    this.list = el('div', { class: 'values' });
    const form = el('form', { class: 'query', onsubmit: (event) => {
      event.preventDefault();
      this.ask(this.query.value);
    } }, this.query, button('Evaluate', { type: 'submit', icon: 'play' }));
    this.element = el('div', { class: 'view' }, form, this.answerHost, el('div', { class: 'bar' }, this.picker.element, inputPicker(app)), this.list);
    this.send = latest((body, signal) => post('query', body, signal));
  }

  shown() {
    this.app.evaluator.run();
  }

  update() {
    const { answer, answered } = this.app.evaluator;
    this.picker.update(answer);
    if (!answer?.values || !answered?.values || this.answer === answer) {
      if (!answer?.values) this.list.replaceChildren(emptyState('play', 'No values yet', 'They appear with the next evaluation that compiles.'));
      return;
    }
    this.answer = answer;
    if (!answer.values.length) {
      this.list.replaceChildren(emptyState('stop', 'No rules', 'The workspace has no rule whose value could be shown.'));
      return;
    }
    this.list.replaceChildren(...answer.values.slice(0, 300).map((rule) => el('section', { class: 'rule-value' },
      el('h3', null, placeLink(this.app, rule.at, { text: rule.rule }), rule.kind === 'set' && Array.isArray(rule.value) ? el('span', { class: 'small soft' }, ` set of ${rule.value.length}`) : null),
      rule.fault ? el('ul', null, diagnosticItem(this.app, rule.fault)) : valueText(rule, `Value of ${rule.rule}`))));
  }

  /** Evaluates an expression; `file` is the module it was selected in. */
  async ask(query, file) {
    this.query.value = query.includes('\n') ? query.replace(/\s*\n\s*/g, '; ') : query;
    if (!query.trim()) return;
    try {
      const { settings, workspace } = this.app;
      const { input, admission } = settings;
      const answer = await this.send({ ...workspace.toJSON(), query, file, resource: settings.resource, options: { input, admission } });
      this.answerHost.replaceChildren(...this.#answer(answer));
    } catch (error) {
      if (!wasAborted(error)) this.app.notices.failed(error, 'The expression was not evaluated');
    }
  }

  #answer(answer) {
    const of = answer.resource ? el('p', { class: 'small soft' }, `input: ${answer.resource.title}`) : null;
    const close = button('Close the answer', { icon: 'close', quiet: true, kind: 'button-quiet button-small query-close', onclick: () => this.answerHost.replaceChildren() });
    const output = answer.output.map(({ text }) => el('p', null, el('code', { class: 'output-text' }, text)));
    if (answer.diagnostics.length) return [close, el('ul', { class: 'diagnostics' }, answer.diagnostics.map((diagnostic) => diagnosticItem(this.app, diagnostic))), ...output];
    const stops = answer.stopped.map(({ message }) => el('p', { class: 'banner' }, message));
    if (!answer.rows.length) return [close, ...stops, el('p', null, el('strong', null, 'undefined')), of, ...output].filter(Boolean);
    const many = answer.rows.length > 1 ? el('p', { class: 'small soft' }, plural(answer.rows.length, 'solution')) : null;
    return [close, ...stops, many, ...answer.rows.slice(0, 100).map((row) => this.#row(row)), of, ...output].filter(Boolean);
  }

  #row(row) {
    const named = row.bindings.length ? row.bindings : row.expressions;
    return el('dl', { class: 'bindings' }, named.flatMap((entry) => [el('dt', { class: 'mono' }, entry.name), el('dd', null, valueText(entry, `Value of ${entry.name}`))]));
  }
}
