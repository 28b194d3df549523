// Holds the parts of the page together: what the parts tell each other goes through here.

import { ApiError } from './api.js';
import { commands, listen } from './commands.js';
import { debounce, button } from './dom.js';
import { Evaluator } from './evaluator.js';
import { FileTree } from './files.js';
import { Editors } from './group.js';
import { Help } from './help.js';
import { Keep } from './keep.js';
import { Layout } from './layout.js';
import { Notices } from './notices.js';
import { Results } from './results.js';
import { Start } from './start.js';
import { recall, remember } from './store.js';
import { fillToolbar } from './toolbar.js';
import { Tutorial } from './tutorial.js';
import { panes, Workspace } from './workspace.js';

const defaults = { build: { values: [] }, resource: 0, formatOnSave: false, coverage: false, coverageOf: 'evaluation', input: 'auto', admission: { operation: 'CREATE', user: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'], dryRun: false } };
const largestDraft = 2_000_000;
const stopHint = 'The objects it was not done with are not judged. A loop over pairs of long lists grows with their product; compare sets, or look up by key.';

/** Of a node of many lines only the first is underlined; all of it shows when it is chosen. */
function firstLine({ file, range: { start, end } }) {
  return { file, range: { start, end: end.line > start.line ? { line: start.line, column: 10000 } : end } };
}

export class App {
  constructor(info, { plain }) {
    Object.assign(this, { info, plain });
    this.settings = { ...defaults, ...recall('settings', {}), resource: 0, build: { values: [] } };
    this.workspace = new Workspace();
    this.workspace.load({});
    this.notices = new Notices();
    this.layout = new Layout(this);
    this.evaluator = new Evaluator(this.workspace, () => this.#options());
    this.start = new Start(this);
    this.tutorial = new Tutorial(this);
    this.editors = new Editors(this);
    this.results = new Results(this);
    this.help = new Help(this);
    this.keep = new Keep(this);
    this.fileTree = new FileTree(this);
    this.commands = commands(this);
    fillToolbar(this);
    this.#groupTools();
    listen(this);
    this.#follow();
    this.#guardPaste();
  }

  #options() {
    const { coverage, coverageOf } = this.settings;
    const view = this.results.view.id;
    const size = this.workspace.files.reduce((sum, file) => sum + this.workspace.text(file).length, 0);
    if (size > this.info.limits.bodyBytes) {
      throw new ApiError('too_large', `The workspace has ${(size / 1e6).toFixed(1)} MB; this server takes ${(this.info.limits.bodyBytes / 1e6).toFixed(1)} MB.`, { hint: 'Use lintel check for more.' });
    }
    return { ...this.requestOptions(), values: view === 'values', trace: view === 'trace', profile: view === 'profile', coverage: coverage && coverageOf === 'evaluation' };
  }

  /** What every evaluation of the workspace is asked with. */
  requestOptions() {
    const { resource, input, admission, build } = this.settings;
    return { resource, input, admission, ...(this.workspace.hasSources ? { build } : {}) };
  }

  #groupTools() {
    this.selectionTool = button('Evaluate selection', { icon: 'play', kind: 'button-quiet button-small', disabled: true, onclick: () => this.evaluateSelection() });
    this.coverageTool = button('Coverage', { icon: 'cover', kind: 'button-quiet button-small', 'aria-pressed': String(this.settings.coverage), onclick: () => this.set({ coverage: !this.settings.coverage }) });
    this.editors.rego.tools([this.selectionTool, this.coverageTool]);
    this.editors.documents.tools([button('Samples', { icon: 'plus', kind: 'button-quiet button-small', onclick: () => this.start.open('samples') })]);
  }

  #follow() {
    const { workspace, evaluator } = this;
    const keepDraft = debounce(() => this.keepDraft(), 900);
    const changed = () => {
      if (this.shared) {
        // The link in the address bar is no longer this workspace.
        history.replaceState(null, '', location.pathname + location.search);
        this.shared = false;
      }
      evaluator.changed();
      keepDraft();
    };
    workspace.addEventListener('text', changed);
    workspace.addEventListener('files', changed);
    evaluator.addEventListener('answer', () => {
      this.#marks();
      this.#keepResource();
      const testsShow = this.results.view.id === 'tests' || (this.settings.coverage && this.settings.coverageOf === 'tests');
      if (testsShow && evaluator.live) evaluator.runTests();
    });
    evaluator.addEventListener('tested', () => this.#marks());
    addEventListener('beforeunload', (event) => this.keep.unsaved && event.preventDefault());
  }

  /** The chosen resource may have gone. */
  #keepResource() {
    const { length } = this.evaluator.answer.resources;
    if (length && this.settings.resource >= length) this.set({ resource: 0 });
  }

  /** Keeps the files in the browser; false when they are too large. The tutorial's are not the reader's. */
  keepDraft() {
    this.saveState();
    if (this.tutorial.open) return true;
    const draft = this.workspace.toJSON();
    const fits = JSON.stringify(draft).length < largestDraft;
    remember('draft', fits ? draft : undefined);
    return fits;
  }

  saveState() {
    this.toolbar.unsaved(this.keep.unsaved);
  }

  #guardPaste() {
    document.addEventListener('paste', (event) => {
      const { length } = event.clipboardData?.getData('text/plain') ?? '';
      if (length <= this.info.limits.bodyBytes) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.notices.tell(`The clipboard holds ${(length / 1e6).toFixed(1)} MB; this server takes ${(this.info.limits.bodyBytes / 1e6).toFixed(1)} MB. Use lintel check for more.`, { kind: 'error' });
    }, { capture: true });
  }

  /** Changes settings and evaluates again when the answer depends on them. */
  set(change) {
    this.settings = { ...this.settings, ...change };
    remember('settings', { ...this.settings, resource: undefined, build: undefined });
    this.coverageTool.setAttribute('aria-pressed', String(this.settings.coverage));
    this.#markCoverage();
    this.evaluator.run();
    this.results.update();
  }

  /** Takes the place of everything there is; `view` is the result view that is shown. */
  replace(source, text, { view = 'violations' } = {}) {
    const before = this.workspace.toJSON();
    this.evaluator.tests = undefined;
    this.evaluator.answer = undefined;
    this.chosen = undefined;
    this.settings.resource = 0;
    this.settings.build = { values: [] };
    this.workspace.load(source);
    this.results.show(view === 'rendered' && !this.workspace.hasSources ? 'violations' : view);
    this.results.update();
    this.evaluator.run();
    if (text) this.notices.tell(text, { action: ['Undo', () => this.replace(before)] });
    this.keepDraft();
  }

  // Actions

  async evaluate() {
    await this.evaluator.run();
    const { answer } = this.evaluator;
    const errors = answer?.diagnostics.some(({ severity }) => severity === 'error') && !answer.violations.length;
    if (errors) this.results.show('problems');
    else if (this.results.view.id === 'problems') this.results.show('violations');
  }

  runTests() {
    this.results.show('tests');
    this.evaluator.runTests();
  }

  selectionChanged(group) {
    this.lastGroup = group;
    this.selectionTool.disabled = !this.editors.rego.file || !this.editors.rego.editor.selection.trim();
  }

  evaluateSelection() {
    const { editor, file } = this.editors.rego;
    const selection = editor.selection.trim();
    this.results.show('values');
    if (selection) this.results.view.ask(selection, this.workspace.name(file));
    else this.results.view.query.focus();
  }

  toggleLive() {
    this.evaluator.live = !this.evaluator.live;
    this.toolbar.live(this.evaluator.live);
    this.notices.tell(this.evaluator.live ? 'Evaluates while you type.' : 'Evaluates only on Ctrl+Enter.');
    if (this.evaluator.live) this.evaluator.run();
  }

  toggleFormatOnSave() {
    const formatOnSave = !this.settings.formatOnSave;
    this.set({ formatOnSave });
    this.notices.tell(formatOnSave ? 'Saving formats the policies and tests.' : 'Saving leaves the texts as they are.');
  }

  togglePlain() {
    remember('plain', this.plain ? undefined : true);
    this.keepDraft();
    location.reload();
  }

  showSide(content, label) {
    const side = document.getElementById('side');
    side.hidden = !content;
    side.classList.toggle('side-tutorial', content === this.tutorial.element);
    if (label) side.setAttribute('aria-label', label);
    side.replaceChildren(...(content ? [content] : []));
  }

  toggleFiles() {
    const shown = this.fileTree.visible;
    if (this.tutorial.open) this.tutorial.leave();
    this.showSide(shown ? null : this.fileTree.element, 'Files');
    if (!shown) this.fileTree.render();
  }

  showFile(file) {
    this.layout.show(panes[file.pane].group);
    this.workspace.show(file);
    this.editors.of(file).editor.focus();
  }

  /** The group of editors the keyboard is in. */
  group() {
    return this.editors.all().find(({ host }) => host.contains(document.activeElement));
  }

  goto(place) {
    this.editors.mark('chosen', [{ at: place, style: 'chosen' }]);
    return this.editors.reveal(place, { focus: true });
  }

  /** Opens a policy at its first rule of violations, with the metadata above it folded. */
  openAtRule() {
    const rule = /^(?:deny|violation|warn)\b/m;
    const file = this.workspace.in('policies').find((candidate) => rule.test(candidate.text));
    if (!file) return;
    this.workspace.show(file);
    const { editor } = this.editors.of(file);
    editor.foldMetadata?.();
    const line = file.text.slice(0, rule.exec(file.text).index).split('\n').length;
    editor.reveal({ start: { line, column: 1 }, end: { line, column: 1 } });
  }

  // Violations

  violationKey({ rule, message, resource, pointer }) {
    return JSON.stringify([rule, message, resource, pointer]);
  }

  /** Shows the node and the rule of a violation. */
  choose(violation, { focus }) {
    this.chosen = this.violationKey(violation);
    this.#markChosen(violation);
    if (violation.rendered) this.#showBuilt(violation, focus);
    else {
      if (violation.ruleAt) this.editors.reveal(violation.ruleAt, { focus: focus && !violation.at });
      if (violation.at) this.editors.reveal(violation.at, { focus });
    }
    this.results.update();
  }

  /** A violation of something that was built: the template beside the values, or the base and the patch. */
  #showBuilt({ at, rendered }, focus) {
    const build = this.evaluator.answer.builds.find(({ number }) => number === rendered.build);
    const places = (build?.lines?.[rendered.line - 1] ?? []).map((index) => build.origins[index].at);
    this.showOrigins(at ? [at, ...places] : places, { focus });
  }

  /** Shows the first of some places in each editor, and marks all of them. */
  showOrigins(places, { focus }) {
    this.editors.mark('chosen', places.map((at) => ({ at: firstLine(at), style: 'chosen' })));
    const first = new Map();
    for (const place of places) {
      const file = this.workspace.named(place.file);
      if (file && !first.has(panes[file.pane].group)) first.set(panes[file.pane].group, place);
    }
    const [main, ...others] = first.values();
    for (const place of others) this.editors.reveal(place);
    if (main) this.editors.reveal(main, { focus });
  }

  #markChosen(violation) {
    this.editors.mark('chosen', violation?.at ? [{ at: violation.at, style: 'chosen' }] : []);
    const { ruleAt } = violation ?? {};
    for (const file of this.workspace.files) {
      const lines = ruleAt?.file === this.workspace.name(file) ? Array.from({ length: ruleAt.range.end.line - ruleAt.range.start.line + 1 }, (_, index) => ruleAt.range.start.line + index) : [];
      this.editors.of(file).editor.markLines(file, 'rule', 'background', lines.length ? { 'chosen-line': lines } : {});
    }
  }

  // Marks

  /** Problems of the last evaluation, what was stopped among them, and those only the tests have. */
  diagnostics() {
    const { diagnostics = [], stopped = [] } = this.evaluator.answer ?? {};
    const own = [...stopped.map(({ message, at }) => ({ severity: 'error', code: 'eval_cancel_error', message, at: at && firstLine(at), hint: stopHint })), ...diagnostics];
    const seen = new Set(own.map((diagnostic) => JSON.stringify([diagnostic.at, diagnostic.message])));
    return [...own, ...(this.evaluator.tests?.diagnostics ?? []).filter((diagnostic) => diagnostic.at?.file.startsWith('tests/') && !seen.has(JSON.stringify([diagnostic.at, diagnostic.message])))];
  }

  coverage() {
    const source = this.settings.coverageOf;
    return { source, coverage: (source === 'tests' ? this.evaluator.tests : this.evaluator.answer)?.coverage };
  }

  #marks() {
    const diagnostics = this.diagnostics().filter(({ at }) => at);
    const { answer } = this.evaluator;
    const violations = (answer?.violations ?? []).filter(({ at, suppressed }) => at && !suppressed).slice(0, 500);
    this.editors.mark('problems', diagnostics.map(({ at, severity }) => ({ at, style: `squiggle squiggle-${severity}` })));
    this.editors.mark('found', violations.map(({ at, severity }) => ({ at: firstLine(at), style: `found found-${severity}` })));
    const byFile = Map.groupBy(diagnostics, ({ at }) => at.file);
    const worst = new Map([...byFile].map(([file, list]) => [file, list.some(({ severity }) => severity === 'error') ? 'error' : 'warning']));
    for (const file of this.workspace.files) {
      const own = byFile.get(this.workspace.name(file)) ?? [];
      this.editors.of(file).editor.signs(file, own.map(({ at, severity, message }) => ({ line: at.range.start.line, style: `gutter-${severity === 'error' ? 'error' : 'warning'}`, label: message })));
    }
    for (const group of this.editors.all()) group.problems = worst;
    if (this.chosen) this.#markChosen(violations.find((violation) => this.violationKey(violation) === this.chosen));
    this.#markCoverage();
  }

  #markCoverage() {
    const { coverage } = this.coverage();
    for (const file of this.workspace.files.filter(({ pane }) => panes[pane].group === 'rego')) {
      const lines = this.settings.coverage && coverage?.files.find((entry) => entry.file === this.workspace.name(file));
      this.editors.of(file).editor.markLines(file, 'coverage', 'gutter', lines ? { 'line-covered': lines.covered, 'line-uncovered': lines.notCovered } : {});
    }
  }

  nextProblem(step) {
    const problems = this.diagnostics().filter(({ at }) => at && this.workspace.named(at.file));
    if (!problems.length) {
      this.notices.say('No problems');
      return;
    }
    this.problem = ((this.problem ?? (step > 0 ? -1 : 0)) + step + problems.length) % problems.length;
    const { at, message, hint } = problems[this.problem];
    this.editors.reveal(at, { focus: true });
    const group = this.editors.of(this.workspace.named(at.file));
    this.help.explain(group, at.range.start);
    this.notices.say([message, hint].filter(Boolean).join(' '));
  }

  /** Makes a change in the editor, as one step that can be undone; it is judged like everything that is written. */
  applyFix({ at, text }) {
    const file = this.workspace.named(at.file);
    if (!file) return;
    this.showFile(file);
    this.editors.of(file).editor.replace(file, at.range, text, { alone: true });
    if (!this.evaluator.live) this.evaluator.run();
  }
}
