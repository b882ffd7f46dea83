// What hands do on the drawing: point, click, drag, turn the wheel, pinch. Knows no graph: it is told what lies below.
import type { Point } from './camera';

export interface Hands<Target> {
  below: (at: Point) => Target | null;
  /** Whether a thing can be dragged; else the view is. */
  movable: (target: Target) => boolean;
  over: (target: Target | null) => void;
  click: (target: Target | null) => void;
  double: (target: Target | null) => void;
  drag: (target: Target, at: Point) => void;
  drop: (target: Target) => void;
  pan: (dx: number, dy: number) => void;
  zoom: (at: Point, factor: number) => void;
}

/** Below this way a press is a click. */
const STILL = 4;

/** Listens until the answer is called. */
export function listen<Target>(element: HTMLElement, hands: Hands<Target>): () => void {
  const fingers = new Map<number, Point>();
  let pressed: { target: Target | null; from: Point; moved: boolean } | null = null;
  let hovering = 0;
  const stop = new AbortController();
  const options = { signal: stop.signal };

  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = (): { middle: Point; wide: number } | null => {
    const [one, other] = [...fingers.values()];
    if (!one || !other) return null;
    return { middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }, wide: Math.hypot(one.x - other.x, one.y - other.y) };
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    if (pressed?.moved && pressed.target !== null) hands.drop(pressed.target);
    pressed = fingers.size === 1 ? { target: hands.below(at(event)), from: at(event), moved: false } : null;
  }, options);

  element.addEventListener('pointermove', (event) => {
    const now = at(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      // Once a frame is enough to know what lies below.
      if (!hovering) hovering = requestAnimationFrame(() => { hovering = 0; if (!fingers.size) hands.over(hands.below(last)); });
      last = now;
      return;
    }
    const pinched = spread();
    fingers.set(event.pointerId, now);
    const pinches = spread();
    if (pinched && pinches) {
      hands.pan(pinches.middle.x - pinched.middle.x, pinches.middle.y - pinched.middle.y);
      if (pinched.wide > 0) hands.zoom(pinches.middle, pinches.wide / pinched.wide);
      return;
    }
    if (!pressed) return;
    if (!pressed.moved && Math.hypot(now.x - pressed.from.x, now.y - pressed.from.y) < STILL) return;
    const first = !pressed.moved;
    pressed.moved = true;
    if (pressed.target !== null && hands.movable(pressed.target)) hands.drag(pressed.target, now);
    else hands.pan(now.x - (first ? pressed.from.x : before.x), now.y - (first ? pressed.from.y : before.y));
  }, options);
  let last: Point = { x: 0, y: 0 };

  const lift = (event: PointerEvent, cancelled: boolean) => {
    if (!fingers.delete(event.pointerId) || !pressed) return;
    const { target, moved } = pressed;
    pressed = null;
    if (!moved && !cancelled) hands.click(target);
    else if (moved && target !== null && hands.movable(target)) hands.drop(target);
  };
  element.addEventListener('pointerup', (event) => lift(event, false), options);
  element.addEventListener('pointercancel', (event) => lift(event, true), options);
  element.addEventListener('pointerleave', () => {
    cancelAnimationFrame(hovering);
    hovering = 0;
    hands.over(null);
  }, options);
  element.addEventListener('dblclick', (event) => hands.double(hands.below(at(event))), options);
  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    hands.zoom(at(event), Math.exp(Math.max(-1, Math.min(1, -event.deltaY * lines * 0.0018))));
  }, { ...options, passive: false });
  return () => {
    cancelAnimationFrame(hovering);
    stop.abort();
  };
}
