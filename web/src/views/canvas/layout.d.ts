// The inner steps of the layout libraries, which come without types: they work on rows of numbers.
declare module 'graphology-layout-forceatlas2/iterate' {
  export default function iterate(settings: Readonly<Record<string, number | boolean>>, places: Float32Array, ties: Float32Array): void;
}
declare module 'graphology-layout-noverlap/iterate' {
  export default function iterate(settings: Readonly<Record<string, number>>, places: Float32Array): { converged: boolean };
}
