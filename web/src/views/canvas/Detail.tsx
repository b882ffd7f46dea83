// What was chosen in the drawing, and what can be done with it.
import { drawn, hide, keepNear, pairKey, pinned, selection, togglePin, visible, type Relation } from '../../graph/model';
import { MEANINGS } from '../../graph/kinds';
import type { RelationKind } from '../../api/generated';
import { n, t } from '../../i18n';
import { to } from '../../state/router';
import { Link } from '../../ui/link';
import { KindShape } from '../../ui/kind';
import { expand, openRelations } from './CanvasView';
import type { Scene } from './scene';

export function Detail({ scene }: { scene: Scene | null }) {
  const chosen = selection.value;
  if (chosen?.is === 'entity') return <OneEntity id={chosen.id} scene={scene} />;
  if (chosen?.is === 'pair') return <OnePair pair={chosen.key} />;
  return null;
}

function OneEntity({ id, scene }: { id: string; scene: Scene | null }) {
  const entity = drawn.entities.get(id);
  if (!entity) return null;
  const around = visible.value.relations.filter(({ subject, object }) => subject === id || object === id);
  const fixed = pinned.value.has(id);
  return (
    <aside class="detail" aria-label={entity.label}>
      <header>
        <p class="eyebrow"><KindShape kind={entity.kind} /> {t(`kind.${entity.kind}`)}</p>
        <h2><Link href={to.entity(id)}>{entity.label}</Link></h2>
        <button type="button" class="quiet close" aria-label={t('close')} onClick={() => (selection.value = null)}><span aria-hidden="true">✕</span></button>
      </header>
      <div class="row">
        <button type="button" class="primary" onClick={() => expand(id)}>{t('graph.expand')}</button>
        <label><span class="visually-hidden">{t('graph.expand.by')}</span>
          <select value="" onChange={(event) => { const kinds = event.currentTarget.value; event.currentTarget.value = ''; if (kinds) expand(id, kinds.split('+') as RelationKind[]); }}>
            <option value="">{t('graph.expand.by')} …</option>
            {Object.entries(MEANINGS).map(([meaning, kinds]) => (
              <optgroup key={meaning} label={t(`meaning.${meaning as keyof typeof MEANINGS}`)}>
                <option value={kinds.join('+')}>{t(`meaning.${meaning as keyof typeof MEANINGS}`)}</option>
                {kinds.map((kind) => <option key={kind} value={kind}>{t(`relation.${kind}`)}</option>)}
              </optgroup>
            ))}
          </select>
        </label>
        <button type="button" aria-pressed={fixed} onClick={() => togglePin(id)}>{fixed ? t('graph.unpin') : t('graph.pin')}</button>
        <button type="button" onClick={() => hide(id)}>{t('graph.hide')}</button>
        <button type="button" onClick={() => { keepNear(id); scene?.fit(); }}>{t('graph.only')}</button>
      </div>
      <ul class="detail-relations">
        {around.slice(0, 60).map((relation) => {
          const out = relation.subject === id;
          const other = drawn.entities.get(out ? relation.object : relation.subject);
          return (
            <li key={relation.id}>
              <button type="button" class="line" onClick={() => openRelations([relation.id])}>
                <em>{out ? relation.label : `← ${relation.label}`}</em>
                <span class="other">{other && <><KindShape kind={other.kind} /> {other.label}</>} <OpenTag relation={relation} /></span>
                <small>{relation.weight === undefined ? n(relation.confidence, 2) : t('graph.weight', n(relation.weight, 2))}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}

function OnePair({ pair }: { pair: string }) {
  const relations = visible.value.pairs.get(pair) ?? [];
  const [first] = relations;
  if (!first) return null;
  const subject = drawn.entities.get(first.subject);
  const object = drawn.entities.get(first.object);
  const back = visible.value.pairs.get(pairKey(first.object, first.subject)) ?? [];
  return (
    <aside class="detail" aria-label={t('relations')}>
      <header>
        <h2>{subject?.label} – {object?.label}</h2>
        <button type="button" class="quiet close" aria-label={t('close')} onClick={() => (selection.value = null)}><span aria-hidden="true">✕</span></button>
      </header>
      <ul class="detail-relations">
        {[...relations, ...back].map((relation) => (
          <li key={relation.id}>
            <button type="button" class="line" onClick={() => openRelations([relation.id])}>
              <em>{relation.subject === first.subject ? relation.label : `← ${relation.label}`}</em>
              <span class="other"><OpenTag relation={relation} /></span>
              <small>{relation.weight === undefined ? n(relation.confidence, 2) : t('graph.weight', n(relation.weight, 2))}</small>
            </button>
            {relation.basis && relation.basis.shared.length > 0 && (
              <p class="hint">{t('graph.shared', relation.basis.shared.map(({ entity }) => entity).join(', '))}</p>
            )}
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** Says of a relation that it is planned or proposed. */
export function OpenTag({ relation: { modality } }: { relation: Relation }) {
  return modality === 'ASSERTED' ? null : <span class="tag">{t(`modality.${modality}`)}</span>;
}
