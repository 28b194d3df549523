// Start points: the library, templates and sample manifests.

import { get } from './api.js';
import { openDialog } from './dialog.js';
import { button, el, plural, prose, roving, strip } from './dom.js';
import { severitySign } from './results/parts.js';

const order = ['critical', 'high', 'medium', 'low', 'info'];
const sections = { library: 'Policy library', templates: 'Templates', samples: 'Sample manifests' };

export class Start {
  #cache = {};

  constructor(app) {
    this.app = app;
  }

  async open(section) {
    this.tabs = el('div', { role: 'tablist', 'aria-label': 'Start points' }, Object.entries(sections).map(([id, title]) => el('button', {
      type: 'button', class: 'tab', role: 'tab', 'data-section': id, id: `start-tab-${id}`, 'aria-controls': 'start-panel', onclick: () => this.#show(id),
    }, title)));
    this.panel = el('div', { class: 'start-panel', role: 'tabpanel', id: 'start-panel', tabindex: '0' });
    roving(this.tabs, '[role="tab"]', { choose: (tab) => this.#show(tab.dataset.section) });
    const { dialog } = openDialog({ title: 'Start from…', kind: 'dialog-start', content: [el('div', { class: 'tabs' }, strip(this.tabs)), this.panel] });
    this.dialog = dialog;
    await this.#show(section);
    (this.panel.querySelector('input[type="search"]') ?? this.panel.querySelector('.card-title') ?? dialog).focus();
  }

  async #load(path) {
    this.#cache[path] ??= get(path).catch((error) => {
      delete this.#cache[path];
      throw error;
    });
    return this.#cache[path];
  }

  async #show(section) {
    for (const tab of this.tabs.children) {
      const chosen = tab.dataset.section === section;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.panel.setAttribute('aria-labelledby', `start-tab-${section}`);
    this.panel.replaceChildren(el('p', { class: 'soft start-wait', role: 'status' }, 'Loading…'));
    try {
      if (section === 'library') this.#library((await this.#load('gallery')).policies);
      else if (section === 'templates') this.#templates((await this.#load('templates')).templates);
      else this.#samples((await this.#load('samples')).samples);
    } catch (error) {
      this.panel.replaceChildren(el('div', { class: 'empty' }, el('h3', null, error.message), el('p', { class: 'soft' }, error.hint ?? ''), button('Try again', { onclick: () => this.#show(section) })));
    }
  }

  #take(workspace, text, shown) {
    this.dialog.close();
    this.app.replace(workspace, text, shown);
  }

  #library(policies) {
    const search = el('input', { class: 'input grow', type: 'search', 'aria-label': 'Search the library', placeholder: 'Search: privileged, network, CIS, Ingress …' });
    const category = el('select', { class: 'select', 'aria-label': 'Category' }, el('option', { value: '' }, 'All categories'), [...new Set(policies.map((policy) => policy.category))].sort().map((name) => el('option', null, name)));
    const severity = el('select', { class: 'select', 'aria-label': 'Severity' }, el('option', { value: '' }, 'All severities'), order.map((name) => el('option', null, name)));
    const count = el('p', { class: 'small soft', role: 'status' });
    const list = el('ul', { class: 'cards' });
    const fill = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const shown = policies.filter((policy) => {
        const text = [policy.id, policy.slug, policy.title, policy.text, policy.category, ...policy.tags, ...policy.kinds, ...policy.profiles].join(' ').toLowerCase();
        return words.every((word) => text.includes(word)) && (!category.value || policy.category === category.value) && (!severity.value || policy.severity === severity.value);
      }).sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || (a.title < b.title ? -1 : 1));
      count.textContent = shown.length === policies.length ? plural(shown.length, 'policy', 'policies') : `${shown.length} of ${plural(policies.length, 'policy', 'policies')}`;
      list.replaceChildren(...(shown.length ? shown.map((policy) => this.#policy(policy)) : [el('li', { class: 'soft' }, 'Nothing matches.')]));
    };
    for (const field of [search, category, severity]) field.addEventListener('input', fill);
    this.panel.replaceChildren(el('div', { class: 'bar start-bar' }, search, category, severity), count, list);
    fill();
  }

  #policy(policy) {
    return this.#card(policy.title, () => this.#openPolicy(policy), [
      el('p', { class: 'card-facts' }, el('span', { class: `severity severity-${policy.severity}` }, severitySign(policy.severity), el('span', { 'aria-hidden': 'true' }, policy.severity)), el('code', null, policy.id), el('span', { class: 'soft small' }, policy.category)),
    ], policy.text);
  }

  async #openPolicy(policy) {
    try {
      const { workspace } = await get(`gallery/${encodeURIComponent(policy.id)}`);
      this.#take(workspace, `Opened ${policy.id} “${policy.title}” with its examples${workspace.tests ? ' and tests' : ''}.`);
      this.app.openAtRule();
    } catch (error) {
      this.app.notices.failed(error, `${policy.id} was not opened`);
      this.dialog.close();
    }
  }

  #card(title, action, facts, text) {
    return el('li', { class: 'card' }, facts, el('button', { type: 'button', class: 'card-title', onclick: action }, title), el('p', { class: 'card-text soft' }, prose(text)));
  }

  #templates(templates) {
    this.panel.replaceChildren(el('ul', { class: 'cards' }, templates.map(({ title, text, workspace }) => this.#card(title, () => this.#take(workspace, `Started from “${title}”.`, { view: workspace.sources.length ? 'rendered' : 'violations' }), null, text))));
  }

  #samples(samples) {
    this.panel.replaceChildren(el('p', { class: 'small soft' }, 'A sample is added to the inputs; nothing is replaced.'), el('ul', { class: 'cards' }, samples.map(({ title, text, file }) => this.#card(title, () => {
      this.dialog.close();
      this.app.workspace.add('inputs', file.path, file.text);
      this.app.layout.show('documents');
      this.app.notices.tell(`Added ${file.path}.`);
    }, null, text))));
  }
}
