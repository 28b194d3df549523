// Keeping and handing on: format, share, bundles, the workspace folder, command lines.

import { download, get, post, put, upload, wasAborted } from './api.js';
import { choose, openDialog } from './dialog.js';
import { button, el, plural } from './dom.js';
import { diffView } from './results/parts.js';
import { droppedFiles, pickedFiles, readTexts } from './uploads.js';
import { encode } from './share.js';
import { languageOf } from './workspace.js';

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export class Keep {
  constructor(app) {
    this.app = app;
    this.revision = undefined;
    this.#acceptDrops();
  }

  #fail(error, what) {
    if (!wasAborted(error)) this.app.notices.failed(error, what);
  }

  async #formatted() {
    const { app } = this;
    const group = app.editors.rego;
    const { file } = group;
    if (!file || languageOf(file) !== 'rego') {
      app.notices.tell('There is no policy to format.');
      return undefined;
    }
    const before = app.workspace.text(file);
    const answer = await post('format', { file: app.workspace.name(file), text: before });
    if (answer.text === undefined) {
      app.notices.tell(`${file.path} is not formatted: ${answer.diagnostics[0]?.message ?? 'it does not parse'}.`, { kind: 'error', key: 'format' });
      return undefined;
    }
    return { ...answer, file, editor: group.editor, before };
  }

  async format() {
    try {
      const answer = await this.#formatted();
      if (!answer) return;
      const { file, editor, changed, text, diff, before } = answer;
      if (!changed) {
        this.app.notices.tell(`${file.path} is formatted already.`, { key: 'format' });
        return;
      }
      if (this.app.workspace.text(file) !== before) return;
      editor.setText(file, text);
      this.app.notices.tell(`Formatted ${file.path}.`, { key: 'format', action: ['Show the changes', () => openDialog({ title: `Formatting changed ${file.path}`, content: diffView(diff), kind: 'dialog-wide' })] });
    } catch (error) {
      this.#fail(error, 'Not formatted');
    }
  }

  async difference() {
    try {
      const answer = await this.#formatted();
      if (!answer) return;
      const { file, editor, changed, text, diff } = answer;
      const { dialog } = openDialog({
        title: `Formatting ${file.path}`, kind: 'dialog-wide', content: changed ? diffView(diff) : el('p', null, 'Nothing would change.'),
        actions: changed ? [button('Apply', { kind: 'button-primary', onclick: () => {
          editor.setText(file, text);
          dialog.close();
        } })] : [],
      });
    } catch (error) {
      this.#fail(error, 'Not formatted');
    }
  }

  async share() {
    const fragment = await encode(this.app.workspace.toJSON());
    history.replaceState(null, '', fragment);
    this.app.shared = true;
    const link = location.href;
    const size = link.length > 30000 ? ` It is ${Math.round(link.length / 1000)} kB long; some programs cut such links, a bundle is safer.` : '';
    if (await copy(link)) this.app.notices.tell(`Link copied. The workspace is in the link itself, no server keeps it.${size}`, { kind: 'good' });
    else this.app.notices.tell(`The link is in the address bar now. The workspace is in the link itself.${size}`, { kind: 'good' });
  }

  async download() {
    try {
      const blob = await download('bundle', this.app.workspace.toJSON());
      const link = el('a', { href: URL.createObjectURL(blob), download: 'workspace.tar.gz' });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      this.app.notices.tell('Downloaded workspace.tar.gz.', { kind: 'good' });
    } catch (error) {
      this.#fail(error, 'Not downloaded');
    }
  }

  /** Asks for files of this computer, or for a folder of it. */
  pick({ folder = false } = {}) {
    const input = el('input', { type: 'file', accept: folder ? null : '.gz,.tgz,.tar.gz,.rego,.yaml,.yml,.json', multiple: true, webkitdirectory: folder, class: 'silent', 'aria-label': folder ? 'Folder' : 'Bundle or files', id: 'bundle-file' });
    document.getElementById('bundle-file')?.remove();
    document.body.append(input);
    input.addEventListener('change', async () => {
      await this.take(pickedFiles(input.files));
      input.remove();
    });
    input.click();
  }

  /** Opens bundles and packed charts; other files go where the server says they belong. Each is `{path, file}`. */
  async take(files) {
    const rest = [];
    for (const entry of files) {
      if (/\.(tgz|gz)$/.test(entry.path) && !entry.path.includes('/')) await this.#openBundle(entry.file);
      else rest.push(entry);
    }
    if (rest.length) await this.#addFiles(rest);
  }

  async #addFiles(entries) {
    try {
      const { files, ignored: unread } = await readTexts(entries, this.app.info.limits.bodyBytes);
      const { workspace, ignored } = files.length ? await post('files/open', { files }) : { workspace: {}, ignored: [] };
      const left = this.#leftOut([...unread, ...ignored]);
      if (workspace.sources?.length) {
        this.#takeSources(workspace, `Opened ${plural(workspace.sources.length, 'source')}.${left}`);
        return;
      }
      for (const pane of ['policies', 'tests', 'inputs', 'data']) {
        for (const { path, text } of workspace[pane] ?? []) this.app.workspace.add(pane, path, text);
      }
      for (const name of ['parameters', 'configuration']) {
        const [file] = this.app.workspace.in(name);
        if (workspace[name]) this.app.editors.of(file).editor.setText(file, workspace[name]);
      }
      if (left) this.app.notices.tell(left.trim(), { kind: 'error' });
    } catch (error) {
      this.#fail(error, 'Not added');
    }
  }

  /** Sources take the place of sources; what there is besides stays, and is joined by what comes with them. */
  #takeSources(workspace, text) {
    const former = this.app.workspace.toJSON();
    const joined = { ...former, sources: workspace.sources };
    for (const pane of ['policies', 'tests', 'inputs', 'data']) {
      const added = workspace[pane] ?? [];
      const names = new Set(added.map(({ path }) => path));
      joined[pane] = [...(former[pane] ?? []).filter(({ path }) => !names.has(path)), ...added];
    }
    for (const name of ['parameters', 'configuration']) joined[name] = workspace[name] || former[name];
    this.app.replace(joined, text, { view: 'rendered' });
  }

  #leftOut(ignored) {
    if (!ignored.length) return '';
    return ` Left out ${plural(ignored.length, 'file')}: ${ignored.slice(0, 3).map(({ path, reason }) => `${path} (${reason})`).join(', ')}${ignored.length > 3 ? ' …' : ''}`;
  }

  async #openBundle(file) {
    try {
      const { workspace, ignored } = await upload('bundle/open', file);
      const text = `Opened ${file.name}.${this.#leftOut(ignored)}`;
      if (workspace.sources.length && !workspace.policies.length && !workspace.inputs.length) this.#takeSources(workspace, text);
      else this.app.replace(workspace, text);
    } catch (error) {
      this.#fail(error, `${file.name} was not opened`);
    }
  }

  #acceptDrops() {
    let drop = null;
    const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
    const done = () => {
      drop?.remove();
      drop = null;
    };
    document.addEventListener('dragover', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (!drop) {
        drop = el('div', { class: 'drop' }, 'Drop to add');
        document.body.append(drop);
      }
    }, { capture: true });
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && done());
    document.addEventListener('drop', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      done();
      droppedFiles(event.dataTransfer).then((files) => this.take(files)).catch((error) => this.#fail(error, 'Not added'));
    }, { capture: true });
  }

  /** Reads the workspace folder; false when there is none. */
  async read() {
    const { workspace, name, revision, writable, ignored } = await get('workspace');
    this.revision = revision;
    this.folder = name;
    this.writable = writable;
    this.app.replace(workspace);
    this.saved = JSON.stringify(this.app.workspace);
    if (ignored?.length) this.app.notices.tell(`${plural(ignored.length, 'file')} of ${name} left out: ${ignored[0].path} (${ignored[0].reason})`);
  }

  /** Whether there is a folder that takes the files. */
  get canSave() {
    return Boolean(this.app.info.hasWorkspace) && !this.app.info.readOnly;
  }

  /** Ctrl+S: formats where that was chosen, then writes the folder; without one the draft of this browser is all there is. */
  async saveAll() {
    const { app } = this;
    if (app.settings.formatOnSave) await this.#formatAll();
    if (this.canSave) {
      await this.save();
      return;
    }
    const kept = app.keepDraft();
    const where = app.info.readOnly ? 'This server is read-only.' : 'There is no workspace folder.';
    app.notices.tell(`${where} ${kept ? 'The draft is kept in this browser.' : 'The draft is too large for this browser to keep.'}`, { key: 'save', action: ['Download', () => this.download()] });
  }

  /** Formats all policies and tests that parse; the others stay as they are. */
  async #formatAll() {
    const { workspace, editors } = this.app;
    for (const file of workspace.files.filter((file) => languageOf(file) === 'rego')) {
      const before = workspace.text(file);
      try {
        const { text, changed } = await post('format', { file: workspace.name(file), text: before });
        if (changed && workspace.text(file) === before) editors.of(file).editor.setText(file, text);
      } catch (error) {
        this.#fail(error, `${file.path} is not formatted`);
        return;
      }
    }
  }

  get unsaved() {
    return this.saved !== undefined && this.saved !== JSON.stringify(this.app.workspace);
  }

  async save(overwrite = false) {
    const workspace = this.app.workspace.toJSON();
    try {
      const { revision, written, removed } = await put('workspace', { ...workspace, revision: overwrite ? undefined : this.revision });
      this.revision = revision;
      this.saved = JSON.stringify(workspace);
      const parts = [written.length ? `${plural(written.length, 'file')} written` : 'nothing had changed', removed.length ? `${removed.length} removed` : ''];
      this.app.notices.tell(`Saved: ${parts.filter(Boolean).join(', ')}.`, { kind: 'good', key: 'save' });
      this.app.saveState();
    } catch (error) {
      if (error.code === 'conflict') await this.#conflict();
      else this.#fail(error, 'Not saved');
    }
  }

  async #conflict() {
    const answer = await choose({
      title: 'The folder has changed', text: 'Somebody changed files of the workspace folder since they were read here.',
      choices: [['Overwrite them', 'overwrite', ''], ['Read them again, drop my changes', 'read', ''], ['Cancel', null, 'button-primary']],
    });
    if (answer === 'overwrite') await this.save(true);
    if (answer === 'read') await this.read().catch((error) => this.#fail(error, 'Not read'));
  }

  async command() {
    try {
      const { commands } = await post('command', this.app.workspace.toJSON());
      const rows = commands.map(({ title, command }) => {
        const copied = el('span', { class: 'small soft', role: 'status' });
        return el('section', { class: 'command' }, el('h3', null, title), el('div', { class: 'command-line' }, el('pre', { tabindex: '0' }, command),
          button('Copy', { onclick: async () => {
            copied.textContent = (await copy(command)) ? 'Copied' : 'Select the line and press Ctrl+C';
          } })), copied);
      });
      openDialog({ title: 'The same on the command line', kind: 'dialog-wide', content: [
        el('p', { class: 'soft' }, 'Download and unpack the bundle, then run these in its folder.'), button('Download the bundle', { icon: 'download', onclick: () => this.download() }), ...rows] });
    } catch (error) {
      this.#fail(error, 'No command lines');
    }
  }
}
