// The queue of refused identities: two that look the same, why they were not joined, and a judgement.
import { useEffect, useState } from 'preact/hooks';

import { ApiError, ask } from '../../api/client';
import { DecideDocument, type Verdict } from '../../api/generated';
import { version } from '../../api/live';
import { n, t } from '../../i18n';
import { languages } from '../../state/settings';
import { DocumentLink, EntityLink } from '../../ui/link';
import { Failed } from '../../ui/state';
import { loadCandidates, type Candidate } from './candidates';
import { useDecide, type Deciding } from './decide';

export function Candidates({ canDecide, changed }: Deciding) {
  const [found, setFound] = useState<{ totalCount: number; nodes: Candidate[] } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const seen = version.value;
  const words = languages.value.join();
  useEffect(() => {
    loadCandidates().then(setFound, (failure: unknown) => setError(failure instanceof ApiError ? failure : new ApiError(String(failure), 'ERROR')));
  }, [seen, words]);
  if (error) return <Failed error={error} />;
  if (!found?.nodes.length) return null;
  return (
    <section>
      <h2>{t('review.refused')} <small>{n(found.totalCount)}</small></h2>
      <ol class="review-list">
        {found.nodes.map((candidate) => (
          <li key={candidate.entities.map(({ id }) => id).join()}>
            <Pair candidate={candidate} canDecide={canDecide} changed={changed} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Pair({ candidate, canDecide, changed }: Deciding & { candidate: Candidate }) {
  const { error, busy, run } = useDecide(changed);
  const [reason, setReason] = useState('');
  const decide = (verdict: Verdict) =>
    void run(() => ask(DecideDocument, { verdict, entities: candidate.entities.map(({ id }) => id), relation: null, reason }), t('review.done'));
  const both = candidate.entities.map(({ label }) => label).join(' / ');
  return (
    <>
      <p class="entity-row">{candidate.entities.map((entity) => <EntityLink key={entity.id} entity={entity} />)}</p>
      <p class="hint">« {candidate.sharedName} » · {candidate.reason} · {n(candidate.likelihood, 2)}</p>
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
