// Sizes of the panes, the switch of narrow windows, and the colour scheme.

import { button, el, roving } from './dom.js';
import { recall, remember } from './store.js';

const regions = ['#toolbar', '#side', '#pane-rego', '#pane-documents', '#results'];

export class Layout {
  constructor(app) {
    this.app = app;
    this.work = document.getElementById('work');
    this.#splitter(document.getElementById('split-columns'), '--left', true, recall('left', 50));
    this.#splitter(document.getElementById('split-rows'), '--top', false, recall('top', 52));
    this.#switch();
    this.theme = recall('theme', 'auto');
    this.#applyTheme();
  }

  #splitter(bar, property, vertical, start) {
    const set = (percent) => {
      const value = Math.round(Math.max(15, Math.min(80, percent)));
      this.work.style.setProperty(property, `${value}%`);
      bar.setAttribute('aria-valuenow', String(value));
      remember(property.slice(2), value);
    };
    bar.setAttribute('aria-valuemin', '15');
    bar.setAttribute('aria-valuemax', '80');
    set(start);
    bar.addEventListener('pointerdown', (event) => {
      bar.setPointerCapture(event.pointerId);
      const box = this.work.getBoundingClientRect();
      const move = ({ clientX, clientY }) => set(vertical ? (100 * (clientX - box.left)) / box.width : (100 * (clientY - box.top)) / box.height);
      bar.addEventListener('pointermove', move);
      bar.addEventListener('pointerup', () => bar.removeEventListener('pointermove', move), { once: true });
    });
    bar.addEventListener('keydown', (event) => {
      const step = (vertical ? { ArrowLeft: -4, ArrowRight: 4 } : { ArrowUp: -4, ArrowDown: 4 })[event.key];
      if (!step) return;
      event.preventDefault();
      set(Number(bar.getAttribute('aria-valuenow')) + step);
    });
  }

  #switch() {
    const host = document.getElementById('switch');
    const choice = (group, name) => el('button', { type: 'button', class: 'button button-small', role: 'radio', 'data-group': group, onclick: () => this.show(group) }, name);
    host.append(choice('rego', 'Policies and tests'), choice('documents', 'Inputs and data'));
    roving(host, '[role="radio"]', { choose: (item) => this.show(item.dataset.group) });
    this.show('rego');
  }

  /** In a narrow window only one group of editors is seen. */
  show(group) {
    this.work.dataset.shown = group;
    for (const item of document.getElementById('switch').children) {
      const chosen = item.dataset.group === group;
      item.setAttribute('aria-checked', String(chosen));
      item.tabIndex = chosen ? 0 : -1;
    }
  }

  get dark() {
    return this.theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : this.theme === 'dark';
  }

  toggleTheme() {
    this.theme = this.dark ? 'light' : 'dark';
    // What the system says anyway need not be remembered.
    if ((this.theme === 'dark') === matchMedia('(prefers-color-scheme: dark)').matches) this.theme = 'auto';
    this.#applyTheme();
    remember('theme', this.theme);
  }

  #applyTheme() {
    if (this.theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }

  themeButton() {
    const make = () => button(this.dark ? 'Light colours' : 'Dark colours', { icon: this.dark ? 'sun' : 'moon', quiet: true, kind: 'tool-theme', onclick: () => {
      this.toggleTheme();
      swap(true);
    } });
    let current = make();
    const swap = (focus) => {
      const next = make();
      current.replaceWith(next);
      current = next;
      if (focus) next.focus();
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => swap(false));
    return current;
  }

  /** F6: focus goes to the next part of the page. */
  nextRegion(step) {
    const shown = regions.map((selector) => document.querySelector(selector)).filter((region) => region && region.offsetParent !== null);
    const here = shown.findIndex((region) => region.contains(document.activeElement));
    const next = shown[(here + step + shown.length) % shown.length];
    if (next.id === 'pane-rego') this.app.editors.rego.editor.focus();
    else if (next.id === 'pane-documents') this.app.editors.documents.editor.focus();
    else (next.querySelector('[role="tab"][aria-selected="true"], [role="treeitem"][tabindex="0"]') ?? next.querySelector('button') ?? next).focus();
  }
}
