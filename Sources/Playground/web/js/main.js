// Opens the page: what the server offers, the editor, then the workspace.

import { get } from './api.js';
import { App } from './app.js';
import { button, el } from './dom.js';
import { loadCodeMirror } from './editor-codemirror.js';
import { decode, isShared } from './share.js';
import { recall } from './store.js';

/** Names to colour; without them the page works on. */
async function builtinNames() {
  try {
    return new Set((await get('builtins')).builtins.map(({ name }) => name));
  } catch {
    return new Set();
  }
}

async function editorIsPlain(info) {
  if (info.editor !== 'codemirror' || recall('plain', false) || new URLSearchParams(location.search).get('editor') === 'plain') return true;
  try {
    await loadCodeMirror(info.codemirror ?? [], await builtinNames());
    return false;
  } catch {
    return true;
  }
}

/** A link wins, then the folder or policies the server was started with, then what this browser kept, then a template. */
async function openWorkspace(app) {
  if (isShared(location.hash)) {
    try {
      app.replace(await decode(location.hash));
      app.shared = true;
      return;
    } catch (error) {
      app.notices.tell(`The link is damaged or incomplete and was not opened. ${error instanceof RangeError ? error.message : ''}`, { kind: 'error', stay: true });
    }
  }
  if (app.info.hasInitial) {
    await app.keep.read();
    return;
  }
  const draft = recall('draft', undefined);
  if (draft && Object.keys(draft).length) app.replace(draft);
  else app.replace((await get('templates')).templates[0].workspace);
}

async function open() {
  const loading = document.getElementById('loading');
  try {
    const info = await get('info');
    const app = new App(info, { plain: await editorIsPlain(info) });
    await openWorkspace(app).catch((error) => app.notices.failed(error, 'The workspace was not opened'));
    addEventListener('hashchange', async () => {
      if (isShared(location.hash)) await openWorkspace(app);
    });
    loading.hidden = true;
  } catch (error) {
    loading.replaceChildren(el('h2', null, 'The playground did not open'), el('p', null, error.message), el('p', { class: 'soft' }, error.hint ?? ''), button('Try again', { onclick: () => location.reload() }));
  }
}

open();
