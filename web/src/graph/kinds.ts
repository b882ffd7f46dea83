// The kinds of entities and relations: their order, their shape, and what belongs together.
import type { EntityKind, RelationKind } from '../api/generated';

export const ENTITY_KINDS: readonly EntityKind[] = [
  'ORGANIZATION', 'PERSON', 'COUNTRY', 'PLACE', 'PROJECT', 'EVENT', 'PUBLICATION', 'TOPIC', 'POPULATION',
];

export const RELATION_KINDS: readonly RelationKind[] = [
  'FUNDS', 'SUPPORTS', 'IMPLEMENTS', 'PARTNERS_WITH', 'ORGANIZES', 'PARTICIPATES_IN', 'PUBLISHES', 'MEMBER_OF', 'PART_OF',
  'WORKS_FOR', 'OPERATES_IN', 'HELD_IN', 'LOCATED_IN', 'ADDRESSES', 'BENEFITS',
];

/** Relations grouped by what they are about, in the order of interest. */
export const MEANINGS = {
  money: ['FUNDS', 'SUPPORTS'],
  work: ['IMPLEMENTS', 'PARTNERS_WITH', 'ORGANIZES', 'PARTICIPATES_IN', 'PUBLISHES'],
  belonging: ['MEMBER_OF', 'PART_OF', 'WORKS_FOR'],
  place: ['OPERATES_IN', 'HELD_IN', 'LOCATED_IN'],
  subject: ['ADDRESSES', 'BENEFITS'],
} as const satisfies Record<string, readonly RelationKind[]>;

export type Meaning = keyof typeof MEANINGS;

export function meaningOf(kind: RelationKind): Meaning {
  const found = Object.entries(MEANINGS).find(([, kinds]) => (kinds as readonly RelationKind[]).includes(kind));
  return (found?.[0] as Meaning | undefined) ?? 'subject';
}

/** What a kind is drawn as; the number is what the shader of the drawing knows it by. */
export const SHAPES = {
  ORGANIZATION: 0, PERSON: 1, COUNTRY: 2, PLACE: 3, PROJECT: 4, EVENT: 5, PUBLICATION: 6, TOPIC: 7, POPULATION: 8,
} as const satisfies Record<EntityKind, number>;

function polygon(corners: number, turn: number, radius = 7): string {
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = turn + (at * 2 * Math.PI) / corners;
    return `${(8 + radius * Math.cos(angle)).toFixed(2)} ${(8 + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

function star(): string {
  const points = Array.from({ length: 10 }, (_, at) => {
    const angle = -Math.PI / 2 + (at * Math.PI) / 5;
    const radius = at % 2 ? 3.4 : 7.6;
    return `${(8 + radius * Math.cos(angle)).toFixed(2)} ${(8 + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

/** The same shapes as paths in a square of 16. */
export const PATHS: Record<EntityKind, string> = {
  ORGANIZATION: 'M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z',
  PERSON: polygon(4, 0, 7.2),
  COUNTRY: 'M2.500 2.500h11v11h-11Z',
  PLACE: polygon(3, -Math.PI / 2, 7.4),
  PROJECT: polygon(6, 0, 7),
  EVENT: star(),
  PUBLICATION: 'M1.600 8a6.400 6.400 0 1 0 12.800 0a6.400 6.400 0 1 0 -12.800 0ZM5 8a3 3 0 1 1 6 0a3 3 0 1 1 -6 0Z',
  TOPIC: 'M5.800 1.500h4.400v4.300h4.300v4.400h-4.300v4.300h-4.400v-4.300h-4.300v-4.400h4.300Z',
  POPULATION: polygon(5, -Math.PI / 2, 7.2),
};
