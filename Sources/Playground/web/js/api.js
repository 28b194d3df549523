// Talks to the server the page came from, and to no other.

/** An answer that is no success; `code` is the server's, or `offline` when there was none. */
export class ApiError extends Error {
  constructor(code, message, { hint, retryAfter } = {}) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.retryAfter = retryAfter;
  }
}

async function send(method, path, { body, type, signal } = {}) {
  let response;
  try {
    response = await fetch(`api/${path}`, { method, body, signal, headers: type ? { 'Content-Type': type } : {} });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('offline', 'The playground’s server does not answer.', { hint: 'Is `lintel playground` still running?' });
  }
  if (response.ok) return response;
  let problem;
  try {
    problem = (await response.json()).error;
  } catch {
    problem = undefined;
  }
  throw new ApiError(problem?.code ?? 'internal', problem?.message ?? `The server answered ${response.status}.`, {
    hint: problem?.hint,
    retryAfter: Number(response.headers.get('Retry-After')) || undefined,
  });
}

export async function get(path, signal) {
  return (await send('GET', path, { signal })).json();
}

export async function post(path, body, signal) {
  return (await send('POST', path, { body: JSON.stringify(body), type: 'application/json', signal })).json();
}

export async function put(path, body) {
  return (await send('PUT', path, { body: JSON.stringify(body), type: 'application/json' })).json();
}

export async function download(path, body) {
  return (await send('POST', path, { body: JSON.stringify(body), type: 'application/json' })).blob();
}

export async function upload(path, blob) {
  return (await send('POST', path, { body: blob, type: 'application/gzip' })).json();
}

export function wasAborted(error) {
  return error?.name === 'AbortError';
}

/** One request at a time: a new call cancels the one before. */
export function latest(request) {
  let controller;
  const call = (...values) => {
    controller?.abort();
    controller = new AbortController();
    return request(...values, controller.signal);
  };
  call.cancel = () => controller?.abort();
  return call;
}
