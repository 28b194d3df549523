// Problems of the texts: what does not parse or compile, and what is suspicious.

import { el } from '../dom.js';
import { diagnosticItem, emptyState } from './parts.js';

export class ProblemsView {
  id = 'problems';
  title = 'Problems';

  constructor(app) {
    this.app = app;
    this.element = el('div', { class: 'view' });
  }

  badge() {
    return this.app.diagnostics().length || undefined;
  }

  update() {
    const diagnostics = this.app.diagnostics();
    if (!diagnostics.length) {
      this.element.replaceChildren(emptyState('check', 'No problems', 'All files parse and compile.'));
      return;
    }
    this.element.replaceChildren(
      el('p', { class: 'hint small soft' }, el('kbd', null, 'F8'), ' goes to the next problem, ', el('kbd', null, 'Shift+F8'), ' to the one before.'),
      el('ul', { class: 'diagnostics', 'aria-label': 'Problems' }, diagnostics.slice(0, 200).map((diagnostic) => diagnosticItem(this.app, diagnostic))));
  }
}
