// The editor when CodeMirror is part of the program.

import { el } from './dom.js';
import { regoMode } from './rego-mode.js';
import { languageOf } from './workspace.js';

const scripts = [
  'lib/codemirror.js', 'mode/yaml/yaml.js', 'mode/javascript/javascript.js', 'addon/comment/comment.js',
  'addon/edit/matchbrackets.js', 'addon/edit/closebrackets.js', 'addon/fold/foldcode.js', 'addon/fold/foldgutter.js',
  'addon/fold/brace-fold.js', 'addon/fold/indent-fold.js', 'addon/search/searchcursor.js',
  'addon/search/match-highlighter.js', 'addon/selection/active-line.js',
];
const sheets = ['lib/codemirror.css', 'addon/fold/foldgutter.css'];

function load(node) {
  return new Promise((resolve, reject) => {
    node.addEventListener('load', resolve);
    node.addEventListener('error', () => reject(new Error(`${node.src ?? node.href} did not load`)));
    document.head.append(node);
  });
}

/** Loads the parts of CodeMirror that the server has. */
export async function loadCodeMirror(available, builtins) {
  const has = (path) => available.includes(path);
  const first = document.querySelector('link[rel="stylesheet"]');
  for (const path of sheets.filter(has)) {
    const sheet = el('link', { rel: 'stylesheet', href: `codemirror/${path}` });
    first.before(sheet);
  }
  for (const path of scripts.filter(has)) await load(el('script', { src: `codemirror/${path}` }));
  window.CodeMirror.defineMode('rego', () => regoMode(builtins));
}

const toPosition = ({ line, ch }) => ({ line: line + 1, column: ch + 1 });
const fromPosition = ({ line, column }) => ({ line: line - 1, ch: column - 1 });
const toRange = (from, to) => ({ start: toPosition(from), end: toPosition(to) });

/** Blocks of comments, such as metadata, fold; everything else by its braces. */
function foldRego(editor, start) {
  const isComment = (line) => /^\s*#/.test(editor.getLine(line) ?? '');
  if (!isComment(start.line)) return window.CodeMirror.fold.brace(editor, start);
  if (isComment(start.line - 1)) return undefined;
  let last = start.line;
  while (isComment(last + 1)) last += 1;
  return last > start.line ? { from: { line: start.line, ch: editor.getLine(start.line).length }, to: { line: last, ch: editor.getLine(last).length } } : undefined;
}

function modeOf(file) {
  return { rego: 'rego', json: { name: 'javascript', json: true }, yaml: 'yaml', text: 'text/plain' }[languageOf(file)];
}

export class CodeMirrorEditor {
  #documents = new Map();
  #marks = new Map();
  #file;
  #onchange;

  constructor(host, { label, onchange, oncursor, keys }) {
    this.#onchange = onchange;
    this.editor = window.CodeMirror(host, {
      lineNumbers: true,
      gutters: ['marks-gutter', 'CodeMirror-linenumbers', 'CodeMirror-foldgutter'],
      foldGutter: true,
      matchBrackets: true,
      autoCloseBrackets: true,
      styleActiveLine: { nonEmpty: true },
      highlightSelectionMatches: { minChars: 3, style: 'matchhighlight', delay: 250 },
      tabSize: 4,
      undoDepth: 500,
      inputStyle: 'contenteditable',
      screenReaderLabel: label,
      cursorScrollMargin: 40,
      extraKeys: {
        'Ctrl-/': 'toggleComment',
        'Cmd-/': 'toggleComment',
        Tab: (editor) => (editor.somethingSelected() ? editor.indentSelection('add') : editor.execCommand(editor.getOption('indentWithTabs') ? 'insertTab' : 'insertSoftTab')),
        'Shift-Tab': 'indentLess',
      },
    });
    const input = this.editor.getInputField();
    input.setAttribute('role', 'textbox');
    input.setAttribute('aria-multiline', 'true');
    input.setAttribute('aria-describedby', 'editor-help');
    this.editor.on('change', (_, change) => {
      if (change.origin !== 'setValue') onchange(this.#file, change.origin);
    });
    this.editor.on('cursorActivity', () => oncursor());
    this.editor.on('keydown', (_, event) => {
      if (keys(event)) event.codemirrorIgnore = true;
    });
    new ResizeObserver(() => this.editor.refresh()).observe(host);
  }

  get element() {
    return this.editor.getWrapperElement();
  }

  get input() {
    return this.editor.getInputField();
  }

  #document(file) {
    let document = this.#documents.get(file.id);
    if (!document) {
      document = window.CodeMirror.Doc(file.text, modeOf(file));
      this.#documents.set(file.id, document);
    }
    return document;
  }

