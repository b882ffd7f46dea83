// GraphiQL keeps its tabs in localStorage under "graphiql:…". The prefix keeps
// them apart from another GraphiQL served earlier from the same host and port.
const PREFIX = 'maillage:';

function open() {
  try {
    // Reading the property itself throws when storage is blocked.
    const store = window.localStorage;
    store.getItem(PREFIX);
    return store;
  } catch {
    return null;
  }
}

const store = open();
const memory = new Map();

function keys() {
  const all = store ? Object.keys(store) : [...memory.keys()];
  return all.filter((key) => key.startsWith(PREFIX));
}

export const storage = {
  getItem(key) {
    return (store ? store.getItem(PREFIX + key) : memory.get(PREFIX + key)) ?? null;
  },
  setItem(key, value) {
    if (store) store.setItem(PREFIX + key, value);
    else memory.set(PREFIX + key, value);
  },
  removeItem(key) {
    if (store) store.removeItem(PREFIX + key);
    else memory.delete(PREFIX + key);
  },
  clear() {
    for (const key of keys()) {
      if (store) store.removeItem(key);
      else memory.delete(key);
    }
  },
  get length() {
    return keys().length;
  },
};

const PANEL = 'panel';
const PANEL_SIZE = 'graphiql:docExplorerFlex';

/** Title of the panel left open by the last visit, '' if all were closed, null on the first. */
export function lastPanel() {
  return storage.getItem(PANEL);
}

export function rememberPanel(title) {
  try {
    storage.setItem(PANEL, title);
    // Left by dragging the panel shut; it would hide the panel opened since.
    if (title && storage.getItem(PANEL_SIZE) === 'hide-first') storage.removeItem(PANEL_SIZE);
  } catch {
    // Storage is full: the panel is not remembered.
  }
}
