// The violations; choosing one shows the YAML node and the rule.

import { button, el, plural } from '../dom.js';
import { emptyState, placeLink, refill } from './parts.js';

const limit = 200;

export class ViolationsView {
  id = 'violations';
  title = 'Violations';

  constructor(app) {
    this.app = app;
    this.list = el('ul', { class: 'violations', 'aria-label': 'Violations' });
    this.more = el('div', { class: 'results-foot' });
    this.element = el('div', { class: 'view' }, this.list, this.more);
    this.shownCount = limit;
    this.list.addEventListener('keydown', (event) => this.#key(event));
  }

  badge() {
    return this.app.evaluator.answer?.violations.length || undefined;
  }

  update() {
    const { answer } = this.app.evaluator;
    if (!answer || this.answer === answer) {
      if (!answer) this.element.replaceChildren(emptyState('play', 'Not evaluated yet', 'Press Ctrl+Enter to evaluate the policies on the inputs.'));
      if (this.chosen !== this.app.chosen) this.#markChosen();
      return;
    }
    this.answer = answer;
    if (!answer.violations.length) {
      this.element.replaceChildren(this.#none(answer));
      return;
    }
    const keys = new Set();
    refill(this.list, answer.violations.slice(0, this.shownCount).map((violation) => this.#item(violation, answer, keys)));
    const hidden = answer.violations.length - this.shownCount;
    this.more.replaceChildren(...(hidden > 0 ? [button(`Show ${plural(hidden, 'more violation')}`, { onclick: () => this.#showMore() })] : []));
    this.element.replaceChildren(...this.#stops(answer), this.list, this.more);
    this.#markChosen();
  }

  #showMore() {
    this.shownCount += 1000;
    this.answer = undefined;
    this.update();
  }

  #stops(answer) {
    return answer.stopped.map(({ message, rule }) => el('p', { class: 'banner' }, message, rule ? [' ', el('code', null, rule)] : null));
  }

  #none(answer) {
    const errors = answer.diagnostics.filter(({ severity, at }) => severity === 'error' && !at?.file.startsWith('tests/')).length;
    if (errors) {
      return emptyState('stop', `${plural(errors, 'problem')} to solve first`, 'The policies were not evaluated, so this says nothing about the inputs.',
        button('Show the problems', { onclick: () => this.app.results.show('problems') }));
    }
    if (answer.stopped.length) return emptyState('stop', 'Stopped', answer.stopped.map(({ message }) => message).join(' '));
    if (answer.summary.nothingEvaluated) {
      return emptyState('stop', 'Nothing was evaluated', answer.summary.nothingEvaluated,
        button('Open the gallery', { icon: 'grid', onclick: () => this.app.start.open('library') }));
    }
    return emptyState('open', 'The gate is open', `${plural(answer.summary.policies, 'rule')} found nothing in ${plural(answer.summary.resources, 'resource')}.`,
      answer.summary.skipped.length ? el('span', { class: 'small soft' }, `${plural(answer.summary.skipped.length, 'document')} skipped: ${answer.summary.skipped[0].file}:${answer.summary.skipped[0].line} ${answer.summary.skipped[0].reason}`) : null);
  }

  #item(violation, answer, keys) {
    let key = this.app.violationKey(violation);
    for (let number = 2; keys.has(key); number += 1) key = `${this.app.violationKey(violation)}#${number}`;
    keys.add(key);
    const resource = answer.resources.find(({ index }) => index === violation.resource);
    const place = violation.at;
    const head = el('button', {
      type: 'button', class: 'violation-main', 'data-key': key, onclick: () => this.app.choose(violation, { focus: true }),
    },
    el('span', { class: `severity severity-${violation.severity}` }, violation.severity),
    el('span', { class: 'violation-message' }, violation.message),
    el('span', { class: 'violation-where' }, resource?.title ?? '', violation.path ? [' · ', el('code', null, violation.path), violation.missing ? ' (missing)' : ''] : null));
    return el('li', { class: 'violation', 'data-violation': this.app.violationKey(violation) }, head,
      el('p', { class: 'violation-links' },
        placeLink(this.app, place),
        violation.ruleAt ? placeLink(this.app, violation.ruleAt, { text: violation.rule }) : el('span', { class: 'mono soft' }, violation.rule),
        violation.policy?.id && `data.${violation.policy.id}` !== violation.rule ? el('span', { class: 'badge' }, violation.policy.id) : null),
      violation.remediation ? el('p', { class: 'violation-help small soft' }, violation.remediation) : null);
  }

  #markChosen() {
    this.chosen = this.app.chosen;
    for (const item of this.list.children) item.classList.toggle('violation-chosen', item.dataset.violation === this.chosen);
  }

  #key(event) {
    const heads = [...this.list.querySelectorAll('.violation-main')];
    const here = heads.indexOf(event.target.closest('.violation-main'));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (here < 0 || !step) return;
    event.preventDefault();
    const next = heads[Math.max(0, Math.min(heads.length - 1, here + step))];
    next.focus();
    const violation = this.answer.violations[heads.indexOf(next)];
    this.app.choose(violation, { focus: false });
  }

  focusFirst() {
    this.list.querySelector('.violation-main')?.focus();
  }
}