  show(file) {
    if (this.#file === file) return;
    this.#file = file;
    const rego = languageOf(file) === 'rego';
    this.editor.swapDoc(this.#document(file));
    this.editor.setOption('mode', modeOf(file));
    this.editor.setOption('indentWithTabs', rego);
    this.editor.setOption('indentUnit', rego ? 4 : 2);
    this.editor.setOption('foldGutter', { rangeFinder: rego ? foldRego : file.path.endsWith('.json') ? window.CodeMirror.fold.brace : window.CodeMirror.fold.indent });
  }

  forget(ids) {
    for (const id of this.#documents.keys()) {
      if (!ids.has(id)) {
        this.#documents.delete(id);
        this.#marks.delete(id);
      }
    }
  }

  text(file) {
    return this.#document(file).getValue();
  }

  /** Replaces all of a file's text as one step that can be undone. */
  setText(file, text) {
    const document = this.#document(file);
    const cursor = document.getCursor();
    const last = document.lastLine();
    document.replaceRange(text, { line: 0, ch: 0 }, { line: last, ch: document.getLine(last).length }, '+format');
    document.setCursor(cursor);
    if (!document.getEditor()) this.#onchange(file, '+format');
  }

  /** Replaces a part of a text; with `alone` as a step of its own that can be undone. */
  replace(file, range, text, { alone = false } = {}) {
    const document = this.#document(file);
    document.replaceRange(text, fromPosition(range.start), fromPosition(range.end), alone ? 'fix' : '+complete');
    if (!document.getEditor()) this.#onchange(file, 'fix');
  }

  get position() {
    return toPosition(this.editor.getCursor());
  }

  get selection() {
    return this.editor.getSelection();
  }

  wordBefore() {
    const { line, ch } = this.editor.getCursor();
    return /[\w.]*$/.exec(this.editor.getLine(line).slice(0, ch))[0];
  }

  kindAt() {
    return this.editor.getTokenTypeAt(this.editor.getCursor()) ?? '';
  }

  coordinates(position) {
    return this.editor.charCoords(fromPosition(position), 'window');
  }

  positionAt(x, y) {
    const target = document.elementFromPoint(x, y);
    if (!target?.closest('.CodeMirror-line')) return undefined;
    return toPosition(this.editor.coordsChar({ left: x, top: y }, 'window'));
  }

  focus() {
    this.editor.focus();
  }

  /** Marks of one kind (`problems`, `found`, `chosen`, `search`) take the place of the former ones. */
  mark(file, kind, marks) {
    const document = this.#document(file);
    const kept = this.#kept(file);
    const key = JSON.stringify(marks);
    if (kept[kind]?.key === key) return;
    const apply = () => {
      for (const old of kept[kind]?.handles ?? []) old.clear();
      const handles = marks.flatMap(({ range, style }) => this.#pieces(document, range).map(([from, to]) => document.markText(from, to, { className: style })));
      kept[kind] = { key, handles };
    };
    if (document.getEditor()) this.editor.operation(apply);
    else apply();
  }

  /** A range line by line without the indentation; an empty one is widened to a character. */
  #pieces(document, { start, end }) {
    const from = document.clipPos(fromPosition(start));
    const to = document.clipPos(fromPosition(end));
    if (window.CodeMirror.cmpPos(from, to) >= 0) {
      const { length } = document.getLine(from.line);
      return [from.ch < length ? [from, { line: from.line, ch: from.ch + 1 }] : [{ line: from.line, ch: Math.max(0, from.ch - 1) }, from]];
    }
    const pieces = [];
    for (let { line } = from; line <= to.line; line += 1) {
      const text = document.getLine(line);
      const first = line === from.line ? from.ch : text.search(/\S|$/);
      const last = line === to.line ? to.ch : text.length;
      if (first < last) pieces.push([{ line, ch: first }, { line, ch: last }]);
    }
    return pieces;
  }

  #kept(file) {
    if (!this.#marks.has(file.id)) this.#marks.set(file.id, {});
    return this.#marks.get(file.id);
  }

  /** Classes of whole lines: `styles` maps a class to line numbers. `where` is `gutter` or `background`. */
  markLines(file, kind, where, styles) {
    const document = this.#document(file);
    const kept = this.#kept(file);
    const key = JSON.stringify(styles);
    if (kept[kind]?.key === key) return;
    const apply = () => {
      for (const [handle, style] of kept[kind]?.lines ?? []) document.removeLineClass(handle, where, style);
      const lines = [];
      for (const [style, numbers] of Object.entries(styles)) {
        for (const number of numbers) {
          const handle = document.getLineHandle(number - 1);
          if (handle) lines.push([document.addLineClass(handle, where, style), style]);
        }
      }
      kept[kind] = { key, lines };
    };
    if (document.getEditor()) this.editor.operation(apply);
    else apply();
  }

  /** Signs beside the line numbers: {line, style, label}. */
  signs(file, signs) {
    const document = this.#document(file);
    const kept = this.#kept(file);
    const key = JSON.stringify(signs);
    if (kept.signs === key) return;
    kept.signs = key;
    document.clearGutter('marks-gutter');
    for (const { line, style, label } of signs) {
      if (line <= document.lineCount()) document.setGutterMarker(line - 1, 'marks-gutter', el('span', { class: `gutter-mark ${style}`, title: label }));
    }
  }

  reveal(range) {
    const from = fromPosition(range.start);
    this.editor.setCursor(from);
    const height = this.editor.getScrollInfo().clientHeight;
    this.editor.scrollIntoView({ from, to: fromPosition(range.end) }, Math.max(40, height / 3));
  }

  /** Folds the blocks of metadata of the shown file. */
  foldMetadata() {
    for (let line = 0; line < this.editor.lineCount(); line += 1) {
      if (/^#\s*METADATA/.test(this.editor.getLine(line))) this.editor.foldCode({ line, ch: 0 }, { rangeFinder: foldRego }, 'fold');
    }
  }

  select(range) {
    this.editor.setSelection(fromPosition(range.start), fromPosition(range.end));
  }

  /** All places of a text. */
  find(text) {
    const cursor = this.editor.getSearchCursor(text, undefined, { caseFold: true });
    const ranges = [];
    while (ranges.length < 1000 && cursor.findNext()) ranges.push(toRange(cursor.from(), cursor.to()));
    return ranges;
  }
}
