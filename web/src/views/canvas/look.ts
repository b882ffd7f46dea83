// How each entity and each relation looks now: colour, width, gaps, what stands out and what steps back. Pure.
import type { Entity, Selection, Visible } from '../../graph/model';
import { bendOf, halfOf, isMutual, isOpen, wordsOf } from '../../graph/pairs';
import { SHAPES } from '../../graph/kinds';
import type { Palette } from './colors';
import type { Places } from './places';
import { packed, type Dot, type Line } from './vertices';

export interface PairLine extends Line {
  key: string;
  /** What is written along it; empty for nothing. */
  words: string;
  /** Whether the words are written even where they lie on something. */
  told: boolean;
}

export interface Looks {
  lines: PairLine[];
  dots: (Dot & { id: string })[];
  /** Whether an entity's name steps back. */
  dimmed: ReadonlySet<string>;
}

export interface Given {
  visible: Visible;
  entities: ReadonlyMap<string, Entity>;
  places: Places;
  colors: Palette;
  chosen: Selection;
  /** Entities and relations that stand out, of a path. */
  standing: ReadonlySet<string>;
  /** The entity below the pointer, and the pair. */
  over: string | null;
  overPair: string | null;
}

/** Around so few others, every line bears its word. */
const FEW_NEAR = 8;

/** Among so few lines, all bear their word. */
const FEW_PAIRS = 40;

export function around(visible: Visible, id: string): Set<string> {
  const near = new Set([id]);
  for (const { subject, object } of visible.relations) {
    if (subject === id) near.add(object);
    if (object === id) near.add(subject);
  }
  return near;
}

/** What stands back is drawn first. */
export function looks({ visible, entities, places, colors, chosen, standing, over, overPair }: Given): Looks {
  const center = over ?? (chosen?.is === 'entity' ? chosen.id : null);
  const near = center === null || !places.has(center) ? null : around(visible, center);
  const levels: [PairLine[], PairLine[], PairLine[]] = [[], [], []];
  const [faint, plain, strong] = [packed(colors.faint), packed(colors.relation), packed(colors.strong)];
  for (const [key, pair] of visible.pairs) {
    const [first] = pair;
    if (!first) continue;
    const [from, to] = [places.row(first.subject), places.row(first.object)];
    if (from === undefined || to === undefined || from === to) continue;
    const picked = (chosen?.is === 'pair' && chosen.key === key) || overPair === key;
    const stands = standing.size > 0 && pair.some(({ id }) => standing.has(id));
    const touches = center !== null && (first.subject === center || first.object === center);
    const isStrong = picked || stands || touches;
    const isFaint = !isStrong && (standing.size > 0 || near !== null);
    // Around an entity with many relations their words would lie on each other; the panel beside lists them.
    const told = picked || stands || (touches && near !== null && near.size <= FEW_NEAR + 1);
    levels[isStrong ? 2 : isFaint ? 0 : 1].push({
      key,
      from,
      to,
      bend: bendOf(visible.pairs, first.subject, first.object),
      half: halfOf(pair) + (picked ? 0.8 : 0),
      color: isStrong ? strong : isFaint ? faint : plain,
      arrow: !isMutual(pair),
      dashed: isOpen(pair),
      words: told || (!isFaint && visible.pairs.size <= FEW_PAIRS) ? wordsOf(pair) : '',
      told,
    });
  }
  const dots: [Looks['dots'], Looks['dots'], Looks['dots']] = [[], [], []];
  const dimmed = new Set<string>();
  for (const id of visible.entities) {
    const [entity, row] = [entities.get(id), places.row(id)];
    if (!entity || row === undefined) continue;
    const stands = standing.has(id) || (chosen?.is === 'entity' && chosen.id === id);
    const back = !stands && ((standing.size > 0 && !standing.has(id)) || (near !== null && !near.has(id)));
    if (back) dimmed.add(id);
    dots[stands ? 2 : back ? 0 : 1].push({ id, row, shape: SHAPES[entity.kind], color: packed(back ? colors.faint : colors.kinds[entity.kind]) });
  }
  return { lines: levels.flat(), dots: dots.flat(), dimmed };
}
