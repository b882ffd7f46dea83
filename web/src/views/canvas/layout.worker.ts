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

async function arrange({ places, fixed, pairs, rounds, steps }: Task): Promise<void> {
  const count = fixed.length;
  const rows = new Float32Array(PLACE * count);
  for (let at = 0; at < count; at += 1) {
    const row = PLACE * at;
    rows[row] = places[3 * at] ?? 0;
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
      tell(rows, PLACE, false);
    }
    await pause(performance.now() - began);
  }
  if (count > VERY_MANY) tell(rows, PLACE, true);
  else tell(withoutOverlaps(rows, fixed), 3, true);
}

function withoutOverlaps(rows: Float32Array, fixed: Uint8Array): Float32Array {
  const places = new Float32Array(3 * fixed.length);
  fixed.forEach((_, at) => places.set([rows[PLACE * at] ?? 0, rows[PLACE * at + 1] ?? 0, rows[PLACE * at + 8] ?? 1], 3 * at));
  const settings = { gridSize: 20, margin: 3, expansion: 1.1, ratio: 1.1, speed: 3 };
  for (let round = 0; round < 60 && !apart(settings, places).converged; round += 1);
  return places;
}

function tell(rows: Float32Array, stride: number, done: boolean): void {
  const count = rows.length / stride;
  const places = new Float32Array(2 * count);
  for (let at = 0; at < count; at += 1) {
    places[2 * at] = rows[stride * at] ?? 0;
    places[2 * at + 1] = rows[stride * at + 1] ?? 0;
  }
  postMessage({ places, done } satisfies Step, { transfer: [places.buffer] });
}
