// Short messages above the editors, also spoken by screen readers.

import { button, debounce, el, prose } from './dom.js';

export class Notices {
  #host = document.getElementById('notices');
  #live = document.getElementById('live');
  #timers = new Map();

  /** Says something to screen readers only; the last of several in a row wins. */
  say = debounce((text) => {
    if (this.#live.textContent !== text) this.#live.textContent = text;
  }, 400);

  /** Shows a message; without `stay` it leaves after a while. One message for each `key`. */
  tell(text, { kind = '', action, stay = false, key = 'general' } = {}) {
    this.clear(key);
    const notice = el('div', { class: `notice ${kind && `notice-${kind}`}`, role: kind === 'error' ? 'alert' : 'status', 'data-key': key },
      el('p', { class: 'grow' }, prose(text)),
      action ? button(action[0], { kind: 'button-small', onclick: () => {
        this.clear(key);
        action[1]();
      } }) : null,
      button('Dismiss', { icon: 'close', quiet: true, kind: 'button-quiet button-small', onclick: () => this.clear(key) }));
    this.#host.append(notice);
    if (!stay) this.#timers.set(key, setTimeout(() => this.clear(key), kind === 'error' ? 12000 : 7000));
  }

  clear(key = 'general') {
    clearTimeout(this.#timers.get(key));
    for (const notice of this.#host.children) if (notice.dataset.key === key) notice.remove();
  }

  /** Tells what went wrong with a request. */
  failed(error, what) {
    this.tell([`${what}: ${error.message}`, error.hint].filter(Boolean).join(' '), { kind: 'error' });
  }
}
