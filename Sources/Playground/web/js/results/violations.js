// The violations; choosing one shows the YAML node and the rule.

import { button, el, plural } from '../dom.js';
import { offerFix } from './fix.js';
import { emptyState, placeLink, refill, severitySign } from './parts.js';

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
    return this.app.evaluator.answer?.violations.filter(({ suppressed }) => !suppressed).length || undefined;
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
    const keys = this.shownViolations = new Map();
    const all = answer.violations.slice(0, this.shownCount);
    const accepted = all.filter(({ suppressed }) => suppressed);
    refill(this.list, [...this.#groups(all.filter(({ suppressed }) => !suppressed), answer, keys), ...this.#accepted(accepted, keys)]);
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
    if (answer.stopped.length) {
      return emptyState('stop', 'Stopped', `${answer.stopped.map(({ message }) => message).join('. ')}. This says nothing about the inputs.`,
        button('Show the problems', { onclick: () => this.app.results.show('problems') }));
    }
    const { policies, ruleCount, nothingEvaluated } = answer.summary;
    if (!policies && ruleCount) {
      return emptyState('play', 'No rule reports violations', `${nothingEvaluated}, so there is nothing to report. The rules have values.`,
        button('Show the values', { onclick: () => this.app.results.show('values') }));
    }
    if (nothingEvaluated) {
      return emptyState('stop', 'Nothing was evaluated', nothingEvaluated,
        button('Open the gallery', { icon: 'grid', onclick: () => this.app.start.open('library') }));
    }
    return emptyState('open', 'The gate is open', `${plural(answer.summary.policies, 'rule')} found nothing in ${plural(answer.summary.resources, 'resource')}.`,
      answer.summary.skipped.length ? el('span', { class: 'small soft' }, `${plural(answer.summary.skipped.length, 'document')} skipped: ${answer.summary.skipped[0].file}:${answer.summary.skipped[0].line} ${answer.summary.skipped[0].reason}`) : null);
  }

  /** What does not count, and why; it is below what does. */
  #accepted(violations, keys) {
    if (!violations.length) return [];
    return [el('li', { class: 'violation-group violation-group-accepted' },
      el('h3', { class: 'violation-resource' }, 'Suppressed ', el('span', { class: 'badge' }, String(violations.length))),
      el('ul', { 'aria-label': 'Suppressed' }, violations.map((violation) => this.#item(violation, keys))))];
  }

  /** Why a violation does not count, or counts again. */
  #exception({ suppressed, expired }) {
    const entry = suppressed ?? expired;
    if (!entry) return null;
    const { source, reason, owner, until, file, line } = entry;
    const place = file && line ? { file, range: { start: { line, column: 1 }, end: { line, column: 1 } } } : null;
    return el('p', { class: `violation-exception small${expired ? ' violation-expired' : ''}` },
      suppressed ? 'Accepted by ' : 'Its exception has expired: ', source === 'configuration' ? 'settings' : source, ' ',
      place ? placeLink(this.app, place, { text: `${file}:${line}` }) : null,
      [owner ? `, ${owner}` : '', until ? `, until ${until}` : '', reason ? `: ${reason}` : ''].join(''));
  }

  /** By resource, then by container, as they stand in the manifests. */
  #groups(violations, answer, keys) {
    const titles = new Map(answer.resources.map(({ index, title }) => [index, title]));
    return [...Map.groupBy(violations, ({ resource }) => resource)].map(([resource, own]) => {
      const place = own.find(({ at }) => at)?.at;
      const head = el('h3', { class: 'violation-resource' }, titles.get(resource) ?? 'Inputs', ' ', el('span', { class: 'small soft' }, place ? place.file : ''), ' ', el('span', { class: 'badge' }, String(own.length)));
      const containers = [...Map.groupBy(own, ({ container }) => container)].sort(([a], [b]) => Number(a !== undefined) - Number(b !== undefined));
      return el('li', { class: 'violation-group' }, head, containers.map(([container, inside]) => [
        container === undefined ? null : el('h4', { class: 'violation-container' }, 'container ', el('code', null, container)),
        el('ul', { 'aria-label': [titles.get(resource), container].filter(Boolean).join(', container ') }, inside.map((violation) => this.#item(violation, keys))),
      ]));
    });
  }

  #item(violation, keys) {
    let key = this.app.violationKey(violation);
    for (let number = 2; keys.has(key); number += 1) key = `${this.app.violationKey(violation)}#${number}`;
    keys.set(key, violation);
    const place = violation.at;
    const head = el('button', {
      type: 'button', class: 'violation-main', 'data-key': key, onclick: () => this.app.choose(violation, { focus: true }),
    },
    el('span', { class: `severity severity-${violation.severity}` }, severitySign(violation.severity), el('span', { 'aria-hidden': 'true' }, violation.severity)),
    el('span', { class: 'violation-message' }, violation.message),
    violation.path ? el('span', { class: 'violation-where' }, el('code', null, violation.path), violation.missing ? ' (missing)' : '') : null);
    return el('li', { class: `violation${violation.suppressed ? ' violation-accepted' : ''}`, 'data-violation': this.app.violationKey(violation) }, head,
      el('p', { class: 'violation-links' },
        placeLink(this.app, place),
        violation.ruleAt ? placeLink(this.app, violation.ruleAt, { text: violation.rule }) : el('span', { class: 'mono soft' }, violation.rule),
        violation.rendered ? el('button', { type: 'button', class: 'link mono', onclick: () => this.#showRendered(violation) }, `output:${violation.rendered.line}`) : null,
        violation.policy?.id && `data.${violation.policy.id}` !== violation.rule ? el('span', { class: 'badge' }, violation.policy.id) : null,
        violation.fixable && !violation.suppressed ? button('Show the fix', { icon: 'check', kind: 'button-small', onclick: () => offerFix(this.app, violation) }) : null),
      this.#exception(violation),
      violation.remediation ? el('p', { class: 'violation-help small soft' }, violation.remediation) : null);
  }

  #markChosen() {
    this.chosen = this.app.chosen;
    for (const item of this.list.querySelectorAll('.violation')) item.classList.toggle('violation-chosen', item.dataset.violation === this.chosen);
  }

  #key(event) {
    const heads = [...this.list.querySelectorAll('.violation-main')];
    const here = heads.indexOf(event.target.closest('.violation-main'));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (here < 0 || !step) return;
    event.preventDefault();
    const next = heads[Math.max(0, Math.min(heads.length - 1, here + step))];
    next.focus();
    this.app.choose(this.shownViolations.get(next.dataset.key), { focus: false });
  }

  #showRendered(violation) {
    const { results } = this.app;
    results.show('rendered');
    results.view.showViolation(violation);
  }

  focusFirst() {
    this.list.querySelector('.violation-main')?.focus();
  }
}
