// What is drawn: entities and relations by id, with what is hidden, pinned and chosen. Knows no canvas.
import { computed, signal } from '@preact/signals';

import type { DrawnEntityFragment, DrawnRelationFragment, RelationKind } from '../api/generated';
import { filters, passes, type Filters } from '../state/filters';

export type Entity = DrawnEntityFragment;

export interface Relation {
  id: string;
  kind: RelationKind | 'PARTNER';
  label: string;
  confidence: number;
  modality: DrawnRelationFragment['modality'];
  date: DrawnRelationFragment['date'];
  documentCount: number;
  documents: string[];
  subject: string;
  object: string;
  /** Of a drawn partnership: how strong it is, and the relations behind it. */
  weight?: number;
  basis?: { direct: string[]; shared: { entity: string; relations: string[] }[] };
}

export type Selection = { is: 'entity'; id: string } | { is: 'pair'; key: string } | null;

/** Counts up with every change of what is drawn. */
export const revision = signal(0);
export const selection = signal<Selection>(null);
/** Ids of entities and relations that stand out, of a path that was found. */
export const highlighted = signal<ReadonlySet<string>>(new Set());
export const hidden = signal<ReadonlySet<string>>(new Set());
export const pinned = signal<ReadonlySet<string>>(new Set());
/** Entities that were asked for; they stay when filters leave them without relations. */
export const seeds = signal<ReadonlySet<string>>(new Set());

const entities = new Map<string, Entity>();
const relations = new Map<string, Relation>();

export const drawn = { entities: entities as ReadonlyMap<string, Entity>, relations: relations as ReadonlyMap<string, Relation> };

function toRelation(found: DrawnRelationFragment): Relation {
  return {
    id: found.id,
    kind: found.kind,
    label: found.label,
    confidence: found.confidence,
    modality: found.modality,
    date: found.date,
    documentCount: found.documentCount,
    documents: [...new Set((found.evidence ?? []).map(({ document }) => document.id))],
    subject: found.subject.id,
    object: found.object.id,
  };
}

/** What has come since the drawing began to be loaded. */
let arrived: Set<string> | null = null;

function keep(entity: Entity): void {
  entities.set(entity.id, entity);
  arrived?.add(entity.id);
}

function keepRelation(relation: Relation): void {
  relations.set(relation.id, relation);
  arrived?.add(relation.id);
}

/** From here on, what comes is remembered, until `sweep`. */
export function beginLoading(): void {
  arrived = new Set();
}

/** Lets go what did not come again: it is asked for no more, or its documents were withdrawn. */
export function sweep(): void {
  const came = arrived;
  arrived = null;
  if (!came) return;
  const gone = [...entities.keys(), ...relations.keys()].filter((id) => !came.has(id));
  if (!gone.length) return;
  for (const id of gone) {
    entities.delete(id);
    relations.delete(id);
  }
  const chosen = selection.value;
  const pair = chosen?.is === 'pair' ? chosen.key : null;
  if (chosen?.is === 'entity' && !entities.has(chosen.id)) selection.value = null;
  if (pair !== null && ![...relations.values()].some(({ subject, object }) => pairKey(subject, object) === pair)) selection.value = null;
  revision.value += 1;
}

/** Adds to the drawing; gives how many entities are new. */
export function add(found: { entities?: Iterable<Entity>; relations?: Iterable<DrawnRelationFragment>; own?: Iterable<Relation> }): number {
  const before = entities.size;
  for (const entity of found.entities ?? []) keep(entity);
  for (const relation of found.relations ?? []) {
    keep(relation.subject);
    keep(relation.object);
    keepRelation(toRelation(relation));
  }
  for (const relation of found.own ?? []) keepRelation(relation);
  revision.value += 1;
  return entities.size - before;
}

/** Empties the drawing. */
export function clear(): void {
  entities.clear();
  relations.clear();
  selection.value = null;
  highlighted.value = new Set();
  hidden.value = new Set();
  pinned.value = new Set();
  seeds.value = new Set();
  revision.value += 1;
}

export function hide(id: string): void {
  hidden.value = new Set([...hidden.value, id]);
  if (selection.value?.is === 'entity' && selection.value.id === id) selection.value = null;
}

export function togglePin(id: string): void {
  const next = new Set(pinned.value);
  if (!next.delete(id)) next.add(id);
  pinned.value = next;
}

/** Hides all but an entity and those it has a relation with. */
export function keepNear(id: string): void {
  const near = new Set([id]);
  for (const relation of relations.values()) {
    if (relation.subject === id) near.add(relation.object);
    if (relation.object === id) near.add(relation.subject);
  }
  hidden.value = new Set([...entities.keys()].filter((other) => !near.has(other)));
}

/** What the server says lies in a country; it knows more than what is drawn. */
export const members = signal<{ code: string; ids: ReadonlySet<string> } | null>(null);

/** The entities of the drawing that lie in a country. */
function inCountry(code: string): ReadonlySet<string> {
  const inside = new Set<string>(members.value?.code === code ? members.value.ids : []);
  for (const entity of entities.values()) if (entity.countryCode === code) inside.add(entity.id);
  for (const { kind, subject, object } of relations.values()) {
    if ((kind === 'OPERATES_IN' || kind === 'HELD_IN' || kind === 'LOCATED_IN') && entities.get(object)?.countryCode === code) inside.add(subject);
  }
  return inside;
}

export interface Visible {
  entities: ReadonlySet<string>;
  relations: readonly Relation[];
  /** Visible relations by the pair that they join, in the direction in which they are drawn. */
  pairs: ReadonlyMap<string, readonly Relation[]>;
}

export const pairKey = (subject: string, object: string) => `${subject}→${object}`;

function look(wanted: Filters, veiled: ReadonlySet<string>, kept: ReadonlySet<string>): Visible {
  const inside = wanted.country ? inCountry(wanted.country) : undefined;
  const shown = (id: string) => {
    const entity = entities.get(id);
    return entity !== undefined && !veiled.has(id) && !wanted.withoutKinds.includes(entity.kind);
  };
  const seen: Relation[] = [];
  const touched = new Set<string>();
  for (const relation of relations.values()) {
    if (!shown(relation.subject) || !shown(relation.object) || !passes(relation, wanted)) continue;
    if (inside && !inside.has(relation.subject) && !inside.has(relation.object)) continue;
    seen.push(relation);
    touched.add(relation.subject);
    touched.add(relation.object);
  }
  const narrowed = wanted.confidence > 0 || wanted.from !== null || wanted.to !== null || wanted.document !== null || inside !== undefined || wanted.withoutRelations.length > 0;
  const visible = new Set<string>();
  for (const id of entities.keys()) {
    if (shown(id) && (!narrowed || touched.has(id) || kept.has(id) || inside?.has(id))) visible.add(id);
  }
  const pairs = new Map<string, Relation[]>();
  for (const relation of seen) {
    const key = pairKey(relation.subject, relation.object);
    const pair = pairs.get(key);
    if (pair) pair.push(relation);
    else pairs.set(key, [relation]);
  }
  return { entities: visible, relations: seen, pairs };
}

/** What of the drawing is seen, with the filters. */
export const visible = computed<Visible>(() => {
  void revision.value;
  return look(filters.value, hidden.value, seeds.value);
});
