// An answer as tables: every list of objects in it, with what lies inside them as columns.

export interface Rows {
  path: string;
  columns: string[];
  rows: Record<string, string>[];
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** So many items of a list within a row are told; of the others, how many there are. */
const TOLD = 3;

/** What an item is called: by its name, or that of what it leads to; else its first text. */
function called(item: Json): string {
  if (!isObject(item)) return Array.isArray(item) ? item.map(called).join(', ') : String(item ?? '');
  const inner = isObject(item['node']) ? item['node'] : isObject(item['entity']) ? item['entity'] : item;
  for (const key of ['label', 'name', 'title', 'text', 'id']) if (typeof inner[key] === 'string') return inner[key];
  const rest = Object.values(inner).map(called);
  return rest.find(Boolean) ?? '';
}

function listed(items: readonly Json[]): string {
  const names = items.slice(0, TOLD).map(called).join(' · ');
  return items.length > TOLD ? `${names} (+${items.length - TOLD})` : names;
}

function flatten(value: { [key: string]: Json }, prefix: string, into: Record<string, string>): void {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (isObject(inner)) flatten(inner, name, into);
    else if (Array.isArray(inner)) into[name] = inner.every((each) => !isObject(each) && !Array.isArray(each)) ? inner.join(' · ') : listed(inner);
    else into[name] = inner === null ? '' : String(inner);
  }
}

/** The lists in an answer, the outermost first; a list of edges or nodes bears the name of its field. */
export function tablesIn(data: unknown): Rows[] {
  const found = new Map<string, Record<string, string>[]>();
  function walk(value: Json, path: string): void {
    if (Array.isArray(value)) {
      const objects = value.filter(isObject);
      if (objects.length) {
        const rows = objects.map((each) => {
          const row: Record<string, string> = {};
          flatten(each, '', row);
          return row;
        });
        found.set(path, [...(found.get(path) ?? []), ...rows]);
      }
      for (const each of value) walk(each, path);
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    }
  }
  walk((data ?? null) as Json, '');
  return [...found].map(([path, rows]) => ({ path, rows, columns: [...new Set(rows.flatMap((row) => Object.keys(row)))] }));
}

const ENTITY = /^(organization|person|country|place|project|event|publication|topic|population):\S+$/;
const RELATION = /^relation:\S+$/;

/** The ids of entities and relations that an answer holds. */
export function idsIn(data: unknown): { entities: string[]; relations: string[] } {
  const entities = new Set<string>();
  const relations = new Set<string>();
  function walk(value: unknown): void {
    if (typeof value === 'string') {
      if (ENTITY.test(value)) entities.add(value);
      else if (RELATION.test(value)) relations.add(value);
    } else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  }
  walk(data);
  return { entities: [...entities], relations: [...relations] };
}
