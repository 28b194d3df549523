// Builds elements. Text always becomes text nodes, so nothing a user pasted can become markup.

const svgNamespace = 'http://www.w3.org/2000/svg';

const icons = {
  play: 'M5 3.5v9l7-4.5z',
  live: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  format: 'M3 4h10M3 8h6M3 12h8',
  share: 'M6.5 9.5l3-3M7 4.5l1-1a3 3 0 0 1 4.5 4.3l-1.2 1.2M9 11.5l-1 1A3 3 0 0 1 3.6 8.2L4.8 7',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.6A5.4 5.4 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z',
  files: 'M2 4.2h4l1.4 1.6H14v7H2z',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  chevron: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  download: 'M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M3 13.5h10',
  upload: 'M8 11V3M4.8 6L8 2.8 11.2 6M3 13.5h10',
  terminal: 'M3 4l4 4-4 4M8.5 12.5H13',
  book: 'M8 4.5C6.5 3.2 4.5 3 2.5 3v9c2 0 4 .2 5.5 1.5 1.5-1.3 3.5-1.5 5.5-1.5V3c-2 0-4 .2-5.5 1.5zm0 0v9',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.4a2.5 2.5 0 0 1 5 0v2.1',
  grid: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
  save: 'M3 3h8l2 2v8H3zM5.5 3v3.5h4V3M5.5 13V9.5h5V13',
  beaker: 'M6.2 2.5v4L3 12.2c-.4.8 0 1.3.8 1.3h8.4c.8 0 1.2-.5.8-1.3L9.8 6.5v-4M5 2.5h6',
  cover: 'M3 2.5v11M6 4h7M6 8h5M6 12h7',
  pencil: 'M3 13l.7-3L11 2.7 13.3 5 6 12.3z',
  trash: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.5 9h6l.5-9',
  stop: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3.5M8 11h.01',
  open: 'M1.5 3h13M3.5 3v10.5M12.5 3v10.5M6.2 13.5V9a1.8 1.8 0 0 1 3.6 0v4.5',
  shut: 'M1.5 3h13M3.5 3v10.5M12.5 3v10.5M6 3v10.5M8 3v10.5M10 3v10.5M3.5 8h9',
};

/** An element with attributes (`on…` are listeners) and children; strings are text. */
export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** A line icon; it is always beside or inside something with a name. */
export function icon(name) {
  const svg = document.createElementNS(svgNamespace, 'svg');
  for (const [key, value] of [['class', 'icon'], ['viewBox', '0 0 16 16'], ['aria-hidden', 'true'], ['focusable', 'false']]) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

/** A button with an optional icon; `label` is its name, `quiet` hides the text. */
export function button(label, { icon: name, quiet, kind = '', keys, long, onclick, ...attributes } = {}) {
  const text = quiet ? null : el('span', { class: long ? 'label-long' : null }, label);
  return el('button', {
    type: 'button',
    class: `button ${quiet ? 'button-icon ' : ''}${kind}`.trim(),
    'aria-label': quiet || long ? label : null,
    title: keys ? `${label} (${keys})` : quiet || long ? label : null,
    onclick,
    ...attributes,
  }, name ? icon(name) : null, text);
}

/** Text in which `…` marks code and **…** what is written on the page. */
export function prose(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2) return el('code', null, part.slice(1, -1));
    if (part.startsWith('**') && part.endsWith('**') && part.length > 4) return el('strong', { class: 'on-page' }, part.slice(2, -2));
    return part;
  });
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** Arrow keys, Home and End move among the items of a list of tabs, options or buttons. */
export function roving(container, selector, { horizontal = true, choose } = {}) {
  container.addEventListener('keydown', (event) => {
    const items = [...container.querySelectorAll(selector)];
    const here = items.indexOf(event.target.closest(selector));
    const [back, forth] = horizontal ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const next = { [back]: here - 1, [forth]: here + 1, Home: 0, End: items.length - 1 }[event.key];
    if (here < 0 || next === undefined) return;
    event.preventDefault();
    const item = items[(next + items.length) % items.length];
    item.focus();
    choose?.(item);
  });
}

/** A list of tabs in a strip that shows at which end tabs are cut off, with an arrow for the mouse; the keyboard has its own. */
export function strip(tabs) {
  const arrow = (side, step) => el('button', { type: 'button', class: `strip-arrow strip-${side}`, tabindex: '-1', 'aria-hidden': 'true', onclick: () => tabs.scrollBy({ left: step * tabs.clientWidth * 0.7 }) }, icon('chevron'));
  const host = el('div', { class: 'strip' }, arrow('back', -1), tabs, arrow('forth', 1));
  const look = () => {
    const { scrollLeft, clientWidth, scrollWidth } = tabs;
    host.dataset.cut = [scrollLeft > 1 && 'start', scrollLeft + clientWidth < scrollWidth - 1 && 'end'].filter(Boolean).join(' ');
  };
  tabs.addEventListener('scroll', look, { passive: true });
  const watch = new ResizeObserver(look);
  watch.observe(tabs);
  // A tab that gets a badge makes the list longer, not larger.
  new MutationObserver(look).observe(tabs, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['hidden'] });
  return host;
}

/** Lets the keyboard scroll an element as long as its text does not fit; `name` is what it is called then. */
export function scrollable(node, name) {
  watchScrolling.observe(node);
  node.dataset.scrolls = name;
  return node;
}

const watchScrolling = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollHeight > target.clientHeight || target.scrollWidth > target.clientWidth;
    for (const [key, value] of [['tabindex', '0'], ['role', 'group'], ['aria-label', target.dataset.scrolls]]) {
      if (scrolls) target.setAttribute(key, value);
      else target.removeAttribute(key);
    }
  }
});

/** Waits until `milliseconds` have passed since the last call, at most `limit` since the first. */
export function debounce(action, milliseconds, limit = Infinity) {
  let timer = 0;
  let first = 0;
  const later = (...values) => {
    clearTimeout(timer);
    const now = performance.now();
    first ||= now;
    timer = setTimeout(() => {
      first = 0;
      action(...values);
    }, Math.max(0, Math.min(milliseconds, first + limit - now)));
  };
  later.cancel = () => {
    clearTimeout(timer);
    first = 0;
  };
  return later;
}
