// A relation as a line: who, what, whom, how sure; a button opens its sentences.
import { RelationSentencesDocument, type RelationLineFragment } from '../api/generated';
import { useAnswer } from '../api/answer';
import { date, n, t } from '../i18n';
import { relationOpen } from '../state/panels';
import { go, to } from '../state/router';
import { language, languages } from '../state/settings';
import { Dialog } from './dialog';
import { EvidenceItem } from './evidence';
import { EntityLink } from './link';
import { Failed, Loading } from './state';

export type Relation = RelationLineFragment;

export function Confidence({ value }: { value: number }) {
  return (
    <span class="confidence" title={t('relation.confidence', n(value, 2))}>
      <meter min={0} max={1} low={0.6} high={0.8} optimum={1} value={value} aria-label={t('confidence')} />
      <span>{n(value, 2)}</span>
    </span>
  );
}

/** What a relation carries besides its ends. */
export function Qualifiers({ relation }: { relation: Relation }) {
  const { amount, currency, role, modality, confirmed } = relation;
  return (
    <>
      {relation.date && <span class="tag">{dates(relation.date)}</span>}
      {amount !== null && <span class="tag">{money(amount, currency)}</span>}
      {role && <span class="tag">{role}</span>}
      {modality !== 'ASSERTED' && <span class="tag">{t(`modality.${modality}`)}</span>}
      {confirmed && <span class="tag">{t('confirmed')}</span>}
    </>
  );
}

export function dates({ start, end }: { start: string; end: string | null }): string {
  return end && end !== start ? `${date(start)} – ${date(end)}` : date(start);
}

function money(amount: number, currency: string | null): string {
  return currency ? `${n(amount)} ${currency}` : n(amount);
}

export function RelationLine({ relation }: { relation: Relation }) {
  return (
    <div class="relation">
      <span class="relation-ends">
        <EntityLink entity={relation.subject} />
        <span class="relation-kind">{relation.label}</span>
        <EntityLink entity={relation.object} />
      </span>
      <span class="relation-more">
        <Qualifiers relation={relation} />
        <Confidence value={relation.confidence} />
        <SentencesButton relation={relation} />
      </span>
    </div>
  );
}

export function SentencesButton({ relation }: { relation: Pick<Relation, 'id' | 'label' | 'documentCount' | 'subject' | 'object'> }) {
  const name = `${relation.subject.label} ${relation.label} ${relation.object.label}`;
  return (
    <button type="button" class="quiet sentences-button" onClick={() => (relationOpen.value = [relation.id])}
      aria-label={t('relation.open', name)}>
      {t('sentences')}
    </button>
  );
}

/** The sentences of the relations that somebody opened. */
export function RelationDialog() {
  const ids = relationOpen.value;
  if (!ids?.length) return null;
  const close = () => (relationOpen.value = null);
  return (
    <Dialog key={ids.join()} title={t('relation.dialog', ids.length)} onClose={close} side>
      {ids.slice(0, MOST_OPEN).map((id) => <Opened key={id} id={id} close={close} />)}
      {ids.length > MOST_OPEN && <p class="hint">{t('relations.more', MOST_OPEN, ids.length)}</p>}
    </Dialog>
  );
}

const MOST_OPEN = 12;

function Opened({ id, close }: { id: string; close: () => void }) {
  const answer = useAnswer(RelationSentencesDocument, { id, language: language.value, languages: languages.value });
  const relation = answer.data?.relation;
  if (answer.error) return <Failed error={answer.error} again={answer.again} />;
  if (!answer.data) return <Loading />;
  if (!relation) return <p>{t('relation.gone')}</p>;
  return (
    <section class="opened">
      <h3 class="relation-ends">
        <EntityLink entity={relation.subject} />
        <span class="relation-kind">{relation.label}</span>
        <EntityLink entity={relation.object} />
      </h3>
      <p class="row">
        <Confidence value={relation.confidence} />
        <Qualifiers relation={relation} />
        <button
          type="button"
          class="quiet"
          onClick={() => {
            close();
            go(to.graph([relation.subject.id, relation.object.id]));
          }}
        >
          {t('draw.both')}
        </button>
      </p>
      <ul class="evidence-list">
        {(relation.evidence ?? []).map((evidence, at) => (
          <EvidenceItem key={at} evidence={evidence} relation={relation.id} />
        ))}
      </ul>
    </section>
  );
}
