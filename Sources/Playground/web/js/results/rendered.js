// What charts and kustomizations are built to; choosing a line shows the template, the values or the patch that gave it.

import { button, el, plural } from '../dom.js';
import { emptyState, placeLink, severitySign } from './parts.js';

const limit = 3000;

/** How the role of an origin is called. */
const roles = { value: 'value', template: 'template', action: 'written by' };

export class RenderedView {
  id = 'rendered';
  title = 'Rendered';

  constructor(app) {
    this.app = app;
    this.build = el('select', { class: 'select', onchange: () => this.#choose(this.build.value) });
    this.values = el('select', { class: 'select', onchange: () => app.set({ build: { ...app.settings.build, values: this.values.value ? this.values.value.split('\n') : [] } }) });
    this.release = this.#field('release', 'release-name');
    this.namespace = this.#field('namespace', 'default');
    this.valuesField = el('label', { class: 'field' }, 'Values', this.values);
    this.releaseField = el('label', { class: 'field' }, 'Release', this.release);
    this.namespaceField = el('label', { class: 'field' }, 'Namespace', this.namespace);
    this.alone = button('Only this', { kind: 'button-small', 'aria-pressed': 'false', title: 'Judge this build alone', onclick: () => this.#toggleAlone() });
    this.facts = el('p', { class: 'small soft rendered-facts' });
    this.origins = el('div', { class: 'rendered-origins', role: 'region', 'aria-label': 'Where the line comes from', 'aria-live': 'polite' });
    this.lines = el('div', { class: 'rendered', role: 'listbox', tabindex: '0', id: 'rendered-lines' });
    this.more = el('div', { class: 'results-foot' });
    this.lines.addEventListener('keydown', (event) => this.#key(event));
    this.lines.addEventListener('click', (event) => {
      const row = event.target.closest('[data-line]');
      if (row) this.select(Number(row.dataset.line), { reveal: true });
    });
    this.body = el('div', { class: 'rendered-body' });
    this.element = el('div', { class: 'view view-rendered' },
      el('div', { class: 'bar' }, el('label', { class: 'field' }, 'Build', this.build), this.alone, this.valuesField, this.releaseField, this.namespaceField, this.facts), this.origins, this.body, this.more);
    this.shownCount = limit;
  }

  #field(name, placeholder) {
    const { app } = this;
    return el('input', { class: 'input rendered-field', type: 'text', placeholder, autocomplete: 'off', spellcheck: 'false', onchange: (event) => app.set({ build: { ...app.settings.build, [name]: event.target.value.trim() || undefined } }) });
  }

  /** Only workspaces with sources have something to build. */
  get hidden() {
    return !this.app.workspace.hasSources;
  }

  badge() {
    const built = (this.app.evaluator.answer?.builds ?? []).filter(({ number }) => number !== undefined);
    return built.length > 1 ? built.length : undefined;
  }

  /** Chooses what is shown; a base that is built into others is built alone then. */
  #choose(path) {
    this.path = path;
    this.line = undefined;
    const { build } = this.app.settings;
    if (this.#shown?.number === undefined || build.path) this.app.set({ build: { ...build, path } });
    else this.#draw();
  }

  #toggleAlone() {
    const { build } = this.app.settings;
    this.app.set({ build: { ...build, path: build.path ? undefined : this.path } });
  }

  update() {
    const { answer } = this.app.evaluator;
    if (!answer?.builds) {
      this.answer = undefined;
      this.body.replaceChildren(emptyState('play', 'Nothing is built', 'Charts and kustomizations among the sources are built with the next evaluation.'));
      this.origins.replaceChildren();
      this.more.replaceChildren();
      return;
    }
    if (this.answer === answer) return;
    this.answer = answer;
    const { builds } = answer;
    const alone = Boolean(this.app.settings.build.path);
    if (!alone && this.#shown?.number === undefined) this.path = builds.find(({ number }) => number !== undefined)?.path;
    const name = ({ path, kind, usedBy, isPart }) => `${path.replace(/^sources\/?/, '') || '.'} (${kind}${usedBy.length ? ', used by others' : isPart ? ', a part of others' : ''})`;
    this.build.replaceChildren(...builds.map((build) => el('option', { value: build.path }, name(build))));
    this.build.value = this.path ?? '';
    this.alone.hidden = builds.length < 2;
    this.alone.setAttribute('aria-pressed', String(alone));
    this.#drawValues(builds);
    this.#draw();
  }

  #drawValues(builds) {
    const charts = builds.filter(({ kind }) => kind === 'chart');
    const files = charts.flatMap(({ valuesFiles }) => valuesFiles);
    const chosen = (this.app.settings.build.values ?? []).join('\n');
    this.values.replaceChildren(el('option', { value: '' }, 'values.yaml'), ...files.map((file) => el('option', { value: file }, `values.yaml, ${file.replace(/^sources\//, '')}`)));
    this.values.value = files.includes(chosen) ? chosen : '';
    this.valuesField.hidden = !files.length;
    for (const field of [this.releaseField, this.namespaceField]) field.hidden = !charts.length;
    this.release.value = this.app.settings.build.release ?? '';
    this.namespace.value = this.app.settings.build.namespace ?? '';
  }

  get #shown() {
    return this.answer?.builds.find(({ path }) => path === this.path);
  }

  #draw() {
    const build = this.#shown;
    this.more.replaceChildren();
    if (!build || build.text === undefined) {
      this.facts.textContent = '';
      this.origins.replaceChildren();
      this.body.replaceChildren(emptyState('play', 'Not built', build ? 'It is part of other builds.' : 'There is no chart and no kustomization among the sources.'));
      return;
    }
    const found = (this.answer.violations ?? []).filter(({ rendered, suppressed }) => rendered?.build === build.number && !suppressed);
    this.found = Map.groupBy(found, ({ rendered }) => rendered.line);
    this.facts.textContent = [plural(build.objects, 'object'), found.length ? plural(found.length, 'violation') : 'no violations'].join(', ');
    this.texts = build.text.split('\n');
    if (this.texts.at(-1) === '') this.texts.pop();
    if (build.reason && !this.texts.length) {
      this.body.replaceChildren(emptyState('stop', 'It is not built', build.reason, button('Show the problems', { onclick: () => this.app.results.show('problems') })));
      this.origins.replaceChildren();
      return;
    }
    this.#drawLines(build);
  }

  #drawLines(build) {
    const shown = this.texts.slice(0, this.shownCount);
    this.lines.setAttribute('aria-label', `Output of ${build.path}`);
    this.lines.replaceChildren(...shown.map((text, index) => this.#row(text, index + 1)));
    const problem = build.reason ? el('p', { class: 'banner' }, `It is not built: ${build.reason}`) : null;
    this.body.replaceChildren(...[problem, this.lines].filter(Boolean));
    const rest = this.texts.length - shown.length;
    this.more.replaceChildren(...[
      rest > 0 ? button(`Show ${plural(rest, 'more line')}`, { onclick: () => {
        this.shownCount += 20000;
        this.#drawLines(build);
      } }) : null,
      build.truncated ? el('p', { class: 'small soft' }, 'The output is cut here: it is too long to be shown.') : null].filter(Boolean));
    if (this.line && this.line <= shown.length) this.select(this.line);
    else this.origins.replaceChildren(el('p', { class: 'small soft' }, 'Choose a line to see what gave it.'));
  }

  #row(text, number) {
    const found = this.found.get(number) ?? [];
    return el('div', { class: `rendered-line${found.length ? ' rendered-found' : ''}`, role: 'option', id: `rendered-${number}`, 'data-line': number, 'aria-selected': 'false' },
      el('span', { class: 'rendered-number', 'aria-hidden': 'true' }, String(number)),
      el('span', { class: 'rendered-text' }, text),
      found.map(({ severity, message }) => el('span', { class: 'rendered-finding' }, severitySign(severity), ' ', message)));
  }

  /** The places a line comes from, the one to change first. */
  placesOf(line) {
    const build = this.#shown;
    return (build?.lines?.[line - 1] ?? []).map((index) => build.origins[index]);
  }

  /** Chooses a line; with `reveal` the editors show where it comes from, with `focus` the keyboard goes there. */
  select(line, { reveal = false, focus = false } = {}) {
    this.lines.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
    const row = document.getElementById(`rendered-${line}`);
    this.line = line;
    if (!row) return;
    row.setAttribute('aria-selected', 'true');
    this.lines.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
    const places = this.placesOf(line);
    const lines = places.filter(({ at }, index) => places.findIndex((other) => other.at.file === at.file && other.at.range.start.line === at.range.start.line) === index);
    const found = this.found.get(line) ?? [];
    this.origins.replaceChildren(
      el('p', null, el('strong', null, `Line ${line}: `), lines.length
        ? lines.map(({ at, role }, index) => [index ? ' · ' : '', el('span', { class: 'soft' }, `${roles[role] ?? role} `), placeLink(this.app, at, { text: `${at.file.replace(/^sources\//, '')}:${at.range.start.line}` })])
        : el('span', { class: 'soft' }, 'nothing of the sources is written there')),
      ...found.map((violation) => el('p', null, severitySign(violation.severity), ' ', button(violation.message, { kind: 'button-quiet button-small rendered-go', onclick: () => {
        this.app.results.show('violations');
        this.app.choose(violation, { focus: false });
      } }))));
    if (reveal) this.app.showOrigins(places.map(({ at }) => at), { focus });
  }

  /** Shows the line of a violation in the output. */
  showViolation({ rendered }) {
    const build = this.answer?.builds.find(({ number }) => number === rendered.build);
    if (!build) return;
    if (this.path !== build.path) {
      this.path = build.path;
      this.build.value = build.path;
      this.#draw();
    }
    if (rendered.line > this.shownCount) {
      this.shownCount = rendered.line + 1000;
      this.#drawLines(build);
    }
    this.select(rendered.line, { reveal: true });
    this.lines.focus();
  }

  #key(event) {
    const last = Math.min(this.texts?.length ?? 0, this.shownCount);
    const line = this.line ?? 0;
    const next = { ArrowDown: line + 1, ArrowUp: line - 1, Home: 1, End: last, PageDown: line + 20, PageUp: line - 20 }[event.key];
    if (next !== undefined) this.select(Math.max(1, Math.min(last, next)), { reveal: true });
    else if ((event.key === 'Enter' || event.key === ' ') && this.line) this.select(this.line, { reveal: true, focus: event.key === 'Enter' });
    else return;
    event.preventDefault();
  }
}
