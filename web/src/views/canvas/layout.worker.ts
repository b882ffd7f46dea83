// Arranges the drawing beside the page: forces (ForceAtlas2), told when the page asks, at last without overlaps.
// Both libraries are used below their graphs: on the rows of numbers that they compute with.
import forces from 'graphology-layout-forceatlas2/iterate';
import apart from 'graphology-layout-noverlap/iterate';

export interface Task {
  /** x, y and size of each, in turn. */
  places: Float32Array;
  fixed: Uint8Array;
  /** Pairs of positions. */
  pairs: Uint32Array;
  rounds: number;
  /** Whether the page wants to see steps. */
  steps: boolean;
  /** What the drawing is to fill. */
  view: { width: number; height: number };
}

/** x and y of each, in turn. */
export interface Step {
  places: Float32Array;
  done: boolean;
}

/** Numbers a place and a pair have in the rows of ForceAtlas2. */
const PLACE = 10;
const PAIR = 3;

const MANY = 400;
const VERY_MANY = 2000;

/** `next`: the page wants to see the next step. `slowly`: it has other work to do, until `quickly`. */
export type Wish = 'next' | 'slowly' | 'quickly';

let asked = false;
let slow = false;

onmessage = ({ data }: MessageEvent<Task | Wish>) => {
  if (typeof data !== 'string') void arrange(data);
  else if (data === 'next') asked = true;
  else slow = data === 'slowly';
};

/** Lets messages in, and others work as long again as a step took. */
const pause = (tookMs: number) => new Promise((resolve) => setTimeout(resolve, slow ? 1.5 * tookMs : 0));

async function arrange({ places, fixed, pairs, rounds, steps, view }: Task): Promise<void> {
  const count = fixed.length;
  // Forces make a round drawing; it is stretched to a view that is wider than high.
  const stretch = Math.min(1.7, Math.max(0.7, view.width / view.height));
  const rows = new Float32Array(PLACE * count);
  for (let at = 0; at < count; at += 1) {
    const row = PLACE * at;
    rows[row] = (places[3 * at] ?? 0) / stretch;
    rows[row + 1] = places[3 * at + 1] ?? 0;
    // Mass and convergence begin at 1.
    rows[row + 6] = 1;
    rows[row + 7] = 1;
    rows[row + 8] = places[3 * at + 2] ?? 1;
    rows[row + 9] = fixed[at] ?? 0;
  }
  const ties = new Float32Array((PAIR * pairs.length) / 2);
  for (let at = 0; at < pairs.length; at += 2) {
    const [from, to] = [PLACE * (pairs[at] ?? 0), PLACE * (pairs[at + 1] ?? 0)];
    ties.set([from, to, 1], (PAIR * at) / 2);
    rows[from + 6] = (rows[from + 6] ?? 0) + 1;
    rows[to + 6] = (rows[to + 6] ?? 0) + 1;
  }
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 6,
    strongGravityMode: true,
    gravity: count > MANY ? 0.08 : 0.12,
    slowDown: 2 + Math.log(count + 1),
    barnesHutOptimize: count > MANY,
    barnesHutTheta: count > VERY_MANY ? 0.9 : 0.5,
  };
  const chunk = count > VERY_MANY ? 1 : count > MANY ? 5 : 10;
  asked = steps;
  for (let round = 0; round < rounds; round += chunk) {
    const began = performance.now();
    for (let at = 0; at < chunk; at += 1) forces(settings, rows, ties);
    if (asked) {
      asked = false;
      tell(rows, PLACE, stretch, false);
    }
    await pause(performance.now() - began);
  }
  if (count > VERY_MANY) tell(rows, PLACE, stretch, true);
  else tell(withoutOverlaps(rows, stretch, view), 3, 1, true);
}

/** Room between two marks, in pixels. */
const ROOM = 5;

/** Moves marks apart as large as they are when the whole is looked at. */
function withoutOverlaps(rows: Float32Array, stretch: number, view: Task['view']): Float32Array {
  const count = rows.length / PLACE;
  const places = new Float32Array(3 * count);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < count; at += 1) {
    const [x, y] = [(rows[PLACE * at] ?? 0) * stretch, rows[PLACE * at + 1] ?? 0];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    places.set([x, y, rows[PLACE * at + 8] ?? 1], 3 * at);
  }
  const unitsOfPixel = Math.max((right - left) / Math.max(100, view.width - 130), (bottom - top) / Math.max(100, view.height - 70));
  for (let at = 0; at < count; at += 1) places[3 * at + 2] = (places[3 * at + 2] ?? 1) * unitsOfPixel;
  // Per round, a mark is moved by about a third of its size, whatever the units.
  const usual = 8 * unitsOfPixel;
  const settings = { gridSize: 20, margin: (ROOM / 2) * unitsOfPixel, expansion: 1.1, ratio: 1, speed: (3 * usual) / (1 + usual) };
  for (let round = 0; round < 90 && !apart(settings, places).converged; round += 1);
  return places;
}

function tell(rows: Float32Array, stride: number, stretch: number, done: boolean): void {
  const count = rows.length / stride;
  const places = new Float32Array(2 * count);
  for (let at = 0; at < count; at += 1) {
    places[2 * at] = (rows[stride * at] ?? 0) * stretch;
    places[2 * at + 1] = rows[stride * at + 1] ?? 0;
  }
  postMessage({ places, done } satisfies Step, { transfer: [places.buffer] });
}
