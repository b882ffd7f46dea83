// Lines and entities as numbers for the graphics card. Pure: writes into memory, knows no WebGL.
//
// A vertex of a line says where it is in the drawing, how many pixels from there, across which direction it widens, to
// which side, half its width, how far along the line it is (0 for a line without gaps), and its colour.
import { way } from '../../graph/curves';
import type { Places } from './places';

export interface Line {
  from: number;
  to: number;
  bend: number;
  /** Half its width in pixels. */
  half: number;
  color: number;
  arrow: boolean;
  dashed: boolean;
}

export interface Dot {
  row: number;
  shape: number;
  color: number;
}

export const LINE_WORDS = 10;
export const DOT_WORDS = 5;

const HEAD_LENGTH = 8;
const HEAD_HALF = 3.6;
/** Between the tip and what it points at. */
const GAP = 1.5;

/** `#0b5a6f` → the four bytes that WebGL reads. */
export function packed(color: string): number {
  const value = Number.parseInt(color.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

/** Memory that grows, seen as fractions and as whole numbers. */
export class Rows {
  floats = new Float32Array(1024);
  words = new Uint32Array(this.floats.buffer);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  room(more: number): void {
    if (this.length + more <= this.floats.length) return;
    const wider = new Float32Array(2 * (this.length + more));
    wider.set(this.floats.subarray(0, this.length));
    this.floats = wider;
    this.words = new Uint32Array(wider.buffer);
  }
}

export function writeDots(into: Rows, dots: readonly Dot[], places: Places): void {
  into.reset();
  into.room(dots.length * DOT_WORDS);
  const { floats, words } = into;
  let at = 0;
  for (const { row, shape, color } of dots) {
    floats[at] = places.x[row] ?? 0;
    floats[at + 1] = places.y[row] ?? 0;
    floats[at + 2] = places.size[row] ?? 0;
    floats[at + 3] = shape;
    words[at + 4] = color;
    at += DOT_WORDS;
  }
  into.length = at;
}

/** Two vertices a piece: lines of one pixel, the least that can be drawn. */
export function writeThin(into: Rows, lines: readonly Line[], places: Places): void {
  into.reset();
  const { x, y } = places;
  for (const { from, to, bend, color } of lines) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [x[from], y[from], x[to], y[to]];
    if (bend === 0) {
      into.room(6);
      thin(into, ax, ay, color);
      thin(into, bx, by, color);
      continue;
    }
    const steps = way(ax, ay, bx, by, bend);
    into.room(6 * steps.length);
    for (let at = 1; at < steps.length; at += 1) {
      const [one, other] = [steps[at - 1], steps[at]];
      if (!one || !other) continue;
      thin(into, one.x, one.y, color);
      thin(into, other.x, other.y, color);
    }
  }
}

export const THIN_WORDS = 3;

function thin(into: Rows, x: number, y: number, color: number): void {
  into.floats[into.length] = x;
  into.floats[into.length + 1] = y;
  into.words[into.length + 2] = color;
  into.length += THIN_WORDS;
}

/** Six vertices a piece, with soft edges; a head where a line has a direction. */
export function writeRich(into: Rows, lines: readonly Line[], places: Places): void {
  into.reset();
  const { x, y, size } = places;
  for (const { from, to, bend, half, color, arrow, dashed } of lines) {
    const steps = way(x[from] ?? 0, y[from] ?? 0, x[to] ?? 0, y[to] ?? 0, bend);
    const stop = (size[to] ?? 0) + GAP;
    const head = arrow ? HEAD_LENGTH + half : 0;
    let along = 0;
    for (let at = 1; at < steps.length; at += 1) {
      const [one, other] = [steps[at - 1], steps[at]];
      if (!one || !other) continue;
      const next = along + Math.hypot(other.x - one.x, other.y - one.y);
      const back = at === steps.length - 1 ? stop + head * 0.9 : 0;
      piece(into, one, other, 0, back, half, half, dashed ? along : 0, dashed ? next : 0, color);
      along = next;
    }
    const last = steps.at(-1);
    if (arrow && last) piece(into, last, last, stop + head, stop, HEAD_HALF + half, 0, 0, 0, color);
  }
}

interface Directed {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

function piece(
  into: Rows, one: Directed, other: Directed, backOne: number, backOther: number, halfOne: number, halfOther: number,
  alongOne: number, alongOther: number, color: number,
): void {
  into.room(6 * LINE_WORDS);
  const first = (side: number) => corner(into, one, backOne, halfOne, side, alongOne, color);
  const second = (side: number) => corner(into, other, backOther, halfOther, side, alongOther, color);
  first(1);
  first(-1);
  second(1);
  second(1);
  first(-1);
  second(-1);
}

function corner(into: Rows, { x, y, dx, dy }: Directed, back: number, half: number, side: number, along: number, color: number): void {
  const { floats, words, length } = into;
  floats[length] = x;
  floats[length + 1] = y;
  floats[length + 2] = -dx * back;
  floats[length + 3] = -dy * back;
  floats[length + 4] = -dy;
  floats[length + 5] = dx;
  floats[length + 6] = half;
  floats[length + 7] = side;
  floats[length + 8] = along;
  words[length + 9] = color;
  into.length += LINE_WORDS;
}
