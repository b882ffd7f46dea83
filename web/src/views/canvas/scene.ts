// The drawing itself: places of what is drawn, kept in step with the model, painted, arranged by a worker.
//
// What moves with the view is one element with two canvases, lines and entities (WebGL) and names. With few relations it
// is painted anew at each frame. With many, a frame only shifts and stretches what was painted last, which costs the same
// however much is drawn; painting follows when the picture runs out or the hand rests. A third canvas above bears what
// alone changes at such times: the entity that is dragged or pointed at, with its relations.
import { effect, signal } from '@preact/signals';

import { PATHS, SHAPES } from '../../graph/kinds';
import { control, distance, way } from '../../graph/curves';
import { drawn, highlighted, pinned, revision, selection, togglePin, visible, type Selection, type Visible } from '../../graph/model';
import { calm, dark } from '../../state/settings';
import { between, fitted, inDrawing, onScreen, zoomed, type Camera, type Point, type Size } from './camera';
import { palette, type Palette } from './colors';
import type { Step, Task, Wish } from './layout.worker';
import { looks, type Looks, type PairLine } from './look';
import { drawBoxed, drawNames, drawWords, type Name, type Style, type Taken, type Word } from './names';
import { Painter } from './painter';
import { Places } from './places';
import { listen } from './pointer';

/** Whether the worker is arranging. */
export const arranging = signal(false);

type Target = { is: 'entity'; id: string } | { is: 'pair'; key: string };

/** Up to so many lines, each has its width and head, and all is painted at each frame. */
const MANY = 1200;

/** With many, what is painted goes so far beyond the view, in pixels. */
const MARGIN = 110;

/** How long a hand rests before the picture is painted anew. */
const REST_MS = 200;

/** Among so few entities, names keep off all of them. */
const FEW_ENTITIES = 160;

/** Up to so many entities beside one that is dragged are drawn above their lines, with names. */
const MOST_STAMPED = 60;

/** How much of the view entities may cover. */
const COVER = 0.16;

/** A number between 0 and 1 that belongs to an id: the same drawing everywhere. */
function lot(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return (hash >>> 0) / 4294967296;
}

export interface Placed extends Point {
  size: number;
  color: string;
}

export class Scene {
  onOpen: (relations: string[]) => void = () => {};
  onExpand: (entity: string) => void = () => {};

  private readonly places = new Places();
  private readonly sheet = document.createElement('div');
  private readonly painter: Painter;
  private readonly names: CanvasRenderingContext2D;
  private readonly above: CanvasRenderingContext2D;
  private size: Size = { width: 1, height: 1 };
  private margin = 0;

  private camera: Camera = { x: 0, y: 0, scale: 1 };
  /** The camera for which the sheet was painted. */
  private painted: Camera = this.camera;
  /** The scale at which all is seen. */
  private whole = 1;
  private density = 1;
  /** Whether somebody has chosen what part is seen; it is theirs then. */
  private steered = false;

  private colors: Palette = palette();
  private style: Style = { ink: '#000', paper: '#fff', words: '#000' };
  private shown: Visible = visible.peek();
  private chosen: Selection = null;
  private standing: ReadonlySet<string> = new Set();
  private looks: Looks = { lines: [], dots: [], dimmed: new Set() };
  private over: string | null = null;
  private overPair: string | null = null;
  private held: string | null = null;

  private looksOld = true;
  private paintOld = true;
  private frame = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private flight = 0;
  private worker: Worker | null = null;
  private loading = false;
  private readonly stops: (() => void)[] = [];

