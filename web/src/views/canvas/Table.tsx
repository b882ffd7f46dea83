// The same as the drawing in rows: for whoever does not see it, or wants to sort.
import { useMemo, useState } from 'preact/hooks';

import { drawn, hide, selection, visible, type Relation } from '../../graph/model';
import { n, t } from '../../i18n';
import { KindShape } from '../../ui/kind';
import { dates } from '../../ui/relation';
import { expand, openRelations } from './CanvasView';
import { OpenTag } from './Detail';
import type { Scene } from './scene';

const ROWS = 50;
type Tab = 'entities' | 'relations';

export function DrawnTable({ scene }: { scene: Scene | null }) {
  const [tab, setTab] = useState<Tab>('entities');
  const [page, setPage] = useState(0);
  const seen = visible.value;
  const total = tab === 'entities' ? seen.entities.size : seen.relations.length;
  const last = Math.max(0, Math.ceil(total / ROWS) - 1);
  const at = Math.min(page, last);
  const choose = (next: Tab) => { setTab(next); setPage(0); };
  return (
    <section class="drawn-table" aria-label={t('graph.table')}>
      <div class="row table-head">
        <div role="group" aria-label={t('graph.table')} class="chips">
          <button type="button" aria-pressed={tab === 'entities'} onClick={() => choose('entities')}>{t('entities')} <small>{n(seen.entities.size)}</small></button>
          <button type="button" aria-pressed={tab === 'relations'} onClick={() => choose('relations')}>{t('relations')} <small>{n(seen.relations.length)}</small></button>
        </div>
        {last > 0 && (
          <span class="row">
            <button type="button" disabled={at === 0} onClick={() => setPage(at - 1)}>{t('previous.page')}</button>
            <small>{n(at + 1)} / {n(last + 1)}</small>
            <button type="button" disabled={at === last} onClick={() => setPage(at + 1)}>{t('next.page')}</button>
          </span>
        )}
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t(tab)}>
        {tab === 'entities' ? <Entities page={at} scene={scene} /> : <Relations page={at} />}
      </div>
    </section>
  );
}

function Entities({ page, scene }: { page: number; scene: Scene | null }) {
  const seen = visible.value;
  const [by, setBy] = useState<'name' | 'kind' | 'relations' | 'documents'>('relations');
  const rows = useMemo(() => {
    const degrees = new Map<string, number>();
    for (const { subject, object } of seen.relations) {
      degrees.set(subject, (degrees.get(subject) ?? 0) + 1);
      degrees.set(object, (degrees.get(object) ?? 0) + 1);
    }
    const all = [...seen.entities].flatMap((id) => {
      const entity = drawn.entities.get(id);
      return entity ? [{ ...entity, degree: degrees.get(id) ?? 0 }] : [];
    });
    const order = {
      name: (a: (typeof all)[number], b: (typeof all)[number]) => a.label.localeCompare(b.label),
      kind: (a: (typeof all)[number], b: (typeof all)[number]) => a.kind.localeCompare(b.kind) || a.label.localeCompare(b.label),
      relations: (a: (typeof all)[number], b: (typeof all)[number]) => b.degree - a.degree || a.label.localeCompare(b.label),
      documents: (a: (typeof all)[number], b: (typeof all)[number]) => b.documentCount - a.documentCount || a.label.localeCompare(b.label),
    };
    return all.sort(order[by]);
  }, [seen, by]);
  const head = (name: typeof by, words: string) => (
    <th scope="col" class={name === 'relations' || name === 'documents' ? 'number' : undefined} aria-sort={by === name ? (name === 'name' || name === 'kind' ? 'ascending' : 'descending') : undefined}>
      <button type="button" onClick={() => setBy(name)}>{words}{by === name && <span aria-hidden="true"> ↓</span>}</button>
    </th>
  );
  return (
    <table>
      <thead><tr>{head('name', t('entity'))}{head('kind', t('kinds'))}{head('relations', t('relations'))}{head('documents', t('documents'))}<th scope="col"><span class="visually-hidden">{t('graph.expand')}</span></th></tr></thead>
      <tbody>
        {rows.slice(page * ROWS, (page + 1) * ROWS).map((entity) => {
          const chosen = selection.value?.is === 'entity' && selection.value.id === entity.id;
          return (
            <tr key={entity.id} class={chosen ? 'current' : undefined}>
              <td>
                <button type="button" class="line" aria-pressed={chosen} aria-label={t('graph.select.of', entity.label)}
                  onClick={() => { selection.value = { is: 'entity', id: entity.id }; scene?.center(entity.id); }}>
                  <KindShape kind={entity.kind} /> {entity.label}
                </button>
              </td>
              <td>{t(`kind.${entity.kind}`)}</td>
              <td class="number">{n(entity.degree)}</td>
              <td class="number">{n(entity.documentCount)}</td>
              <td class="row-actions">
                <button type="button" class="quiet" aria-label={t('graph.expand.of', entity.label)} onClick={() => expand(entity.id)}>{t('graph.expand')}</button>
                <button type="button" class="quiet" aria-label={t('graph.hide.of', entity.label)} onClick={() => hide(entity.id)}>{t('graph.hide')}</button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Relations({ page }: { page: number }) {
  const seen = visible.value;
  const name = (id: string) => drawn.entities.get(id)?.label ?? id;
  const rows = useMemo(() => [...seen.relations].sort((a: Relation, b: Relation) => b.confidence - a.confidence || a.kind.localeCompare(b.kind)), [seen]);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('graph.path.from')}</th><th scope="col">{t('relations')}</th><th scope="col">{t('graph.path.to')}</th>
          <th scope="col" class="number">{t('confidence')}</th><th scope="col">{t('filter.time')}</th><th scope="col" class="number">{t('documents')}</th><th scope="col"><span class="visually-hidden">{t('sentences')}</span></th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(page * ROWS, (page + 1) * ROWS).map((relation) => (
          <tr key={relation.id}>
            <td>{name(relation.subject)}</td>
            <td><em>{relation.label}</em> <OpenTag relation={relation} /></td>
            <td>{name(relation.object)}</td>
            <td class="number">{relation.weight === undefined ? n(relation.confidence, 2) : t('graph.weight', n(relation.weight, 2))}</td>
            <td>{relation.date ? dates(relation.date) : '–'}</td>
            <td class="number">{n(relation.documentCount)}</td>
            <td>
              <button type="button" class="quiet" aria-label={t('relation.open', `${name(relation.subject)} ${relation.label} ${name(relation.object)}`)}
                onClick={() => openRelations([relation.id])}>{t('sentences')}</button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
