// Asks for an evaluation after each pause in typing; a newer question cancels the older one.

import { debounce } from './dom.js';
import { latest, post, wasAborted } from './api.js';

const pause = 220;
const longest = 1200;

/** Events: `started` · `answer` (detail: the evaluation) · `failed` (detail: ApiError) · `tested` (detail: the verdicts). */
export class Evaluator extends EventTarget {
  live = true;
  answer = undefined;
  tests = undefined;
  #retry = 0;
  #running = 0;

  constructor(workspace, options) {
    super();
    this.workspace = workspace;
    this.options = options;
    this.ask = latest((body, signal) => post('evaluate', body, signal));
    this.askTests = latest((body, signal) => post('test', body, signal));
    this.soon = debounce(() => this.run(), pause, longest);
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** A text changed. */
  changed() {
    if (this.live) this.soon();
  }

  get busy() {
    return this.#running > 0;
  }

  async #during(work) {
    this.#running += 1;
    this.#emit('started');
    try {
      await work();
    } catch (error) {
      if (!wasAborted(error)) this.#failed(error);
    } finally {
      this.#running -= 1;
      this.#emit('settled');
    }
  }

  run() {
    this.soon.cancel();
    clearTimeout(this.#retry);
    return this.#during(async () => {
      const body = { ...this.workspace.toJSON(), options: this.options() };
      this.answer = await this.ask(body);
      this.answered = body.options;
      this.#emit('answer', this.answer);
    });
  }

  #failed(error) {
    if (error.code === 'busy' || error.code === 'rate_limited') {
      this.#retry = setTimeout(() => this.run(), 1000 * (error.retryAfter ?? 1));
    }
    this.#emit('failed', error);
  }

  runTests() {
    return this.#during(async () => {
      this.tests = await this.askTests({ ...this.workspace.toJSON(), options: { coverage: true } });
      this.#emit('tested', this.tests);
    });
  }
}
