// Panels of the shell that any view may open.
import { signal } from '@preact/signals';

/** Whether the dialog for the token is open. */
export const tokenOpen = signal(false);

/** Whether the panel with the operations of the view is open. */
export const askedOpen = signal(false);

/** Relations whose sentences are to be shown. */
export const relationOpen = signal<readonly string[] | null>(null);

/** What was said last to whoever hears the page. */
export const said = signal('');

export function say(words: string): void {
  said.value = '';
  requestAnimationFrame(() => {
    said.value = words;
  });
}
