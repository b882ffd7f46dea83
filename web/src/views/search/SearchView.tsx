// What a search finds: entities by name, sentences by words, and how many of each kind.
import { useEffect, useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { SearchDocument, type EntityKind, type Language } from '../../api/generated';
import { ENTITY_KINDS } from '../../graph/kinds';
import { n, t, languageName } from '../../i18n';
import { params, setParams, to } from '../../state/router';
import { languages } from '../../state/settings';
import { KindShape } from '../../ui/kind';
import { DocumentLink, EntityLink, Link } from '../../ui/link';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { Highlighted } from './EntityInput';

export function SearchView() {
  const text = params.value.get('q') ?? '';
  const kinds = (params.value.get('kinds')?.split(',') ?? []).filter((kind): kind is EntityKind =>
    ENTITY_KINDS.includes(kind as EntityKind),
  );
  const inLanguage = params.value.get('lang') as Language | null;
  const [after, setAfter] = useState<string | null>(null);
  useEffect(() => setAfter(null), [text, kinds.join(), inLanguage]);
  const answer = useAnswer(
    SearchDocument,
    text
      ? { text, kinds: kinds.length ? kinds : null, inLanguages: inLanguage ? [inLanguage] : null, languages: languages.value, after }
      : undefined,
  );
  useTitle(text ? `${text} · ${t('nav.search')}` : t('nav.search'));
  const found = answer.data?.search;

  function toggle(kind: EntityKind): void {
    const next = kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind];
    setParams({ kinds: next.join(',') });
  }

  return (
    <div class="page search-page">
      <h1>{text ? t('search.for', text) : t('nav.search')}</h1>
      {!text && <Empty title={t('search.empty')} />}
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!found && answer.loading && <Loading lines={8} />}
      {found && (
        <div class="columns">
          <aside class="facets" aria-label={t('filters')}>
            <h2>{t('kinds')}</h2>
            <ul>
              {found.facets.map(({ kind, count }) => (
                <li key={kind}>
                  <label class="check">
                    <input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} />
                    <KindShape kind={kind} /> {t(`kind.${kind}`)} <small>{n(count)}</small>
                  </label>
                </li>
              ))}
            </ul>
            <h2>{t('language')}</h2>
            <select aria-label={t('language')} value={inLanguage ?? ''} onChange={(event) => setParams({ lang: event.currentTarget.value })}>
              <option value="">{t('any')}</option>
              {(['FR', 'EN', 'ES'] as const).map((code) => (
                <option key={code} value={code}>
                  {languageName(code.toLowerCase())}
                </option>
              ))}
            </select>
          </aside>
          <div class="results">
            {(found.didYouMean ?? []).length > 0 && (
              <p class="did-you-mean">
                {t('search.meant')}{' '}
                {found.didYouMean?.map(({ typed, known }) =>
                  known.slice(0, 3).map((word) => (
                    <Link key={word} href={to.search(text.replace(typed, word))}>
                      {word}
                    </Link>
                  )),
                )}
              </p>
            )}
            <section>
              <h2>
                {t('entities')} <small>{n(found.totalCount)}</small>
              </h2>
              {found.totalCount === 0 && <Empty title={t('search.none')}><p>{t('search.none.hint')}</p></Empty>}
              <ul class="hits">
                {found.edges.map(({ node, matchedName, highlights }) => (
                  <li key={node.id}>
                    <EntityLink entity={node} strong />
                    <span class="hit-match">
                      {matchedName !== node.label && <Highlighted text={matchedName} highlights={highlights} />}
                    </span>
                    <small>
                      {t('n.relations', node.relationCounts.reduce((sum, { count }) => sum + count, 0))} · {t('n.documents', node.documentCount)}
                    </small>
                    <Link href={to.graph([node.id])} class="quiet-link" aria-label={t('draw.entity', node.label)}>{t('draw')}</Link>
                  </li>
                ))}
              </ul>
              {found.pageInfo.hasNextPage && (
                <button type="button" onClick={() => setAfter(found.pageInfo.endCursor ?? null)}>
                  {t('next.page')}
                </button>
              )}
            </section>
            {found.sentences && found.sentences.totalCount > 0 && (
              <section>
                <h2>
                  {t('sentences')} <small>{n(found.sentences.totalCount)}</small>
                </h2>
                <ul class="evidence-list">
                  {found.sentences.edges.map(({ node, highlights }, at) => (
                    <li key={at} class="evidence">
                      <q class="sentence">
                        <Highlighted text={node.text} highlights={highlights} />
                      </q>
                      <p class="source">
                        <DocumentLink document={node.document} mark={`${node.start}-${node.end}`} />
                      </p>
                      <p class="entity-row">
                        {node.entities.slice(0, 8).map((entity) => (
                          <EntityLink key={entity.id} entity={entity} />
                        ))}
                      </p>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
