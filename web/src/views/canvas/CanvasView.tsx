// The drawing with its controls, the table beside it, and the address that brings it back.
import { useEffect, useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';

import { ApiError } from '../../api/client';
import { version } from '../../api/live';
import type { PathOrder, RelationKind } from '../../api/generated';
import { RELATION_KINDS } from '../../graph/kinds';
import { loadAround, loadMembers, loadPartners, loadPaths, loadPattern, loadRelations, type Paths } from '../../graph/load';
import { beginLoading, clear, drawn, hidden, highlighted, pinned, revision, selection, sweep, visible } from '../../graph/model';
import { n, t } from '../../i18n';
import { DRAWN_BY } from '../../state/drawing';
import { filters } from '../../state/filters';
import { relationOpen, say } from '../../state/panels';
import { params, setParams } from '../../state/router';
import { locale } from '../../state/settings';
import { Empty, Failed } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { Detail } from './Detail';
import { ExportMenu } from './ExportMenu';
import { Rail } from './Rail';
import { arranging, Scene } from './scene';
import { DrawnTable } from './Table';

/** What the last search for paths found. */
export const paths = signal<Paths | null>(null);

interface Progress {
  done: number;
  total: number;
}

/** `a,b~FUNDS+SUPPORTS` → around a everything, around b what is funded or supported. */
function seedsIn(text: string): { id: string; kinds: RelationKind[] }[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((seed) => {
      const [id = '', kinds = ''] = seed.split('~');
      return { id, kinds: kinds.split('+').filter((kind): kind is RelationKind => RELATION_KINDS.includes(kind as RelationKind)) };
    });
}

/** Adds an entity to those that the address names. */
export function expand(id: string, kinds: RelationKind[] = []): void {
  if (params.peek().has('partners')) {
    setParams({ partners: [...new Set([...(params.peek().get('partners') ?? '').split(','), id])].join(',') });
    return;
  }
  const seed = kinds.length ? `${id}~${kinds.join('+')}` : id;
  const now = (params.peek().get('ids') ?? '').split(',').filter(Boolean);
  if (!now.includes(seed)) setParams({ ids: [...now, seed].join(',') });
}

let loadedFor = '';
let loadedParts: Record<string, string> = {};

export function CanvasView() {
  const holder = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<Scene | null>(null);
  const [noWebGl, setNoWebGl] = useState(false);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [cut, setCut] = useState(false);
  const [table, setTable] = useState(true);
  const [turn, setTurn] = useState(0);
  const abort = useRef<AbortController | null>(null);
  useTitle(t('graph.title'));

  useEffect(() => {
    if (!holder.current) return;
    let made: Scene | null = null;
    try {
      made = new Scene(holder.current);
    } catch {
      setNoWebGl(true);
      return;
    }
    made.onOpen = openRelations;
    made.onExpand = (id) => expand(id);
    setScene(made);
    return () => made.end();
  }, []);

  const wanted = DRAWN_BY.map((name) => `${name}=${params.value.get(name) ?? ''}`).join('&') + `&${locale.value}&${version.value}`;
  useEffect(() => {
    if (wanted === loadedFor && turn === 0) return;
    const search = params.peek();
    const now = Object.fromEntries(DRAWN_BY.map((name) => [name, search.get(name) ?? '']));
    // What only grew is added; anything else begins anew.
    const grew = loadedFor !== '' && DRAWN_BY.every((name) => (name === 'ids' || name === 'partners' || name === 'only' ? (now[name] ?? '').startsWith(loadedParts[name] ?? '') : ['from', 'to', 'maxHops', 'by'].includes(name) ? true : now[name] === loadedParts[name]));
    if (!grew) clear();
    loadedFor = wanted;
    loadedParts = now;
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setBusy(true);
    setError(null);
    beginLoading();
    load(now, mine.signal, setProgress).then(
      (complete) => {
        if (mine.signal.aborted) return;
        sweep();
        setCut(!complete);
        say(t('graph.counts', drawn.entities.size, drawn.relations.size));
      },
      (failure: unknown) => {
        if (!mine.signal.aborted) setError(failure instanceof ApiError ? failure : new ApiError(String(failure), 'ERROR'));
      },
    ).finally(() => {
      if (mine.signal.aborted) return;
      setBusy(false);
      setProgress(null);
    });
  }, [wanted, turn]);
  useEffect(() => () => {
    // What was interrupted is asked for again when the view comes back.
    if (abort.current && !abort.current.signal.aborted && busyNow.current) loadedFor = '';
    abort.current?.abort();
  }, []);
  const busyNow = useRef(busy);
  busyNow.current = busy;

  // Whether an entity lies in a country is not told by what is drawn alone.
  const country = filters.value.country;
  const now = version.value;
  useEffect(() => {
    if (!country) return;
    const stop = new AbortController();
    loadMembers(country, stop.signal).catch((failure: unknown) => {
      if (!stop.signal.aborted) setError(failure instanceof ApiError ? failure : new ApiError(String(failure), 'ERROR'));
    });
    return () => stop.abort();
  }, [country, now]);

  useEffect(() => {
    if (scene) scene.busy = busy;
  }, [scene, busy]);

  const { entities, relations } = visible.value;
  void revision.value;
  const nothing = drawn.entities.size === 0;
  return (
    <div class="workspace" aria-busy={busy || loadedFor !== wanted}>
      <h1 class="visually-hidden">{t('graph.title')}</h1>
      <Rail scene={scene} />
      <section class="stage" aria-label={t('graph.title')}>
        <div class="toolbar" role="toolbar" aria-label={t('graph.title')}>
          <span class="counts">{t('graph.counts', entities.size, relations.length)}</span>
          {busy && <span role="status" class="busy">{progress ? t('graph.loading', progress.done, progress.total) : t('state.loading')}</span>}
          {busy && <button type="button" class="quiet" onClick={() => { abort.current?.abort(); setBusy(false); setProgress(null); }}>{t('graph.stop')}</button>}
          {cut && !busy && <span class="tag warn">{t('graph.cut')}</span>}
          {hidden.value.size > 0 && (
            <button type="button" class="quiet" onClick={() => (hidden.value = new Set())}>{t('graph.hidden', hidden.value.size)} · {t('graph.show.hidden')}</button>
          )}
          <span class="spread" />
          <button type="button" onClick={() => (arranging.value ? scene?.stopArranging() : scene?.arrange())} aria-pressed={arranging.value}>
            {arranging.value ? t('graph.layout.stop') : t('graph.layout.run')}
          </button>
          <button type="button" onClick={() => scene?.fit()}>{t('graph.fit')}</button>
          <button type="button" aria-label={t('graph.zoom.in')} onClick={() => scene?.zoom(1 / 1.4)}><span aria-hidden="true">+</span></button>
          <button type="button" aria-label={t('graph.zoom.out')} onClick={() => scene?.zoom(1.4)}><span aria-hidden="true">−</span></button>
          <button type="button" aria-pressed={table} onClick={() => setTable(!table)}>{t('graph.table')}</button>
          <ExportMenu scene={scene} />
          {!nothing && <button type="button" onClick={() => { clear(); loadedFor = ''; setParams(Object.fromEntries(DRAWN_BY.map((name) => [name, '']))); }}>{t('graph.clear')}</button>}
        </div>
        {error && <Failed error={error} again={() => { loadedFor = ''; setTurn(turn + 1); }} />}
        <div class="canvas-holder">
          <div
            ref={holder}
            class="canvas"
            tabIndex={0}
            role="application"
            aria-label={t('graph.drawing', n(entities.size), n(relations.length))}
            onKeyDown={(event) => scene && onKey(event, scene)}
          />
          {noWebGl && <Empty title={t('graph.webgl')} />}
          {nothing && !busy && !error && (
            <div class="canvas-empty">
              <Empty title={t('graph.empty')}>
                <p>{t('graph.empty.hint')}</p>
                <p><button type="button" class="primary" onClick={() => setParams({ all: '1' })}>{t('graph.everything')}</button></p>
              </Empty>
            </div>
          )}
          <Detail scene={scene} />
        </div>
        {table && !nothing && <DrawnTable scene={scene} />}
      </section>
    </div>
  );
}

/** Opens sentences; of a drawn partnership, those of the relations behind it. */
export function openRelations(ids: readonly string[]): void {
  const behind = ids.flatMap((id) => {
    const basis = drawn.relations.get(id)?.basis;
    return basis ? [...basis.direct, ...basis.shared.flatMap(({ relations }) => relations)] : [id];
  });
  relationOpen.value = [...new Set(behind)];
}

function onKey(event: KeyboardEvent, scene: Scene): void {
  const step = 0.08;
  switch (event.key) {
    case 'ArrowLeft': scene.move(-step, 0); break;
    case 'ArrowRight': scene.move(step, 0); break;
    case 'ArrowUp': scene.move(0, step); break;
    case 'ArrowDown': scene.move(0, -step); break;
    case '+': case '=': scene.zoom(1 / 1.4); break;
    case '-': scene.zoom(1.4); break;
    case '0': scene.fit(); break;
    case 'Escape': selection.value = null; highlighted.value = new Set(); break;
    default: return;
  }
  event.preventDefault();
}

async function load(now: Record<string, string>, signal: AbortSignal, tell: (progress: Progress) => void): Promise<boolean> {
  let complete = true;
  const progress = (done: number, total: number) => tell({ done, total });
  if (now['all']) complete = (await loadRelations(null, progress, signal)) && complete;
  if (now['document']) complete = (await loadRelations({ document: [now['document']] }, progress, signal)) && complete;
  if (now['relations']) complete = (await loadRelations({ id: now['relations'].split(',') }, progress, signal)) && complete;
  if (now['only']) complete = (await loadAround(now['only'].split(','), 0)) && complete;
  const seeds = seedsIn(now['ids'] ?? '');
  const plain = seeds.filter(({ kinds }) => !kinds.length).map(({ id }) => id);
  const hops = Math.min(6, Math.max(0, Number(now['hops'] || 1)));
  if (plain.length) complete = (await loadAround(plain, hops)) && complete;
  for (const { id, kinds } of seeds) if (kinds.length) complete = (await loadAround([id], 1, kinds)) && complete;
  if (now['partners']) for (const id of now['partners'].split(',')) await loadPartners(id);
  if (now['pattern']) complete = (await loadPattern(now['pattern'])).complete && complete;
  if (now['from'] && now['to']) {
    const by: PathOrder = now['by'] === 'CONFIDENCE' ? 'CONFIDENCE' : 'HOPS';
    paths.value = await loadPaths(now['from'], now['to'], Math.min(8, Number(now['maxHops'] || 4)), by);
    showPath(paths.value?.paths[0]);
  } else {
    paths.value = null;
  }
  return complete;
}

/** Lets a path stand out. */
export function showPath(path: Paths['paths'][number] | undefined): void {
  highlighted.value = new Set((path?.hops ?? []).flatMap(({ entity, relation, to }) => [entity.id, relation.id, to.id]));
}

export { pinned };
