// The drawing itself: a graph of places for Sigma, kept in step with what is drawn, arranged by a worker.
import { effect, signal } from '@preact/signals';
import Graph from 'graphology';
import Sigma from 'sigma';
import { EdgeArrowProgram, EdgeRectangleProgram } from 'sigma/rendering';

import { SHAPES } from '../../graph/kinds';
import { drawn, highlighted, pinned, revision, selection, togglePin, visible, type Selection, type Visible } from '../../graph/model';
import { calm, dark } from '../../state/settings';
import { palette, type Palette } from './colors';
import { drawHover, drawLabel, type LabelStyle } from './labels';
import type { Step, Task } from './layout.worker';
import { motion, ShapeProgram } from './shapes';

interface Place {
  x: number;
  y: number;
  size: number;
  shape: number;
  label: string;
  color: string;
}

/** Whether the worker is arranging. */
export const arranging = signal(false);

/** Above this many relations, lines rest while the view moves. */
const MANY_PAIRS = 3000;

/** Around so few others, every line bears its word. */
const FEW_NEAR = 8;

/** A number between 0 and 1 that belongs to an id: the same drawing everywhere. */
function lot(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return (hash >>> 0) / 4294967296;
}

export class Scene {
  readonly graph = new Graph<Place>({ type: 'directed', multi: false });
  readonly sigma: Sigma<Place>;
  onOpen: (relations: string[]) => void = () => {};
  onExpand: (entity: string) => void = () => {};

  private colors: Palette = palette();
  private readonly labels: LabelStyle = { ink: '#000', paper: '#fff', taken: [] };
  private shown: Visible = visible.peek();
  private chosen: Selection = null;
  private near: ReadonlySet<string> = new Set();
  private over: string | null = null;
  private overPair: string | null = null;
  private standing: ReadonlySet<string> = new Set();
  private worker: Worker | null = null;
  private dragging: string | null = null;
  private loading = false;
  private readonly stops: (() => void)[] = [];

