// Ten steps of Rego for Kubernetes beside the editors; the server checks the answers.

import { get, post } from './api.js';
import { button, el, icon, prose } from './dom.js';
import { recall, remember } from './store.js';

export class Tutorial {
  constructor(app) {
    this.app = app;
    this.done = new Set(recall('tutorial.done', []));
    this.element = el('div', { class: 'tutorial' });
  }

  get open() {
    return this.element.isConnected;
  }

  async toggle() {
    if (this.open) this.leave();
    else await this.enter();
  }

  async enter() {
    try {
      this.steps ??= (await get('tutorial')).steps;
    } catch (error) {
      this.app.notices.failed(error, 'The tutorial did not load');
      return;
    }
    this.before = this.app.workspace.toJSON();
    this.app.showSide(this.element, 'Tutorial');
    const here = this.steps.findIndex(({ id }) => !this.done.has(id));
    this.#show(here < 0 ? 0 : here);
  }

  leave() {
    this.app.showSide(null);
    this.app.replace(this.before);
  }

  #show(index) {
    this.index = index;
    const step = this.steps[index];
    this.verdict = el('div', { class: 'tutorial-verdict', role: 'status' });
    this.hints = el('div', { class: 'tutorial-hints' });
    this.shownHints = 0;
    this.app.replace(step.workspace, undefined, { view: step.shows });
    if (step.shows === 'tests') this.app.workspace.showPane('tests');
    const heading = el('h2', { tabindex: '-1', class: 'tutorial-title' }, step.title);
    this.element.replaceChildren(
      el('div', { class: 'tutorial-head' }, el('p', { class: 'small soft' }, `Step ${step.number} of ${this.steps.length}`), button('Leave the tutorial', { icon: 'close', quiet: true, kind: 'button-quiet button-small', onclick: () => this.leave() })),
      this.#progress(),
      heading,
      ...step.text.map(({ kind, text }) => (kind === 'code' ? el('pre', { class: 'tutorial-code', tabindex: '0' }, text) : el('p', null, prose(text)))),
      el('section', { class: 'tutorial-task', 'aria-label': 'Task' }, el('h3', null, 'Your turn'), el('p', null, prose(step.task))),
      this.hints,
      el('div', { class: 'tutorial-buttons' },
        button('Check my answer', { icon: 'check', kind: 'button-primary', onclick: () => this.#check() }),
        this.hintButton = step.hints.length ? button('Hint', { onclick: () => this.#hint() }) : null,
        button('Start over', { kind: 'button-quiet', onclick: () => this.#show(index) })),
      this.verdict,
      this.#around(index));
    this.element.parentElement.scrollTop = 0;
    heading.focus();
  }

  #progress() {
    return el('ol', { class: 'tutorial-progress', 'aria-label': 'Steps' }, this.steps.map(({ id, number, title }, index) => el('li', null, el('button', {
      type: 'button', class: `tutorial-dot ${this.done.has(id) ? 'tutorial-done' : ''}`, 'aria-current': index === this.index ? 'step' : null,
      'aria-label': `Step ${number}: ${title}${this.done.has(id) ? ', done' : ''}`, title, onclick: () => this.#show(index),
    }, this.done.has(id) ? icon('check') : String(number)))));
  }

  #around(index) {
    return el('nav', { class: 'tutorial-around', 'aria-label': 'Tutorial steps' },
      index > 0 ? button('Back', { onclick: () => this.#show(index - 1) }) : el('span'),
      index + 1 < this.steps.length ? button('Next step', { onclick: () => this.#show(index + 1) }) : button('Finish', { onclick: () => this.leave() }));
  }

  #hint() {
    const { hints, solution, solutionTests } = this.steps[this.index];
    if (this.shownHints < hints.length) {
      this.hints.append(el('p', { class: 'tutorial-hint' }, prose(hints[this.shownHints])));
      this.shownHints += 1;
      if (this.shownHints === hints.length) this.hintButton.querySelector('span').textContent = 'Show a solution';
      return;
    }
    const [name, text] = solutionTests === undefined ? ['policies/main.rego', solution] : ['tests/main_test.rego', solutionTests];
    this.hints.append(el('pre', { class: 'tutorial-code', tabindex: '0' }, text), button('Put it into the editor', { onclick: () => this.#put(name, text) }));
    this.hintButton.hidden = true;
  }

  #put(name, text) {
    const { workspace, editors } = this.app;
    const file = workspace.named(name) ?? workspace.add(name.split('/')[0], name.split('/')[1]);
    workspace.show(file);
    editors.of(file).editor.setText(file, text);
  }

  async #check() {
    const step = this.steps[this.index];
    try {
      const { correct, message, checks, diagnostics } = await post(`tutorial/${encodeURIComponent(step.id)}`, this.app.workspace.toJSON());
      this.verdict.className = `tutorial-verdict ${correct ? 'tutorial-right' : 'tutorial-wrong'}`;
      this.verdict.replaceChildren(
        el('p', null, el('strong', null, message)),
        el('ul', null, checks.map(({ title, passed, detail }) => el('li', { class: passed ? 'check-passed' : 'check-failed' }, el('span', { 'aria-hidden': 'true' }, passed ? '✓ ' : '✕ '), el('span', { class: 'silent' }, passed ? 'right: ' : 'not yet: '), prose(title), detail ? el('p', { class: 'small soft' }, detail) : null))),
        ...diagnostics.slice(0, 3).map((diagnostic) => el('p', { class: 'small' }, diagnostic.message)));
      if (correct) this.#solved(step);
      this.verdict.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      this.app.notices.failed(error, 'The answer was not checked');
    }
  }

  #solved(step) {
    this.done.add(step.id);
    remember('tutorial.done', [...this.done]);
    this.element.querySelector('.tutorial-progress').replaceWith(this.#progress());
    const next = this.index + 1 < this.steps.length;
    const go = button(next ? 'Go on' : 'Finish', { kind: 'button-primary', onclick: () => (next ? this.#show(this.index + 1) : this.leave()) });
    this.verdict.append(go);
    go.focus();
  }
}
