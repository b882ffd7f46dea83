// The filters that the drawing, the map and the timeline share. They stand in the address of these views.
import { effect, signal } from '@preact/signals';

import type { EntityKind, RelationFilter, RelationKind } from '../api/generated';
import { ENTITY_KINDS, RELATION_KINDS } from '../graph/kinds';
import { params, path, setParams } from './router';

export interface Filters {
  withoutKinds: readonly EntityKind[];
  withoutRelations: readonly RelationKind[];
  confidence: number;
  /** A year or month, inclusive. */
  from: string | null;
  to: string | null;
  /** Whether relations without a date pass when years are asked for. */
  undated: boolean;
  document: string | null;
  country: string | null;
}

export const NONE: Filters = {
  withoutKinds: [], withoutRelations: [], confidence: 0, from: null, to: null, undated: false, document: null, country: null,
};

const period = (value: string | null) => (value && /^\d{4}(-\d{2})?$/.test(value) ? value : null);

function read(search: URLSearchParams): Filters {
  const list = <Kind extends string>(name: string, known: readonly Kind[]) =>
    (search.get(name)?.split(',') ?? []).filter((value): value is Kind => (known as readonly string[]).includes(value));
  const confidence = Number(search.get('confidence'));
  return {
    withoutKinds: list('without', ENTITY_KINDS),
    withoutRelations: list('withoutRelations', RELATION_KINDS),
    confidence: confidence > 0 && confidence <= 1 ? confidence : 0,
    from: period(search.get('since')),
    to: period(search.get('until')),
    undated: search.get('undated') === '1',
    document: search.get('in'),
    country: /^[A-Z]{2}$/.test(search.get('country') ?? '') ? search.get('country') : null,
  };
}

const isFiltered = (where: string) => /^\/explore\/(graph|map|timeline)\b/.test(where);

export const filters = signal<Filters>(isFiltered(path.peek()) ? read(params.peek()) : NONE);

export function setFilters(changes: Partial<Filters>): void {
  filters.value = { ...filters.value, ...changes };
}

addEventListener('popstate', () => {
  if (isFiltered(location.pathname)) filters.value = read(new URLSearchParams(location.search));
});

/** Links of other views may bring filters along. */
let shownAt = path.peek();
effect(() => {
  const here = path.value;
  if (here !== shownAt && isFiltered(here)) {
    const brought = read(params.peek());
    if (JSON.stringify(brought) !== JSON.stringify(NONE)) filters.value = { ...filters.peek(), ...withoutDefaults(brought) };
  }
  shownAt = here;
});

function withoutDefaults(brought: Filters): Partial<Filters> {
  const entries = Object.entries(brought).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(NONE[name as keyof Filters]));
  return Object.fromEntries(entries) as Partial<Filters>;
}

effect(() => {
  const { withoutKinds, withoutRelations, confidence, from, to, undated, document, country } = filters.value;
  if (!isFiltered(path.value)) return;
  setParams(
    {
      without: withoutKinds.join(','),
      withoutRelations: withoutRelations.join(','),
      confidence: confidence ? String(confidence) : '',
      since: from ?? '',
      until: to ?? '',
      undated: undated ? '1' : '',
      in: document ?? '',
      country: country ?? '',
    },
    { replace: true },
  );
});

interface Filtered {
  kind: string;
  confidence: number;
  date: { start: string; end: string | null } | null;
  documents: readonly string[];
}

/** Whether a relation passes what is asked of relations alone. */
export function passes(relation: Filtered, wanted: Filters): boolean {
  if (relation.confidence < wanted.confidence) return false;
  if ((wanted.withoutRelations as readonly string[]).includes(relation.kind)) return false;
  if (wanted.document && !relation.documents.includes(wanted.document)) return false;
  if (wanted.from === null && wanted.to === null) return true;
  if (!relation.date) return wanted.undated;
  const { start, end } = relation.date;
  // A date stands for all its days: 2016 touches 2016-05.
  const last = end ?? start;
  if (wanted.from !== null && last.slice(0, wanted.from.length) < wanted.from.slice(0, last.length)) return false;
  return wanted.to === null || start.slice(0, wanted.to.length) <= wanted.to.slice(0, start.length);
}

/** The same as the API understands it. */
export function relationFilter(wanted: Filters): RelationFilter | null {
  const and: RelationFilter[] = [];
  if (wanted.confidence) and.push({ confidence: { gte: wanted.confidence } });
  if (wanted.document) and.push({ document: [wanted.document] });
  if (wanted.withoutRelations.length) and.push({ not: { kind: [...wanted.withoutRelations] } });
  if (wanted.withoutKinds.length) and.push({ not: { either: { kind: [...wanted.withoutKinds] } } });
  if (wanted.country) and.push({ either: countryFilter(wanted.country) });
  if (wanted.from || wanted.to) {
    const dated: RelationFilter = { date: { from: wanted.from, to: wanted.to } };
    and.push(wanted.undated ? { or: [dated, { not: { date: { from: '1000' } } }] } : dated);
  }
  return and.length ? { and } : null;
}

/** Entities that lie or work in a country. */
export function thereFilter(code: string) {
  return { relations: { some: { kind: ['OPERATES_IN', 'HELD_IN', 'LOCATED_IN'] as RelationKind[], direction: 'OUT' as const, entity: { country: [code] } } } };
}

/** Entities that are a country, belong to it, lie or work in it. */
export function countryFilter(code: string) {
  return { or: [{ country: [code] }, thereFilter(code)] };
}
