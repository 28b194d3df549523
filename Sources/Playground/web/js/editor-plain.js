// The editor without CodeMirror: a textarea with line numbers and marks that lie under its text.

import { el } from './dom.js';
import { languageOf } from './workspace.js';

const lineHeight = 20;

export class PlainEditor {
  #file;
  #texts = new Map();
  #marks = new Map();
  #listeners;

  constructor(host, listeners) {
    this.#listeners = listeners;
    this.gutter = el('div', { class: 'plain-gutter', 'aria-hidden': 'true' });
    this.layer = el('div', { class: 'plain-marks', 'aria-hidden': 'true' });
    this.area = el('textarea', {
      class: 'plain-text', 'aria-label': listeners.label, 'aria-describedby': 'editor-help',
      spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', wrap: 'off',
    });
    this.element = el('div', { class: 'plain' }, this.gutter, el('div', { class: 'plain-area' }, this.layer, this.area));
    host.append(this.element);
    this.area.addEventListener('input', (event) => this.#changed(event.inputType === 'insertText' ? '+input' : event.inputType));
    this.area.addEventListener('scroll', () => this.#scrolled());
    for (const name of ['keyup', 'click']) this.area.addEventListener(name, () => listeners.oncursor());
    this.area.addEventListener('keydown', (event) => this.#keydown(event));
  }

  get input() {
    return this.area;
  }

  #changed(origin) {
    this.#texts.set(this.#file.id, this.area.value);
    this.#draw();
    this.#listeners.onchange(this.#file, origin);
    this.#listeners.oncursor();
  }

  #scrolled() {
    this.gutter.scrollTop = this.area.scrollTop;
    this.layer.style.transform = `translate(${-this.area.scrollLeft}px, ${-this.area.scrollTop}px)`;
  }

  #keydown(event) {
    if (this.#listeners.keys(event)) return;
    if (event.key === 'Tab' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      this.#insert(languageOf(this.#file) === 'rego' ? '\t' : '  ');
    }
  }

  // insertText keeps the browser's own undo history.
  #insert(text) {
    this.area.focus();
    document.execCommand('insertText', false, text);
  }

