// The controls beside the drawing: what to add, paths, partners, filters, and the legend that is also a filter.
import { useState } from 'preact/hooks';

import type { EntityKind, PathOrder, RelationKind } from '../../api/generated';
import { ENTITY_KINDS, RELATION_KINDS } from '../../graph/kinds';
import { drawn, highlighted, revision } from '../../graph/model';
import { isMutual, isOpen } from '../../graph/pairs';
import { n, t } from '../../i18n';
import { params, setParams } from '../../state/router';
import { filters, NONE, setFilters } from '../../state/filters';
import { KindShape } from '../../ui/kind';
import { EntityInput } from '../search/EntityInput';
import { expand, paths, showPath } from './CanvasView';
import type { Scene } from './scene';
import { useTitles } from './titles';
import { PeriodFields } from '../timeline/PeriodFields';

export function Rail({ scene }: { scene: Scene | null }) {
  void revision.value;
  const [open, setOpen] = useState(matchMedia('(min-width: 821px)').matches);
  return (
    <aside class="rail" aria-label={t('filters')}>
      <button type="button" class="rail-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>{t('filters')}</button>
      <div class="rail-body" hidden={!open}>
        <section>
          <EntityInput label={t('graph.add')} placeholder={t('search.placeholder')} clearOnChoose onChoose={({ id }) => expand(id)} />
          <p class="row">
            <button type="button" onClick={() => setParams({ all: '1' })}>{t('graph.everything')}</button>
          </p>
        </section>
        <PathFinder scene={scene} />
        <Fold title={t('graph.partners')} open={params.value.has('partners')}>
          <EntityInput label={t('graph.partners.of')} kinds={['ORGANIZATION', 'COUNTRY']} initial={drawn.entities.get(params.value.get('partners')?.split(',')[0] ?? '')?.label ?? ''}
            onChoose={({ id }) => setParams({ ids: '', all: '', from: '', to: '', document: '', pattern: '', partners: id })} />
          <p class="hint">{t('graph.partners.hint')}</p>
        </Fold>
        <Fold title={t('graph.match')} open={params.value.has('pattern')}>
          <form class="stack" onSubmit={(event) => {
            event.preventDefault();
            setParams({ pattern: String(new FormData(event.currentTarget).get('pattern') ?? '') });
          }}>
            <label class="stack">{t('graph.match.label')}
              <textarea name="pattern" rows={3} spellcheck={false} defaultValue={params.value.get('pattern') ?? '[Organization|Country]-FUNDS->[Project|Event]'} />
            </label>
            <button type="submit">{t('draw')}</button>
          </form>
        </Fold>
        <Legend />
        <FilterFields />
      </div>
    </aside>
  );
}

function Fold({ title, open, children }: { title: string; open: boolean; children: preact.ComponentChildren }) {
  return (
    <details open={open}>
      <summary>{title}</summary>
      <div class="stack fold">{children}</div>
    </details>
  );
}

function PathFinder({ scene }: { scene: Scene | null }) {
  const given = params.value;
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const start = from ?? given.get('from');
  const end = to ?? given.get('to');
  const found = paths.value;
  const hops = given.get('maxHops') ?? '4';
  const nameOf = (id: string | null) => (id ? (drawn.entities.get(id)?.label ?? id) : '');
  void revision.value;
  return (
    <Fold title={t('graph.path')} open={given.has('from')}>
      <EntityInput label={t('graph.path.from')} initial={nameOf(start)} onChoose={({ id }) => setFrom(id)} />
      <EntityInput label={t('graph.path.to')} initial={nameOf(end)} onChoose={({ id }) => setTo(id)} />
      <div class="row">
        <label>{t('graph.path.hops')}{' '}
          <select value={hops} onChange={(event) => setParams({ maxHops: event.currentTarget.value })}>
            {[1, 2, 3, 4, 5, 6, 7, 8].map((count) => <option key={count}>{count}</option>)}
          </select>
        </label>
        <label><span class="visually-hidden">{t('graph.path.order')}</span>
          <select value={given.get('by') ?? 'HOPS'} onChange={(event) => setParams({ by: event.currentTarget.value })}>
            {(['HOPS', 'CONFIDENCE'] as PathOrder[]).map((by) => <option key={by} value={by}>{t(`graph.path.by.${by}` as 'graph.path.by.HOPS')}</option>)}
          </select>
        </label>
        <button type="button" class="primary" disabled={!start || !end} onClick={() => setParams({ from: start ?? '', to: end ?? '', maxHops: hops })}>
          {t('graph.path.find')}
        </button>
      </div>
      {found && <p role="status" class="hint">{found.paths.length ? t('graph.path.found', found.paths.length) : t('graph.path.none', hops)}</p>}
      <ol class="paths">
        {found?.paths.map((path, at) => {
          const shown = path.hops.every(({ relation }) => highlighted.value.has(relation.id));
          return (
            <li key={at}>
              <button type="button" aria-pressed={shown} onClick={() => { showPath(path); const first = path.hops[0]?.entity.id; if (first) scene?.fit(); }}>
                {path.hops.map((hop, index) => (
                  <span key={index}>
                    {index === 0 && <><KindShape kind={hop.entity.kind} /> {hop.entity.label}</>}
                    <em> {hop.direction === 'FORWARD' ? `— ${hop.relation.label} →` : `← ${hop.relation.label} —`} </em>
                    <KindShape kind={hop.to.kind} /> {hop.to.label}
                  </span>
                ))}
                <small>{n(path.confidence, 2)}</small>
              </button>
            </li>
          );
        })}
      </ol>
    </Fold>
  );
}

