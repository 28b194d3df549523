// A tree as the WAI-ARIA pattern wants it: one stop for Tab, arrows move, branches are built when they open.

import { el, icon } from './dom.js';

export class Tree {
  #nodes = new WeakMap();

  /** `children(node)`, `row(node, former)` → what a row shows, after its sibling `former`, `activate(node)`, `opened(node, depth)`, `selected(node)`. */
  constructor({ label, roots, children, row, activate, opened = () => false, selected = () => undefined }) {
    Object.assign(this, { children, row, activate, opened, selected });
    this.element = el('ul', { class: 'tree', role: 'tree', 'aria-label': label }, roots.map((node, index) => this.#item(node, 0, roots[index - 1])));
    this.element.firstElementChild?.setAttribute('tabindex', '0');
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => this.#click(event));
  }

  #item(node, depth, former) {
    const branch = this.children(node).length > 0;
    const item = el('li', {
      role: 'treeitem', tabindex: '-1', 'aria-level': String(depth + 1), 'aria-expanded': branch ? 'false' : null, 'aria-selected': this.selected(node) === undefined ? null : String(this.selected(node)),
    }, el('div', { class: 'tree-row' }, branch ? icon('chevron') : el('span', { class: 'tree-space' }), this.row(node, former)));
    this.#nodes.set(item, { node, depth });
    if (branch && this.opened(node, depth)) this.#open(item);
    return item;
  }

  #open(item) {
    const { node, depth } = this.#nodes.get(item);
    if (!item.querySelector(':scope > [role="group"]')) {
      item.append(el('ul', { role: 'group' }, this.children(node).map((child, index, all) => this.#item(child, depth + 1, all[index - 1]))));
    }
    item.setAttribute('aria-expanded', 'true');
  }

  #toggle(item) {
    if (item.getAttribute('aria-expanded') === 'true') item.setAttribute('aria-expanded', 'false');
    else if (item.hasAttribute('aria-expanded')) this.#open(item);
  }

  #focus(item) {
    this.element.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    item.setAttribute('tabindex', '0');
    item.focus();
  }

  #click(event) {
    const item = event.target.closest('[role="treeitem"]');
    if (!item) return;
    this.#focus(item);
    const onArrow = event.target.closest('.icon') !== null;
    if (onArrow) this.#toggle(item);
    else if (this.activate(this.#nodes.get(item).node, event) === undefined && item.hasAttribute('aria-expanded')) this.#toggle(item);
  }

  #visible() {
    return [...this.element.querySelectorAll('[role="treeitem"]')].filter((item) => !item.parentElement.closest('[aria-expanded="false"]'));
  }

  #key(event) {
    const item = event.target.closest('[role="treeitem"]');
    if (!item || event.target !== item || event.ctrlKey || event.altKey || event.metaKey) return;
    const expanded = item.getAttribute('aria-expanded');
    const visible = this.#visible();
    const here = visible.indexOf(item);
    const actions = {
      ArrowDown: () => visible[here + 1] && this.#focus(visible[here + 1]),
      ArrowUp: () => visible[here - 1] && this.#focus(visible[here - 1]),
      Home: () => this.#focus(visible[0]),
      End: () => this.#focus(visible.at(-1)),
      ArrowRight: () => (expanded === 'false' ? this.#open(item) : expanded === 'true' && this.#focus(visible[here + 1])),
      ArrowLeft: () => (expanded === 'true' ? this.#toggle(item) : item.parentElement.closest('[role="treeitem"]') && this.#focus(item.parentElement.closest('[role="treeitem"]'))),
      Enter: () => this.activate(this.#nodes.get(item).node, event),
      ' ': () => this.#toggle(item),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  /** Opens branches breadth first until about `limit` rows are there. */
  openAll(limit) {
    const queue = [...this.element.children];
    let count = queue.length;
    while (queue.length && count < limit) {
      const item = queue.shift();
      if (!item.hasAttribute('aria-expanded')) continue;
      this.#open(item);
      const inner = [...item.querySelector(':scope > [role="group"]').children];
      count += inner.length;
      queue.push(...inner);
    }
  }

  closeAll() {
    for (const item of this.element.querySelectorAll('[aria-expanded="true"]')) item.setAttribute('aria-expanded', 'false');
    this.#focus(this.element.firstElementChild);
  }
}
