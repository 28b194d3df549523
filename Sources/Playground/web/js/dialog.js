// Modal dialogs on the browser's own <dialog>: focus stays inside, Escape closes, focus returns.

import { button, el, scrollable } from './dom.js';

let counter = 0;

/** Opens a dialog; `content` is filled in by the caller. Resolves when it is closed. */
export function openDialog({ title, content, kind = '', actions = [] }) {
  counter += 1;
  const id = `dialog-title-${counter}`;
  const dialog = el('dialog', { class: `dialog ${kind}`, 'aria-labelledby': id },
    el('div', { class: 'dialog-head' },
      el('h2', { id }, title),
      button('Close', { icon: 'close', quiet: true, kind: 'button-quiet', onclick: () => dialog.close() })),
    scrollable(el('div', { class: 'dialog-body' }, content), title),
    actions.length ? el('div', { class: 'dialog-foot' }, actions) : null);
  document.body.append(dialog);
  const closed = new Promise((resolve) => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue);
  }));
  dialog.addEventListener('mousedown', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.showModal();
  return { dialog, closed };
}

/** Asks for a line of text, of which all or all but the suffix is selected; null when the question was closed. */
export async function ask({ title, label, value, accept, check, whole = false }) {
  const problem = el('p', { class: 'dialog-problem', role: 'alert' });
  const input = el('input', { class: 'input grow', type: 'text', autocomplete: 'off', spellcheck: 'false' });
  input.value = value;
  let answer = null;
  const form = el('form', { class: 'stack', onsubmit: (event) => {
    event.preventDefault();
    problem.textContent = check?.(input.value) ?? '';
    if (problem.textContent) return;
    answer = input.value;
    dialog.close();
  } }, el('label', { class: 'stack' }, el('span', { class: 'soft small' }, label), input), problem,
  el('div', { class: 'dialog-buttons' }, button(accept, { type: 'submit', kind: 'button-primary' })));
  const { dialog, closed } = openDialog({ title, content: form, kind: 'dialog-small' });
  input.focus();
  input.setSelectionRange(0, whole ? value.length : Math.max(0, value.lastIndexOf('.')) || value.length);
  await closed;
  return answer;
}

/** Lets the reader choose one of `choices` ([name, value, kind]); null when the question was closed. */
export async function choose({ title, text, choices }) {
  let answer = null;
  const { dialog, closed } = openDialog({
    title, kind: 'dialog-small', content: el('p', null, text),
    actions: choices.map(([name, value, kind]) => button(name, { kind, onclick: () => {
      answer = value;
      dialog.close();
    } })),
  });
  await closed;
  return answer;
}
