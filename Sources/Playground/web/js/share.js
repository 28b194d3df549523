// The workspace in the part of the address that browsers never send: JSON, deflated, in base64url.

const prefix = '#w=';
const largest = 16 * 1024 * 1024;

async function through(bytes, stream, limit = Infinity) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks).arrayBuffer();
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new RangeError('The link holds more than 16 MB.');
    }
    chunks.push(value);
  }
}

function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

export function isShared(fragment) {
  return fragment.startsWith(prefix);
}

/** The fragment for a workspace as the API has it. */
export async function encode(workspace) {
  const bytes = new TextEncoder().encode(JSON.stringify(workspace));
  return prefix + toBase64(new Uint8Array(await through(bytes, new CompressionStream('deflate-raw'))));
}

/** The workspace in a fragment; throws when it is damaged or no workspace. */
export async function decode(fragment) {
  const bytes = await through(fromBase64(fragment.slice(prefix.length)), new DecompressionStream('deflate-raw'), largest);
  return checked(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

/** Only what a workspace may have, so that a foreign link cannot bring other things in. */
export function checked(value) {
  if (typeof value !== 'object' || value === null) throw new TypeError('No workspace.');
  const result = {};
  for (const pane of ['policies', 'tests', 'inputs', 'sources', 'data']) {
    if (value[pane] === undefined) continue;
    if (!Array.isArray(value[pane])) throw new TypeError('No workspace.');
    result[pane] = value[pane].map(({ path, text }) => {
      if (typeof path !== 'string' || typeof text !== 'string') throw new TypeError('No workspace.');
      return { path, text };
    });
  }
  for (const name of ['parameters', 'configuration']) {
    if (typeof value[name] === 'string') result[name] = value[name];
  }
  return result;
}
