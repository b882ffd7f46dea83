// Where the drawing is looked at from. Pure: a point of the drawing in the middle, and pixels for each of its units.

export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Room around the drawing, in pixels; names stand to the right of what they name. */
const ROOM = { left: 34, right: 96, top: 34, bottom: 34 };

/** Few entities are not torn apart to fill the view. */
const LARGEST_FIT = 14;

const MOST_NEAR = 60;
const MOST_FAR = 1 / 8;

export function onScreen(camera: Camera, size: Size, x: number, y: number): Point {
  return { x: (x - camera.x) * camera.scale + size.width / 2, y: (y - camera.y) * camera.scale + size.height / 2 };
}

export function inDrawing(camera: Camera, size: Size, at: Point): Point {
  return { x: (at.x - size.width / 2) / camera.scale + camera.x, y: (at.y - size.height / 2) / camera.scale + camera.y };
}

/** The camera that sees all of some places. */
export function fitted(xs: Float32Array, ys: Float32Array, which: Iterable<number>, size: Size): Camera {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const at of which) {
    const [x = 0, y = 0] = [xs[at], ys[at]];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { x: 0, y: 0, scale: 1 };
  const forNames = Math.min(ROOM.right, size.width / 6);
  const [width, height] = [Math.max(80, size.width - ROOM.left - forNames), Math.max(80, size.height - ROOM.top - ROOM.bottom)];
  const scale = Math.min(width / Math.max(right - left, 1e-3), height / Math.max(bottom - top, 1e-3), LARGEST_FIT);
  return {
    x: (left + right) / 2 + (forNames - ROOM.left) / 2 / scale,
    y: (top + bottom) / 2 + (ROOM.bottom - ROOM.top) / 2 / scale,
    scale,
  };
}

/** Nearer or farther by a factor, while the point below `at` stays where it is. */
export function zoomed(camera: Camera, size: Size, at: Point, factor: number, whole: number): Camera {
  const scale = Math.min(whole * MOST_NEAR, Math.max(whole * MOST_FAR, camera.scale * factor));
  const held = inDrawing(camera, size, at);
  return {
    x: held.x - (at.x - size.width / 2) / scale,
    y: held.y - (at.y - size.height / 2) / scale,
    scale,
  };
}

export function between(from: Camera, to: Camera, part: number): Camera {
  return {
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    scale: from.scale * (to.scale / from.scale) ** part,
  };
}
