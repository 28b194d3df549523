// One column of editors: tabs of panes, tabs of files, the editor, and what is shown when there is no file.

import { CodeMirrorEditor } from './editor-codemirror.js';
import { ask } from './dialog.js';
import { button, debounce, el, roving, strip } from './dom.js';
import { PlainEditor } from './editor-plain.js';
import { pathProblem, panes } from './workspace.js';

const empty = {
  policies: ['No policy yet', 'A policy has rules named deny, warn or violation.'],
  tests: ['No tests yet', 'A test is a rule whose name begins with test_.'],
  inputs: ['Nothing to check yet', 'Paste manifests or an AdmissionReview, drop a file, or take a sample.'],
  data: ['No data', 'data.yaml here is data in policies; team/data.yaml is data.team.'],
  templates: ['No templates', 'The templates of a chart stand in its folder templates.'],
  sources: ['No sources', 'Drop the folder of a chart or of kustomizations anywhere on the page.'],
};

export class EditorGroup {
  #problems = new Map();

  constructor(host, group, app) {
    this.host = host;
    this.group = group;
    this.app = app;
    const { workspace } = app;
    this.paneTabs = el('div', { role: 'tablist', 'aria-label': group === 'rego' ? 'Policies or tests' : 'Kind of document' });
    this.paneTools = el('div', { class: 'tab-tools' });
    this.fileTabs = el('div', { role: 'tablist', 'aria-label': 'Files' });
    this.fileTools = el('div', { class: 'tab-tools' });
    this.fileBar = el('div', { class: 'files' }, strip(this.fileTabs), this.fileTools);
    this.findBar = this.#makeFindBar();
    this.place = el('div', { class: 'editor', role: 'tabpanel', id: `editor-${group}` });
    this.blank = el('div', { class: 'editor-empty', hidden: true });
    this.place.append(this.blank);
    host.append(el('div', { class: 'tabs' }, strip(this.paneTabs), this.paneTools), this.fileBar, this.findBar, this.place);
    const Editor = app.plain ? PlainEditor : CodeMirrorEditor;
    this.editor = new Editor(this.place, {
      label: group === 'rego' ? 'Policy text' : 'Document text',
      onchange: (file, origin) => {
        workspace.touch(file, () => this.editor.text(file));
        this.app.help?.changed(this, origin);
      },
      oncursor: () => this.#cursor(),
      keys: (event) => this.app.help?.key(this, event) || this.#key(event),
    });
    for (const tabs of [this.paneTabs, this.fileTabs]) roving(tabs, '[role="tab"]', { choose: (tab) => tab.click() });
    for (const name of ['replace', 'files', 'active']) workspace.addEventListener(name, () => this.render());
    this.render();
  }

  get file() {
    return this.app.workspace.current(this.group);
  }

  tools(paneTools, fileTools = []) {
    this.paneTools.replaceChildren(...paneTools);
    this.extraTools = fileTools;
    this.render();
  }

  /** The worst severity of the problems of each file, by name. */
  set problems(worst) {
    this.#problems = worst;
    this.#renderFiles();
  }

