// The evaluation as a tree; branches are built when they are opened.

import { button, el } from '../dom.js';
import { Tree } from '../tree.js';
import { emptyState, ResourcePicker } from './parts.js';

export class TraceView {
  id = 'trace';
  title = 'Trace';

  constructor(app) {
    this.app = app;
    this.picker = new ResourcePicker(app);
    this.host = el('div');
    this.element = el('div', { class: 'view' },
      el('div', { class: 'bar' }, this.picker.element, el('span', { class: 'grow' }),
        button('Open all', { kind: 'button-small', onclick: () => this.tree?.openAll(600) }),
        button('Close all', { kind: 'button-small', onclick: () => this.tree?.closeAll() })),
      this.host);
  }

  shown() {
    this.app.evaluator.run();
  }

  update() {
    const { answer } = this.app.evaluator;
    this.picker.update(answer);
    if (!answer?.trace) {
      this.key = undefined;
      this.host.replaceChildren(emptyState('play', 'No trace yet', 'It appears with the next evaluation that compiles.'));
      return;
    }
    const key = JSON.stringify([answer.trace.nodes.length, answer.trace]);
    if (this.key === key) return;
    this.key = key;
    if (!answer.trace.nodes.length) {
      this.host.replaceChildren(emptyState('stop', 'Nothing was traced', 'No rule was evaluated for this resource.'));
      return;
    }
    this.tree = new Tree({
      label: 'Trace', roots: answer.trace.nodes, children: (node) => node.children ?? [],
      row: (node, former) => this.#row(node, former), activate: (node) => node.at && this.app.goto(node.at), opened: (node, depth) => depth === 0,
    });
    this.host.replaceChildren(this.tree.element,
      ...(answer.trace.dropped ? [el('p', { class: 'hint small soft' }, `${answer.trace.dropped} further steps are not shown.`)] : []));
  }

  #row(node, former) {
    const got = node.outcome === 'true' || node.outcome === true;
    // What the row above says already is not repeated.
    const known = new Set((former?.bindings ?? []).map(({ name, value }) => `${name} = ${value}`));
    const bindings = (node.bindings ?? []).filter(({ name, value }) => !known.has(`${name} = ${value}`));
    return [
      el('span', { class: `trace-sign ${got ? 'trace-true' : 'trace-false'}`, role: 'img', 'aria-label': got ? 'true' : 'not true' }, got ? '✓' : '✕'),
      el('div', { class: 'trace-text' }, el('code', { class: node.kind === 'rule' ? 'trace-rule' : null }, node.text.replace(/\s*\{$/, '')), ' ',
      node.at ? el('span', { class: 'small soft trace-line' }, `${node.at.file.split('/').at(-1)}:${node.at.range.start.line}`) : null,
      bindings.length ? el('div', { class: 'trace-bindings' }, bindings.map(({ name, value }) => el('span', { class: 'binding mono', title: `${name} = ${value}` }, `${name} = ${value.length > 80 ? `${value.slice(0, 79)}…` : value}`))) : null),
    ];
  }
}
