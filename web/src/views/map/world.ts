// The borders of the world, as paths in a frame; nothing of it comes from the network but this file.
import { geoEqualEarth, geoGraticule10, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import borders from 'world-atlas/countries-110m.json';

import rows from './countries.json';

export const WIDTH = 960;
export const HEIGHT = 470;

const topology = borders as unknown as Topology<{ countries: GeometryCollection }>;
const projection = geoEqualEarth().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: 'Sphere' });
const path = geoPath(projection).digits(1);

export interface Country {
  code: string;
  /** The middle in the frame. */
  x: number;
  y: number;
  outline: string;
}

const outlines = new Map<string, string>();
const others: string[] = [];
for (const shape of feature(topology, topology.objects.countries).features) {
  const drawn = path(shape) ?? '';
  if (shape.id === undefined) others.push(drawn);
  else outlines.set(String(shape.id), drawn);
}

export const countries: ReadonlyMap<string, Country> = new Map(
  (rows as [string, string, number, number, number][]).map(([code, number, longitude, latitude]) => {
    const [x, y] = projection([longitude, latitude]) ?? [0, 0];
    return [code, { code, x, y, outline: outlines.get(number) ?? '' }];
  }),
);

/** Land that has no code of its own. */
export const uncoded: readonly string[] = others;
export const frame: string = path({ type: 'Sphere' }) ?? '';
export const grid: string = path(geoGraticule10()) ?? '';
