// Pieces that several result views share.

import { button, el, icon, scrollable } from '../dom.js';

/** What is shown when there is nothing to show. */
export function emptyState(sign, title, text, ...more) {
  return el('div', { class: 'empty' }, el('span', { class: 'empty-icon' }, icon(sign)), el('h3', null, title), el('p', { class: 'soft' }, text), more.length ? el('p', { class: 'empty-more' }, more) : null);
}

/** A link to a place in an editor; plain text when the file is not in the workspace. */
export function placeLink(app, place, { text } = {}) {
  if (!place) return null;
  const name = text ?? `${place.file}:${place.range.start.line}:${place.range.start.column}`;
  if (!app.workspace.named(place.file)) return el('span', { class: 'mono soft' }, name);
  return el('button', { type: 'button', class: 'link mono', onclick: () => app.goto(place) }, name);
}

const longest = 20000;

/** A value as JSON or Rego, cut when it is very long. */
export function valueText({ value, text, truncated, undefined: missing }, name = 'Value') {
  if (missing) return el('span', { class: 'soft' }, 'undefined');
  if (truncated && text === undefined) return el('span', { class: 'soft' }, 'too long to be shown');
  const full = value === undefined ? text : JSON.stringify(value, null, 2);
  const cut = full.length > longest;
  return scrollable(el('pre', { class: 'value' }, cut ? full.slice(0, longest) : full, cut || truncated ? el('span', { class: 'soft' }, ' … (cut)') : null), name);
}

/** Chooses the resource that values, trace and admission are about. */
export class ResourcePicker {
  constructor(app) {
    this.app = app;
    this.select = el('select', { class: 'select', onchange: () => app.set({ resource: Number(this.select.value) }) });
    this.element = el('label', { class: 'field' }, 'Resource', this.select);
  }

  update(answer) {
    const resources = answer?.resources ?? [];
    const key = JSON.stringify(resources.map(({ index, title }) => [index, title]));
    if (this.key !== key) {
      this.key = key;
      this.select.replaceChildren(...resources.slice(0, 500).map(({ index, title, file }) => el('option', { value: index }, `${title} — ${file}`)));
    }
    this.select.value = String(this.app.settings.resource);
    this.element.hidden = resources.length === 0;
  }
}

export function inputPicker(app) {
  const names = { auto: 'as the policies expect', object: 'the object itself', admission: 'AdmissionReview', review: 'input.review (Gatekeeper)' };
  const select = el('select', { class: 'select', onchange: () => app.set({ input: select.value }) },
    Object.entries(names).map(([value, name]) => el('option', { value, selected: app.settings.input === value }, name)));
  return el('label', { class: 'field' }, 'input is', select);
}

/** One diagnostic with its hint, notes and fix. */
export function diagnosticItem(app, diagnostic) {
  return el('li', { class: 'diagnostic' },
    el('p', null, el('span', { class: `severity severity-${diagnostic.severity === 'error' ? 'critical' : diagnostic.severity}` }, diagnostic.severity), ' ',
      el('span', { class: 'diagnostic-message' }, diagnostic.message), ' ', el('code', { class: 'soft' }, diagnostic.code)),
    diagnostic.at ? el('p', null, placeLink(app, diagnostic.at)) : null,
    diagnostic.hint ? el('p', { class: 'soft hint-text' }, diagnostic.hint) : null,
    (diagnostic.notes ?? []).map((note) => el('p', { class: 'small soft' }, note.message, ' ', placeLink(app, note.at))),
    diagnostic.fix ? el('p', null, button(diagnostic.fix.text ? `Change to ${diagnostic.fix.text.trim().slice(0, 60)}` : 'Remove it', { icon: 'check', kind: 'button-small', onclick: () => app.applyFix(diagnostic.fix) })) : null);
}

/** A unified diff, coloured by line. */
export function diffView(diff) {
  return scrollable(el('pre', { class: 'diff' }, diff.split('\n').filter((line) => !/^(---|\+\+\+) /.test(line)).map((line) => {
    const kind = { '+': 'diff-added', '-': 'diff-removed', '@': 'diff-place' }[line[0]] ?? '';
    return el('span', { class: `diff-line ${kind}` }, `${line}\n`);
  })), 'Changes');
}

const signs = { critical: 'C', high: 'H', medium: 'M', low: 'L', info: 'I' };

/** A severity in colour and in a letter, which needs no colour to be read; the word is what is heard. */
export function severitySign(severity) {
  return el('span', { class: `sign sign-${severity}`, role: 'img', 'aria-label': severity, title: severity }, signs[severity] ?? '?');
}

/** Replaces the children of a list without losing the keyboard's place (items carry data-key). */
export function refill(list, items) {
  const key = list.contains(document.activeElement) ? document.activeElement.closest('[data-key]')?.dataset.key : undefined;
  list.replaceChildren(...items);
  if (key !== undefined) [...list.querySelectorAll('[data-key]')].find((item) => item.dataset.key === key)?.focus();
}
