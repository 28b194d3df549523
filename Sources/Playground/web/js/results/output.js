// What `print` wrote.

import { el } from '../dom.js';
import { emptyState } from './parts.js';

const limit = 1000;

export class OutputView {
  id = 'output';
  title = 'Output';

  constructor(app) {
    this.app = app;
    this.element = el('div', { class: 'view' });
  }

  badge() {
    return this.app.evaluator.answer?.output.length || undefined;
  }

  update() {
    const { answer } = this.app.evaluator;
    if (!answer?.output.length) {
      this.answer = undefined;
      this.element.replaceChildren(emptyState('terminal', 'Nothing printed', 'print(…) in a rule writes here, with the resource it was called for.'));
      return;
    }
    if (this.answer === answer) return;
    this.answer = answer;
    const titles = new Map(answer.resources.map(({ index, title }) => [index, title]));
    this.element.replaceChildren(el('ol', { class: 'output', 'aria-label': 'Printed lines' }, answer.output.slice(0, limit).map(({ text, resource }) => el('li', null,
      el('code', { class: 'output-text' }, text),
      resource === undefined ? null : el('span', { class: 'small soft' }, titles.get(resource) ?? '')))),
    ...(answer.output.length > limit ? [el('p', { class: 'hint small soft' }, `${answer.output.length - limit} more lines`)] : []));
  }
}
