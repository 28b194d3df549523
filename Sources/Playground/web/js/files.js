// The tree of all files, with their folders.

import { button, el, icon } from './dom.js';
import { Tree } from './tree.js';
import { panes } from './workspace.js';

/** The files of a pane as folders. */
function nested(files, depth = 0) {
  const folders = new Map();
  const leaves = [];
  for (const file of files) {
    const parts = file.path.split('/');
    if (parts.length - 1 > depth) {
      const name = parts[depth];
      if (!folders.has(name)) folders.set(name, []);
      folders.get(name).push(file);
    } else leaves.push({ name: parts.at(-1), file });
  }
  return [...[...folders].sort().map(([name, inside]) => ({ name, inside: nested(inside, depth + 1) })), ...leaves.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

export class FileTree {
  constructor(app) {
    this.app = app;
    this.element = el('div');
    for (const name of ['replace', 'files', 'active']) app.workspace.addEventListener(name, () => this.visible && this.render());
  }

  get visible() {
    return this.element.isConnected;
  }

  render() {
    const { app } = this;
    const { workspace } = app;
    const roots = Object.entries(panes).filter(([pane]) => workspace.offers(pane)).map(([pane, { title, single }]) => (single
      ? { name: single, file: workspace.in(pane)[0] }
      : { name: title, pane, inside: nested(workspace.in(pane)) }));
    const focused = this.element.contains(document.activeElement);
    const shown = new Set(Object.values(workspace.shown).map((pane) => workspace.active[pane]));
    const tree = new Tree({
      label: 'Files', roots, children: (node) => node.inside ?? [], opened: () => true,
      selected: (node) => (node.file ? shown.has(node.file.id) : undefined),
      row: (node) => [el('span', { class: 'tree-name' }, node.name), node.pane ? el('span', { class: 'badge' }, String(workspace.in(node.pane).length)) : null],
      activate: (node) => {
        if (!node.file) return undefined;
        app.layout.show(panes[node.file.pane].group);
        workspace.show(node.file);
        return true;
      },
    });
    this.element.replaceChildren(
      el('div', { class: 'tree-head' }, el('h2', { class: 'side-title' }, 'Files'), button('Hide files', { icon: 'close', quiet: true, kind: 'button-quiet button-small', onclick: () => app.toggleFiles() })),
      tree.element,
      el('p', { class: 'hint small soft' }, icon('upload'), ' Drop manifests, policies, a bundle, or the folder of a chart or of overlays anywhere on the page.'));
    if (focused) tree.element.querySelector('[tabindex="0"]')?.focus();
  }
}
