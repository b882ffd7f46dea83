// Follows the graph over a WebSocket: which version it has, and which documents came while somebody watches.
import { signal } from '@preact/signals';
import { createClient } from 'graphql-ws';

import { ask, textOf } from './client';
import { FollowedDocument, VersionDocument, type FollowedSubscription } from './generated';
import { token } from './token';

export type Change = FollowedSubscription['graphChanged'];

/** The version that was told last; views ask again when it changes. */
export const version = signal(0);

/** What came since the page was opened, latest first. */
export const news = signal<readonly Change[]>([]);

/** Whether changes are being told. */
export const following = signal<'connecting' | 'open' | 'closed'>('connecting');

const SETTLE_MS = 300;
let settle: ReturnType<typeof setTimeout> | undefined;
let latest = 0;

function heard(change: Change): void {
  latest = Math.max(latest, change.version);
  news.value = [change, ...news.value].slice(0, 50);
  // Many documents may come at once: views ask again when it is quiet for a moment.
  clearTimeout(settle);
  settle = setTimeout(() => {
    version.value = latest;
  }, SETTLE_MS);
}

/** Begins to follow; comes back by itself after a break, from the version seen last. */
export async function follow(): Promise<void> {
  try {
    latest = (await ask(VersionDocument, {}, { quiet: true })).stats.version;
    version.value = latest;
  } catch {
    following.value = 'closed';
    setTimeout(() => void follow(), 5000);
    return;
  }
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: () => (token.peek() ? { authorization: `Bearer ${token.peek()}` } : {}),
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    lazy: true,
    on: {
      connected: () => {
        following.value = 'open';
      },
      closed: () => {
        following.value = 'closed';
      },
    },
  });
  for (;;) {
    try {
      const query = textOf(FollowedDocument);
      for await (const { data } of client.iterate<FollowedSubscription>({ query, variables: { since: latest } })) {
        if (data) heard(data.graphChanged);
      }
    } catch {
      following.value = 'closed';
    }
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}
