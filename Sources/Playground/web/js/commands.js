// Everything the page can do: names and keys in one table, for the toolbar, the keyboard and the palette.

import { openDialog } from './dialog.js';
import { el } from './dom.js';

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys as people of this system read them. */
export function keysText(keys) {
  return mac ? keys.replace('Ctrl', '⌘').replace('Alt', '⌥').replace('Shift', '⇧').replaceAll('+', '') : keys;
}

function matches(event, keys) {
  const parts = keys.split('+');
  const key = parts.at(-1);
  const wanted = { ctrl: parts.includes('Ctrl'), shift: parts.includes('Shift'), alt: parts.includes('Alt') };
  const pressed = key.length === 1 ? event.code === `Key${key}` || event.code === `Digit${key}` || event.key.toUpperCase() === key : event.key === key;
  return pressed && (event.ctrlKey || event.metaKey) === wanted.ctrl && event.shiftKey === wanted.shift && event.altKey === wanted.alt;
}

export function commands(app) {
  const views = app.results.views.map((view, index) => ({ id: `show-${view.id}`, title: `Show ${view.title.toLowerCase()}`, keys: `Alt+${(index + 1) % 10}`, enabled: () => !view.hidden, run: () => app.results.show(view.id) }));
  return [
    { id: 'evaluate', title: 'Evaluate', keys: 'Ctrl+Enter', run: () => app.evaluate() },
    { id: 'selection', title: 'Evaluate the selection', keys: 'Ctrl+Shift+Enter', run: () => app.evaluateSelection() },
    { id: 'test', title: 'Run the tests', keys: 'Alt+Enter', run: () => app.runTests() },
    { id: 'format', title: 'Format the policy', keys: 'Shift+Alt+F', run: () => app.keep.format() },
    { id: 'difference', title: 'Show what formatting would change', run: () => app.keep.difference() },
    { id: 'save', title: app.keep.canSave ? 'Save to the workspace folder' : 'Keep the draft in this browser', keys: 'Ctrl+S', run: () => app.keep.saveAll() },
    { id: 'formatOnSave', title: 'Format on save: on or off', run: () => app.toggleFormatOnSave() },
    { id: 'share', title: 'Copy a link to this workspace', run: () => app.keep.share() },
    { id: 'download', title: 'Download as .tar.gz', run: () => app.keep.download() },
    { id: 'upload', title: 'Open a .tar.gz bundle', run: () => app.keep.pick() },
    { id: 'folder', title: 'Open a folder: a chart, overlays, a workspace', run: () => app.keep.pick({ folder: true }) },
    { id: 'command', title: 'Copy as lintel command line', run: () => app.keep.command() },
    { id: 'library', title: 'Gallery of policies', keys: 'Ctrl+Shift+G', run: () => app.start.open('library') },
    { id: 'templates', title: 'Templates', run: () => app.start.open('templates') },
    { id: 'samples', title: 'Sample manifests', run: () => app.start.open('samples') },
    { id: 'tutorial', title: 'Tutorial', run: () => app.tutorial.toggle() },
    { id: 'files', title: 'Show or hide the files', keys: 'Ctrl+B', run: () => app.toggleFiles() },
    { id: 'find', title: 'Find in the file', keys: 'Ctrl+F', run: () => app.group()?.openFind(), when: () => app.group() },
    { id: 'explain', title: 'Explain what is under the cursor', keys: 'Ctrl+I', run: () => app.group() && app.help.explain(app.group(), undefined, { explicit: true }) },
    { id: 'next-problem', title: 'Next problem', keys: 'F8', run: () => app.nextProblem(1) },
    { id: 'former-problem', title: 'Previous problem', keys: 'Shift+F8', run: () => app.nextProblem(-1) },
    { id: 'next-region', title: 'Next part of the page', keys: 'F6', run: () => app.layout.nextRegion(1) },
    { id: 'former-region', title: 'Previous part of the page', keys: 'Shift+F6', run: () => app.layout.nextRegion(-1) },
    ...views,
    { id: 'live', title: 'Evaluate while typing: on or off', run: () => app.toggleLive() },
    { id: 'coverage', title: 'Coverage marks: on or off', run: () => app.set({ coverage: !app.settings.coverage }) },
    { id: 'theme', title: 'Light or dark colours', run: () => app.layout.toggleTheme() },
    { id: 'plain', title: app.plain ? 'Use the full editor' : 'Use the plain text editor', run: () => app.togglePlain(), enabled: () => app.info.editor === 'codemirror' },
    { id: 'palette', title: 'All commands', keys: 'Ctrl+K', run: () => openPalette(app) },
    { id: 'keys', title: 'Keyboard shortcuts', keys: 'F1', run: () => showKeys(app) },
  ];
}

/** Keys work everywhere, also inside the editors, but not below an open dialog. */
export function listen(app) {
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]')) return;
    const command = app.commands.find(({ keys, when, enabled }) => keys && matches(event, keys) && (!when || when()) && (!enabled || enabled()));
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command.run();
  }, { capture: true });
}

function showKeys(app) {
  const rows = app.commands.filter(({ keys }) => keys).map(({ title, keys }) => el('tr', null, el('td', null, title), el('td', null, el('kbd', null, keysText(keys)))));
  rows.push(...[
    ['Complete', 'Ctrl+Space'], ['Comment or uncomment', 'Ctrl+/'], ['Leave the editor', 'Escape'],
  ].map(([title, keys]) => el('tr', null, el('td', null, title), el('td', null, el('kbd', null, keysText(keys))))));
  openDialog({ title: 'Keyboard shortcuts', content: el('table', { class: 'table keys-table' }, el('tbody', null, rows)) });
}

function openPalette(app) {
  const available = app.commands.filter(({ enabled, id }) => id !== 'palette' && (!enabled || enabled()));
  const files = app.workspace.files.map((file) => ({ title: app.workspace.name(file), file }));
  const list = el('ul', { class: 'palette-list', role: 'listbox', id: 'palette-list', 'aria-label': 'Commands and files' });
  const input = el('input', { class: 'input palette-input', type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-label': 'Command or file', placeholder: 'Command or file', autocomplete: 'off', spellcheck: 'false' });
  const { dialog } = openDialog({ title: 'All commands', kind: 'dialog-palette', content: [input, list] });
  let shown = [];
  let chosen = 0;
  const run = (item) => {
    dialog.close();
    if (item.file) app.showFile(item.file);
    else item.run();
  };
  const mark = () => {
    [...list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === chosen)));
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', shown.length ? `palette-${chosen}` : '');
  };
  const fill = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = [...available, ...files].filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
    chosen = 0;
    list.replaceChildren(...shown.map((item, index) => el('li', { class: 'palette-item', role: 'option', id: `palette-${index}`, onclick: () => run(item) },
      item.file ? el('code', null, item.title) : item.title, item.keys ? el('kbd', null, keysText(item.keys)) : null)));
    mark();
  };
  input.addEventListener('input', fill);
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) chosen = (chosen + step + shown.length) % shown.length;
    else if (event.key === 'Enter' && shown[chosen]) run(shown[chosen]);
    else return;
    event.preventDefault();
    mark();
  });
  fill();
  input.focus();
}
