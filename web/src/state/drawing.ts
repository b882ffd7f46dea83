// What the drawing is made of, as its address says it; kept while other views are looked at.
import { computed, effect, signal } from '@preact/signals';

import { params, path } from './router';

/** The parameters that say what is drawn; the others say how it is filtered. */
export const DRAWN_BY = ['ids', 'only', 'hops', 'all', 'document', 'partners', 'pattern', 'relations', 'from', 'to', 'maxHops', 'by'] as const;

const last = signal('');

effect(() => {
  if (!/^\/explore\/graph\/?$/.test(path.value)) return;
  const kept = new URLSearchParams();
  for (const name of DRAWN_BY) {
    const value = params.value.get(name);
    if (value) kept.set(name, value);
  }
  last.value = kept.toString();
});

/** The address of the drawing that was looked at last. */
export const drawingAddress = computed(() => `/explore/graph${last.value ? `?${last.value}` : ''}`);
