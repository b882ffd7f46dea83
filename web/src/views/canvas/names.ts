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
  /** How long the line is in pixels: a word does not stick out. */
  length: number;
}

export type Box = [left: number, top: number, right: number, bottom: number];

const FONT = '"IBM Plex Sans Variable", system-ui, sans-serif';
const SIZE = 12;
const WORD_SIZE = 11;
const LONGEST = 38;

const meet = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

export function short(text: string): string {
  const points = Array.from(text);
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('').trimEnd()}…` : text;
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

/** The boxes in which a name may stand: to the right, to the left, below, above. */
function boxes({ x, y, radius }: Name, width: number): Box[] {
  const [high, away] = [SIZE * 0.62, radius + 4];
  return [
    [x + away, y - high, x + away + width, y + high],
    [x - away - width, y - high, x - away, y + high],
    [x - width / 2, y + away - 1, x + width / 2, y + away + 2 * high],
    [x - width / 2, y - away - 2 * high, x + width / 2, y - away + 1],
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

/** Draws names, the first first, at most `most` of those that are not forced; `taken` is where nothing may stand. */
export function drawNames(context: CanvasRenderingContext2D, names: Iterable<Name>, taken: Box[], style: Style, most: number): void {
  context.font = `${SIZE}px ${FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  let drawn = 0;
  for (const name of names) {
    if (!name.forced && drawn >= most) break;
    const text = short(name.text);
    const places = boxes(name, widthOf(context, text) + 2);
    const box = places.find((place) => !taken.some((other) => meet(place, other))) ?? (name.forced ? places[0] : undefined);
    if (!box) continue;
    taken.push(box);
    write(context, text, box[0] + 1, (box[1] + box[3]) / 2, style.ink, style.paper);
    drawn += 1;
  }
}

/** Draws words along lines, upright for whoever reads. */
export function drawWords(context: CanvasRenderingContext2D, words: Iterable<Word>, taken: Box[], style: Style): void {
  context.font = `${WORD_SIZE}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { text, x, y, dx, dy, forced, length } of words) {
    const width = widthOf(context, text);
    if (!forced && width > length) continue;
    const [wide, high] = [(Math.abs(dx) * width + Math.abs(dy) * WORD_SIZE) / 2, (Math.abs(dy) * width + Math.abs(dx) * WORD_SIZE) / 2];
    const box: Box = [x - wide, y - high, x + wide, y + high];
    if (!forced && taken.some((other) => meet(box, other))) continue;
    taken.push(box);
    context.save();
    context.translate(x, y);
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
