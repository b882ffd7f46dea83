// The token for writing, or for reading where the server wants one. It lives as long as the tab.
import { effect, signal } from '@preact/signals';

const KEY = 'maillage:token';

function stored(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export const token = signal(stored());

effect(() => {
  try {
    if (token.value) sessionStorage.setItem(KEY, token.value);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: the token is kept in memory.
  }
});
