// Pairs that look the same and were not joined. Servers that do not offer them yet have no such field, so it is asked for by name.
import { ApiError, post } from '../../api/client';
import type { EntityKind } from '../../api/generated';
import { languages } from '../../state/settings';

export interface Candidate {
  entities: { id: string; kind: EntityKind; label: string }[];
  sharedName: string;
  reason: string;
  likelihood: number;
  mentions: { text: string; start: number; end: number; document: { id: string; title: string | null; source: string } }[];
}

const OFFERED = 'query Offered { __type(name: "Query") { fields { name } } }';

const CANDIDATES = `query Candidates($languages: [Language!]) {
  candidates(first: 20) {
    totalCount
    nodes {
      sharedName reason likelihood
      entities { id kind label(languages: $languages) }
      mentions { text start end document { id title source } }
    }
  }
}`;

interface Found {
  candidates: { totalCount: number; nodes: Candidate[] } | null;
}

/** The likeliest first; null where the server offers none. */
export async function loadCandidates(): Promise<{ totalCount: number; nodes: Candidate[] } | null> {
  const offered = (await post({ query: OFFERED })).data as { __type: { fields: { name: string }[] } | null } | null | undefined;
  if (!offered?.__type?.fields.some(({ name }) => name === 'candidates')) return null;
  const answer = await post({ query: CANDIDATES, variables: { languages: languages.peek() } });
  const error = answer.errors?.[0];
  if (error) throw new ApiError(error.message, error.extensions?.code ?? 'ERROR');
  return (answer.data as Found).candidates;
}
