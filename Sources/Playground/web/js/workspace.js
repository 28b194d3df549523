// The files being edited. Everything else listens to its events:
// `replace` all files are new · `files` the list changed · `text` (detail: file) a text changed · `active` another file is shown.

/** The five panes; `group` says which editor shows them. */
export const panes = {
  policies: { title: 'Policies', group: 'rego', one: 'policy', start: 'policy.rego' },
  tests: { title: 'Tests', group: 'rego', one: 'test file', start: 'policy_test.rego' },
  inputs: { title: 'Inputs', group: 'documents', one: 'input', start: 'input.yaml' },
  data: { title: 'Data', group: 'documents', one: 'data file', start: 'data.yaml' },
  parameters: { title: 'Parameters', group: 'documents', single: true },
};

const listed = Object.keys(panes).filter((name) => !panes[name].single);
let counter = 0;

/** Why a path cannot be the name of a file, or undefined. */
export function pathProblem(path) {
  if (!path.trim()) return 'A file needs a name.';
  if (path.startsWith('/')) return 'The name is relative to its pane: no / at the start.';
  if (path.split('/').some((part) => part === '..' || part === '.' || part === '')) return 'A folder cannot be empty, “.” or “..”.';
  if (/[\u0000-\u001f\\:]/.test(path)) return 'Control characters, \\ and : cannot be part of a name.';
  return undefined;
}

export class Workspace extends EventTarget {
  files = [];
  shown = { rego: 'policies', documents: 'inputs' };
  active = {};

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Takes the files of a workspace as the API has them. */
  load(source) {
    this.files = [];
    for (const pane of listed) {
      for (const { path, text } of source[pane] ?? []) this.files.push({ id: ++counter, pane, path, text });
    }
    this.files.push({ id: ++counter, pane: 'parameters', path: 'parameters.yaml', text: source.parameters ?? '' });
    this.active = {};
    for (const pane of Object.keys(panes)) this.active[pane] = this.in(pane)[0]?.id;
    this.shown = { rego: 'policies', documents: 'inputs' };
    this.#emit('replace');
  }

  toJSON() {
    const result = {};
    for (const pane of listed) {
      const files = this.in(pane).map((file) => ({ path: file.path, text: this.text(file) }));
      if (files.length) result[pane] = files;
    }
    const parameters = this.text(this.in('parameters')[0]);
    if (parameters.trim()) result.parameters = parameters;
    return result;
  }

  in(pane) {
    return this.files.filter((file) => file.pane === pane);
  }

  /** The file an answer of the API calls `name`. */
  named(name) {
    if (name === 'parameters.yaml') return this.in('parameters')[0];
    return this.files.find((file) => !panes[file.pane].single && this.name(file) === name);
  }

  name(file) {
    return panes[file.pane].single ? file.path : `${file.pane}/${file.path}`;
  }

  text(file) {
    if (file.pull) {
      file.text = file.pull();
      file.pull = undefined;
    }
    return file.text;
  }

  /** The text changed in an editor; `pull` reads it when somebody wants it. */
  touch(file, pull) {
    file.pull = pull;
    this.#emit('text', file);
  }

  current(group) {
    const id = this.active[this.shown[group]];
    return this.files.find((file) => file.id === id);
  }

  show(file) {
    const { group } = panes[file.pane];
    if (this.shown[group] === file.pane && this.active[file.pane] === file.id) return;
    this.shown[group] = file.pane;
    this.active[file.pane] = file.id;
    this.#emit('active');
  }

  showPane(pane) {
    this.shown[panes[pane].group] = pane;
    this.#emit('active');
  }

  add(pane, path, text = '') {
    const file = { id: ++counter, pane, path: this.#free(pane, path), text };
    this.files.push(file);
    this.active[pane] = file.id;
    this.shown[panes[pane].group] = pane;
    this.#emit('files');
    return file;
  }

  remove(file) {
    const siblings = this.in(file.pane);
    const place = siblings.indexOf(file);
    this.files = this.files.filter((other) => other !== file);
    if (this.active[file.pane] === file.id) this.active[file.pane] = (siblings[place + 1] ?? siblings[place - 1])?.id;
    this.#emit('files');
  }

  rename(file, path) {
    file.path = path;
    this.#emit('files');
  }

  taken(pane, path, except) {
    return this.in(pane).some((file) => file !== except && file.path === path);
  }

  #free(pane, path) {
    const [, stem, suffix] = /^(.*?)((?:_test)?\.[^./]*)?$/.exec(path);
    let candidate = path;
    for (let number = 2; this.taken(pane, candidate); number += 1) candidate = `${stem}${number}${suffix ?? ''}`;
    return candidate;
  }
}