  constructor(container: HTMLElement) {
    this.sigma = new Sigma<Place>(this.graph, container, {
      allowInvalidContainer: true,
      nodeProgramClasses: { shape: ShapeProgram as never },
      defaultNodeType: 'shape',
      edgeProgramClasses: { arrow: EdgeArrowProgram as never, line: EdgeRectangleProgram as never },
      defaultEdgeType: 'arrow',
      defaultDrawNodeLabel: (context, data, settings) => drawLabel(context, data, settings, this.labels),
      defaultDrawNodeHover: (context, data, settings) => drawHover(context, data, settings, this.labels),
      labelFont: '"IBM Plex Sans Variable", system-ui, sans-serif',
      labelSize: 12,
      labelDensity: 0.7,
      labelGridCellSize: 130,
      labelRenderedSizeThreshold: 5,
      edgeLabelSize: 11,
      edgeLabelFont: '"IBM Plex Sans Variable", system-ui, sans-serif',
      renderEdgeLabels: true,
      enableEdgeEvents: true,
      minEdgeThickness: 1.2,
      stagePadding: 40,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 6,
      doubleClickZoomingRatio: 1,
      nodeReducer: (id, data) => this.entityNow(id, data),
      edgeReducer: (key, data) => this.pairNow(key, data),
    });
    const watch = new ResizeObserver(() => this.sigma.scheduleRender());
    watch.observe(container);
    this.stops.push(() => watch.disconnect());
    this.listen();
    this.restPointer();
    this.stops.push(
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
        this.findNear();
        this.sigma.refresh({ skipIndexation: false });
      }),
    );
  }

  end(): void {
    this.stopArranging();
    for (const stop of this.stops) stop();
    this.sigma.kill();
  }

  /**
   * While the pointer drags, Sigma asks at each move what lies below it, and the graphics card must finish all it does
   * to answer. Nobody wants to know then.
   */
  private restPointer(): void {
    const asking = this.sigma as unknown as Record<'getNodeAtPosition' | 'getEdgeAtPoint', (...at: unknown[]) => unknown>;
    const captor = this.sigma.getMouseCaptor();
    let held = false;
    // What is taken hold of is still asked for.
    captor.on('mousedown', () => queueMicrotask(() => (held = captor.isMouseDown)));
    for (const name of ['getNodeAtPosition', 'getEdgeAtPoint'] as const) {
      const answer = asking[name].bind(this.sigma);
      asking[name] = (...at) => (held ? null : answer(...at));
    }
    this.sigma.on('beforeRender', () => {
      motion.on = held && captor.isMouseDown;
      this.labels.taken = [];
    });
    // What was left out is drawn when the pointer lets go.
    captor.on('mouseup', () => {
      held = false;
      if (motion.on) setTimeout(() => this.sigma.scheduleRender(), 10);
    });
  }

  /** Takes in what is new, near what it belongs to. */
  private grow(): void {
    const { graph } = this;
    for (const id of graph.nodes()) if (!drawn.entities.has(id)) graph.dropNode(id);
    const degrees = new Map<string, number>();
    const neighbours = new Map<string, string[]>();
    for (const { subject, object } of drawn.relations.values()) {
      degrees.set(subject, (degrees.get(subject) ?? 0) + 1);
      degrees.set(object, (degrees.get(object) ?? 0) + 1);
      for (const [one, other] of [[subject, object], [object, subject]] as const) {
        const list = neighbours.get(one);
        if (list) list.push(other);
        else neighbours.set(one, [other]);
      }
    }
    const before = graph.order;
    const spread = 10 * Math.sqrt(drawn.entities.size + 1);
    for (const entity of drawn.entities.values()) {
      const size = Math.min(18, 4.5 + 1.7 * Math.sqrt(degrees.get(entity.id) ?? 0));
      if (graph.hasNode(entity.id)) {
        graph.mergeNodeAttributes(entity.id, { size, label: entity.label });
        continue;
      }
      const angle = 2 * Math.PI * lot(entity.id);
      const beside = neighbours.get(entity.id)?.find((other) => graph.hasNode(other));
      const from = beside ? graph.getNodeAttributes(beside) : { x: 0, y: 0 };
      const away = (beside ? 14 : spread) * (0.35 + 0.65 * Math.sqrt(lot(`${entity.id}.`)));
      graph.addNode(entity.id, {
        x: from.x + away * Math.cos(angle),
        y: from.y + away * Math.sin(angle),
        size,
        shape: SHAPES[entity.kind],
        label: entity.label,
        color: this.colors.kinds[entity.kind],
      });
    }
    for (const { subject, object } of drawn.relations.values()) {
      if (subject !== object && !graph.hasDirectedEdge(subject, object)) {
        graph.addDirectedEdgeWithKey(`${subject}→${object}`, subject, object);
      }
    }
    this.sigma.setSetting('hideEdgesOnMove', graph.size > MANY_PAIRS);
    this.sigma.setSetting('hideLabelsOnMove', graph.size > MANY_PAIRS);
    this.sigma.setSetting('renderEdgeLabels', graph.size <= 400);
    this.sigma.setSetting('enableEdgeEvents', true);
    if (graph.order > before && !this.loading) this.arrange();
  }

  /** While much is being loaded, nothing is arranged: it would begin again with every page. */
  set busy(busy: boolean) {
    const ended = this.loading && !busy;
    this.loading = busy;
    if (ended) this.arrange();
  }

  private recolor(): void {
    this.colors = palette();
    this.labels.ink = this.colors.ink;
    this.labels.paper = this.colors.paper;
    this.sigma.setSetting('labelColor', { color: this.colors.ink });
    this.sigma.setSetting('edgeLabelColor', { color: this.colors.ink });
    this.graph.updateEachNodeAttributes((id, place) => {
      const kind = drawn.entities.get(id)?.kind;
      return kind ? { ...place, color: this.colors.kinds[kind] } : place;
    });
    this.sigma.refresh();
  }

  private findNear(): void {
    const center = this.over ?? (this.chosen?.is === 'entity' ? this.chosen.id : null);
    this.near = center && this.graph.hasNode(center) ? new Set([center, ...this.graph.neighbors(center)]) : new Set();
  }

  private entityNow(id: string, data: Place) {
    if (!this.shown.entities.has(id)) return { ...data, hidden: true };
    const chosen = this.chosen?.is === 'entity' && this.chosen.id === id;
    const stands = this.standing.has(id);
    const dimmed = (this.standing.size > 0 && !stands) || (this.near.size > 0 && !this.near.has(id));
    return {
      ...data,
      label: pinned.peek().has(id) ? `⚲ ${data.label}` : data.label,
      highlighted: chosen,
      forceLabel: chosen || stands || id === this.over,
      color: dimmed ? this.colors.faint : data.color,
      zIndex: chosen || stands ? 2 : dimmed ? 0 : 1,
      ...(dimmed ? { label: '' } : {}),
    };
  }

  private pairNow(key: string, data: object) {
    const pair = this.shown.pairs.get(key);
    if (!pair?.length) return { ...data, hidden: true };
    const [first] = pair;
    const chosen = (this.chosen?.is === 'pair' && this.chosen.key === key) || this.overPair === key;
    const stands = pair.some(({ id }) => this.standing.has(id));
    const center = this.over ?? (this.chosen?.is === 'entity' ? this.chosen.id : null);
    const ends = first ? [first.subject, first.object] : [];
    const touches = center !== null && ends.includes(center);
    const dimmed = (this.standing.size > 0 && !stands) || (center !== null && !touches);
    const strong = chosen || stands || touches;
    // Around an entity with many relations their words would lie on each other; the panel beside lists them.
    const told = chosen || stands || (touches && this.near.size <= FEW_NEAR);
    const weight = first?.weight;
    const sure = Math.max(...pair.map(({ confidence }) => confidence));
    return {
      ...data,
      type: weight !== undefined || first?.kind === 'PARTNERS_WITH' ? 'line' : 'arrow',
      size: (weight !== undefined ? 1 + 2.2 * Math.sqrt(weight) : 1 + 1.4 * sure + 0.5 * (pair.length - 1)) + (chosen ? 1.5 : 0),
      color: strong ? this.colors.strong : dimmed ? this.colors.faint : this.colors.relation,
      label: told || (!dimmed && this.graph.size <= 40) ? pairLabel(pair) : '',
      forceLabel: told,
      zIndex: strong ? 2 : dimmed ? 0 : 1,
    };
  }

  private listen(): void {
    const { sigma, graph } = this;
    const container = sigma.getContainer();
    sigma.on('enterNode', ({ node }) => {
      if (this.dragging) return;
      this.over = node;
      container.classList.add('pointing');
      this.findNear();
      if (graph.size <= MANY_PAIRS) sigma.refresh({ skipIndexation: true });
    });
    sigma.on('leaveNode', () => {
      if (this.dragging) return;
      this.over = null;
      container.classList.remove('pointing');
      this.findNear();
      if (graph.size <= MANY_PAIRS) sigma.refresh({ skipIndexation: true });
    });
    sigma.on('enterEdge', ({ edge }) => {
      this.overPair = edge;
      container.classList.add('pointing');
      sigma.refresh({ partialGraph: { edges: [edge] }, skipIndexation: true });
    });
    sigma.on('leaveEdge', ({ edge }) => {
      this.overPair = null;
      container.classList.remove('pointing');
      if (graph.hasEdge(edge)) sigma.refresh({ partialGraph: { edges: [edge] }, skipIndexation: true });
    });
    sigma.on('clickNode', ({ node }) => {
      selection.value = { is: 'entity', id: node };
    });
    sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.onExpand(node);
    });
    sigma.on('clickEdge', ({ edge }) => {
      selection.value = { is: 'pair', key: edge };
      this.onOpen((this.shown.pairs.get(edge) ?? []).map(({ id }) => id));
    });
    sigma.on('clickStage', () => {
      selection.value = null;
      highlighted.value = new Set();
    });

    let moved = false;
    sigma.on('downNode', ({ node }) => {
      this.dragging = node;
      moved = false;
      // The frame stays while an entity at its edge is moved.
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.on('moveBody', ({ event }) => {
      if (!this.dragging) return;
      if (!moved) this.stopArranging();
      moved = true;
      const place = sigma.viewportToGraph(event);
      // Without telling the graph's listeners, who would put the whole drawing in order again.
      Object.assign(graph.getNodeAttributes(this.dragging), { x: place.x, y: place.y });
      const near = graph.size > MANY_PAIRS ? [] : graph.edges(this.dragging);
      sigma.refresh({ partialGraph: { nodes: [this.dragging], edges: near }, skipIndexation: true, schedule: true });
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const drop = () => {
      // Who puts something somewhere wants it to stay.
      if (this.dragging && moved && !pinned.peek().has(this.dragging)) togglePin(this.dragging);
      if (this.dragging && moved) sigma.refresh({ schedule: true });
      this.dragging = null;
    };
    sigma.on('upNode', drop);
    sigma.on('upStage', drop);
  }

  /** Arranges what is seen, beside the page. */
  arrange(rounds?: number): void {
    this.stopArranging();
    const ids = [...this.shown.entities].filter((id) => this.graph.hasNode(id));
    const fresh = ids.length ? ids : this.graph.nodes();
    if (fresh.length < 2) return;
    const at = new Map(fresh.map((id, index) => [id, index]));
    const places = new Float32Array(3 * fresh.length);
    fresh.forEach((id, index) => {
      const { x, y, size } = this.graph.getNodeAttributes(id);
      places.set([x, y, size], 3 * index);
    });
    const pairs: number[] = [];
    const weights: number[] = [];
    this.graph.forEachEdge((_key, _attributes, subject, object) => {
      const [from, to] = [at.get(subject), at.get(object)];
      if (from === undefined || to === undefined) return;
      pairs.push(from, to);
      weights.push(1);
    });
    const task: Task = {
      ids: fresh,
      places,
      fixed: fresh.map((id) => pinned.peek().has(id)),
      pairs: Uint32Array.from(pairs),
      weights: Float32Array.from(weights),
      rounds: rounds ?? (fresh.length > 2000 ? 120 : fresh.length > 400 ? 250 : 400),
    };
    this.sigma.setCustomBBox(null);
    this.worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    arranging.value = true;
    this.worker.onmessage = ({ data }: MessageEvent<Step>) => {
      if (!calm.matches || data.done) this.place(fresh, data.places);
      if (data.done) this.stopArranging();
    };
    this.worker.onerror = () => this.stopArranging();
    this.worker.postMessage(task);
  }

  stopArranging(): void {
    this.worker?.terminate();
    this.worker = null;
    arranging.value = false;
  }

  private place(ids: readonly string[], places: Float32Array): void {
    const at = new Map(ids.map((id, index) => [id, index]));
    this.graph.updateEachNodeAttributes(
      (id, place) => {
        const index = at.get(id);
        if (index === undefined || id === this.dragging || pinned.peek().has(id)) return place;
        return { ...place, x: places[2 * index] ?? place.x, y: places[2 * index + 1] ?? place.y };
      },
      { attributes: ['x', 'y'] },
    );
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    const state = { ratio: camera.getState().ratio * factor };
    if (calm.matches) camera.setState(state);
    else void camera.animate(state, { duration: 150 });
  }

  move(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    const { x, y, ratio } = camera.getState();
    camera.setState({ x: x + dx * ratio, y: y + dy * ratio });
  }

  fit(): void {
    this.sigma.setCustomBBox(null);
    this.sigma.refresh();
    const camera = this.sigma.getCamera();
    const all = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    if (calm.matches) camera.setState(all);
    else void camera.animate(all, { duration: 250 });
  }

  /** Brings an entity to the middle. */
  center(id: string): void {
    const place = this.sigma.getNodeDisplayData(id);
    if (!place) return;
    const camera = this.sigma.getCamera();
    const state = { x: place.x, y: place.y, ratio: Math.min(camera.getState().ratio, 0.7) };
    if (calm.matches) camera.setState(state);
    else void camera.animate(state, { duration: 250 });
  }
}

function pairLabel(pair: readonly { label: string; weight?: number }[]): string {
  const [first] = pair;
  if (!first) return '';
  if (first.weight !== undefined) return first.weight.toFixed(2);
  return pair.length > 1 ? `${first.label} +${pair.length - 1}` : first.label;
}
