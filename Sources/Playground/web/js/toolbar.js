// The beam: what is done most often, and a menu for the rest.

import { keysText } from './commands.js';
import { button, el, icon, roving } from './dom.js';

/** In a narrow window the menu also has what the toolbar has no room for. */
const narrow = { format: '#tool-format', theme: '.tool-theme' };
const menu = ['format', 'save', 'share', 'download', 'upload', 'folder', 'command', null, 'difference', 'formatOnSave', 'theme', 'plain', null, 'palette', 'keys'];

export function fillToolbar(app) {
  const command = (id) => app.commands.find((candidate) => candidate.id === id);
  const tool = (id, label, sign, options = {}) => {
    const { keys, run } = command(id);
    return button(label, { icon: sign, keys: keys && keysText(keys), onclick: run, id: `tool-${id}`, 'aria-keyshortcuts': keys?.replace('Ctrl', 'Control'), ...options });
  };
  const live = tool('live', 'Live', 'live', { long: true, 'aria-pressed': 'true' });
  const bar = document.getElementById('toolbar');
  bar.append(...[
    tool('evaluate', 'Evaluate', 'play', { kind: 'button-primary' }),
    tool('test', 'Test', 'beaker', { long: true }),
    tool('format', 'Format', 'format', { long: true }),
    live,
    el('span', { class: 'toolbar-divider', 'aria-hidden': 'true' }),
    tool('library', 'Gallery', 'grid', { long: true }),
    tool('tutorial', 'Tutorial', 'book', { long: true }),
    tool('files', 'Files', 'files', { long: true }),
    el('span', { class: 'toolbar-gap' }),
    app.info.hasWorkspace || app.info.readOnly ? saveTool(app, tool) : null,
    tool('share', 'Share', 'share', { long: true }),
    app.layout.themeButton(),
    menuButton(app, command),
  ].filter(Boolean));
  roving(bar, 'button');
  app.toolbar = {
    live: (on) => live.setAttribute('aria-pressed', String(on)),
    unsaved: (yes) => bar.querySelector('#tool-save')?.classList.toggle('unsaved', yes),
  };
}

function saveTool(app, tool) {
  if (!app.info.readOnly) return tool('save', 'Save', 'save', { long: true });
  return el('span', { class: 'read-only', title: 'Nothing is saved on this server. Share and download work.' }, icon('lock'), el('span', { class: 'read-only-text' }, 'Read-only'));
}

function menuButton(app, command) {
  let popup = null;
  const close = (focus) => {
    popup?.remove();
    popup = null;
    opener.setAttribute('aria-expanded', 'false');
    if (focus) opener.focus();
  };
  const open = () => {
    const items = menu.map((id) => {
      if (id === null) return el('li', { role: 'separator' });
      const { title, keys, run, enabled } = command(id);
      if (enabled && !enabled()) return null;
      if (narrow[id] && document.querySelector(narrow[id])?.checkVisibility()) return null;
      return el('li', { role: 'none' }, el('button', { type: 'button', role: 'menuitem', class: 'menu-item', tabindex: '-1', onclick: () => {
        close(true);
        run();
      } }, el('span', { class: 'grow' }, title), keys ? el('kbd', null, keysText(keys)) : null));
    });
    popup = el('ul', { class: 'popup menu', role: 'menu', 'aria-label': 'More' }, items);
    roving(popup, '[role="menuitem"]', { horizontal: false });
    popup.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' || event.key === 'Tab') {
        if (event.key === 'Escape') event.preventDefault();
        close(true);
      }
    });
    document.getElementById('work').append(popup);
    const box = opener.getBoundingClientRect();
    popup.style.top = `${box.bottom + 4}px`;
    popup.style.left = `${Math.max(4, box.right - popup.offsetWidth)}px`;
    opener.setAttribute('aria-expanded', 'true');
    popup.querySelector('[role="menuitem"]').focus();
  };
  const opener = el('button', { type: 'button', class: 'button button-icon', 'aria-label': 'More', title: 'More', 'aria-haspopup': 'menu', 'aria-expanded': 'false', id: 'tool-more', onclick: () => (popup ? close() : open()) }, icon('more'));
  opener.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && !popup) {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener('pointerdown', (event) => {
    if (popup && !popup.contains(event.target) && !opener.contains(event.target)) close();
  });
  return opener;
}
