// Where: countries by how much of the graph lies or works in them. Choosing one filters the other views, too.
import { useEffect, useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { CountryCountsDocument, InCountryDocument } from '../../api/generated';
import { n, t } from '../../i18n';
import { countryFilter, filters, relationFilter, setFilters } from '../../state/filters';
import { to } from '../../state/router';
import { languages } from '../../state/settings';
import { FilterChips } from '../../ui/chips';
import { EntityLink, Link } from '../../ui/link';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { countryName } from './names';
import { useTwice } from './twice';
import { countries, frame, grid, HEIGHT, uncoded, WIDTH } from './world';

export function MapView() {
  const now = filters.value;
  const elsewhere = relationFilter({ ...now, country: null });
  const where = elsewhere ? { relations: { some: { relation: elsewhere } } } : null;
  const answer = useAnswer(CountryCountsDocument, { where });
  useTitle(t('nav.map'));

  const [belonging, working] = [new Map<string, number>(), new Map<string, number>()];
  for (const facet of answer.data?.entityFacets?.facets ?? []) {
    for (const { key, count } of facet.values) {
      if (facet.by === 'COUNTRY') belonging.set(key, count);
      const code = /^country:([A-Z]{2})$/.exec(key)?.[1];
      if (code) working.set(code, count);
    }
  }
  const twice = useTwice([...belonging.keys()].filter((code) => working.has(code)), where);
  const counts = new Map([...belonging.keys(), ...working.keys()].map((code) =>
    [code, (belonging.get(code) ?? 0) + (working.get(code) ?? 0) - (twice.get(code) ?? 0)]));
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const choose = (code: string) => setFilters({ country: now.country === code ? null : code });

  return (
    <div class="page map-page">
      <h1>{t('map.title')}</h1>
      <p class="hint">{t('map.hint')}</p>
      <FilterChips />
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!answer.data && answer.loading && <Loading />}
      {answer.data && ranked.length === 0 && <Empty title={t('map.none')} />}
      {ranked.length > 0 && (
        <div class="map-columns">
          <World counts={counts} chosen={now.country} onChoose={choose} />
          <div class="map-side">
            <div class="table-scroll map-table" tabIndex={0} role="region" aria-label={t('kinds.COUNTRY')}>
              <table>
                <thead><tr><th scope="col">{t('filter.country')}</th><th scope="col">{t('entities')}</th></tr></thead>
                <tbody>
                  {ranked.map(([code, count]) => (
                    <tr key={code}>
                      <td><button type="button" class="line" aria-pressed={now.country === code} onClick={() => choose(code)}>{countryName(code)}</button></td>
                      <td class="number">{n(count)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {now.country && <InCountry key={now.country} code={now.country} />}
          </div>
        </div>
      )}
    </div>
  );
}

interface WorldProps {
  counts: ReadonlyMap<string, number>;
  chosen: string | null;
  onChoose: (code: string) => void;
}

function World({ counts, chosen, onChoose }: WorldProps) {
  const most = Math.max(1, ...counts.values());
  const there = [...countries.values()].filter(({ code }) => counts.has(code));
  const radius = (code: string) => 7 + 13 * Math.sqrt((counts.get(code) ?? 0) / most);
  const placed = apart(there.map((country) => ({ ...country, radius: radius(country.code) })));
  return (
    <svg class="world" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('map.world')}>
      <path class="sea" d={frame} />
      <path class="grid" d={grid} />
      {uncoded.map((outline, at) => <path key={at} class="land" d={outline} />)}
      {[...countries.values()].filter(({ outline }) => outline).map(({ code, outline }) => {
        const known = counts.has(code);
        return (
          <path key={code} d={outline} class={`land${known ? ' known' : ''}${chosen === code ? ' chosen' : ''}`}
            onClick={known ? () => onChoose(code) : undefined}>
            {known && <title>{`${countryName(code)}: ${n(counts.get(code) ?? 0)}`}</title>}
          </path>
        );
      })}
      {placed.map(({ code, x, y, radius: size, at }) => (
        <g key={code} class={chosen === code ? 'place chosen' : 'place'} onClick={() => onChoose(code)}>
          {Math.hypot(at.x - x, at.y - y) > 3 && <line x1={x} y1={y} x2={at.x} y2={at.y} />}
          <circle cx={at.x} cy={at.y} r={size} />
          <text x={at.x} y={at.y + 4}>{n(counts.get(code) ?? 0)}</text>
          <title>{`${countryName(code)}: ${n(counts.get(code) ?? 0)}`}</title>
        </g>
      ))}
    </svg>
  );
}

/** Moves circles apart until none lies on another: small neighbours stay legible. */
function apart<Circle extends { x: number; y: number; radius: number }>(circles: readonly Circle[]): (Circle & { at: { x: number; y: number } })[] {
  const moved = circles.map((circle) => ({ ...circle, at: { x: circle.x, y: circle.y } }));
  for (let round = 0; round < 80; round += 1) {
    let still = true;
    for (const [index, one] of moved.entries()) {
      for (const other of moved.slice(index + 1)) {
        const [dx, dy] = [other.at.x - one.at.x || 0.1, other.at.y - one.at.y || 0.1];
        const lack = one.radius + other.radius + 1.5 - Math.hypot(dx, dy);
        if (lack <= 0) continue;
        still = false;
        const share = lack / 2 / Math.hypot(dx, dy);
        one.at.x -= dx * share;
        one.at.y -= dy * share;
        other.at.x += dx * share;
        other.at.y += dy * share;
      }
    }
    if (still) break;
  }
  return moved;
}

function InCountry({ code }: { code: string }) {
  const [trail, setTrail] = useState<string[]>([]);
  const relation = relationFilter({ ...filters.value, country: null });
  const where = relation ? { and: [countryFilter(code), { relations: { some: { relation } } }] } : countryFilter(code);
  useEffect(() => setTrail([]), [code, JSON.stringify(where)]);
  const answer = useAnswer(InCountryDocument, { where, after: trail.at(-1) ?? null, languages: languages.value });
  const found = answer.data?.entities;
  return (
    <section class="stack">
      <h2>{t('map.in', countryName(code))} <small>{n(found?.totalCount ?? 0)}</small></h2>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {found && (
        <>
          <p class="row">
            <Link class="button" href={to.graph([`country:${code}`, ...found.nodes.map(({ id }) => id)].slice(0, 40), { hops: '1' })}>{t('draw')}</Link>
            <Link class="button" href={to.timeline()}>{t('nav.timeline')}</Link>
          </p>
          <ul class="side-entities">
            {found.nodes.map((entity) => (
              <li key={entity.id}><EntityLink entity={entity} /> <small>{t(`kind.${entity.kind}`)}</small></li>
            ))}
          </ul>
          <p class="row">
            {trail.length > 0 && <button type="button" onClick={() => setTrail(trail.slice(0, -1))}>{t('previous.page')}</button>}
            {found.pageInfo.hasNextPage && <button type="button" onClick={() => setTrail([...trail, found.pageInfo.endCursor ?? ''])}>{t('next.page')}</button>}
          </p>
        </>
      )}
    </section>
  );
}