  #key(event) {
    if (event.key === 'Escape' && event.type === 'keydown') {
      if (!this.findBar.hidden) this.closeFind();
      else this.paneTabs.querySelector('[aria-selected="true"]')?.focus();
      event.preventDefault();
      return true;
    }
    return false;
  }

  #cursor = debounce(() => this.app.selectionChanged(this), 80);

  render() {
    const { workspace } = this.app;
    const names = Object.keys(panes).filter((name) => panes[name].group === this.group && workspace.offers(name));
    const focused = this.paneTabs.contains(document.activeElement);
    this.paneTabs.replaceChildren(...names.map((name) => {
      const chosen = workspace.shown[this.group] === name;
      const count = panes[name].single ? null : el('span', { class: 'badge' }, String(workspace.in(name).length));
      return el('button', {
        type: 'button', class: 'tab', role: 'tab', id: `pane-tab-${name}`, 'aria-selected': String(chosen), tabindex: chosen ? '0' : '-1',
        'aria-controls': this.place.id, onclick: () => workspace.showPane(name),
      }, panes[name].title, count);
    }));
    if (focused) this.paneTabs.querySelector('[aria-selected="true"]').focus();
    this.place.setAttribute('aria-labelledby', `pane-tab-${workspace.shown[this.group]}`);
    this.#renderFiles();
    this.#renderEditor();
  }

  #renderFiles() {
    const { workspace } = this.app;
    const pane = workspace.shown[this.group];
    this.fileBar.hidden = Boolean(panes[pane].single);
    if (panes[pane].single) return;
    const focused = this.fileTabs.contains(document.activeElement);
    const current = this.file;
    this.fileTabs.replaceChildren(...workspace.in(pane).map((file) => this.#fileTab(file, file === current)));
    const chosen = this.fileTabs.querySelector('[aria-selected="true"]');
    if (focused) chosen?.focus();
    chosen?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    const { one, title } = panes[pane];
    this.fileTools.replaceChildren(
      button(`New ${one}`, { icon: 'plus', quiet: true, kind: 'button-quiet button-small', onclick: () => this.create(pane) }),
      ...(current ? [
        button(`Rename ${current.path}`, { icon: 'pencil', quiet: true, kind: 'button-quiet button-small', onclick: () => this.rename(current) }),
        button(`Remove ${current.path} from ${title.toLowerCase()}`, { icon: 'trash', quiet: true, kind: 'button-quiet button-small', onclick: () => this.remove(current) }),
      ] : []),
      el('span', { class: 'grow' }),
      ...(this.extraTools ?? []),
    );
  }

  #fileTab(file, chosen) {
    const slash = file.path.lastIndexOf('/') + 1;
    const worst = this.#problems.get(this.app.workspace.name(file));
    return el('button', {
      type: 'button', class: 'file-tab', role: 'tab', 'aria-selected': String(chosen), tabindex: chosen ? '0' : '-1', title: file.path,
      'aria-controls': this.place.id, onclick: () => this.app.workspace.show(file), ondblclick: () => this.rename(file),
    },
    slash > 0 ? el('span', { class: 'file-folder' }, file.path.slice(0, slash)) : null,
    file.path.slice(slash),
    worst ? el('span', { class: `file-flag ${worst === 'error' ? '' : 'file-flag-soft'}`, role: 'img', 'aria-label': `has ${worst}s` }) : null);
  }

  #renderEditor() {
    const file = this.file;
    this.blank.hidden = Boolean(file);
    this.editor.element.hidden = !file;
    this.editor.forget(new Set(this.app.workspace.files.map(({ id }) => id)));
    if (file) {
      this.editor.show(file);
      return;
    }
    const pane = this.app.workspace.shown[this.group];
    const [title, text] = empty[pane];
    this.blank.replaceChildren(
      el('h3', null, title),
      el('p', { class: 'soft' }, text),
      el('p', null, button(`New ${panes[pane].one}`, { icon: 'plus', onclick: () => this.create(pane) }), ' ',
        pane === 'data' || panes[pane].optional ? null : button('Start from…', { icon: 'grid', onclick: () => this.app.start.open(pane === 'inputs' ? 'samples' : 'templates') })),
    );
  }

  async #askPath(title, pane, value, except) {
    const path = await ask({
      title, label: 'Name, with folders if you like', value, whole: !except, accept: except ? 'Rename' : 'Create',
      check: (path) => pathProblem(path) ?? (this.app.workspace.taken(pane, path.trim(), except) ? 'There is a file of this name.' : undefined),
    });
    if (path === null) return null;
    const suffix = panes[pane].folder ? '' : panes[pane].start.slice(panes[pane].start.lastIndexOf('.'));
    return /\.[^/]+$/.test(path.trim()) ? path.trim() : path.trim() + suffix;
  }

  async create(pane) {
    const path = await this.#askPath(`New ${panes[pane].one}`, pane, panes[pane].start, null);
    if (path === null) return;
    const text = /\.(ya?ml|json)$/.test(path) ? '' : { policies: 'package main\n\n', tests: 'package main_test\n\nimport data.main\n\n' }[pane] ?? '';
    this.app.workspace.add(pane, path, text);
    this.editor.focus();
  }

  async rename(file) {
    const path = await this.#askPath(`Rename ${file.path}`, file.pane, file.path, file);
    if (path !== null) this.app.workspace.rename(file, path);
  }

  remove(file) {
    const { workspace } = this.app;
    const text = workspace.text(file);
    workspace.remove(file);
    this.app.notices.tell(`Removed ${file.path}.`, { action: ['Undo', () => workspace.add(file.pane, file.path, text)] });
  }

  #makeFindBar() {
    this.findInput = el('input', { class: 'input grow', type: 'search', 'aria-label': 'Find in this file', placeholder: 'Find' });
    this.findCount = el('span', { class: 'small soft', role: 'status' });
    this.findInput.addEventListener('input', () => this.#find(0));
    this.findInput.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#find(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape') this.closeFind();
      else return;
      event.preventDefault();
    });
    return el('div', { class: 'find', role: 'search', hidden: true }, this.findInput, this.findCount,
      button('Close search', { icon: 'close', quiet: true, kind: 'button-quiet button-small', onclick: () => this.closeFind() }));
  }

  openFind() {
    if (!this.file) return;
    this.findBar.hidden = false;
    const selected = this.editor.selection;
    if (selected && !selected.includes('\n')) this.findInput.value = selected;
    this.findInput.select();
    this.findInput.focus();
    this.#find(0);
  }

  closeFind() {
    this.findBar.hidden = true;
    this.editor.mark(this.file, 'search', []);
    this.editor.focus();
  }

  #find(step) {
    const ranges = this.findInput.value ? this.editor.find(this.findInput.value) : [];
    this.editor.mark(this.file, 'search', ranges.map((range) => ({ range, style: 'cm-found' })));
    this.found = step === 0 ? 0 : ((this.found ?? 0) + step + ranges.length) % (ranges.length || 1);
    this.findCount.textContent = this.findInput.value ? (ranges.length ? `${this.found + 1} of ${ranges.length}` : 'nothing') : '';
    if (ranges.length) this.editor.reveal(ranges[this.found]);
    this.findInput.focus();
  }
}

/** The groups and the way to a place in them. */
export class Editors {
  constructor(app) {
    this.rego = new EditorGroup(document.getElementById('pane-rego'), 'rego', app);
    this.documents = new EditorGroup(document.getElementById('pane-documents'), 'documents', app);
    this.app = app;
  }

  all() {
    return [this.rego, this.documents];
  }

  of(file) {
    return this[panes[file.pane].group];
  }

  /** Shows a place of an answer; false when its file is not in the workspace. */
  reveal(place, { focus = false } = {}) {
    const file = place && this.app.workspace.named(place.file);
    if (!file) return false;
    this.app.layout.show(panes[file.pane].group);
    this.app.workspace.show(file);
    const { editor } = this.of(file);
    editor.reveal(place.range);
    if (focus) editor.focus();
    return true;
  }

  /** Marks of a kind in all files: `marks` have `at` (a place) and `style`. */
  mark(kind, marks) {
    const byFile = Map.groupBy(marks, ({ at }) => at.file);
    for (const file of this.app.workspace.files) {
      const own = byFile.get(this.app.workspace.name(file)) ?? [];
      this.of(file).editor.mark(file, kind, own.map(({ at, style }) => ({ range: at.range, style })));
    }
  }
}
