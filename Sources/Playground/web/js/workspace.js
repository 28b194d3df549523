// The files being edited. Everything else listens to its events:
// `replace` all files are new · `files` the list changed · `text` (detail: file) a text changed · `active` another file is shown.

/**
 * The panes. `group` says which editor shows them; `folder` is what the API calls their files, where that is not their name;
 * `single` is the one file of a pane; those that are `optional` are seen only while they have files.
 */
export const panes = {
  policies: { title: 'Policies', group: 'rego', one: 'policy', start: 'policy.rego' },
  tests: { title: 'Tests', group: 'rego', one: 'test file', start: 'policy_test.rego' },
  templates: { title: 'Templates', group: 'rego', one: 'template', start: 'templates/deployment.yaml', folder: 'sources', optional: true },
  inputs: { title: 'Inputs', group: 'documents', one: 'input', start: 'input.yaml' },
  sources: { title: 'Sources', group: 'documents', one: 'source', start: 'values.yaml', folder: 'sources', optional: true },
  data: { title: 'Data', group: 'documents', one: 'data file', start: 'data.yaml' },
  parameters: { title: 'Parameters', group: 'documents', single: 'parameters.yaml' },
  configuration: { title: 'Settings', group: 'documents', single: 'lintel.yaml' },
};

const listed = Object.keys(panes).filter((name) => !panes[name].single);
const singles = Object.keys(panes).filter((name) => panes[name].single);
let counter = 0;

/** What the API calls the files of a pane. */
const folder = (pane) => panes[pane].folder ?? pane;

/** The pane of a source: templates stand beside the values that they are given. */
const paneOfSource = (path) => (/(^|\/)(templates|crds)\//.test(path) ? 'templates' : 'sources');

/** Which language a file is in: `rego`, `json`, `yaml` or `text`. */
export function languageOf({ path }) {
  return { rego: 'rego', json: 'json', yaml: 'yaml', yml: 'yaml' }[path.slice(path.lastIndexOf('.') + 1)] ?? 'text';
}

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
    for (const name of new Set(listed.map(folder))) {
      for (const { path, text } of source[name] ?? []) this.files.push({ id: ++counter, pane: name === 'sources' ? paneOfSource(path) : name, path, text });
    }
    for (const pane of singles) this.files.push({ id: ++counter, pane, path: panes[pane].single, text: source[pane] ?? '' });
    this.active = {};
    for (const pane of Object.keys(panes)) this.active[pane] = this.in(pane)[0]?.id;
    this.shown = { rego: 'policies', documents: this.in('sources').length && !this.in('inputs').length ? 'sources' : 'inputs' };
    this.#emit('replace');
  }

  toJSON() {
    const result = {};
    for (const pane of listed) {
      const files = this.in(pane).map((file) => ({ path: file.path, text: this.text(file) }));
      if (files.length) result[folder(pane)] = [...(result[folder(pane)] ?? []), ...files];
    }
    for (const pane of singles) {
      const text = this.text(this.in(pane)[0]);
      if (text.trim()) result[pane] = text;
    }
    return result;
  }

  in(pane) {
    return this.files.filter((file) => file.pane === pane);
  }

  /** The file an answer of the API calls `name`. */
  named(name) {
    return this.files.find((file) => this.name(file) === name);
  }

  name(file) {
    return panes[file.pane].single ? file.path : `${folder(file.pane)}/${file.path}`;
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

  add(name, path, text = '') {
    const free = this.#free(name, path);
    const pane = folder(name) === 'sources' ? paneOfSource(free) : name;
    const file = { id: ++counter, pane, path: free, text };
    this.files.push(file);
    this.active[pane] = file.id;
    this.shown[panes[pane].group] = pane;
    this.#emit('files');
    return file;
  }

  /** Whether the tab of a pane is seen. */
  offers(pane) {
    return !panes[pane].optional || this.in(pane).length > 0;
  }

  get hasSources() {
    return this.offers('sources') || this.offers('templates');
  }

  remove(file) {
    const siblings = this.in(file.pane);
    const place = siblings.indexOf(file);
    this.files = this.files.filter((other) => other !== file);
    if (this.active[file.pane] === file.id) this.active[file.pane] = (siblings[place + 1] ?? siblings[place - 1])?.id;
    this.#leaveEmpty();
    this.#emit('files');
  }

  /** A pane that is not offered any more is not shown. */
  #leaveEmpty() {
    for (const [group, pane] of Object.entries(this.shown)) {
      if (!this.offers(pane)) this.shown[group] = Object.keys(panes).find((name) => panes[name].group === group);
    }
  }

  rename(file, path) {
    file.path = path;
    const pane = folder(file.pane) === 'sources' ? paneOfSource(path) : file.pane;
    if (pane !== file.pane) {
      if (this.active[file.pane] === file.id) this.active[file.pane] = this.in(file.pane).find((other) => other !== file)?.id;
      file.pane = pane;
      this.active[pane] = file.id;
      this.shown[panes[pane].group] = pane;
      this.#leaveEmpty();
    }
    this.#emit('files');
  }

  taken(pane, path, except) {
    return this.files.some((file) => file !== except && folder(file.pane) === folder(pane) && file.path === path);
  }

  #free(pane, path) {
    const [, stem, suffix] = /^(.*?)((?:_test)?\.[^./]*)?$/.exec(path);
    let candidate = path;
    for (let number = 2; this.taken(pane, candidate); number += 1) candidate = `${stem}${number}${suffix ?? ''}`;
    return candidate;
  }
}
