// Judging what is doubtful: relations to confirm or reject, entities to join or part, and every decision with its way back.
import { useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { ask } from '../../api/client';
import { token } from '../../api/token';
import { CanWriteDocument, DecideDocument, DecisionsDocument, DoubtfulDocument, UndoDocument, type Verdict } from '../../api/generated';
import { moment, n, t } from '../../i18n';
import { tokenOpen } from '../../state/panels';
import { params, setParams } from '../../state/router';
import { language, languages } from '../../state/settings';
import { EvidenceItem } from '../../ui/evidence';
import { EntityLink } from '../../ui/link';
import { RelationLine, type Relation } from '../../ui/relation';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { EntityInput } from '../search/EntityInput';
import { Candidates } from './Candidates';
import { useDecide, type Deciding } from './decide';

export function ReviewView() {
  useTitle(t('review.title'));
  const writable = useAnswer(CanWriteDocument, {});
  // Where the schema is not told, the server says no when somebody decides.
  const readOnly = writable.data !== undefined && writable.data.__schema.mutationType === null;
  const [turn, setTurn] = useState(0);
  const changed = () => setTurn(turn + 1);
  return (
    <div class="page review-page">
      <h1>{t('review.title')}</h1>
      <p class="hint">{t('review.lead')}</p>
      {readOnly && <p class="notice" role="note">{t('review.readonly')}</p>}
      {!readOnly && !token.value && (
        <p class="notice row" role="note">{t('review.needs')} <button type="button" onClick={() => (tokenOpen.value = true)}>{t('token.give')}</button></p>
      )}
      <div class="review-columns">
        <Doubtful key={`doubtful${turn}`} canDecide={!readOnly && token.value !== ''} changed={changed} />
        <div class="review-side">
          <Candidates key={`candidates${turn}`} canDecide={!readOnly && token.value !== ''} changed={changed} />
          <Identity canDecide={!readOnly && token.value !== ''} changed={changed} />
          <Decisions key={`decisions${turn}`} canDecide={!readOnly && token.value !== ''} changed={changed} />
        </div>
      </div>
    </div>
  );
}

function Doubtful({ canDecide, changed }: Deciding) {
  const [trail, setTrail] = useState<string[]>([]);
  const below = Number(params.value.get('below') ?? 0.8);
  const answer = useAnswer(DoubtfulDocument, {
    where: { and: [{ confidence: { lte: below } }, { confirmed: false }] },
    after: trail.at(-1) ?? null,
    language: language.value,
    languages: languages.value,
  });
  const found = answer.data?.relations;
  return (
    <section>
      <div class="row">
        <h2>{t('review.relations')} {found && <small>{n(found.totalCount)}</small>}</h2>
        <span class="spread" />
        <label class="row">{t('review.below')}
          <input type="range" min="0.3" max="1" step="0.05" value={below} onChange={(event) => { setTrail([]); setParams({ below: event.currentTarget.value }, { replace: true }); }} />
          <output>{n(below, 2)}</output>
        </label>
      </div>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!found && answer.loading && <Loading lines={8} />}
      {found?.totalCount === 0 && <Empty title={t('review.none')} />}
      <ol class="review-list">
        {found?.nodes.map((relation) => (
          <li key={relation.id}>
            <RelationLine relation={relation} />
            <ul class="evidence-list">
              {relation.evidence?.map((evidence, at) => <EvidenceItem key={at} evidence={evidence} relation={relation.id} />)}
            </ul>
            <DecideRelation relation={relation} canDecide={canDecide} changed={changed} />
          </li>
        ))}
      </ol>
      <p class="row">
        {trail.length > 0 && <button type="button" onClick={() => setTrail(trail.slice(0, -1))}>{t('previous.page')}</button>}
        {found?.pageInfo.hasNextPage && <button type="button" onClick={() => setTrail([...trail, found.pageInfo.endCursor ?? ''])}>{t('next.page')}</button>}
      </p>
    </section>
  );
}

function DecideRelation({ relation, canDecide, changed }: Deciding & { relation: Relation }) {
  const { error, busy, run } = useDecide(changed);
  const [reason, setReason] = useState('');
  const name = `${relation.subject.label} ${relation.label} ${relation.object.label}`;
  const decide = (verdict: Verdict) =>
    void run(() => ask(DecideDocument, { verdict, entities: null, relation: relation.id, reason }), t('review.done'));
  return (
    <div class="decide">
      <label>{t('review.reason')}
        <input type="text" value={reason} disabled={!canDecide} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button type="button" disabled={!canDecide || busy} aria-label={t('review.confirm.of', name)} onClick={() => decide('CONFIRMED')}>{t('review.verdict.CONFIRMED')}</button>
      <button type="button" disabled={!canDecide || busy} aria-label={t('review.reject.of', name)} onClick={() => decide('REJECTED')}>{t('review.verdict.REJECTED')}</button>
      {error && <Failed error={error} />}
    </div>
  );
}

function Identity({ canDecide, changed }: Deciding) {
  const { error, busy, run } = useDecide(changed);
  const [one, setOne] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const ready = canDecide && !busy && one !== null && other !== null && one !== other;
  const decide = (verdict: Verdict) =>
    void run(() => ask(DecideDocument, { verdict, entities: [one ?? '', other ?? ''], relation: null, reason }), t('review.done'));
  return (
    <section>
      <h2>{t('review.identity')}</h2>
      <p class="hint">{t('review.identity.hint')}</p>
      <EntityInput label={t('review.identity.one')} onChoose={({ id }) => setOne(id)} />
      <EntityInput label={t('review.identity.other')} onChoose={({ id }) => setOther(id)} />
      <div class="decide">
        <label>{t('review.reason')}
          <input type="text" value={reason} disabled={!canDecide} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <button type="button" disabled={!ready} onClick={() => decide('SAME')}>{t('review.verdict.SAME')}</button>
        <button type="button" disabled={!ready} onClick={() => decide('DIFFERENT')}>{t('review.verdict.DIFFERENT')}</button>
      </div>
      {error && <Failed error={error} />}
    </section>
  );
}

function Decisions({ canDecide, changed }: Deciding) {
  const answer = useAnswer(DecisionsDocument, { language: language.value, languages: languages.value });
  const { error, busy, run } = useDecide(changed);
  const decisions = answer.data?.decisions ?? [];
  return (
    <section>
      <h2>{t('review.decisions')} <small>{n(decisions.length)}</small></h2>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {error && <Failed error={error} />}
      {answer.data && decisions.length === 0 && <p class="hint">{t('review.decisions.none')}</p>}
      <ul class="decision-list">
        {[...decisions].reverse().map((decision) => (
          <li key={decision.id}>
            <p><strong>{t(`review.verdict.${decision.verdict}`)}</strong> {decision.text}</p>
            {decision.relation && <RelationLine relation={decision.relation} />}
            <p class="entity-row">{decision.entities.map((entity) => entity && <EntityLink key={entity.id} entity={entity} />)}</p>
            {decision.reason && <p>« {decision.reason} »</p>}
            <p class="row fine">
              {t('review.by', decision.author || '–', moment(decision.at))}
              <button type="button" class="quiet" disabled={!canDecide || busy} aria-label={t('review.undo.of', decision.text)}
                onClick={() => void run(() => ask(UndoDocument, { id: decision.id, reason: '' }), t('review.undone'))}>{t('review.undo')}</button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