/** Shape, colour and word of each kind that is drawn; unticking hides it. */
function Legend() {
  void revision.value;
  const counts = new Map<EntityKind, number>();
  for (const { kind } of drawn.entities.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const without = filters.value.withoutKinds;
  const shown = ENTITY_KINDS.filter((kind) => counts.has(kind) || without.includes(kind));
  if (!shown.length) return null;
  return (
    <fieldset>
      <legend>{t('graph.legend')}</legend>
      {shown.map((kind) => (
        <label key={kind} class="check legend-item">
          <input type="checkbox" checked={!without.includes(kind)}
            onChange={() => setFilters({ withoutKinds: without.includes(kind) ? without.filter((other) => other !== kind) : [...without, kind] })} />
          <KindShape kind={kind} size={14} /> {t(`kinds.${kind}`)} <small>{n(counts.get(kind) ?? 0)}</small>
        </label>
      ))}
      <LineLegend />
    </fieldset>
  );
}

/** What lines look like: with a head where they have a direction, with gaps where nothing is stated as a fact yet. */
function LineLegend() {
  const all = [...drawn.relations.values()];
  const has = {
    stated: all.some((relation) => !isOpen([relation]) && !isMutual([relation])),
    open: all.some((relation) => isOpen([relation])),
    mutual: all.some((relation) => isMutual([relation])),
  };
  const shown = (Object.keys(has) as (keyof typeof has)[]).filter((name) => has[name]);
  if (!shown.length) return null;
  return (
    <ul class="line-legend" aria-label={t('graph.lines')}>
      {shown.map((name) => (
        <li key={name}>
          <svg viewBox="0 0 34 10" width="34" height="10" aria-hidden="true">
            <path class={name} d={name === 'mutual' ? 'M1 5H33' : 'M1 5H26'} />
            {name !== 'mutual' && <path class="head" d="M25 1.500 33 5 25 8.500Z" />}
          </svg>
          {t(`graph.line.${name}`)}
        </li>
      ))}
    </ul>
  );
}

function FilterFields() {
  void revision.value;
  const counts = new Map<RelationKind, number>();
  const documents = new Set<string>();
  for (const { kind, documents: sources } of drawn.relations.values()) {
    if (kind !== 'PARTNER') counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const source of sources) documents.add(source);
  }
  const { withoutRelations, confidence, country, document } = filters.value;
  const shown = RELATION_KINDS.filter((kind) => counts.has(kind) || withoutRelations.includes(kind));
  const isFiltered = JSON.stringify(filters.value) !== JSON.stringify(NONE);
  return (
    <>
      {shown.length > 0 && (
        <fieldset>
          <legend>{t('relation.kinds')}</legend>
          {shown.map((kind) => (
            <label key={kind} class="check legend-item">
              <input type="checkbox" checked={!withoutRelations.includes(kind)}
                onChange={() => setFilters({ withoutRelations: withoutRelations.includes(kind) ? withoutRelations.filter((other) => other !== kind) : [...withoutRelations, kind] })} />
              {t(`relation.${kind}`)} <small>{n(counts.get(kind) ?? 0)}</small>
            </label>
          ))}
        </fieldset>
      )}
      <section class="stack">
        <div class="stack">
          <p class="row"><label for="confidence">{t('filter.confidence')}</label> <output for="confidence">{n(confidence, 2)}</output></p>
          <input id="confidence" type="range" min="0" max="1" step="0.05" value={confidence} onInput={(event) => setFilters({ confidence: Number(event.currentTarget.value) })} />
        </div>
        <PeriodFields />
        <DocumentField documents={[...documents]} />
        {country && <p class="row"><span class="tag">{t('filter.country')}: {country}</span> <button type="button" class="quiet" onClick={() => setFilters({ country: null })}>{t('filter.remove', country)}</button></p>}
        {document && <button type="button" class="quiet" onClick={() => setFilters({ document: null })}>{t('filter.remove', t('document'))}</button>}
        {isFiltered && <button type="button" onClick={() => (filters.value = NONE)}>{t('filter.clear')}</button>}
      </section>
    </>
  );
}

function DocumentField({ documents }: { documents: readonly string[] }) {
  const { document } = filters.value;
  const titles = useTitles(documents);
  if (documents.length < 2 && !document) return null;
  return (
    <label class="stack">{t('filter.document')}
      <select value={document ?? ''} onChange={(event) => setFilters({ document: event.currentTarget.value || null })}>
        <option value="">{t('all')}</option>
        {[...documents].slice(0, MOST_LISTED).map((id) => <option key={id} value={id}>{titles.get(id) ?? id}</option>)}
      </select>
    </label>
  );
}

const MOST_LISTED = 100;
