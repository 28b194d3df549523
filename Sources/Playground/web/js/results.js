// The result pane: the verdict, and one tab for each way to look at an evaluation.

import { el, icon, plural, roving, strip } from './dom.js';
import { AdmissionView } from './results/admission.js';
import { CoverageView } from './results/coverage.js';
import { OutputView } from './results/output.js';
import { ProblemsView } from './results/problems.js';
import { ProfileView } from './results/profile.js';
import { RenderedView } from './results/rendered.js';
import { TestsView } from './results/tests.js';
import { TraceView } from './results/trace.js';
import { ValuesView } from './results/values.js';
import { ViolationsView } from './results/violations.js';

/** A short form of the time an evaluation took. */
function duration(milliseconds) {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

/** What an evaluation without a rule of violations says: that values are there to be looked at. */
function nothingText({ summary: { nothingEvaluated, policies, ruleCount } }) {
  return policies || !ruleCount ? nothingEvaluated : `${plural(ruleCount, 'rule')} evaluated; ${nothingEvaluated}`;
}

export class Results {
  constructor(app) {
    this.app = app;
    this.host = document.getElementById('results');
    this.views = [ViolationsView, ProblemsView, ValuesView, OutputView, TestsView, CoverageView, TraceView, ProfileView, AdmissionView, RenderedView].map((View) => new View(app));
    this.verdict = el('p', { class: 'verdict-text' });
    this.verdictIcon = el('span', { class: 'verdict-icon' });
    this.time = el('span', { class: 'small soft verdict-time' });
    this.progress = el('div', { class: 'progress', hidden: true });
    this.strip = el('div', { class: 'verdict', 'data-state': 'empty' }, this.verdictIcon, this.verdict, this.time, this.progress);
    this.tabs = el('div', { role: 'tablist', 'aria-label': 'Results' });
    this.body = el('div', { class: 'results-body', role: 'tabpanel', id: 'result-panel', tabindex: '0' });
    this.host.append(this.strip, el('div', { class: 'tabs' }, strip(this.tabs)), this.body);
    roving(this.tabs, '[role="tab"]:not([hidden])', { choose: (tab) => this.show(tab.dataset.view) });
    this.#makeTabs();
    this.show('violations');
    const { evaluator } = app;
    evaluator.addEventListener('started', () => this.#started());
    evaluator.addEventListener('settled', () => this.#settled());
    evaluator.addEventListener('answer', ({ detail }) => this.#answered(detail));
    evaluator.addEventListener('tested', () => this.update());
    evaluator.addEventListener('failed', ({ detail }) => this.#failed(detail));
  }

  #makeTabs() {
    this.tabs.append(...this.views.map((view) => el('button', {
      type: 'button', class: 'tab', role: 'tab', hidden: Boolean(view.hidden), id: `result-tab-${view.id}`, 'data-view': view.id, 'aria-controls': 'result-panel',
      onclick: () => this.show(view.id),
    }, view.title, el('span', { class: 'badge', hidden: true }))));
  }

  show(id) {
    const former = this.view;
    this.view = this.views.find((view) => view.id === id);
    for (const tab of this.tabs.children) {
      const chosen = tab.dataset.view === id;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    this.body.setAttribute('aria-labelledby', `result-tab-${id}`);
    this.body.replaceChildren(this.view.element);
    this.view.update();
    if (former !== this.view) this.view.shown?.();
  }

  update() {
    this.view.update();
    this.views.forEach((view, index) => {
      const badge = this.tabs.children[index].querySelector('.badge');
      const text = view.badge?.();
      badge.hidden = !text;
      badge.textContent = text ?? '';
      this.tabs.children[index].hidden = Boolean(view.hidden);
    });
    if (this.view.hidden) this.show('violations');
  }

  #started() {
    clearTimeout(this.slow);
    this.slow = setTimeout(() => {
      this.progress.hidden = false;
    }, 300);
    this.host.setAttribute('aria-busy', 'true');
  }

  #settled() {
    if (this.app.evaluator.busy) return;
    clearTimeout(this.slow);
    this.progress.hidden = true;
    this.host.removeAttribute('aria-busy');
  }

  #state(state, sign, text, time = '') {
    this.strip.dataset.state = state;
    if (this.verdict.textContent !== text || this.sign !== sign) {
      this.sign = sign;
      this.verdictIcon.replaceChildren(icon(sign));
      this.verdict.textContent = text;
      this.app.notices.say(text);
    }
    this.time.textContent = time;
  }

  #answered(answer) {
    this.app.notices.clear('server');
    const errors = answer.diagnostics.filter(({ severity }) => severity === 'error');
    const blocking = errors.filter(({ at }) => !at?.file.startsWith('tests/') && (!answer.violations.length || !at?.file.startsWith('inputs/')));
    const besides = errors.length ? `, and ${plural(errors.length, 'problem')}` : '';
    const open = answer.violations.filter(({ suppressed }) => !suppressed);
    const accepted = answer.summary.suppressed ? `, ${answer.summary.suppressed} suppressed` : '';
    const resources = new Set(open.map(({ resource }) => resource)).size;
    const time = duration(answer.timings.total);
    if (blocking.length) {
      this.#state('error', 'stop', `${plural(errors.length, 'problem')}: ${blocking[0].message}`, time);
    } else if (answer.stopped.length) {
      this.#state('error', 'stop', `Stopped: ${answer.stopped[0].message}`, time);
    } else if (open.length) {
      this.#state('shut', 'shut', `${plural(open.length, 'violation')} in ${resources} of ${plural(answer.summary.resources, 'resource')}${accepted}${besides}`, time);
    } else if (answer.summary.nothingEvaluated) {
      this.#state('empty', answer.summary.ruleCount ? 'play' : 'stop', nothingText(answer), time);
    } else {
      this.#state('open', 'open', `No violations in ${plural(answer.summary.resources, 'resource')}${accepted}${besides}`, time);
    }
    this.update();
  }

  #failed(error) {
    this.#state('error', 'stop', error.message);
    const again = ['Try again', () => this.app.evaluator.run()];
    const wait = error.code === 'busy' || error.code === 'rate_limited' ? 'It is tried again by itself.' : error.hint;
    this.app.notices.tell([error.message, wait].filter(Boolean).join(' '), { kind: 'error', action: again, stay: true, key: 'server' });
  }
}
