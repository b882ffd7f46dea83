// Arranges the drawing beside the page: forces (ForceAtlas2), told in steps, at last without overlaps.
import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import noverlap from 'graphology-layout-noverlap';

export interface Task {
  ids: string[];
  /** x, y and size of each, in turn. */
  places: Float32Array;
  fixed: boolean[];
  /** Pairs of positions in `ids`, and how strongly they pull. */
  pairs: Uint32Array;
  weights: Float32Array;
  rounds: number;
}

export interface Step {
  places: Float32Array;
  done: boolean;
}

/** How often the page is told; drawing many entities anew takes it longer. */
const tellAfterMs = (entities: number) => (entities > 2000 ? 400 : 60);

onmessage = ({ data }: MessageEvent<Task>) => {
  const { ids, places, fixed, pairs, weights, rounds } = data;
  const graph = new Graph({ type: 'undirected', multi: false });
  ids.forEach((id, at) => {
    graph.addNode(id, { x: places[3 * at], y: places[3 * at + 1], size: places[3 * at + 2], fixed: fixed[at] });
  });
  for (let at = 0; at < weights.length; at += 1) {
    const [from, to] = [ids[pairs[2 * at] ?? 0], ids[pairs[2 * at + 1] ?? 0]];
    if (from !== undefined && to !== undefined && from !== to) graph.mergeEdge(from, to, { weight: weights[at] });
  }
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: graph.order > 400,
    strongGravityMode: true,
    gravity: graph.order > 400 ? 0.08 : 0.12,
    scalingRatio: 6,
    slowDown: 2 + Math.log(graph.order + 1),
  };

  function tell(done: boolean): void {
    const told = new Float32Array(2 * ids.length);
    ids.forEach((id, at) => {
      const { x, y } = graph.getNodeAttributes(id) as { x: number; y: number };
      told[2 * at] = x;
      told[2 * at + 1] = y;
    });
    postMessage({ places: told, done } satisfies Step, { transfer: [told.buffer] });
  }

  const chunk = graph.order > 2000 ? 2 : graph.order > 400 ? 5 : 10;
  let last = performance.now();
  for (let round = 0; round < rounds; round += chunk) {
    forceAtlas2.assign(graph, { iterations: chunk, settings, getEdgeWeight: 'weight' });
    if (performance.now() - last > tellAfterMs(graph.order)) {
      tell(false);
      last = performance.now();
    }
  }
  if (graph.order <= 2000) noverlap.assign(graph, { maxIterations: 60, settings: { margin: 3, ratio: 1.1 } });
  tell(true);
};
