// A long document comes in pages: what it speaks of beyond the first hundred is asked for until all of it is there.
import { useEffect, useState } from 'preact/hooks';

import { ask } from '../../api/client';
import {
  DocumentMentionsDocument, DocumentMoreDocument, type DocumentEntityFragment, type DocumentMarksFragment, type DocumentPageQuery,
} from '../../api/generated';
import { language, languages } from '../../state/settings';

type Page = NonNullable<DocumentPageQuery['document']>;
type Relation = NonNullable<DocumentMarksFragment['relations']>['nodes'][number];

export interface Whole {
  entities: readonly DocumentEntityFragment[];
  relations: readonly Relation[];
  /** Whether more is on its way. */
  loading: boolean;
}

function firstOf(page: Page): Whole {
  const long = (page.entities?.nodes ?? []).some(({ mentions }) => mentions?.pageInfo.hasNextPage);
  const more = Boolean(page.entities?.pageInfo.hasNextPage || page.relations?.pageInfo.hasNextPage);
  return { entities: page.entities?.nodes ?? [], relations: page.relations?.nodes ?? [], loading: long || more };
}

/** All mentions of an entity in a document. */
async function withMentions(document: string, entity: DocumentEntityFragment, signal: AbortSignal): Promise<DocumentEntityFragment> {
  let { mentions } = entity;
  while (mentions?.pageInfo.hasNextPage) {
    const answer = await ask(DocumentMentionsDocument, { id: document, entity: entity.id, after: mentions.pageInfo.endCursor ?? null }, { signal, quiet: true });
    const next = answer.entity?.mentions;
    if (!next?.nodes.length) break;
    mentions = { ...mentions, pageInfo: next.pageInfo, nodes: [...mentions.nodes, ...next.nodes] };
  }
  return { ...entity, mentions };
}

async function rest(page: Page, told: (whole: Whole) => void, signal: AbortSignal): Promise<void> {
  let { entities, relations } = firstOf(page);
  let [ofEntities, ofRelations] = [page.entities?.pageInfo, page.relations?.pageInfo];
  // Past the end of one list, its last cursor gives an empty page of it.
  while (ofEntities?.hasNextPage || ofRelations?.hasNextPage) {
    const variables = {
      id: page.id, entitiesAfter: ofEntities?.endCursor ?? null, relationsAfter: ofRelations?.endCursor ?? null,
      languages: languages.peek(), language: language.peek(),
    };
    const { document } = await ask(DocumentMoreDocument, variables, { signal });
    if (!document) return;
    if (ofEntities?.hasNextPage) entities = [...entities, ...(document.entities?.nodes ?? [])];
    if (ofRelations?.hasNextPage) relations = [...relations, ...(document.relations?.nodes ?? [])];
    [ofEntities, ofRelations] = [document.entities?.pageInfo, document.relations?.pageInfo];
    told({ entities, relations, loading: true });
  }
  const whole: DocumentEntityFragment[] = [];
  for (const entity of entities) whole.push(await withMentions(page.id, entity, signal));
  told({ entities: whole, relations, loading: false });
}

export function useWhole(page: Page): Whole {
  const [found, setFound] = useState<{ of: Page; whole: Whole } | null>(null);
  useEffect(() => {
    if (!firstOf(page).loading) return;
    const abort = new AbortController();
    // What fails here is missing from the lists, which say how much there is; the page itself stays.
    rest(page, (whole) => setFound({ of: page, whole }), abort.signal).catch(() => {});
    return () => abort.abort();
  }, [page]);
  return found?.of === page ? found.whole : firstOf(page);
}
