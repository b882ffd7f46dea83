// When: relations, documents or mentions by year or month. Choosing periods filters the other views, too.
import { useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { DatedRelationsDocument, TimelineDocument, type TimelineBy, type TimelineOf } from '../../api/generated';
import { date, n, t } from '../../i18n';
import { filters, relationFilter, setFilters } from '../../state/filters';
import { params, setParams, to } from '../../state/router';
import { language, languages } from '../../state/settings';
import { FilterChips } from '../../ui/chips';
import { Sentence } from '../../ui/evidence';
import { Link } from '../../ui/link';
import { dates, RelationLine } from '../../ui/relation';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { PeriodFields } from './PeriodFields';

const OF: readonly TimelineOf[] = ['RELATIONS', 'DOCUMENTS', 'MENTIONS'];
const BY: readonly TimelineBy[] = ['YEAR', 'MONTH'];

export function TimelineView() {
  const of = OF.find((known) => known === params.value.get('of')) ?? 'RELATIONS';
  const by = BY.find((known) => known === params.value.get('by')) ?? 'YEAR';
  const now = filters.value;
  // The bars show what could be chosen, so the years chosen do not narrow them.
  const where = of === 'RELATIONS' ? relationFilter({ ...now, from: null, to: null }) : null;
  const answer = useAnswer(TimelineDocument, { of, by, where });
  useTitle(t('nav.timeline'));
  const timeline = answer.data?.timeline;
  return (
    <div class="page timeline-page">
      <h1>{t('timeline.title')}</h1>
      <div class="row">
        <label>{t('timeline.of')}{' '}
          <select value={of} onChange={(event) => setParams({ of: event.currentTarget.value })}>
            {OF.map((each) => <option key={each} value={each}>{t(`timeline.of.${each}` as 'timeline.of.RELATIONS')}</option>)}
          </select>
        </label>
        <label>{t('timeline.by')}{' '}
          <select value={by} onChange={(event) => setParams({ by: event.currentTarget.value })}>
            {BY.map((each) => <option key={each} value={each}>{t(`timeline.by.${each}` as 'timeline.by.YEAR')}</option>)}
          </select>
        </label>
        <PeriodFields />
        <Link class="button" href={to.graph([], { all: '1' })}>{t('home.draw')}</Link>
        <Link class="button" href={to.map()}>{t('nav.map')}</Link>
      </div>
      <FilterChips />
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!timeline && answer.loading && <Loading />}
      {timeline && timeline.periods.length === 0 && <Empty title={t('timeline.none')}><p>{t('undated', timeline.undated)}</p></Empty>}
      {timeline && timeline.periods.length > 0 && (
        <section aria-label={t('timeline.title')}>
          <p class="hint">{t('timeline.hint')} {t('undated', timeline.undated)}.</p>
          <Years periods={timeline.periods} />
        </section>
      )}
      <Dated />
    </div>
  );
}

function Years({ periods }: { periods: readonly { period: string; count: number }[] }) {
  const { from, to: until } = filters.value;
  const most = Math.max(1, ...periods.map(({ count }) => count));
  const within = (period: string) => (from !== null || until !== null) && (from === null || period >= from.slice(0, period.length)) && (until === null || period <= until.slice(0, period.length));

  function choose(period: string): void {
    if (from === period && until === period) setFilters({ from: null, to: null });
    else if (from !== null && from === until) setFilters(period < from ? { from: period } : { to: period });
    else setFilters({ from: period, to: period });
  }

  return (
    <ol class="years">
      {periods.map(({ period, count }) => (
        <li key={period}>
          <button type="button" aria-pressed={within(period)} title={date(period)} onClick={() => choose(period)}>
            <span class="period-name">{period}</span>
            <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true"><rect x="1" width="8" y={100 - (count / most) * 100} height={(count / most) * 100} /></svg>
            <span class="period-count"><span class="visually-hidden">: </span>{n(count)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Dated() {
  const [trail, setTrail] = useState<string[]>([]);
  const now = filters.value;
  const dated = now.from || now.to ? null : { date: { from: '1000' } };
  const filter = relationFilter(now);
  const where = dated && filter ? { and: [dated, filter] } : (dated ?? filter);
  const answer = useAnswer(DatedRelationsDocument, { where, after: trail.at(-1) ?? null, language: language.value, languages: languages.value });
  const found = answer.data?.relations;
  return (
    <section class="stack">
      <h2>{t('timeline.dated')} {found && <small>{n(found.totalCount)}</small>}</h2>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {found?.totalCount === 0 && <Empty title={t('relations.none')} />}
      <ol class="timeline-list">
        {found?.nodes.map((relation) => (
          <li key={relation.id}>
            <span class="when">{relation.date ? dates(relation.date) : '–'}</span>
            <div class="stack">
              <RelationLine relation={relation} />
              {relation.evidence?.[0] && <Sentence evidence={relation.evidence[0]} />}
            </div>
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
