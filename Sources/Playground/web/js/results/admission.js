// What the API server would ask and be told.

import { el, icon, plural, scrollable } from '../dom.js';
import { emptyState, inputPicker, ResourcePicker } from './parts.js';

export class AdmissionView {
  id = 'admission';
  title = 'Admission';

  constructor(app) {
    this.app = app;
    this.picker = new ResourcePicker(app);
    this.host = el('div');
    const { admission } = app.settings;
    const set = (change) => app.set({ admission: { ...app.settings.admission, ...change } });
    const text = (name, label, value, read) => {
      const input = el('input', { class: 'input', type: 'text', size: '14', spellcheck: 'false', autocomplete: 'off', name });
      input.value = value;
      input.addEventListener('change', () => set({ [name]: read(input.value) }));
      return el('label', { class: 'field' }, label, input);
    };
    const operation = el('select', { class: 'select', name: 'operation' }, ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'].map((name) => el('option', { selected: admission.operation === name }, name)));
    operation.addEventListener('change', () => set({ operation: operation.value }));
    const dryRun = el('input', { type: 'checkbox', name: 'dryRun', checked: admission.dryRun });
    dryRun.addEventListener('change', () => set({ dryRun: dryRun.checked }));
    this.element = el('div', { class: 'view' },
      el('div', { class: 'bar' }, this.picker.element, el('label', { class: 'field' }, 'Operation', operation),
        text('user', 'User', admission.user ?? '', (value) => value.trim() || undefined),
        text('groups', 'Groups', (admission.groups ?? []).join(', '), (value) => value.split(',').map((group) => group.trim()).filter(Boolean)),
        text('namespace', 'Namespace', admission.namespace ?? '', (value) => value.trim() || undefined),
        el('label', { class: 'field' }, dryRun, 'Dry run'), inputPicker(app)),
      this.host);
  }

  shown() {
    this.app.evaluator.run();
  }

  update() {
    const { answer } = this.app.evaluator;
    this.picker.update(answer);
    const chosen = answer?.admission?.find(({ resource }) => resource === this.app.settings.resource) ?? answer?.admission?.[0];
    if (!chosen) {
      this.former = undefined;
      this.host.replaceChildren(emptyState('shut', 'No request yet', 'It needs an input and policies that compile.'));
      return;
    }
    if (this.former === answer) return;
    this.former = answer;
    const denied = answer.admission.filter(({ allowed }) => !allowed).length;
    const message = chosen.response?.response?.status?.message;
    this.host.replaceChildren(
      el('div', { class: `decision decision-${chosen.undecided ? 'none' : chosen.allowed ? 'open' : 'shut'}` }, icon(chosen.undecided ? 'stop' : chosen.allowed ? 'open' : 'shut'),
        el('div', null, el('strong', null, chosen.undecided ? 'Not decided' : chosen.allowed ? 'Allowed' : 'Denied'), chosen.undecided ? el('p', null, chosen.undecided) : null, message ? el('pre', { class: 'decision-message' }, message) : null,
          (chosen.response?.response?.warnings ?? []).map((warning) => el('p', null, 'Warning: ', warning)))),
      el('p', { class: 'hint small soft' }, `Of ${plural(answer.admission.length, 'resource')} ${denied} would be denied.`),
      el('div', { class: 'exchange' },
        this.#message('Request', chosen.request), this.#message('Response', chosen.response)));
  }

  #message(title, value) {
    return el('section', null, el('h3', null, title), scrollable(el('pre', { class: 'value' }, JSON.stringify(value, null, 2)), title));
  }
}
