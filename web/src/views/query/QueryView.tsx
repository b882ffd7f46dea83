// Queries: GraphiQL, loaded when it is wanted, and what becomes of an answer: a drawing, a table, a link, a command.
import { useEffect, useRef, useState } from 'preact/hooks';

import { asCurl, post } from '../../api/client';
import { token } from '../../api/token';
import type { Params } from '../../graphiql/mount';
import { t, n } from '../../i18n';
import { say } from '../../state/panels';
import { go, params, to } from '../../state/router';
import { theme } from '../../state/settings';
import { Copy } from '../../ui/copy';
import { Loading } from '../../ui/state';
import { useTitle } from '../../ui/title';
import { idsIn, tablesIn, type Rows } from './rows';

const load = () => import('../../graphiql/mount');
const MOST_DRAWN = 300;
const MOST_ROWS = 500;

export function QueryView() {
  const holder = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  const [failed, setFailed] = useState('');
  const [answer, setAnswer] = useState<{ params: Params; data: unknown } | null>(null);
  const [tables, setTables] = useState<Rows[] | null>(null);
  const [problem, setProblem] = useState('');
  const edited = useRef({ query: '', variables: '' });
  useTitle(t('query.title'));

  const query = params.value.get('query') ?? undefined;
  const variables = params.value.get('variables') ?? undefined;
  useEffect(() => {
    let end: (() => void) | undefined;
    let left = false;
    setReady(false);
    load()
      .then(({ mount }) => {
        if (left || !holder.current) return undefined;
        const element = document.createElement('div');
        holder.current.replaceChildren(element);
        return mount(element, {
          query,
          variables: variables && pretty(variables),
          theme: theme.peek() === 'system' ? null : (theme.peek() as 'light' | 'dark'),
          token: () => token.peek(),
          words: {
            title: t('query.examples'),
            summary: (documents, entities, relations) => `${n(documents)} ${t('documents')} · ${n(entities)} ${t('entities')} · ${n(relations)} ${t('relations')}`.toLowerCase(),
          },
          onEdit: (now) => (edited.current = now),
          onAnswer: (asked, result) => {
            setProblem('');
            setTables(null);
            setAnswer({ params: asked, data: (result as { data?: unknown }).data });
          },
        });
      })
      .then(
        (unmount) => {
          end = unmount;
          if (left) end?.();
          else setReady(true);
        },
        (error: unknown) => setFailed(String(error)),
      );
    return () => {
      left = true;
      end?.();
    };
  }, [query, variables]);

  /** The variables in the editor, when they can be read. */
  function now(): { query: string; variables: Record<string, unknown> } {
    try {
      return { query: edited.current.query, variables: JSON.parse(edited.current.variables || '{}') as Record<string, unknown> };
    } catch {
      return { query: edited.current.query, variables: {} };
    }
  }

  async function draw(): Promise<void> {
    if (!answer) return setProblem(t('query.none'));
    let ids = idsIn(answer.data);
    try {
      // What the answer is about is known by id, whether or not the query asked for ids.
      const { withIds } = await load();
      const asked = await withIds(answer.params.query, (body) => post(body));
      const again = await post({ query: asked, variables: answer.params.variables ?? {}, operationName: answer.params.operationName });
      if (again.data) ids = idsIn(again.data);
    } catch {
      // Without a schema to be had, the ids that the query asked for are what there is.
    }
    if (!ids.entities.length && !ids.relations.length) return setProblem(t('query.nothing'));
    go(to.graph([], {
      ...(ids.entities.length ? { only: ids.entities.slice(0, MOST_DRAWN).join(',') } : {}),
      ...(ids.relations.length ? { relations: ids.relations.slice(0, MOST_DRAWN).join(',') } : {}),
    }));
  }

  return (
    <div class="query-page">
      <div class="query-head">
        <h1>{t('query.title')}</h1>
        <span class="spread" />
        {problem && <span role="alert" class="tag warn">{problem}</span>}
        <button type="button" class="primary" disabled={!answer} onClick={() => void draw().catch((error: unknown) => setProblem(String(error)))}>{t('query.draw')}</button>
        <button type="button" disabled={!answer} aria-pressed={tables !== null}
          onClick={() => { setTables(tables ? null : tablesIn(answer?.data)); say(t('query.table')); }}>{t('query.table')}</button>
        <Copy label={t('query.link')} text={() => location.origin + to.query(now().query, now().variables)} />
        <Copy label={t('copy.curl')} text={() => asCurl(now())} />
      </div>
      <div class="query-editor">
        {!ready && !failed && <div class="page"><p>{t('query.load')}</p><Loading /></div>}
        {failed && <p class="page" role="alert">{failed}</p>}
        <div ref={holder} />
      </div>
      {tables && <Tables tables={tables} />}
    </div>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Tables({ tables }: { tables: readonly Rows[] }) {
  const [at, setAt] = useState(0);
  const shown = tables[at];
  if (!shown) return <div class="query-rows"><p>{t('query.none')}</p></div>;
  return (
    <section class="query-rows" tabIndex={0} aria-label={t('query.table')}>
      <p class="row">
        <label>{t('query.lists')}{' '}
          <select value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>
            {tables.map(({ path, rows }, index) => <option key={path} value={index}>{`${path} (${n(rows.length)})`}</option>)}
          </select>
        </label>
        <small>{t('query.rows', shown.rows.length)}</small>
        <Copy label="CSV" text={() => csv(shown)} />
      </p>
      <table>
        <thead><tr>{shown.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>
          {shown.rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>{shown.columns.map((column) => <td key={column}>{row[column] ?? ''}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function csv({ columns, rows }: Rows): string {
  const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((row) => row.map(cell).join(',')).join('\r\n');
}
