// Titles of documents by id, asked for once.
import { useEffect, useState } from 'preact/hooks';

import { ask } from '../../api/client';
import { TitlesDocument } from '../../api/generated';

const known = new Map<string, string>();

/** The titles of at most a hundred documents. */
export function useTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const [, arrived] = useState(0);
  const missing = ids.slice(0, 100).filter((id) => !known.has(id));
  const key = missing.join();
  useEffect(() => {
    if (!key) return;
    ask(TitlesDocument, { ids: key.split(',') }, { quiet: true }).then(
      ({ documents }) => {
        for (const { id, title, source } of documents?.nodes ?? []) known.set(id, title ?? source);
        arrived((count) => count + 1);
      },
      () => {},
    );
  }, [key]);
  return known;
}
