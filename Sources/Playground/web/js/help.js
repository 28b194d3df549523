// Completion and explanations in the editors of policies and tests.

import { latest, post, wasAborted } from './api.js';
import { debounce, el, prose } from './dom.js';
import { languageOf } from './workspace.js';

const most = 60;

/** Whether the shown file of a group of editors is Rego. */
const isRego = ({ file }) => Boolean(file) && languageOf(file) === 'rego';

function contains({ start, end }, { line, column }) {
  const after = line > start.line || (line === start.line && column >= start.column);
  const before = line < end.line || (line === end.line && column <= Math.max(end.column, start.column + 1));
  return after && before;
}

export class Help {
  #completion = null;
  #hover = null;

  constructor(app) {
    this.app = app;
    this.askItems = latest((body, signal) => post('complete', body, signal));
    this.askHover = latest((body, signal) => post('hover', body, signal));
    this.later = debounce((group) => this.complete(group, false), 110);
    this.resting = debounce((event) => this.#rested(event), 350);
    document.addEventListener('mousemove', (event) => this.#moved(event));
    for (const name of ['scroll', 'wheel']) document.addEventListener(name, (event) => this.#hover?.contains(event.target) || this.closeHover(), { capture: true, passive: true });
    document.addEventListener('focusin', (event) => {
      if (this.#completion && !event.target.closest('.editor, .popup')) this.close();
    });
  }

  #body(group) {
    const { workspace } = this.app;
    return { ...workspace.toJSON(), file: workspace.name(group.file), position: group.editor.position };
  }

  // Completion

  /** A text changed: words and dots that were typed open or narrow the list. */
  changed(group, origin) {
    this.closeHover();
    if (!isRego(group)) return;
    const word = group.editor.wordBefore();
    const typed = typeof origin === 'string' && (origin.startsWith('+input') || origin === '*compose');
    const inText = /comment|string/.test(group.editor.kindAt());
    if ((typed && /[A-Za-z_][\w.]*$/.test(word) && !inText) || (this.#completion && origin === '+delete' && word)) this.later(group);
    else this.close();
  }

  async complete(group, explicit) {
    if (!isRego(group)) return;
    const place = JSON.stringify(group.editor.position);
    try {
      const answer = await this.askItems(this.#body(group));
      if (JSON.stringify(group.editor.position) !== place) return;
      const word = group.editor.wordBefore().split('.').at(-1);
      const items = answer.items.slice(0, most);
      if (!items.length || (!explicit && items.length === 1 && items[0].label === word)) {
        this.close();
        if (explicit) this.app.notices.say('No completions');
        return;
      }
      this.#open(group, answer.replace, items, explicit);
    } catch (error) {
      if (!wasAborted(error)) this.close();
    }
  }

  #open(group, replace, items, explicit) {
    this.close();
    const list = el('ul', { class: 'completion-list', role: 'listbox', id: 'completions', 'aria-label': 'Completions' }, items.map((item, index) => el('li', {
      class: 'completion-item', role: 'option', id: `completion-${index}`, 'aria-selected': 'false',
      onmousedown: (event) => {
        event.preventDefault();
        this.#choose(index);
        this.accept();
      },
    }, el('span', { class: 'completion-kind', 'data-kind': item.kind }), item.label, item.detail ? el('span', { class: 'completion-detail' }, item.detail) : null)));
    const foot = el('p', { class: 'completion-foot' });
    const popup = el('div', { class: 'popup completion' }, list, foot);
    document.getElementById('work').append(popup);
    this.#completion = { group, replace, items, popup, list, foot, moved: explicit, chosen: 0 };
    this.#place(popup, group.editor.coordinates(replace.start));
    const { input } = group.editor;
    input.setAttribute('aria-controls', 'completions');
    input.setAttribute('aria-autocomplete', 'list');
    this.#choose(0);
  }

  #choose(index) {
    const { list, foot, items, group } = this.#completion;
    const chosen = (index + items.length) % items.length;
    this.#completion.chosen = chosen;
    [...list.children].forEach((item, number) => item.setAttribute('aria-selected', String(number === chosen)));
    list.children[chosen].scrollIntoView({ block: 'nearest' });
    group.editor.input.setAttribute('aria-activedescendant', `completion-${chosen}`);
    const { text, kind, label } = items[chosen];
    foot.replaceChildren(...prose(text ?? ''), text ? ' ' : '', el('kbd', null, 'Tab'), ` inserts the ${kind}`);
    this.app.notices.say(`${label}, ${kind}, ${chosen + 1} of ${items.length}`);
  }

  accept() {
    const { group, replace, items, chosen } = this.#completion;
    this.close();
    group.editor.replace(group.file, replace, items[chosen].insert);
    group.editor.focus();
  }

  close() {
    this.later?.cancel();
    this.askItems?.cancel();
    if (!this.#completion) return;
    const { popup, group } = this.#completion;
    this.#completion = null;
    popup.remove();
    for (const name of ['aria-activedescendant', 'aria-controls', 'aria-autocomplete']) group.editor.input.removeAttribute(name);
  }

  /** A key in an editor; true when the list took it. Enter is the list's only when the reader has chosen from it. */
  key(group, event) {
    if (event.ctrlKey && event.code === 'Space') {
      event.preventDefault();
      this.complete(group, true);
      return true;
    }
    if (event.key === 'Escape' && this.#hover) {
      event.preventDefault();
      this.closeHover();
      return true;
    }
    if (!this.#completion) return false;
    const { chosen, moved } = this.#completion;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#completion.moved = true;
      this.#choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Tab' || (event.key === 'Enter' && moved)) this.accept();
    else if (event.key === 'Escape') this.close();
    else {
      if (['Enter', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'].includes(event.key)) this.close();
      return false;
    }
    event.preventDefault();
    return true;
  }

  #place(popup, { left, top, bottom }) {
    const { offsetWidth: width, offsetHeight: height } = popup;
    const below = bottom + height + 8 < innerHeight;
    popup.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 8))}px`;
    popup.style.top = `${below ? bottom + 2 : Math.max(4, top - height - 2)}px`;
  }

  // Explanations

  #moved(event) {
    this.resting.cancel();
    if (event.buttons || this.#hover?.contains(event.target)) return;
    if (this.#hover && !event.target.closest('.editor')) this.closeHover();
    if (event.target.closest('.editor')) this.resting(event);
  }

  #rested({ clientX, clientY }) {
    for (const group of this.app.editors.all()) {
      const position = group.editor.positionAt(clientX, clientY);
      if (position && group.place.contains(document.elementFromPoint(clientX, clientY))) {
        this.explain(group, position);
        return;
      }
    }
  }

  /** Shows what stands at a position: problems, violations, then what the server knows. */
  async explain(group, position = group.editor.position, { explicit = false } = {}) {
    const { app } = this;
    const { file } = group;
    if (!file || this.#completion) return;
    const name = app.workspace.name(file);
    const problems = app.diagnostics().filter(({ at }) => at?.file === name && contains(at.range, position));
    const found = (app.evaluator.answer?.violations ?? []).filter(({ at }) => at?.file === name && contains(at.range, position));
    const parts = [
      ...problems.flatMap(({ message, hint, severity }) => [
        el('p', null, el('strong', { class: `severity-${severity === 'error' ? 'critical' : severity}` }, message)),
        hint ? el('p', { class: 'soft hint-text' }, hint) : '']),
      ...found.slice(0, 8).map(({ severity, message, rule }) => el('p', null, el('span', { class: `severity severity-${severity}` }, severity), ' ', message, ' ', el('code', { class: 'soft' }, rule))),
    ];
    if (isRego(group) && !problems.length) {
      try {
        const { hover } = await this.askHover({ ...this.#body(group), position });
        if (hover) parts.push(el('code', { class: 'help-title' }, hover.title), ...(hover.text ? [el('p', { class: 'soft' }, ...prose(hover.text))] : []), this.#definition(hover));
      } catch (error) {
        if (wasAborted(error)) return;
      }
    }
    if (group.file !== file) return;
    this.closeHover();
    if (!parts.some((part) => part)) {
      if (explicit) app.notices.say('Nothing to say about this place');
      return;
    }
    this.#hover = el('div', { class: 'popup help', role: 'tooltip' }, parts);
    document.getElementById('work').append(this.#hover);
    this.#place(this.#hover, group.editor.coordinates(position));
    if (explicit) app.notices.say(this.#hover.textContent);
  }

  #definition({ definition }) {
    if (!definition || !this.app.workspace.named(definition.file)) return '';
    return el('p', null, el('button', { type: 'button', class: 'link small', onclick: () => {
      this.closeHover();
      this.app.goto(definition);
    } }, `Go to ${definition.file}:${definition.range.start.line}`));
  }

  closeHover() {
    this.#hover?.remove();
    this.#hover = null;
  }
}
