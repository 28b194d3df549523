// Time for each rule and each expression.

import { el } from '../dom.js';
import { emptyState, placeLink } from './parts.js';

function time(microseconds) {
  return microseconds < 1000 ? `${microseconds.toFixed(1)} µs` : `${(microseconds / 1000).toFixed(2)} ms`;
}

export class ProfileView {
  id = 'profile';
  title = 'Profile';

  constructor(app) {
    this.app = app;
    this.element = el('div', { class: 'view' });
  }

  shown() {
    this.app.evaluator.run();
  }

  update() {
    const profile = this.app.evaluator.answer?.profile;
    if (!profile) {
      this.profile = undefined;
      this.element.replaceChildren(emptyState('play', 'No profile yet', 'It appears with the next evaluation that compiles.'));
      return;
    }
    if (this.profile === profile) return;
    this.profile = profile;
    this.element.replaceChildren(this.#table('Rules', profile.rules), this.#table('Expressions', profile.expressions));
  }

  #table(title, rows) {
    const most = Math.max(1, ...rows.map(({ microseconds }) => microseconds));
    return el('table', { class: 'table' },
      el('caption', null, title),
      el('thead', null, el('tr', null, el('th', { scope: 'col' }, title === 'Rules' ? 'Rule' : 'Expression'), el('th', { scope: 'col', class: 'number' }, 'Evaluations'), el('th', { scope: 'col', class: 'number' }, 'Time'), el('th', { scope: 'col' }, el('span', { class: 'silent' }, 'Share')))),
      el('tbody', null, [...rows].sort((a, b) => b.microseconds - a.microseconds).slice(0, 100).map((row) => {
        const bar = el('span', { class: 'meter' }, el('span', { class: 'meter-fill' }));
        bar.firstChild.style.width = `${(100 * row.microseconds) / most}%`;
        return el('tr', null,
          el('td', null, placeLink(this.app, row.at, { text: row.rule ?? row.text })),
          el('td', { class: 'number' }, String(row.evaluations)), el('td', { class: 'number' }, time(row.microseconds)), el('td', { class: 'table-bar', 'aria-hidden': 'true' }, bar));
      })));
  }
}
