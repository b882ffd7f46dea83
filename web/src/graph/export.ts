// What is seen, written for other programs. Pure: gives text, knows no file and no server.
import { control } from './curves';
import { PATHS } from './kinds';
import { pairKey, type Entity, type Relation } from './model';
import { bendOf, halfOf, isMutual, isOpen } from './pairs';

export interface Citation {
  text: string;
  rule: string;
  confidence: number;
  spans: readonly { start: number; end: number }[];
  document: { id: string; title: string | null; source: string; url: string | null; published: { start: string } | null };
}

export interface Seen {
  entities: readonly Entity[];
  relations: readonly Relation[];
  citations: ReadonlyMap<string, readonly Citation[]>;
}

/** Characters that XML 1.0 has no place for are left out. */
function xml(value: string | number): string {
  return String(value)
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

const firstOf = (seen: Seen, relation: Relation) => seen.citations.get(relation.id)?.[0];

/** One row a relation. */
export function toCsv(seen: Seen): string {
  const names = new Map(seen.entities.map(({ id, label }) => [id, label]));
  const rows = seen.relations.map((relation) => {
    const cited = firstOf(seen, relation);
    return [
      relation.id, relation.kind, relation.subject, names.get(relation.subject) ?? '', relation.object, names.get(relation.object) ?? '',
      relation.confidence, relation.modality, relation.date?.start ?? '', relation.date?.end ?? '', relation.weight ?? '',
      cited?.text ?? '', cited?.document.title ?? '', cited?.document.source ?? '', cited?.document.id ?? '',
    ];
  });
  const head = ['id', 'kind', 'subject', 'subject_name', 'object', 'object_name', 'confidence', 'modality', 'from', 'to', 'weight', 'sentence', 'document_title', 'document_source', 'document'];
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** One row an entity. */
export function toEntitiesCsv(seen: Seen): string {
  const rows = seen.entities.map(({ id, kind, label, countryCode, documentCount }) => [id, kind, label, countryCode, documentCount]);
  return [['id', 'kind', 'name', 'country', 'documents'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

export function toGraphml(seen: Seen): string {
  const keys = [
    ['name', 'node', 'string'], ['kind', 'node', 'string'], ['country', 'node', 'string'], ['documents', 'node', 'int'],
    ['relation', 'edge', 'string'], ['label', 'edge', 'string'], ['confidence', 'edge', 'double'], ['modality', 'edge', 'string'],
    ['from', 'edge', 'string'], ['to', 'edge', 'string'], ['weight', 'edge', 'double'], ['sentence', 'edge', 'string'], ['document', 'edge', 'string'],
  ];
  const data = (key: string, value: string | number | null | undefined) =>
    value === null || value === undefined || value === '' ? '' : `<data key="${key}">${xml(value)}</data>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([id, of, type]) => `<key id="${of}_${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`),
    '<graph edgedefault="directed">',
    ...seen.entities.map((entity) =>
      `<node id="${xml(entity.id)}">${data('node_name', entity.label)}${data('node_kind', entity.kind)}${data('node_country', entity.countryCode)}${data('node_documents', entity.documentCount)}</node>`),
    ...seen.relations.map((relation) => {
      const cited = firstOf(seen, relation);
      return `<edge id="${xml(relation.id)}" source="${xml(relation.subject)}" target="${xml(relation.object)}">${data('edge_relation', relation.kind)}${data('edge_label', relation.label)}${data('edge_confidence', relation.confidence)}${data('edge_modality', relation.modality)}${data('edge_from', relation.date?.start)}${data('edge_to', relation.date?.end)}${data('edge_weight', relation.weight ?? relation.confidence)}${data('edge_sentence', cited?.text)}${data('edge_document', cited?.document.source)}</edge>`;
    }),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n');
}

export function toGexf(seen: Seen): string {
  const value = (at: number, given: string | number | null | undefined) =>
    given === null || given === undefined || given === '' ? '' : `<attvalue for="${at}" value="${xml(given)}"/>`;
  const attributes = (of: string, names: [string, string][]) =>
    `<attributes class="${of}">${names.map(([name, type], at) => `<attribute id="${at}" title="${name}" type="${type}"/>`).join('')}</attributes>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    '<graph defaultedgetype="directed" mode="static">',
    attributes('node', [['kind', 'string'], ['country', 'string'], ['documents', 'integer']]),
    attributes('edge', [['confidence', 'double'], ['modality', 'string'], ['sentence', 'string'], ['document', 'string']]),
    '<nodes>',
    ...seen.entities.map((entity) =>
      `<node id="${xml(entity.id)}" label="${xml(entity.label)}"><attvalues>${value(0, entity.kind)}${value(1, entity.countryCode)}${value(2, entity.documentCount)}</attvalues></node>`),
    '</nodes>',
    '<edges>',
    ...seen.relations.map((relation) => {
      const cited = firstOf(seen, relation);
      return `<edge id="${xml(relation.id)}" source="${xml(relation.subject)}" target="${xml(relation.object)}" label="${xml(relation.label)}" kind="${xml(relation.kind)}" weight="${relation.weight ?? relation.confidence}"><attvalues>${value(0, relation.confidence)}${value(1, relation.modality)}${value(2, cited?.text)}${value(3, cited?.document.source)}</attvalues></edge>`;
    }),
    '</edges>',
    '</graph>',
    '</gexf>',
    '',
  ].join('\n');
}

/** Everything, each relation with the sentences that it rests on. */
export function toJson(seen: Seen): string {
  const relations = seen.relations.map((relation) => ({ ...relation, citations: seen.citations.get(relation.id) ?? [] }));
  return `${JSON.stringify({ format: 'maillage-drawing', version: 1, entities: seen.entities, relations }, null, 2)}\n`;
}

export interface Placed {
  x: number;
  y: number;
  size: number;
  color: string;
}

export interface Look {
  width: number;
  height: number;
  paper: string;
  ink: string;
  line: string;
}

/** What a line says: its relations, and below each the sentences with their documents. */
function told(seen: Seen, pair: readonly Relation[], names: ReadonlyMap<string, string>): string {
  const words = (relation: Relation) => `${names.get(relation.subject) ?? ''} ${relation.label} ${names.get(relation.object) ?? ''}`;
  const cited = pair.flatMap((relation) => (seen.citations.get(relation.id) ?? []).map(({ text, document: { title, source, url, id } }) =>
    `${pair.length > 1 ? `${words(relation)}: ` : ''}«${text}» — ${[title, url ?? source, id].filter(Boolean).join(', ')}`));
  return `<title>${xml(pair.map(words).join('; '))}</title>${cited.length ? `<desc>${xml(cited.join('\n'))}</desc>` : ''}`;
}

/** The drawing as it lies on the screen; each line bears its sentences in its description. */
export function toSvg(seen: Seen, places: ReadonlyMap<string, Placed>, look: Look): string {
  const names = new Map(seen.entities.map(({ id, label }) => [id, label]));
  const pairs = new Map<string, Relation[]>();
  for (const relation of seen.relations) {
    const key = pairKey(relation.subject, relation.object);
    pairs.set(key, [...(pairs.get(key) ?? []), relation]);
  }
  const lines = [...pairs.values()].flatMap((pair) => {
    const [{ subject, object } = { subject: '', object: '' }] = pair;
    const [from, to] = [places.get(subject), places.get(object)];
    if (!from || !to || subject === object) return [];
    const bend = bendOf(pairs, subject, object);
    const middle = control(from.x, from.y, to.x, to.y, bend);
    const length = Math.hypot(to.x - middle.x, to.y - middle.y) || 1;
    const stop = (length - to.size - 3) / length;
    const [x2, y2] = [middle.x + (to.x - middle.x) * stop, middle.y + (to.y - middle.y) * stop];
    const at = (...numbers: number[]) => numbers.map((number) => number.toFixed(1));
    const [ax, ay, mx, my, bx, by] = at(from.x, from.y, middle.x, middle.y, x2, y2);
    const style = `stroke-width="${(2 * halfOf(pair)).toFixed(1)}"${isOpen(pair) ? ' stroke-dasharray="5 3"' : ''}${isMutual(pair) ? '' : ' marker-end="url(#head)"'}`;
    const drawn = bend === 0 ? `<line x1="${ax}" y1="${ay}" x2="${bx}" y2="${by}" ${style}>` : `<path d="M${ax} ${ay}Q${mx} ${my} ${bx} ${by}" ${style}>`;
    return [`${drawn}${told(seen, pair, names)}</${bend === 0 ? 'line' : 'path'}>`];
  });
  const marks = seen.entities.flatMap((entity) => {
    const place = places.get(entity.id);
    if (!place) return [];
    const scale = place.size / 7;
    return [
      `<g id="${xml(entity.id)}" transform="translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})"><path transform="scale(${scale.toFixed(2)}) translate(-8 -8)" d="${PATHS[entity.kind]}" fill="${place.color}" fill-rule="evenodd"/><text x="${(place.size + 4).toFixed(1)}" y="4">${xml(entity.label)}</text></g>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${look.width}" height="${look.height}" viewBox="0 0 ${look.width} ${look.height}">`,
    `<defs><marker id="head" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 6 3 0 6Z" fill="${look.line}" stroke="none"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${look.paper}"/>`,
    `<g stroke="${look.line}" fill="none">${lines.join('\n')}</g>`,
    `<g font-family="IBM Plex Sans, system-ui, sans-serif" font-size="12" fill="${look.ink}" stroke="none">${marks.join('\n')}</g>`,
    '</svg>',
    '',
  ].join('\n');
}
