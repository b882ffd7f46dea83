// Where the application is: the address bar is the state that can be shared.
import { computed, signal } from '@preact/signals';

import { asked } from '../api/client';

const at = signal(location.pathname + location.search);

export const path = computed(() => new URL(at.value, location.origin).pathname);
export const params = computed(() => new URL(at.value, location.origin).searchParams);

/** The parts of the path behind /explore/. */
export const parts = computed(() =>
  path.value
    .replace(/^\/explore\/?/, '')
    .split('/')
    .filter(Boolean)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    }),
);

addEventListener('popstate', () => {
  moved(location.pathname + location.search);
});

function moved(href: string): void {
  const before = path.peek();
  at.value = href;
  if (path.peek() !== before) asked.value = [];
}

/** Goes to an address of the application. */
export function go(href: string, options: { replace?: boolean } = {}): void {
  if (href === location.pathname + location.search) return;
  if (options.replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  const before = path.peek();
  moved(href);
  if (path.peek() !== before) {
    scrollTo(0, 0);
    // Whoever hears the page instead of seeing it is told where they are.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }));
  }
}

/** Sets parameters of the present address; an empty value takes one away. */
export function setParams(changes: Record<string, string | undefined>, options: { replace?: boolean } = {}): void {
  const next = new URLSearchParams(params.peek());
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  go(path.peek() + (text ? `?${text}` : ''), options);
}

const id = (value: string) => encodeURIComponent(value).replace(/%3A/g, ':');

/** The addresses of the views. */
export const to = {
  home: () => '/',
  search: (text: string) => `/explore/search?q=${encodeURIComponent(text)}`,
  entity: (entity: string) => `/explore/entity/${id(entity)}`,
  document: (document: string, mark?: string) =>
    `/explore/document/${id(document)}${mark ? `?mark=${encodeURIComponent(mark)}` : ''}`,
  documents: () => '/explore/document',
  graph: (entities: string[] = [], extra: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...(entities.length ? { ids: entities.join(',') } : {}), ...extra });
    return `/explore/graph${query.size ? `?${query}` : ''}`;
  },
  map: () => '/explore/map',
  timeline: () => '/explore/timeline',
  query: (query?: string, variables?: unknown) => {
    const search = new URLSearchParams(query ? { query } : {});
    if (variables && Object.keys(variables).length) search.set('variables', JSON.stringify(variables));
    return `/explore/query${search.size ? `?${search}` : ''}`;
  },
  review: () => '/explore/review',
};
