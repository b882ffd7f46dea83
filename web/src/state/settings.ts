// What a visitor chose: language and light or dark. Kept in this browser.
import { computed, effect, signal } from '@preact/signals';

import type { Language } from '../api/generated';

export type Locale = 'en' | 'fr' | 'es';
export type Theme = 'system' | 'light' | 'dark';

export const LOCALES: readonly Locale[] = ['en', 'fr', 'es'];
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function read(key: string): string | null {
  try {
    return localStorage.getItem(`maillage:${key}`);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(`maillage:${key}`, value);
  } catch {
    // Storage is blocked or full: the choice holds until the page is left.
  }
}

function preferred(): Locale {
  const wanted = [read('locale'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((tag): tag is Locale => LOCALES.includes(tag as Locale)) ?? 'en';
}

export const locale = signal<Locale>(preferred());
export const theme = signal<Theme>(THEMES.find((known) => known === read('theme')) ?? 'system');

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkSystem.matches);
darkSystem.addEventListener('change', (event) => {
  systemIsDark.value = event.matches;
});

/** Whether the page is dark now, whoever decided that. */
export const dark = computed(() => (theme.value === 'system' ? systemIsDark.value : theme.value === 'dark'));

export const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** The chosen language as the API names it, and the order in which names are wanted. */
export const language = computed(() => locale.value.toUpperCase() as Language);
export const languages = computed<Language[]>(() => [
  language.value,
  ...(['EN', 'FR', 'ES'] as Language[]).filter((other) => other !== language.value),
]);

effect(() => {
  document.documentElement.lang = locale.value;
  write('locale', locale.value);
});

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
  write('theme', theme.value);
});
