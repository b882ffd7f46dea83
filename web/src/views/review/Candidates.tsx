// The queue of refused identities: two that look the same, why they were not joined, and a judgement.
import { useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { ask } from '../../api/client';
import { CandidatesDocument, DecideDocument, type CandidateLineFragment, type Verdict } from '../../api/generated';
import { n, t } from '../../i18n';
import { languages } from '../../state/settings';
import { DocumentLink, EntityLink } from '../../ui/link';
import { Failed, Loading } from '../../ui/state';
import { useDecide, type Deciding } from './decide';

export function Candidates({ canDecide, changed }: Deciding) {
  const [trail, setTrail] = useState<string[]>([]);
  const answer = useAnswer(CandidatesDocument, { after: trail.at(-1) ?? null, languages: languages.value });
  const found = answer.data?.candidates;
  return (
    <section class="candidates">
      <h2>{t('review.refused')} {found && <small>{n(found.totalCount)}</small>}</h2>
      <p class="hint">{t('review.refused.hint')}</p>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!found && answer.loading && <Loading lines={3} />}
      {found?.totalCount === 0 && <p class="hint">{t('review.refused.none')}</p>}
      <ol class="review-list">
        {found?.nodes.map((candidate) => (
          <li key={candidate.entities.map(({ id }) => id).join()}>
            <Pair candidate={candidate} canDecide={canDecide} changed={changed} />
          </li>
        ))}
      </ol>
      {(trail.length > 0 || found?.pageInfo.hasNextPage) && (
        <p class="row">
          {trail.length > 0 && <button type="button" onClick={() => setTrail(trail.slice(0, -1))}>{t('previous.page')}</button>}
          {found?.pageInfo.hasNextPage && <button type="button" onClick={() => setTrail([...trail, found.pageInfo.endCursor ?? ''])}>{t('next.page')}</button>}
        </p>
      )}
    </section>
  );
}

function Pair({ candidate, canDecide, changed }: Deciding & { candidate: CandidateLineFragment }) {
  const { error, busy, run } = useDecide(changed);
  const [reason, setReason] = useState('');
  const decide = (verdict: Verdict) =>
    void run(() => ask(DecideDocument, { verdict, entities: candidate.entities.map(({ id }) => id), relation: null, reason }), t('review.done'));
  const both = candidate.entities.map(({ label }) => label).join(' / ');
  return (
    <>
      <ul>{candidate.entities.map((entity) => <li key={entity.id}><EntityLink entity={entity} strong /> <small>{entity.id}</small></li>)}</ul>
      <p class="hint">« {candidate.sharedName} » · {t(`doubt.${candidate.doubt}`)} · {t('review.likelihood', n(candidate.likelihood, 2))}</p>
      <ul>
        {candidate.mentions.map(({ text, start, end, document }) => (
          <li key={`${document.id}${start}`}>« {text} » <DocumentLink document={document} mark={`${start}-${end}`} /></li>
        ))}
      </ul>
      <div class="decide">
        <label>{t('review.reason')}
          <input type="text" value={reason} disabled={!canDecide} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <button type="button" disabled={!canDecide || busy} aria-label={`${t('review.verdict.SAME')}: ${both}`} onClick={() => decide('SAME')}>{t('review.verdict.SAME')}</button>
        <button type="button" disabled={!canDecide || busy} aria-label={`${t('review.verdict.DIFFERENT')}: ${both}`} onClick={() => decide('DIFFERENT')}>{t('review.verdict.DIFFERENT')}</button>
      </div>
      {error && <Failed error={error} />}
    </>
  );
}
