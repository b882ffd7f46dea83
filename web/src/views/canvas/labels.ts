// Names in the drawing: on a thin halo of the paper's colour, so that lines below do not cut them.
import type { Settings } from 'sigma/settings';
import type { NodeDisplayData, PartialButFor } from 'sigma/types';

export interface LabelStyle {
  ink: string;
  paper: string;
  /** Where names stand in this frame: left, top, right and bottom of each. */
  taken: [number, number, number, number][];
}

type Data = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>;
type Box = LabelStyle['taken'][number];

const meet = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
type Look = Pick<Settings, 'labelSize' | 'labelFont' | 'labelWeight'>;

const LONGEST = 38;

function short(text: string): string {
  const points = Array.from(text);
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('').trimEnd()}…` : text;
}

export function drawLabel(context: CanvasRenderingContext2D, data: Data, look: Look, style: LabelStyle, whole = false): void {
  if (!data.label) return;
  const text = whole ? data.label : short(data.label);
  context.font = `${look.labelWeight} ${look.labelSize}px ${look.labelFont}`;
  const [x, y] = [data.x + data.size + 4, data.y + look.labelSize / 3];
  if (!whole) {
    // A name on another name helps nobody; the next step nearer shows it.
    const box: Box = [x - 2, data.y - look.labelSize * 0.65, x + context.measureText(text).width + 2, data.y + look.labelSize * 0.65];
    if (!data.forceLabel && style.taken.some((other) => meet(box, other))) return;
    style.taken.push(box);
  }
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = style.paper;
  context.strokeText(text, x, y);
  context.fillStyle = style.ink;
  context.fillText(text, x, y);
}

export function drawHover(context: CanvasRenderingContext2D, data: Data, look: Look, style: LabelStyle): void {
  if (data.label) {
    context.font = `${look.labelWeight} ${look.labelSize}px ${look.labelFont}`;
    const width = context.measureText(data.label).width;
    context.fillStyle = style.paper;
    context.strokeStyle = style.ink;
    context.lineWidth = 1;
    const [x, y] = [data.x + data.size + 0.5, data.y - look.labelSize / 2 - 4];
    context.beginPath();
    context.roundRect(x, y, width + 9, look.labelSize + 9, 3);
    context.fill();
    context.stroke();
  }
  context.beginPath();
  context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
  context.strokeStyle = style.ink;
  context.lineWidth = 1.5;
  context.stroke();
  drawLabel(context, data, look, style, true);
}
