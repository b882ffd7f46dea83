// An entity: its names, ids elsewhere, relations by meaning, when, and the documents that speak of it.
import { useAnswer } from '../../api/answer';
import { CandidatesOfKindDocument, EntityPageDocument, EntityTimelineDocument, type EntityPageQuery, type RelationKind } from '../../api/generated';
import { MEANINGS, type Meaning } from '../../graph/kinds';
import { date, languageName, moment, n, t } from '../../i18n';
import { parts, setParams, params, to } from '../../state/router';
import { language, languages } from '../../state/settings';
import { KindShape, KindWord } from '../../ui/kind';
import { DocumentLink, EntityLink, Link } from '../../ui/link';
import { Confidence, Qualifiers, SentencesButton } from '../../ui/relation';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { Bars } from '../../ui/bars';
import { outside } from './outside';

type Entity = NonNullable<EntityPageQuery['entity']>;
type Relation = NonNullable<Entity['relations']>['nodes'][number];

export function EntityView() {
  const id = parts.value[1] ?? '';
  const kind = params.value.get('kind') as RelationKind | null;
  const answer = useAnswer(EntityPageDocument, {
    id,
    languages: languages.value,
    language: language.value,
    where: kind ? { kind: [kind] } : null,
  });
  const when = useAnswer(EntityTimelineDocument, { id });
  const entity = answer.data?.entity;
  useTitle(entity?.label ?? t('entity'));
  if (answer.error && !entity) return <div class="page"><Failed error={answer.error} again={answer.again} /></div>;
  if (!answer.data) return <div class="page"><Loading lines={8} /></div>;
  if (!entity) return <div class="page"><h1>{t('entity')}</h1><Empty title={t('entity.none', id)}><p><Link href={to.home()}>{t('nav.home')}</Link></p></Empty></div>;

  const relations = entity.relations?.nodes ?? [];
  const periods = when.data?.timeline?.periods ?? [];
  return (
    <article class="page entity-page">
      <header class="entity-head">
        <p class="eyebrow">
          <KindShape kind={entity.kind} size={14} /> <KindWord kind={entity.kind} />
          {entity.confirmed && <span class="tag">{t('confirmed')}</span>}
          {!entity.named && <span class="tag">{t('unnamed')}</span>}
        </p>
        <h1>{entity.label}</h1>
        <p class="row actions">
          <Link class="button primary" href={to.graph([entity.id])}>{t('draw.around')}</Link>
          {(entity.kind === 'ORGANIZATION' || entity.kind === 'COUNTRY') && (
            <Link class="button" href={to.graph([], { partners: entity.id })}>{t('partners')}</Link>
          )}
          <Link class="button" href={to.graph([], { from: entity.id })}>{t('path.from')}</Link>
          {entity.kind === 'COUNTRY' && entity.countryCode && (
            <Link class="button" href={`${to.map()}?country=${entity.countryCode}`}>{t('nav.map')}</Link>
          )}
        </p>
      </header>

      <div class="entity-columns">
        <div class="entity-main">
          <section>
            <h2>
              {t('relations')} <small>{n(entity.relations?.totalCount ?? 0)}</small>
            </h2>
            <p class="chips" role="group" aria-label={t('relation.kinds')}>
              <button type="button" aria-pressed={!kind} onClick={() => setParams({ kind: undefined })}>{t('all')}</button>
              {entity.relationCounts.map((each) => (
                <button type="button" key={each.kind} aria-pressed={kind === each.kind} onClick={() => setParams({ kind: each.kind })}>
                  {t(`relation.${each.kind}`)} <small>{n(each.count)}</small>
                </button>
              ))}
            </p>
            {relations.length === 0 && <Empty title={t('relations.none')} />}
            {(Object.keys(MEANINGS) as Meaning[]).map((meaning) => (
              <Group key={meaning} meaning={meaning} entity={entity} relations={relations} />
            ))}
            {(entity.relations?.totalCount ?? 0) > relations.length && (
              <p class="hint">{t('relations.more', relations.length, entity.relations?.totalCount ?? 0)}</p>
            )}
          </section>
        </div>
        <aside class="entity-side">
          <section>
            <h2>{t('names')}</h2>
            <dl class="names">
              {entity.names.map(({ language: code, names }) => (
                <div key={code}>
                  <dt>{languageName(code)}</dt>
                  <dd lang={code}><Names names={names} /></dd>
                </div>
              ))}
              {entity.aliases.length > 0 && (
                <div>
                  <dt>{t('aliases')}</dt>
                  <dd><Names names={entity.aliases} /></dd>
                </div>
              )}
            </dl>
          </section>
          {entity.externalIds.length > 0 && (
            <section>
              <h2>{t('ids')}</h2>
              <dl class="names">
                {entity.externalIds.map(({ scheme, value }) => {
                  const href = outside(scheme, value);
                  return (
                    <div key={`${scheme}${value}`}>
                      <dt>{scheme}</dt>
                      <dd>{href ? <a href={href} rel="noreferrer noopener" target="_blank">{value}<span class="visually-hidden"> {t('new.window')}</span></a> : value}</dd>
                    </div>
                  );
                })}
              </dl>
            </section>
          )}
          {periods.length > 0 && (
            <section>
              <h2>{t('nav.timeline')}</h2>
              <Bars label={t('relations.by.year')} values={periods.map(({ period, count }) => ({ key: period, label: period, count }))} />
              <p class="hint">{t('undated', when.data?.timeline?.undated ?? 0)}</p>
            </section>
          )}
          <section>
            <h2>
              {t('documents')} <small>{n(entity.documents?.totalCount ?? 0)}</small>
            </h2>
            <ul class="documents">
              {entity.documents?.nodes.map((document) => (
                <li key={document.id}>
                  <DocumentLink document={document} mark={entity.id} />
                  {document.published && <small>{date(document.published.start)}</small>}
                </li>
              ))}
            </ul>
          </section>
          <Similar entity={entity} />
          <section class="fine">
            <p><code>{entity.id}</code></p>
            {entity.mergedIds.length > 0 && <p>{t('merged', entity.mergedIds.join(', '))}</p>}
            {entity.firstSeen && <p>{t('seen', moment(entity.firstSeen), moment(entity.lastSeen ?? entity.firstSeen))}</p>}
          </section>
        </aside>
      </div>
    </article>
  );
}

