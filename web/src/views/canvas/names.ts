// Names in the drawing, on a thin halo of the paper's colour, so that lines below do not cut them. No name lies on
// another: those that find no place wait until the view is nearer.

export interface Style {
  ink: string;
  paper: string;
  /** The colour of words on relations. */
  words: string;
}

export interface Name {
  text: string;
  x: number;
  y: number;
  /** Of what bears the name. */
  radius: number;
  /** Drawn even where it lies on something. */
  forced: boolean;
}

/** A word along a line. */
export interface Word {
  text: string;
  x: number;
  y: number;
  dx: number;
  dy: number;
  forced: boolean;
  /** How long the line is in pixels between what it joins: a word does not stick out. */
  length: number;
}

export type Box = [left: number, top: number, right: number, bottom: number];

const FONT = '"IBM Plex Sans Variable", system-ui, sans-serif';
const SIZE = 12;
const WORD_SIZE = 11;
const LONGEST = 38;
const LONGEST_NARROW = 24;
const NARROW = 480;

const meet = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function short(text: string, longest: number): string {
  const points = Array.from(text);
  return points.length > longest ? `${points.slice(0, longest - 1).join('').trimEnd()}…` : text;
}

const widths = new Map<string, number>();

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** The boxes in which a name may stand: to the right, to the left, below, above, and at the corners. */
function boxes({ x, y, radius }: Name, width: number): Box[] {
  const [half, away] = [SIZE * 0.62, radius + 4];
  const corner = 0.7 * away;
  const at = (left: number, middle: number): Box => [left, middle - half, left + width, middle + half];
  return [
    at(x + away, y), at(x - away - width, y), at(x - width / 2, y + away + half - 1), at(x - width / 2, y - away - half + 1),
    at(x + corner, y - corner - 3), at(x + corner, y + corner + 3), at(x - corner - width, y - corner - 3), at(x - corner - width, y + corner + 3),
  ];
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, ink: string, paper: string): void {
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = paper;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

/** Where nothing may stand: on names never, on marks only if there is no other way. */
export interface Taken {
  names: Box[];
  marks: Box[];
  /** Between these a name is seen whole. */
  left: number;
  right: number;
}

/** So many of the first names stand on marks rather than nowhere. */
const FIRST = 8;

/** Draws names, the first first, at most `most` of those that are not forced. */
export function drawNames(context: CanvasRenderingContext2D, names: Iterable<Name>, taken: Taken, style: Style, most: number): void {
  context.font = `${SIZE}px ${FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const longest = taken.right - taken.left < NARROW ? LONGEST_NARROW : LONGEST;
  let [drawn, at] = [0, 0];
  for (const name of names) {
    at += 1;
    if (!name.forced && drawn >= most) break;
    const text = short(name.text, longest);
    const places = boxes(name, widthOf(context, text) + 2);
    const hits = (box: Box, others: readonly Box[]) => others.reduce((sum, other) => sum + Number(meet(box, other)), 0);
    const free = places.filter((box) => box[0] >= taken.left && box[2] <= taken.right && !hits(box, taken.names));
    const best = free.map((box) => ({ box, marks: hits(box, taken.marks) })).sort((a, b) => a.marks - b.marks)[0];
    const box = best && (best.marks === 0 || at <= Math.min(FIRST, most / 8) || name.forced) ? best.box : name.forced ? places[0] : undefined;
    if (!box) continue;
    taken.names.push(box);
    write(context, text, box[0] + 1, (box[1] + box[3]) / 2, style.ink, style.paper);
    drawn += 1;
  }
}

/** Draws words along lines, upright for whoever reads, where no name stands. */
export function drawWords(context: CanvasRenderingContext2D, words: Iterable<Word>, taken: Taken, style: Style): void {
  context.font = `${WORD_SIZE}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { text, x, y, dx, dy, forced, length } of words) {
    const width = widthOf(context, text);
    if (!forced && width > length) continue;
    const [wide, high] = [(Math.abs(dx) * width + Math.abs(dy) * WORD_SIZE) / 2, (Math.abs(dy) * width + Math.abs(dx) * WORD_SIZE) / 2];
    // In the middle, or a little nearer to one end.
    const places = [0, -0.22, 0.22].map((part) => {
      const [left, top] = [x + part * length * dx, y + part * length * dy];
      return { left, top, box: [left - wide, top - high, left + wide, top + high] as Box };
    });
    const place = places.find(({ box }) => ![...taken.names, ...taken.marks].some((other) => meet(box, other))) ?? (forced ? places[0] : undefined);
    if (!place) continue;
    taken.names.push(place.box);
    context.save();
    context.translate(place.left, place.top);
    context.rotate(Math.atan2(dx < 0 ? -dy : dy, Math.abs(dx)));
    write(context, text, 0, 0, style.words, style.paper);
    context.restore();
  }
}

/** The whole name in a box, and a ring around what bears it. */
export function drawBoxed(context: CanvasRenderingContext2D, { text, x, y, radius }: Name, style: Style, right: number): void {
  context.font = `600 ${SIZE}px ${FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.strokeStyle = style.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y, radius + 3.5, 0, 2 * Math.PI);
  context.stroke();
  const width = widthOf(context, text) + 10;
  // Where it would stick out on the right, it stands on the left.
  const left = x + radius + 7 + width > right && x - radius - 7 - width > 0 ? x - radius - 7 - width : x + radius + 7;
  context.lineWidth = 1;
  context.fillStyle = style.paper;
  context.beginPath();
  context.roundRect(left, y - SIZE / 2 - 5, width, SIZE + 10, 3);
  context.fill();
  context.stroke();
  context.fillStyle = style.ink;
  context.fillText(text, left + 5, y);
}
