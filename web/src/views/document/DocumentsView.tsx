// All documents, the latest published first.
import { useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { DocumentsDocument } from '../../api/generated';
import { date, languageName, moment, n, t } from '../../i18n';
import { DocumentLink } from '../../ui/link';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';

export function DocumentsView() {
  const [trail, setTrail] = useState<string[]>([]);
  const [words, setWords] = useState('');
  const answer = useAnswer(DocumentsDocument, {
    after: trail.at(-1) ?? null,
    where: words ? { or: [{ title: { contains: words } }, { text: { contains: words } }] } : null,
  });
  useTitle(t('documents'));
  const found = answer.data?.documents;
  return (
    <div class="page">
      <h1>{t('documents')} {found && <small>{n(found.totalCount)}</small>}</h1>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          setTrail([]);
          setWords(String(new FormData(event.currentTarget).get('words') ?? ''));
        }}
      >
        <label>{t('documents.contain')} <input name="words" type="search" /></label>
        <button type="submit">{t('filter')}</button>
      </form>
      {answer.error && <Failed error={answer.error} again={answer.again} />}
      {!found && answer.loading && <Loading lines={8} />}
      {found?.totalCount === 0 && <Empty title={t('documents.none')} />}
      {found && found.totalCount > 0 && (
        <div class="table-scroll">
          <table>
            <thead>
              <tr><th scope="col">{t('title')}</th><th scope="col">{t('published')}</th><th scope="col">{t('language')}</th><th scope="col">{t('added')}</th></tr>
            </thead>
            <tbody>
              {found.nodes.map((document) => (
                <tr key={document.id}>
                  <td><DocumentLink document={document} /></td>
                  <td>{document.published ? date(document.published.start) : '–'}</td>
                  <td>{languageName(document.language)}</td>
                  <td>{moment(document.addedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="row">
        {trail.length > 0 && <button type="button" onClick={() => setTrail(trail.slice(0, -1))}>{t('previous.page')}</button>}
        {found?.pageInfo.hasNextPage && <button type="button" onClick={() => setTrail([...trail, found.pageInfo.endCursor ?? ''])}>{t('next.page')}</button>}
      </p>
    </div>
  );
}