  #lines() {
    return this.area.value.split('\n');
  }

  #offset({ line, column }) {
    const lines = this.#lines();
    let offset = 0;
    for (let number = 1; number < line && number <= lines.length; number += 1) offset += lines[number - 1].length + 1;
    return Math.min(this.area.value.length, offset + Math.min(column - 1, (lines[line - 1] ?? '').length));
  }

  #place(offset) {
    const before = this.area.value.slice(0, offset);
    const start = before.lastIndexOf('\n') + 1;
    return { line: before.split('\n').length, column: offset - start + 1 };
  }

  show(file) {
    if (this.#file === file) return;
    this.#file = file;
    if (!this.#texts.has(file.id)) this.#texts.set(file.id, file.text);
    this.area.value = this.#texts.get(file.id);
    this.area.setSelectionRange(0, 0);
    this.area.scrollTop = 0;
    this.#draw();
    this.#scrolled();
  }

  forget(ids) {
    for (const id of this.#texts.keys()) {
      if (!ids.has(id)) {
        this.#texts.delete(id);
        this.#marks.delete(id);
      }
    }
  }

  text(file) {
    return this.#texts.get(file.id) ?? file.text;
  }

  setText(file, text) {
    if (this.#file !== file) {
      this.#texts.set(file.id, text);
      this.#listeners.onchange(file, '+format');
      return;
    }
    const { selectionStart, scrollTop } = this.area;
    this.area.select();
    this.#insert(text);
    this.area.setSelectionRange(selectionStart, selectionStart);
    this.area.scrollTop = scrollTop;
  }

  replace(_, range, text) {
    this.select(range);
    this.#insert(text);
  }

  get position() {
    return this.#place(this.area.selectionStart);
  }

  get selection() {
    return this.area.value.slice(this.area.selectionStart, this.area.selectionEnd);
  }

  wordBefore() {
    return /[\w.]*$/.exec(this.area.value.slice(0, this.area.selectionStart))[0];
  }

  kindAt() {
    return '';
  }

  #width() {
    const probe = el('span', null, '0'.repeat(50));
    this.layer.append(probe);
    const width = probe.getBoundingClientRect().width / 50;
    probe.remove();
    return width;
  }

  #columns(text) {
    let columns = 0;
    for (const character of text) columns += character === '\t' ? 4 - (columns % 4) : 1;
    return columns;
  }

  coordinates({ line, column }) {
    const box = this.area.getBoundingClientRect();
    const text = (this.#lines()[line - 1] ?? '').slice(0, column - 1);
    const left = box.left + 6 + this.#columns(text) * this.#width() - this.area.scrollLeft;
    const top = box.top + 6 + (line - 1) * lineHeight - this.area.scrollTop;
    return { left, top, bottom: top + lineHeight };
  }

  positionAt() {
    return undefined;
  }

  focus() {
    this.area.focus();
  }

  #kept() {
    if (!this.#marks.has(this.#file.id)) this.#marks.set(this.#file.id, {});
    return this.#marks.get(this.#file.id);
  }

  #set(file, kind, value) {
    if (!this.#marks.has(file.id)) this.#marks.set(file.id, {});
    this.#marks.get(file.id)[kind] = value;
    if (this.#file === file) this.#draw();
  }

  mark(file, kind, marks) {
    this.#set(file, `mark:${kind}`, marks);
  }

  markLines(file, kind, _, styles) {
    this.#set(file, `lines:${kind}`, styles);
  }

  signs(file, signs) {
    this.#set(file, 'signs', signs);
  }

  #draw() {
    const lines = this.#lines();
    const kept = this.#kept();
    const classes = new Map();
    const add = (line, style) => classes.set(line, `${classes.get(line) ?? ''} ${style}`);
    for (const [kind, value] of Object.entries(kept)) {
      if (kind.startsWith('lines:')) for (const [style, numbers] of Object.entries(value)) for (const number of numbers) add(number, style);
    }
    for (const { line } of kept.signs ?? []) add(line, 'has-error');
    const key = JSON.stringify([lines.length, [...classes]]);
    if (this.gutterKey !== key) this.gutter.replaceChildren(...lines.map((_, index) => el('div', { class: `plain-number${classes.get(index + 1) ?? ''}` }, String(index + 1))), el('div', { class: 'plain-number' }));
    this.gutterKey = key;
    this.#drawMarks(lines, kept);
  }

  #drawMarks(lines, kept) {
    const width = this.#width();
    const nodes = [];
    for (const [kind, value] of Object.entries(kept)) {
      if (!kind.startsWith('mark:')) continue;
      for (const { range, style } of value) {
        for (let line = range.start.line; line <= Math.min(range.end.line, range.start.line + 50, lines.length); line += 1) {
          const text = lines[line - 1] ?? '';
          const first = line === range.start.line ? range.start.column - 1 : 0;
          const last = line === range.end.line ? range.end.column - 1 : text.length;
          const node = el('span', { class: `plain-mark ${style}` });
          const left = this.#columns(text.slice(0, first));
          node.style.top = `${(line - 1) * lineHeight}px`;
          node.style.left = `${left * width}px`;
          node.style.width = `${Math.max(1, this.#columns(text.slice(0, last)) - left) * width}px`;
          nodes.push(node);
        }
      }
    }
    this.layer.replaceChildren(...nodes);
  }

  reveal(range) {
    const offset = this.#offset(range.start);
    this.area.setSelectionRange(offset, this.#offset(range.end));
    this.area.scrollTop = Math.max(0, (range.start.line - 1) * lineHeight - this.area.clientHeight / 3);
  }

  select(range) {
    this.area.setSelectionRange(this.#offset(range.start), this.#offset(range.end));
  }

  find(text) {
    const ranges = [];
    const haystack = this.area.value.toLowerCase();
    const needle = text.toLowerCase();
    for (let at = haystack.indexOf(needle); at >= 0 && ranges.length < 1000; at = haystack.indexOf(needle, at + needle.length)) {
      ranges.push({ start: this.#place(at), end: this.#place(at + needle.length) });
    }
    return ranges;
  }
}
