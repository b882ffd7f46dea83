// The first page: what is in the graph, where to begin, and one proof that every relation has its sentence.
import { useAnswer } from '../../api/answer';
import { HomeDocument } from '../../api/generated';
import { date, n, t } from '../../i18n';
import { go, to } from '../../state/router';
import { language, languages } from '../../state/settings';
import { KindShape } from '../../ui/kind';
import { DocumentLink, EntityLink, Link } from '../../ui/link';
import { RelationLine } from '../../ui/relation';
import { Empty, Failed, Loading } from '../../ui/state';
import { Sentence } from '../../ui/evidence';
import { useTitle } from '../../ui/title';
import { EntityInput } from '../search/EntityInput';

export function HomeView() {
  const answer = useAnswer(HomeDocument, { languages: languages.value, language: language.value });
  useTitle('');
  const data = answer.data;
  return (
    <div class="page home">
      <section class="lead">
        <h1>{t('home.title')}</h1>
        <p class="standfirst">{t('home.lead')}</p>
        <EntityInput
          id="home-search"
          label={t('search.label')}
          placeholder={t('search.placeholder')}
          onChoose={({ id }) => go(to.entity(id))}
          onText={(text) => go(to.search(text))}
        />
        <p class="row actions">
          <Link class="button primary" href={to.graph([], { all: '1' })}>{t('home.draw')}</Link>
          <Link class="button" href={to.query()}>{t('home.query')}</Link>
        </p>
      </section>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!data && answer.loading && <Loading lines={8} />}
      {data && data.stats.documentCount === 0 && (
        <Empty title={t('home.empty')}>
          <p>{t('home.empty.hint')}</p>
          <pre>maillage ingest --data STORE PATH{'\n'}maillage serve --data STORE</pre>
        </Empty>
      )}
      {data && data.stats.documentCount > 0 && (
        <>
          <dl class="figures">
            <div>
              <dt>{t('documents')}</dt>
              <dd>{n(data.stats.documentCount)}</dd>
            </div>
            <div>
              <dt>{t('entities')}</dt>
              <dd>{n(data.stats.entityCount)}</dd>
            </div>
            <div>
              <dt>{t('relations')}</dt>
              <dd>{n(data.stats.relationCount)}</dd>
            </div>
            <div>
              <dt>{t('mentions')}</dt>
              <dd>{n(data.stats.mentionCount)}</dd>
            </div>
          </dl>
          <div class="home-columns">
            <section>
              <h2>{t('home.central')}</h2>
              <ul class="ranked">
                {data.entities?.nodes.map((entity) => {
                  const count = entity.relationCounts.reduce((sum, each) => sum + each.count, 0);
                  return (
                    <li key={entity.id}>
                      <EntityLink entity={entity} />
                      <small>{t('n.relations', count)}</small>
                    </li>
                  );
                })}
              </ul>
              <h2>{t('kinds')}</h2>
              <ul class="kind-counts">
                {data.stats.entitiesByKind.map(({ kind, count }) => (
                  <li key={kind}>
                    <KindShape kind={kind} /> {t(`kinds.${kind}`)} <small>{n(count)}</small>
                  </li>
                ))}
              </ul>
            </section>
            <section>
              <h2>{t('home.statements')}</h2>
              <ul class="statements">
                {data.relations?.nodes.map((relation) => (
                  <li key={relation.id}>
                    <RelationLine relation={relation} />
                    {relation.evidence?.[0] && <Sentence evidence={relation.evidence[0]} />}
                  </li>
                ))}
              </ul>
            </section>
            <section>
              <h2>{t('home.latest')}</h2>
              <ul class="documents">
                {data.documents?.nodes.map((document) => (
                  <li key={document.id}>
                    <DocumentLink document={document} />
                    {document.published && <small>{date(document.published.start)}</small>}
                  </li>
                ))}
              </ul>
              <p><Link href={to.documents()}>{t('documents.all')}</Link></p>
            </section>
          </div>
        </>
      )}
    </div>
  );
}