  constructor(private readonly container: HTMLElement) {
    const canvas = () => document.createElement('canvas');
    const [lines, names, above] = [canvas(), canvas(), canvas()];
    this.painter = new Painter(lines);
    const context = (of: HTMLCanvasElement) => {
      // A few strokes and words are drawn by the processor faster than a graphics card made of software draws them.
      const found = of.getContext('2d', { willReadFrequently: true });
      if (!found) throw new Error('no canvas');
      return found;
    };
    this.names = context(names);
    this.above = context(above);
    this.sheet.className = 'sheet';
    this.sheet.append(lines, names);
    container.append(this.sheet, above);
    lines.addEventListener('webglcontextlost', (event) => event.preventDefault());
    lines.addEventListener('webglcontextrestored', () => {
      this.painter.begin();
      this.want('looks');
    });
    const watch = new ResizeObserver(() => this.measure());
    watch.observe(container);
    this.measure();
    this.stops.push(
      () => watch.disconnect(),
      listen<Target>(container, {
        below: (at) => this.below(at),
        movable: (target) => target.is === 'entity',
        over: (target) => this.point(target),
        click: (target) => this.click(target),
        double: (target) => {
          if (target?.is === 'entity') this.onExpand(target.id);
        },
        drag: (target, at) => this.drag(target, at),
        drop: (target) => this.drop(target),
        pan: (dx, dy) => this.steer({ ...this.camera, x: this.camera.x - dx / this.camera.scale, y: this.camera.y - dy / this.camera.scale }),
        zoom: (at, factor) => this.steer(zoomed(this.camera, this.size, at, factor, this.whole)),
      }),
      effect(() => {
        void revision.value;
        this.grow();
      }),
      effect(() => {
        void dark.value;
        // The style sheet has the new colours only after this turn.
        requestAnimationFrame(() => this.recolor());
      }),
      effect(() => {
        this.shown = visible.value;
        this.chosen = selection.value;
        this.standing = highlighted.value;
        void pinned.value;
        this.want('looks');
      }),
    );
    void document.fonts?.load('12px "IBM Plex Sans Variable"').then(() => this.want('paint'), () => {});
  }