/** Entities that look the same and were not joined: an error here is not worth a word on this page. */
function Similar({ entity }: { entity: Entity }) {
  const answer = useAnswer(CandidatesOfKindDocument, { kind: entity.kind, languages: languages.value });
  const pairs = answer.data?.candidates?.nodes.filter(({ entities }) => entities.some(({ id }) => id === entity.id)) ?? [];
  if (!pairs.length) return null;
  return (
    <section>
      <h2>{t('entity.similar')} <small>{n(pairs.length)}</small></h2>
      <ul class="similar">
        {pairs.map(({ entities, sharedName, doubt }) => entities.filter(({ id }) => id !== entity.id).map((other) => (
          <li key={other.id}>
            <EntityLink entity={other} />
            <p class="hint">« {sharedName} » · {t(`doubt.${doubt}`)}</p>
          </li>
        )))}
      </ul>
      <p><Link href={to.review()}>{t('entity.similar.judge')}</Link></p>
    </section>
  );
}

const FEW = 3;

/** The first names; the others when somebody wants them. */
function Names({ names }: { names: readonly string[] }) {
  if (names.length <= FEW + 1) return <>{names.join(' · ')}</>;
  return (
    <>
      {names.slice(0, FEW).join(' · ')}
      <details>
        <summary>{t('names.more', names.length - FEW)}</summary>
        {names.slice(FEW).join(' · ')}
      </details>
    </>
  );
}

function Group({ meaning, entity, relations }: { meaning: Meaning; entity: Entity; relations: readonly Relation[] }) {
  const kinds: readonly RelationKind[] = MEANINGS[meaning];
  const mine = relations.filter(({ kind }) => kinds.includes(kind));
  if (mine.length === 0) return null;
  return (
    <section class="meaning">
      <h3>{t(`meaning.${meaning}`)}</h3>
      <ul class="relation-table">
        {mine.map((relation) => {
          const out = relation.subject.id === entity.id;
          return (
            <li key={relation.id}>
              <span class="relation-kind">{out ? relation.label : relation.inverseLabel}</span>
              <span class="relation-other">
                <EntityLink entity={out ? relation.object : relation.subject} />
                <Qualifiers relation={relation} />
              </span>
              <Confidence value={relation.confidence} />
              <SentencesButton relation={relation} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
