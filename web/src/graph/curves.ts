// The way of a line between two places. Two relations that go opposite ways bend apart, so that both are seen. Pure.

export interface Step {
  x: number;
  y: number;
  /** The direction of travel, of length 1. */
  dx: number;
  dy: number;
}

/** How far a bent line swings out, as a part of its length. */
export const BEND = 0.16;

const STEPS = 12;

/** The point where a bent line's tangents meet; a straight one has it in the middle. */
export function control(ax: number, ay: number, bx: number, by: number, bend: number): { x: number; y: number } {
  return { x: (ax + bx) / 2 + 2 * bend * (ay - by), y: (ay + by) / 2 + 2 * bend * (bx - ax) };
}

/** Points along a line, with the direction at each: two for a straight line. */
export function way(ax: number, ay: number, bx: number, by: number, bend: number): Step[] {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  if (bend === 0) {
    const [dx, dy] = [(bx - ax) / length, (by - ay) / length];
    return [{ x: ax, y: ay, dx, dy }, { x: bx, y: by, dx, dy }];
  }
  const middle = control(ax, ay, bx, by, bend);
  return Array.from({ length: STEPS + 1 }, (_, at) => {
    const part = at / STEPS;
    const rest = 1 - part;
    const [dx, dy] = [rest * (middle.x - ax) + part * (bx - middle.x), rest * (middle.y - ay) + part * (by - middle.y)];
    const fast = Math.hypot(dx, dy) || 1;
    return {
      x: rest * rest * ax + 2 * rest * part * middle.x + part * part * bx,
      y: rest * rest * ay + 2 * rest * part * middle.y + part * part * by,
      dx: dx / fast,
      dy: dy / fast,
    };
  });
}

/** How far a point is from a straight piece. */
function fromPiece(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const part = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - part * dx, y - ay - part * dy);
}

/** How far a point is from a line. */
export function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number, bend: number): number {
  if (bend === 0) return fromPiece(x, y, ax, ay, bx, by);
  const steps = way(ax, ay, bx, by, bend);
  let least = Infinity;
  for (let at = 1; at < steps.length; at += 1) {
    const [one, other] = [steps[at - 1], steps[at]];
    if (one && other) least = Math.min(least, fromPiece(x, y, one.x, one.y, other.x, other.y));
  }
  return least;
}
