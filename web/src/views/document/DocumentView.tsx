// A document as it was read, with every mention and every relation's sentence marked, each leading to the graph.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { useAnswer } from '../../api/answer';
import { DocumentPageDocument, type DocumentPageQuery, type EntityKind } from '../../api/generated';
import { pieces, type Mark } from '../../graph/spans';
import { date, languageName, moment, n, t } from '../../i18n';
import { params, parts, setParams, to } from '../../state/router';
import { language, languages } from '../../state/settings';
import { EntityLink, Link } from '../../ui/link';
import { RelationLine } from '../../ui/relation';
import { Empty, Failed, Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { useWhole, type Whole } from './whole';

type Page = NonNullable<DocumentPageQuery['document']>;

type Marked =
  | { is: 'mention'; entity: { id: string; kind: EntityKind; label: string } }
  | { is: 'evidence'; relations: string[] }
  | { is: 'chosen'; role: 'sentence' | 'subject' | 'object' };

export function DocumentView() {
  const id = parts.value[1] ?? '';
  const answer = useAnswer(DocumentPageDocument, { id, languages: languages.value, language: language.value });
  const page = answer.data?.document;
  useTitle(page?.title ?? t('document'));
  if (answer.error && !page) return <div class="page"><Failed error={answer.error} again={answer.again} /></div>;
  if (!answer.data) return <div class="page"><Loading lines={10} /></div>;
  if (!page) return <div class="page"><h1>{t('document')}</h1><Empty title={t('document.none', id)}><p><Link href={to.documents()}>{t('documents.all')}</Link></p></Empty></div>;
  return <Read page={page} />;
}

/** The marks of a document: mentions, sentences of relations, and what the address asks to be shown. */
function marksOf(document: string, { entities, relations }: Whole, wanted: string): Mark<Marked>[] {
  const marks: Mark<Marked>[] = [];
  for (const entity of entities) {
    for (const { start, end } of entity.mentions?.nodes ?? []) {
      marks.push({ start, end, kind: { is: 'mention', entity } });
      if (entity.id === wanted) marks.push({ start, end, kind: { is: 'chosen', role: 'sentence' } });
    }
  }
  const sentences = new Map<string, Mark<Marked> & { kind: { is: 'evidence'; relations: string[] } }>();
  for (const relation of relations) {
    for (const evidence of relation.evidence ?? []) {
      if (evidence.document.id !== document) continue;
      for (const { start, end } of evidence.spans) {
        const key = `${start}-${end}`;
        const known = sentences.get(key) ?? { start, end, kind: { is: 'evidence' as const, relations: [] } };
        if (!known.kind.relations.includes(relation.id)) known.kind.relations.push(relation.id);
        sentences.set(key, known);
        if (relation.id === wanted) marks.push({ start, end, kind: { is: 'chosen', role: 'sentence' } });
      }
      if (relation.id === wanted) {
        marks.push({ ...evidence.subject, kind: { is: 'chosen', role: 'subject' } });
        marks.push({ ...evidence.object, kind: { is: 'chosen', role: 'object' } });
      }
    }
  }
  marks.push(...sentences.values());
  const range = /^(\d+)-(\d+)$/.exec(wanted);
  if (range) marks.push({ start: Number(range[1]), end: Number(range[2]), kind: { is: 'chosen', role: 'sentence' } });
  return marks;
}

function Read({ page }: { page: Page }) {
  const wanted = params.value.get('mark') ?? '';
  const [mentions, setMentions] = useState(true);
  const [sentences, setSentences] = useState(true);
  const text = useRef<HTMLDivElement>(null);
  const whole = useWhole(page);
  const cut = useMemo(() => pieces(page.text, 0, marksOf(page.id, whole, wanted)), [page, whole.entities, whole.relations, wanted]);

  useEffect(() => {
    text.current?.querySelector('.chosen')?.scrollIntoView({ block: 'center' });
  }, [cut]);

  const chosen = whole.relations.find((relation) => relation.id === wanted);
  return (
    <article class="page document-page">
      <header>
        <p class="eyebrow">{t('document')} · {languageName(page.language)}{page.published && ` · ${date(page.published.start)}`}</p>
        <h1 lang={page.language}>{page.title ?? page.source}</h1>
        <p class="fine">
          {page.source} · {t('document.added', moment(page.addedAt))}
          {page.url && /^https?:/.test(page.url) && (
            <> · <a href={page.url} rel="noreferrer noopener" target="_blank">{t('document.original')}</a></>
          )}
        </p>
        <p class="row actions">
          <Link class="button primary" href={to.graph([], { document: page.id })}>{t('draw.document')}</Link>
          <label class="check"><input type="checkbox" checked={mentions} onChange={() => setMentions(!mentions)} /> {t('document.mentions')}</label>
          <label class="check"><input type="checkbox" checked={sentences} onChange={() => setSentences(!sentences)} /> {t('document.sentences')}</label>
        </p>
      </header>
      <div class="document-columns">
        <div>
          {chosen && (
            <div class="chosen-relation">
              <RelationLine relation={chosen} />
              <button type="button" class="quiet" onClick={() => setParams({ mark: undefined }, { replace: true })}>{t('unmark')}</button>
            </div>
          )}
          <div class="text" lang={page.language} ref={text}>
            {cut.map((piece) => (
              <Run key={piece.start} text={piece.text} marks={piece.marks} mentions={mentions} sentences={sentences} />
            ))}
          </div>
        </div>
        <aside class="document-side">
          <section>
            <h2>{t('relations')} <small>{n(page.relations?.totalCount ?? 0)}</small></h2>
            <ul class="side-relations">
              {whole.relations.map((relation) => (
                <li key={relation.id} class={relation.id === wanted ? 'current' : undefined}>
                  <RelationLine relation={relation} />
                  <button type="button" class="quiet" aria-pressed={relation.id === wanted}
                    aria-label={t('document.show.of', `${relation.subject.label} ${relation.label} ${relation.object.label}`)}
                    onClick={() => setParams({ mark: relation.id }, { replace: true })}>{t('document.show')}</button>
                </li>
              ))}
            </ul>
            <More shown={whole.relations.length} total={page.relations?.totalCount ?? 0} />
          </section>
          <section>
            <h2>{t('entities')} <small>{n(page.entities?.totalCount ?? 0)}</small></h2>
            <ul class="side-entities">
              {whole.entities.map((entity) => (
                <li key={entity.id}>
                  <EntityLink entity={entity} />
                  <small>{n(entity.mentions?.totalCount ?? 0)}×</small>
                </li>
              ))}
            </ul>
            <More shown={whole.entities.length} total={page.entities?.totalCount ?? 0} />
          </section>
        </aside>
      </div>
    </article>
  );
}

function More({ shown, total }: { shown: number; total: number }) {
  return shown < total ? <p class="hint" role="status">{t('document.more', shown, total)}</p> : null;
}

interface RunProps {
  text: string;
  marks: readonly Marked[];
  mentions: boolean;
  sentences: boolean;
}

function Run({ text, marks, mentions, sentences }: RunProps) {
  const mention = marks.find((mark) => mark.is === 'mention');
  const evidence = marks.find((mark) => mark.is === 'evidence');
  const chosen = marks.filter((mark) => mark.is === 'chosen');
  const classes = [
    ...(sentences && evidence ? ['evidence-run'] : []),
    ...chosen.flatMap((mark) => (mark.is === 'chosen' ? ['chosen', `chosen-${mark.role}`] : [])),
  ].join(' ');
  const body =
    mentions && mention?.is === 'mention' ? (
      <Link href={to.entity(mention.entity.id)} class={`mention kind-${mention.entity.kind.toLowerCase()}`} title={mention.entity.label}>
        {text}
      </Link>
    ) : (
      text
    );
  return classes ? <span class={classes}>{body}</span> : <>{body}</>;
}
