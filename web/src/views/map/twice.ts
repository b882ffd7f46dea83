// Entities that both belong to a country and lie or work in it: the two counts of the map hold them twice.
import { useEffect, useState } from 'preact/hooks';

import { ask } from '../../api/client';
import { TypedDocumentString, type EntityFilter } from '../../api/generated';
import { version } from '../../api/live';
import { thereFilter } from '../../state/filters';

/** Below the limit of names that one query may give to its fields. */
const AT_ONCE = 40;

const counting = (codes: readonly string[]) =>
  new TypedDocumentString<Record<string, { totalCount: number } | null>, Record<string, EntityFilter>>(
    `query Twice(${codes.map((code) => `$${code}: EntityFilter`).join(', ')}) {\n${codes.map((code) => `  ${code}: entities(where: $${code}) { totalCount }`).join('\n')}\n}`,
  );

/** How many there are for each of some countries. */
export function useTwice(codes: readonly string[], where: EntityFilter | null): ReadonlyMap<string, number> {
  const [found, setFound] = useState<{ key: string; twice: ReadonlyMap<string, number> }>({ key: '', twice: new Map() });
  const key = `${[...codes].sort().join()} ${JSON.stringify(where)} ${version.value}`;
  useEffect(() => {
    if (!codes.length) return;
    const stop = new AbortController();
    async function count(): Promise<void> {
      const twice = new Map<string, number>();
      const sorted = [...codes].sort();
      for (let at = 0; at < sorted.length; at += AT_ONCE) {
        const some = sorted.slice(at, at + AT_ONCE);
        const filters = some.map((code): [string, EntityFilter] => [code, { and: [...(where ? [where] : []), { country: [code] }, thereFilter(code)] }]);
        const answer = await ask(counting(some), Object.fromEntries(filters), { signal: stop.signal });
        for (const code of some) twice.set(code, answer[code]?.totalCount ?? 0);
      }
      setFound({ key, twice });
    }
    // Without these, the map counts such entities twice until it is asked again.
    count().catch(() => {});
    return () => stop.abort();
  }, [key]);
  return found.twice;
}
