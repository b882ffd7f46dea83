// Asks for what is to be drawn.
import { ask } from '../api/client';
import {
  EverythingDocument, MembersDocument, PartnersDocument, PathsDocument, PatternDocument, SurroundingsDocument,
  type EntityKind, type PathOrder, type MembersQuery, type PathsQuery, type RelationFilter, type RelationKind,
} from '../api/generated';
import { language, languages } from '../state/settings';
import { countryFilter } from '../state/filters';
import { add, members, seeds, type Relation } from './model';
import { t } from '../i18n';

const inWords = () => ({ languages: languages.peek(), language: language.peek() });

const MOST_IDS = 100;
const MOST_AROUND = 300;

/** Draws entities and what is around them. Gives whether all of it came. */
export async function loadAround(ids: readonly string[], hops: number, relationKinds?: RelationKind[], kinds?: EntityKind[]): Promise<boolean> {
  let complete = true;
  for (let at = 0; at < ids.length; at += MOST_IDS) {
    const some = ids.slice(at, at + MOST_IDS);
    const variables = { ids: some, hops, kinds: kinds ?? null, relationKinds: relationKinds ?? null, first: MOST_AROUND, ...inWords() };
    const { subgraph } = await ask(SurroundingsDocument, variables);
    if (!subgraph) continue;
    add({ entities: subgraph.entities.map(({ entity }) => entity), relations: subgraph.relations });
    seeds.value = new Set([...seeds.value, ...subgraph.entities.filter((found) => found.hops === 0).map(({ entity }) => entity.id)]);
    complete &&= subgraph.complete;
  }
  return complete;
}

export const MOST_RELATIONS = 20_000;
const ADD_EVERY = 20;

/** Draws all relations that pass, page by page, at most MOST_RELATIONS. */
export async function loadRelations(where: RelationFilter | null, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<boolean> {
  let after: string | null = null;
  let done = 0;
  const pages: Awaited<ReturnType<typeof page>>[] = [];
  async function page(cursor: string | null) {
    const { relations } = await ask(EverythingDocument, { after: cursor, where, ...inWords() }, { signal });
    return relations;
  }
  const flush = () => {
    add({ relations: pages.flatMap((each) => each?.nodes ?? []) });
    pages.length = 0;
  };
  for (;;) {
    const found: Awaited<ReturnType<typeof page>> = await page(after);
    if (!found) return false;
    pages.push(found);
    done += found.nodes.length;
    progress(done, found.totalCount);
    const end = !found.pageInfo.hasNextPage || done >= MOST_RELATIONS;
    // The drawing is told now and then: each time costs as much as all that is drawn.
    if (end || pages.length >= ADD_EVERY) flush();
    if (end) return !found.pageInfo.hasNextPage;
    after = found.pageInfo.endCursor ?? null;
  }
}

const MOST_MEMBERS = 5000;

/** Learns which entities belong to a country, lie or work in it, at most MOST_MEMBERS. */
export async function loadMembers(code: string, signal: AbortSignal): Promise<void> {
  const ids = new Set<string>();
  let after: string | null = null;
  do {
    const answer: MembersQuery = await ask(MembersDocument, { where: countryFilter(code), after }, { signal });
    for (const { id } of answer.entities?.nodes ?? []) ids.add(id);
    after = answer.entities?.pageInfo.hasNextPage ? (answer.entities.pageInfo.endCursor ?? null) : null;
  } while (after !== null && ids.size < MOST_MEMBERS);
  members.value = { code, ids };
}

export type Paths = NonNullable<PathsQuery['paths']>;

export async function loadPaths(from: string, to: string, hops: number, by: PathOrder): Promise<Paths | null> {
  const { paths } = await ask(PathsDocument, { from, to, hops, by, ...inWords() });
  if (paths) {
    const hopsOf = paths.paths.flatMap((path) => path.hops);
    add({
      entities: hopsOf.flatMap((hop) => [hop.entity, hop.to]),
      relations: hopsOf.flatMap((hop) => [hop.relation, ...hop.alternatives]),
    });
    seeds.value = new Set([...seeds.value, from, to]);
  }
  return paths ?? null;
}

export async function loadPattern(pattern: string): Promise<{ rows: number; complete: boolean }> {
  const { match } = await ask(PatternDocument, { pattern, ...inWords() });
  const rows = match?.rows ?? [];
  add({
    entities: rows.flatMap((row) => row.entities.map(({ entity }) => entity)),
    relations: rows.flatMap((row) => row.relations.map(({ relation }) => relation)),
  });
  return { rows: rows.length, complete: match?.complete ?? true };
}

/** Draws who works with whom: one weighted line for each partner, which knows what it is made of. */
export async function loadPartners(of: string): Promise<number> {
  const { partners } = await ask(PartnersDocument, { of, kinds: ['ORGANIZATION', 'COUNTRY'], ...inWords() });
  if (!partners) return 0;
  const own: Relation[] = partners.partners.map((partner) => {
    const behind = [...partner.direct.map(({ relation }) => relation), ...partner.shared.flatMap(({ ours, theirs }) => [...ours, ...theirs].map(({ relation }) => relation))];
    // The same partnership seen from the other side is the same line.
    const [subject = '', object = ''] = [partners.of.id, partner.entity.id].sort();
    return {
      id: `partner:${subject}|${object}`,
      kind: 'PARTNER',
      label: t('partners'),
      confidence: 1,
      modality: 'ASSERTED',
      date: null,
      documentCount: new Set(behind.flatMap(({ evidence }) => (evidence ?? []).map(({ document }) => document.id))).size,
      documents: [...new Set(behind.flatMap(({ evidence }) => (evidence ?? []).map(({ document }) => document.id)))],
      subject,
      object,
      weight: partner.weight,
      basis: {
        direct: partner.direct.map(({ relation }) => relation.id),
        shared: partner.shared.map(({ entity, ours, theirs }) => ({
          entity: entity.label,
          relations: [...ours, ...theirs].map(({ relation }) => relation.id),
        })),
      },
    };
  });
  add({ entities: [partners.of, ...partners.partners.map(({ entity }) => entity)], own });
  seeds.value = new Set([...seeds.value, partners.of.id]);
  return own.length;
}
