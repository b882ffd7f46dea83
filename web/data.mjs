// Writes src/views/map/countries.json: for each ISO 3166-1 code the number that the borders know it by, and its middle.
// Run by hand after a change of world-atlas: node data.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoArea, geoCentroid } from 'd3-geo';
import { feature } from 'topojson-client';

const require = createRequire(import.meta.url);
const codes = require('i18n-iso-countries/codes.json');
const fine = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json')));
const coarse = JSON.parse(readFileSync(require.resolve('world-atlas/countries-110m.json')));

const drawn = new Set(coarse.objects.countries.geometries.map(({ id }) => id));
const middles = new Map();
for (const country of feature(fine, fine.objects.countries).features) {
  // The largest part of a country is where its name belongs, not the sea between its parts.
  const parts = country.geometry.type === 'MultiPolygon' ? country.geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates })) : [country.geometry];
  const largest = parts.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best));
  middles.set(country.id, geoCentroid(largest).map((degrees) => Math.round(degrees * 10) / 10));
}
const rows = codes
  .map(([code, , number]) => ({ code, number, middle: middles.get(number) }))
  .filter(({ middle }) => middle)
  .sort((a, b) => (a.code < b.code ? -1 : 1))
  .map(({ code, number, middle }) => [code, number, ...middle, drawn.has(number) ? 1 : 0]);
writeFileSync(new URL('src/views/map/countries.json', import.meta.url), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
