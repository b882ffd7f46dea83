// What is seen, written for other programs. Pure: gives text, knows no file and no server.
import { PATHS } from './kinds';
import type { Entity, Relation } from './model';

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
  id: string;
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

/** The drawing as it lies on the screen. */
export function toSvg(seen: Seen, places: ReadonlyMap<string, Placed>, look: Look): string {
  const lines = seen.relations.flatMap((relation) => {
    const [from, to] = [places.get(relation.subject), places.get(relation.object)];
    if (!from || !to) return [];
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const stop = (length - to.size - 3) / length;
    const [x2, y2] = [from.x + (to.x - from.x) * stop, from.y + (to.y - from.y) * stop];
    const end = relation.weight === undefined ? ' marker-end="url(#head)"' : '';
    const width = relation.weight === undefined ? 0.6 + relation.confidence : 1 + 2 * Math.sqrt(relation.weight);
    return [`<line x1="${from.x.toFixed(1)}" y1="${from.y.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke-width="${width.toFixed(1)}"${end}><title>${xml(relation.label)}</title></line>`];
  });
  const marks = seen.entities.flatMap((entity) => {
    const place = places.get(entity.id);
    if (!place) return [];
    const scale = place.size / 7;
    return [
      `<g transform="translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})"><path transform="scale(${scale.toFixed(2)}) translate(-8 -8)" d="${PATHS[entity.kind]}" fill="${place.color}" fill-rule="evenodd"/><text x="${(place.size + 4).toFixed(1)}" y="4">${xml(entity.label)}</text></g>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${look.width}" height="${look.height}" viewBox="0 0 ${look.width} ${look.height}">`,
    `<defs><marker id="head" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 6 3 0 6Z" fill="${look.line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${look.paper}"/>`,
    `<g stroke="${look.line}">${lines.join('')}</g>`,
    `<g font-family="IBM Plex Sans, system-ui, sans-serif" font-size="12" fill="${look.ink}" stroke="none">${marks.join('')}</g>`,
    '</svg>',
    '',
  ].join('\n');
}
