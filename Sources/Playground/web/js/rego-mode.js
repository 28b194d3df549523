// Colours Rego for CodeMirror.

const keywords = new Set('as contains default else every if import in not package some with'.split(' '));
const atoms = new Set(['true', 'false', 'null']);
const open = /[[({]/;
const close = /[\])}]/;

function inString(stream, state) {
  while (!stream.eol()) {
    const character = stream.next();
    if (character === '\\') stream.next();
    else if (character === '"') {
      state.inside = undefined;
      break;
    }
  }
  // A string ends with its line; what follows is an error of its own.
  if (stream.eol()) state.inside = undefined;
  return 'string';
}

function inRaw(stream, state) {
  if (stream.skipTo('`')) {
    stream.next();
    state.inside = undefined;
  } else stream.skipToEnd();
  return 'string-2';
}

function word(stream, state, builtins) {
  const rest = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?=\()/.exec(stream.string.slice(stream.start));
  const startsLine = stream.start === 0;
  if (rest && builtins.has(rest[0])) {
    stream.pos = stream.start + rest[0].length;
    return 'builtin';
  }
  stream.match(/^[A-Za-z0-9_]*/);
  const text = stream.current();
  if (state.afterDot) return 'property';
  if (atoms.has(text)) return 'atom';
  if (keywords.has(text)) {
    state.naming = text === 'default';
    return 'keyword';
  }
  if (text === 'input' || text === 'data') return 'variable-2';
  if ((startsLine || state.naming) && state.depth === 0) {
    state.naming = false;
    return 'def';
  }
  return 'variable';
}

/** A CodeMirror 5 mode; `builtins` are the names of the builtin functions. */
export function regoMode(builtins) {
  return {
    startState: () => ({ inside: undefined, depth: 0, naming: false, afterDot: false }),
    token(stream, state) {
      if (state.inside) return state.inside(stream, state);
      if (stream.eatSpace()) return null;
      const character = stream.next();
      const afterDot = state.afterDot;
      state.afterDot = false;
      if (character === '#') {
        stream.skipToEnd();
        return 'comment';
      }
      if (character === '"' || (character === '$' && stream.eat('"'))) {
        state.inside = inString;
        return inString(stream, state);
      }
      if (character === '`' || (character === '$' && stream.eat('`'))) {
        state.inside = inRaw;
        return inRaw(stream, state);
      }
      if (/[0-9]/.test(character)) {
        stream.match(/^[0-9]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/);
        return 'number';
      }
      if (/[A-Za-z_]/.test(character)) {
        state.afterDot = afterDot;
        const style = word(stream, state, builtins);
        state.afterDot = false;
        return style;
      }
      if (character === '.') state.afterDot = true;
      else if (open.test(character)) state.depth += 1;
      else if (close.test(character)) state.depth = Math.max(0, state.depth - 1);
      else stream.match(/^[=<>!:|&+*/%-]+/);
      return open.test(character) || close.test(character) ? 'bracket' : 'operator';
    },
    indent(state, after) {
      if (state.inside) return 0;
      return Math.max(0, state.depth - (close.test(after.charAt(0)) ? 1 : 0)) * 4;
    },
    electricChars: ']})',
    lineComment: '#',
    fold: 'brace',
    closeBrackets: '()[]{}""``',
  };
}
