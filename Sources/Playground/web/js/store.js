// What this browser remembers: settings, the draft, how far the tutorial is. Works without storage, too.

const prefix = 'lintel.';

export function remember(key, value) {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the page works on, it only forgets.
  }
}

export function recall(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key)) ?? fallback;
  } catch {
    return fallback;
  }
}
