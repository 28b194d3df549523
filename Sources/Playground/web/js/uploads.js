// Files of this computer, dropped or picked, folders among them.

const most = 600;
const isHidden = (name) => name.startsWith('.') && name !== '.helmignore';

function entriesOf(folder) {
  const reader = folder.createReader();
  return new Promise((resolve, reject) => {
    const found = [];
    // A reader gives its entries in parts.
    const next = () => reader.readEntries((part) => {
      found.push(...part);
      if (part.length && found.length < 10 * most) next();
      else resolve(found);
    }, reject);
    next();
  });
}

async function walk(entry, path, found) {
  if (found.length >= most || isHidden(entry.name)) return;
  if (entry.isFile) {
    found.push({ path, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
    return;
  }
  for (const inner of await entriesOf(entry)) await walk(inner, `${path}/${inner.name}`, found);
}

/** A folder with the layout of a workspace is one, whatever it is called. */
function withoutTop(files) {
  const top = files[0]?.path.split('/')[0];
  const isOne = files.length && files.every(({ path }) => path.startsWith(`${top}/`));
  const own = /^(policies|tests|inputs|sources|data)\/|^(parameters|lintel)\.yaml$/;
  if (!isOne || !files.some(({ path }) => own.test(path.slice(top.length + 1)))) return files;
  return files.map(({ path, file }) => ({ path: path.slice(top.length + 1), file }));
}

/** What was dropped, as `{path, file}`; the entries must be asked for before the event is over. */
export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ path: file.name, file }));
  const found = [];
  for (const entry of entries) await walk(entry, entry.name, found);
  return withoutTop(found);
}

/** What was picked in a dialog, as `{path, file}`. */
export function pickedFiles(files) {
  const found = [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return withoutTop(found.filter(({ path }) => !path.split('/').some(isHidden)).slice(0, most));
}

/** The texts among files, as `{path, text}`, and what is none or too large. */
export async function readTexts(entries, room) {
  const files = [];
  const ignored = [];
  let size = 0;
  for (const { path, file } of entries) {
    size += file.size;
    if (size > room) {
      ignored.push({ path, reason: `larger than the server takes, ${Math.round(room / 1e6)} MB` });
      continue;
    }
    try {
      files.push({ path, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) });
    } catch {
      ignored.push({ path, reason: /\.tgz$/.test(path) ? 'packed: unpack it, or drop the packed chart that holds it' : 'it is not UTF-8 text' });
    }
  }
  return { files, ignored };
}