  end(): void {
    this.stopArranging();
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.flight);
    clearTimeout(this.resting);
    for (const stop of this.stops) stop();
    this.painter.end();
    this.container.replaceChildren();
  }

  /** Takes in what is new, near what it belongs to, and lets go what is drawn no more. */
  private grow(): void {
    const { places } = this;
    this.shown = visible.peek();
    const before = places.count;
    places.keep((id) => drawn.entities.has(id));
    if (places.count < before) this.stopArranging();
    if (places.count === 0) this.steered = false;
    const kept = places.count;
    const neighbours = new Map<string, string[]>();
    for (const { subject, object } of drawn.relations.values()) {
      for (const [one, other] of [[subject, object], [object, subject]] as const) {
        const list = neighbours.get(one);
        if (list) list.push(other);
        else neighbours.set(one, [other]);
      }
    }
    const spread = 10 * Math.sqrt(drawn.entities.size + 1);
    for (const { id } of drawn.entities.values()) {
      if (!places.has(id)) {
        const angle = 2 * Math.PI * lot(id);
        const beside = neighbours.get(id)?.map((other) => places.row(other)).find((row) => row !== undefined);
        const away = (beside === undefined ? spread : 14) * (0.35 + 0.65 * Math.sqrt(lot(`${id}.`)));
        const [x, y] = beside === undefined ? [0, 0] : [places.x[beside] ?? 0, places.y[beside] ?? 0];
        places.add(id, x + away * Math.cos(angle), y + away * Math.sin(angle));
      }
      const row = places.row(id) ?? 0;
      places.size[row] = Math.min(18, 4.5 + 1.7 * Math.sqrt(neighbours.get(id)?.length ?? 0));
    }
    this.want('looks');
    if (places.count > kept && !this.loading) this.arrange();
    else if (!this.steered) this.fitNow();
  }

  /** While much is being loaded, nothing is arranged: it would begin again with every page. */
  set busy(busy: boolean) {
    const ended = this.loading && !busy;
    this.loading = busy;
    if (ended && this.isNew()) this.arrange();
  }

  private arranged = 0;

  /** Whether there is something that was never arranged. */
  private isNew(): boolean {
    return this.places.count !== this.arranged;
  }

  private recolor(): void {
    this.colors = palette();
    this.style = { ink: this.colors.ink, paper: this.colors.paper, words: this.colors.words };
    this.painter.paper = this.colors.paper;
    this.want('looks');
  }

  // Painting

  private get many(): boolean {
    return this.looks.lines.length > MANY;
  }

  /** Has something done anew with the next frame. */
  private want(what: 'looks' | 'paint' | 'view'): void {
    if (what === 'looks') this.looksOld = true;
    if (what !== 'view') this.paintOld = true;
    if (!this.frame) this.frame = requestAnimationFrame(() => this.show());
  }

  private show(): void {
    this.frame = 0;
    if (this.looksOld) {
      this.looks = looks({
        visible: this.shown, entities: drawn.entities, places: this.places, colors: this.colors,
        chosen: this.chosen, standing: this.standing,
        over: this.many ? null : this.over, overPair: this.many ? null : this.overPair,
      });
      this.looksOld = false;
      this.look();
    }
    if (this.paintOld || !this.many || this.ranOut()) this.paint();
    else if (this.camera !== this.painted) {
      const { scale } = this.camera;
      const stretch = scale / this.painted.scale;
      const [dx, dy] = [(this.painted.x - this.camera.x) * scale, (this.painted.y - this.camera.y) * scale];
      this.sheet.style.transform = `translate(${dx}px, ${dy}px) scale(${stretch})`;
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.want('paint'), REST_MS);
    }
    this.showAbove();
  }

  /** Whether the sheet does not reach as far as the view, or is stretched too much. */
  private ranOut(): boolean {
    const stretch = this.camera.scale / this.painted.scale;
    const [dx, dy] = [(this.painted.x - this.camera.x) * this.camera.scale, (this.painted.y - this.camera.y) * this.camera.scale];
    const reach = MARGIN * stretch + (Math.min(this.size.width, this.size.height) / 2) * (stretch - 1);
    return stretch < 0.75 || stretch > 1.6 || Math.max(Math.abs(dx), Math.abs(dy)) > reach;
  }

  private get grown(): number {
    return this.density * Math.min(2.2, Math.max(0.4, Math.sqrt(this.camera.scale / this.whole)));
  }

  private radius(row: number): number {
    return (this.places.size[row] ?? 5) * this.grown;
  }

  /** Paints the sheet for the camera as it is. */
  private paint(): void {
    clearTimeout(this.resting);
    this.resize(this.many ? MARGIN : 0);
    const { painter, places, margin, size, held } = this;
    const row = held !== null && this.many ? places.row(held) : undefined;
    let { lines, dots } = this.looks;
    if (row !== undefined) {
      // What is dragged lies above the sheet.
      lines = lines.filter(({ from, to }) => from !== row && to !== row);
      dots = dots.filter((dot) => dot.row !== row);
    }
    if (this.many) {
      const near = this.linesInView(lines);
      const rich = near.length <= MANY;
      painter.fill(places, near, dots, rich);
    } else {
      painter.fill(places, lines, dots, true);
    }
    painter.draw(this.camera, painter.canvas.width / (size.width + 2 * margin), this.grown);
    this.painted = this.camera;
    this.paintOld = false;
    this.sheet.style.transform = '';
    this.write();
  }

  private linesInView(lines: readonly PairLine[]): PairLine[] {
    const { x, y } = this.places;
    const { scale } = this.camera;
    const [wide, high] = [(this.size.width / 2 + this.margin) / scale, (this.size.height / 2 + this.margin) / scale];
    const [left, right, top, bottom] = [this.camera.x - wide, this.camera.x + wide, this.camera.y - high, this.camera.y + high];
    return lines.filter(({ from, to }) => {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [x[from], y[from], x[to], y[to]];
      return Math.max(ax, bx) >= left && Math.min(ax, bx) <= right && Math.max(ay, by) >= top && Math.min(ay, by) <= bottom;
    });
  }

  private at(row: number): Point {
    return onScreen(this.camera, this.size, this.places.x[row] ?? 0, this.places.y[row] ?? 0);
  }

  private nameOf(id: string, row: number, forced: boolean): Name {
    const label = drawn.entities.get(id)?.label ?? id;
    return { text: pinned.peek().has(id) ? `⚲ ${label}` : label, ...this.at(row), radius: this.radius(row), forced };
  }

  /** Writes names and words on the sheet. */
  private write(): void {
    const { names: context, margin, size, style } = this;
    const { width, height } = size;
    this.clean(context, margin);
    const taken: Taken = { names: [], marks: [], left: -margin, right: width + margin };
    const inView = this.looks.dots.filter(({ row }) => {
      const { x, y } = this.at(row);
      return x > -margin && y > -margin && x < width + margin && y < height + margin;
    });
    if (inView.length <= FEW_ENTITIES) {
      for (const { id, row } of inView) {
        if (this.looks.dimmed.has(id)) continue;
        const [{ x, y }, radius] = [this.at(row), this.radius(row)];
        taken.marks.push([x - radius, y - radius, x + radius, y + radius]);
      }
    }
    const important = this.importance();
    const bearing = inView
      .filter(({ id }) => !this.looks.dimmed.has(id) && id !== this.held && !(this.held !== null && this.many))
      .sort((a, b) => important(b.id, b.row) - important(a.id, a.row));
    const forced = (id: string) => this.standing.has(id);
    const boxed = this.chosen?.is === 'entity' ? this.chosen.id : null;
    const chosenRow = boxed === null || !this.shown.entities.has(boxed) ? undefined : this.places.row(boxed);
    const big = chosenRow === undefined || boxed === null ? null : this.nameOf(boxed, chosenRow, true);
    if (big) taken.names.push([big.x - 8, big.y - 14, big.x + big.radius + 12 + 7.5 * big.text.length, big.y + 14]);
    const most = Math.round((width * height) / 8000);
    const list = bearing.slice(0, 6 * most).filter(({ id }) => id !== boxed);
    drawNames(context, list.map(({ id, row }) => this.nameOf(id, row, forced(id))), taken, style, most);
    drawWords(context, this.words(), taken, style);
    if (big) drawBoxed(context, big, style, width);
  }

  /** What stands out is named first, then what has most relations. */
  private importance(): (id: string, row: number) => number {
    return (id, row) => (this.standing.has(id) || id === this.over ? 100 : 0) + (this.places.size[row] ?? 0);
  }

  private *words(): Generator<Word> {
    if (this.many) return;
    for (const { from, to, bend, words, told } of this.looks.lines) {
      if (!words) continue;
      const [a, b] = [this.at(from), this.at(to)];
      const steps = way(a.x, a.y, b.x, b.y, bend);
      const middle = bend === 0 ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : steps[Math.floor(steps.length / 2)];
      if (!middle) continue;
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      const room = length - this.radius(from) - this.radius(to) - 8;
      yield { text: words, x: middle.x, y: middle.y, dx: (b.x - a.x) / (length || 1), dy: (b.y - a.y) / (length || 1), forced: told, length: room };
    }
  }

  private clean(context: CanvasRenderingContext2D, margin: number): void {
    const ratio = context.canvas.width / (this.size.width + 2 * margin);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(ratio, 0, 0, ratio, margin * ratio, margin * ratio);
  }

  private aboveIsClean = true;

  /** With many, what is dragged or pointed at is drawn above the sheet. */
  private showAbove(): void {
    const id = this.held ?? this.over;
    const row = id === null || !this.shown.entities.has(id) ? undefined : this.places.row(id);
    if (id === null || row === undefined || (!this.many && this.over === null)) {
      if (!this.aboveIsClean) this.clean(this.above, 0);
      this.aboveIsClean = true;
      return;
    }
    this.clean(this.above, 0);
    this.aboveIsClean = false;
    if (this.many) {
      const { lines, others } = this.beside(row);
      this.stroke(lines);
      if (others.length <= MOST_STAMPED) for (const other of others) this.stamp(other.id, other.row);
      // Pointed at only, the sheet below has names already.
      const label = this.held === null || others.length > MOST_STAMPED ? [] : others.slice(0, 24).map((other) => this.nameOf(other.id, other.row, false));
      this.stamp(id, row);
      const { x, y } = this.at(row);
      const text = drawn.entities.get(id)?.label ?? '';
      drawNames(this.above, label, { names: [[x - 8, y - 14, x + this.radius(row) + 12 + 7.5 * text.length, y + 14]], marks: [], left: 0, right: this.size.width }, this.style, 24);
    }
    if (this.chosen?.is !== 'entity' || this.chosen.id !== id || this.many) drawBoxed(this.above, this.nameOf(id, row, true), this.style, this.size.width);
  }

  private besideOf: { row: number; looks: Looks; lines: PairLine[]; others: Looks['dots'] } | null = null;

  /** The relations of an entity and what they lead to; looked for once, not at each frame. */
  private beside(row: number): { lines: PairLine[]; others: Looks['dots'] } {
    if (this.besideOf?.row === row && this.besideOf.looks === this.looks) return this.besideOf;
    const lines = this.looks.lines.filter(({ from, to }) => from === row || to === row);
    const rows = new Set(lines.map(({ from, to }) => (from === row ? to : from)));
    this.besideOf = { row, looks: this.looks, lines, others: this.looks.dots.filter((dot) => rows.has(dot.row)) };
    return this.besideOf;
  }

  /** Lines of one look are one path: that is what costs. */
  private stroke(lines: readonly PairLine[]): void {
    const context = this.above;
    context.strokeStyle = this.colors.strong;
    const looking = new Map<string, PairLine[]>();
    for (const line of lines) {
      const look = `${Math.max(1, 2 * line.half * this.grown).toFixed(1)} ${line.dashed}`;
      const alike = looking.get(look);
      if (alike) alike.push(line);
      else looking.set(look, [line]);
    }
    for (const [look, alike] of looking) {
      context.lineWidth = Number.parseFloat(look);
      context.setLineDash(alike[0]?.dashed ? [5, 3] : []);
      context.beginPath();
      for (const { from, to, bend } of alike) {
        const [a, b] = [this.at(from), this.at(to)];
        context.moveTo(a.x, a.y);
        if (bend === 0) {
          context.lineTo(b.x, b.y);
        } else {
          const middle = control(a.x, a.y, b.x, b.y, bend);
          context.quadraticCurveTo(middle.x, middle.y, b.x, b.y);
        }
      }
      context.stroke();
    }
    context.setLineDash([]);
  }

  private stamp(id: string, row: number): void {
    const kind = drawn.entities.get(id)?.kind;
    if (!kind) return;
    const context = this.above;
    const { x, y } = this.at(row);
    const scale = this.radius(row) / 7;
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    context.translate(-8, -8);
    context.fillStyle = this.colors.kinds[kind];
    context.strokeStyle = this.colors.paper;
    context.lineWidth = 2;
    const path = stamps[SHAPES[kind]] ??= new Path2D(PATHS[kind]);
    context.stroke(path);
    context.fill(path, 'evenodd');
    context.restore();
  }

  /** Takes the size of its place on the page. */
  private measure(): void {
    const { clientWidth: width, clientHeight: height } = this.container;
    if (!width || !height || (width === this.size.width && height === this.size.height)) return;
    this.size = { width, height };
    this.resize(this.margin, true);
    if (this.steered) this.look();
    else this.fitNow();
    // In the same turn: an emptied canvas would be seen.
    if (!this.looksOld) {
      this.paint();
      this.showAbove();
    }
  }

  private resize(margin: number, always = false): void {
    const fine = Math.min(2, devicePixelRatio || 1);
    const ratios: [HTMLCanvasElement, number, number][] = [
      [this.painter.canvas, margin, this.many ? 1 : fine], [this.names.canvas, margin, fine], [this.above.canvas, 0, fine],
    ];
    const { width, height } = this.size;
    this.margin = margin;
    for (const [canvas, more, ratio] of ratios) {
      const [wide, high] = [Math.round((width + 2 * more) * ratio), Math.round((height + 2 * more) * ratio)];
      if (!always && canvas.width === wide && canvas.height === high) continue;
      [canvas.width, canvas.height] = [wide, high];
      Object.assign(canvas.style, { width: `${width + 2 * more}px`, height: `${height + 2 * more}px`, left: `${-more}px`, top: `${-more}px` });
    }
  }

  // Looking

  /** The rows of what is seen. */
  private *rows(): Generator<number> {
    for (const id of this.shown.entities) {
      const row = this.places.row(id);
      if (row !== undefined) yield row;
    }
  }

  /** How small the whole is, and how much room entities have. */
  private look(): Camera {
    const camera = fitted(this.places.x, this.places.y, this.rows(), this.size);
    this.whole = camera.scale;
    let covered = 0;
    for (const row of this.rows()) covered += Math.PI * (this.places.size[row] ?? 5) ** 2;
    this.density = Math.min(1, Math.max(0.3, Math.sqrt((COVER * this.size.width * this.size.height) / (covered || 1))));
    return camera;
  }

  private fitNow(): void {
    cancelAnimationFrame(this.flight);
    this.camera = this.look();
    this.want('paint');
  }

  private steer(camera: Camera): void {
    cancelAnimationFrame(this.flight);
    this.steered = true;
    this.camera = camera;
    this.yieldToHand();
    this.want('view');
  }

  /** While a hand moves the view, the worker leaves it half of the machine. */
  private yieldToHand(): void {
    if (!this.worker) return;
    if (this.yielding === undefined) this.worker.postMessage('slowly' satisfies Wish);
    clearTimeout(this.yielding);
    this.yielding = setTimeout(() => {
      this.yielding = undefined;
      this.worker?.postMessage('quickly' satisfies Wish);
    }, REST_MS);
  }

  private yielding: ReturnType<typeof setTimeout> | undefined;

  private fly(to: Camera): void {
    cancelAnimationFrame(this.flight);
    if (calm.matches) {
      this.camera = to;
      this.want('view');
      return;
    }
    const [from, began] = [this.camera, performance.now()];
    const step = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - began) / 250));
      this.camera = part === 1 ? to : between(from, to, part * (2 - part));
      this.want('view');
      if (part < 1) this.flight = requestAnimationFrame(step);
    };
    this.flight = requestAnimationFrame(step);
  }

  zoom(factor: number): void {
    this.steered = true;
    this.fly(zoomed(this.camera, this.size, { x: this.size.width / 2, y: this.size.height / 2 }, factor, this.whole));
  }

  /** Moves the view by parts of its size. */
  move(dx: number, dy: number): void {
    const { x, y, scale } = this.camera;
    this.steer({ scale, x: x + (dx * this.size.width) / scale, y: y + (dy * this.size.height) / scale });
  }

  fit(): void {
    this.steered = false;
    this.fly(this.look());
  }

  /** Brings an entity to the middle. */
  center(id: string): void {
    const row = this.places.row(id);
    if (row === undefined) return;
    this.steered = true;
    this.fly({ x: this.places.x[row] ?? 0, y: this.places.y[row] ?? 0, scale: Math.max(this.camera.scale, 1.4 * this.whole) });
  }

  // Hands

  private below(point: Point): Target | null {
    const { places, camera, size } = this;
    const { x, y } = inDrawing(camera, size, point);
    let best: { id: string; away: number } | null = null;
    for (const { id, row } of this.looks.dots) {
      const away = Math.hypot((places.x[row] ?? 0) - x, (places.y[row] ?? 0) - y) * camera.scale - Math.max(4, this.radius(row));
      if (away < 2 && (!best || away < best.away)) best = { id, away };
    }
    if (best) return { is: 'entity', id: best.id };
    let line: { key: string; away: number } | null = null;
    for (const { key, from, to, bend, half } of this.looks.lines) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [places.x[from], places.y[from], places.x[to], places.y[to]];
      const reach = (4 + half) / camera.scale + Math.abs(bend) * Math.hypot(bx - ax, by - ay);
      if (x < Math.min(ax, bx) - reach || x > Math.max(ax, bx) + reach || y < Math.min(ay, by) - reach || y > Math.max(ay, by) + reach) continue;
      const away = distance(x, y, ax, ay, bx, by, bend) * camera.scale - half;
      if (away < 4 && (!line || away < line.away)) line = { key, away };
    }
    return line && { is: 'pair', key: line.key };
  }

  private point(target: Target | null): void {
    const over = target?.is === 'entity' ? target.id : null;
    const pair = target?.is === 'pair' ? target.key : null;
    if (over === this.over && pair === this.overPair) return;
    this.over = over;
    this.overPair = pair;
    this.container.classList.toggle('pointing', target !== null);
    this.want(this.many ? 'view' : 'looks');
  }

  private click(target: Target | null): void {
    selection.value = target;
    if (target?.is === 'pair') this.onOpen((this.shown.pairs.get(target.key) ?? []).map(({ id }) => id));
    if (!target) highlighted.value = new Set();
  }

  private drag(target: Target, at: Point): void {
    if (target.is !== 'entity') return;
    const row = this.places.row(target.id);
    if (row === undefined) return;
    if (this.held === null) {
      this.stopArranging();
      this.held = target.id;
      this.steered = true;
      this.want('paint');
    }
    const { x, y } = inDrawing(this.camera, this.size, at);
    this.places.x[row] = x;
    this.places.y[row] = y;
    this.want(this.many ? 'view' : 'paint');
  }

  /** Who puts something somewhere wants it to stay. */
  private drop(target: Target): void {
    this.held = null;
    if (target.is === 'entity' && !pinned.peek().has(target.id)) togglePin(target.id);
    this.want('paint');
  }

  // Arranging

  /** Arranges what is seen, beside the page. */
  arrange(): void {
    this.stopArranging();
    const { places } = this;
    const rows = [...this.rows()];
    this.arranged = places.count;
    if (rows.length < 2) {
      if (!this.steered) this.fitNow();
      return;
    }
    const at = new Map(rows.map((row, index) => [row, index]));
    const pairs: number[] = [];
    for (const [subject = '', object = ''] of [...drawn.relations.values()].map(({ subject, object }) => [subject, object])) {
      const [from, to] = [at.get(places.row(subject) ?? -1), at.get(places.row(object) ?? -1)];
      if (from !== undefined && to !== undefined && from !== to) pairs.push(Math.min(from, to), Math.max(from, to));
    }
    const task: Task = {
      places: Float32Array.from(rows.flatMap((row) => [places.x[row] ?? 0, places.y[row] ?? 0, places.size[row] ?? 5])),
      fixed: Uint8Array.from(rows, (row) => Number(pinned.peek().has(places.ids[row] ?? ''))),
      pairs: onlyOnce(pairs, rows.length),
      rounds: rows.length > 2000 ? 120 : rows.length > 400 ? 250 : 400,
      steps: !calm.matches,
      view: { ...this.size },
    };
    const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    this.worker = worker;
    arranging.value = true;
    worker.onmessage = ({ data }: MessageEvent<Step>) => {
      this.place(rows, data.places);
      if (data.done) this.stopArranging();
      else this.whenPainted((cost) => setTimeout(() => worker === this.worker && worker.postMessage('next' satisfies Wish), cost));
    };
    worker.onerror = () => this.stopArranging();
    worker.postMessage(task);
  }

  /** Tells how long to rest after what was painted last, so that most of the time is left for hands. */
  private whenPainted(then: (rest: number) => void): void {
    const began = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => then(Math.min(2000, Math.max(0, 10 * (performance.now() - began - 36))))));
  }

  stopArranging(): void {
    this.worker?.terminate();
    this.worker = null;
    clearTimeout(this.yielding);
    this.yielding = undefined;
    arranging.value = false;
  }

  private place(rows: readonly number[], found: Float32Array): void {
    rows.forEach((row, at) => {
      const id = this.places.ids[row] ?? '';
      if (id === this.held || pinned.peek().has(id)) return;
      this.places.x[row] = found[2 * at] ?? 0;
      this.places.y[row] = found[2 * at + 1] ?? 0;
    });
    if (this.steered) {
      this.look();
      this.want('paint');
    } else {
      this.fitNow();
    }
  }

  // Taking away

  /** What is seen as a picture. */
  picture(): Promise<Blob> {
    this.paint();
    this.showAbove();
    const whole = document.createElement('canvas');
    const fine = this.above.canvas;
    [whole.width, whole.height] = [fine.width, fine.height];
    const context = whole.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = this.colors.paper;
    context.fillRect(0, 0, whole.width, whole.height);
    for (const layer of [this.painter.canvas, this.names.canvas]) {
      const ratio = layer.width / (this.size.width + 2 * this.margin);
      const [skip, wide, high] = [this.margin * ratio, this.size.width * ratio, this.size.height * ratio];
      context.drawImage(layer, skip, skip, wide, high, 0, 0, whole.width, whole.height);
    }
    return new Promise((resolve, reject) => whole.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
  }

  /** Where entities lie on the screen. */
  placed(): Map<string, Placed> {
    return new Map(
      [...this.shown.entities].flatMap((id): [string, Placed][] => {
        const [row, kind] = [this.places.row(id), drawn.entities.get(id)?.kind];
        return row === undefined || !kind ? [] : [[id, { ...this.at(row), size: this.radius(row), color: this.colors.kinds[kind] }]];
      }),
    );
  }

  get dimensions(): Size {
    return this.size;
  }
}

const stamps: Path2D[] = [];

/** Each pair of numbers below `count` only once. */
function onlyOnce(pairs: readonly number[], count: number): Uint32Array {
  const seen = new Set<number>();
  const kept: number[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const [one = 0, other = 0] = [pairs[at], pairs[at + 1]];
    const key = one * count + other;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(one, other);
  }
  return Uint32Array.from(kept);
}
