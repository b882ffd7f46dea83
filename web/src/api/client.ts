// One POST per operation; every operation that a view asks is kept, so that the view can show it.
import { signal } from '@preact/signals';

import { token } from './token';
import type { TypedDocumentString } from './generated';

/** What went wrong, in words that can be shown, and what sort of thing it is. */
export class ApiError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}

/** An operation as it was asked. */
export interface Asked {
  name: string;
  query: string;
  variables: Record<string, unknown>;
  ms: number;
  failed: boolean;
}

/** What the view that is shown has asked, latest first. */
export const asked = signal<readonly Asked[]>([]);

/** Whether the last request reached the server. */
export const reachable = signal(true);

const MOST_KEPT = 20;

/** The text of an operation: one fragment once, without the generator's indentation. */
export function textOf(document: TypedDocumentString<unknown, never> | { toString(): string }): string {
  const lines = document.toString().replace(/\r/g, '').split('\n');
  return lines.map((line) => line.replace(/^ {4}(?=(query|fragment|mutation|subscription)\b)/, '')).join('\n').trim();
}

function nameOf(query: string): string {
  return /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? 'query';
}

function remember(entry: Asked): void {
  const same = (other: Asked) =>
    other.name === entry.name && JSON.stringify(other.variables) === JSON.stringify(entry.variables);
  asked.value = [entry, ...asked.value.filter((other) => !same(other))].slice(0, MOST_KEPT);
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Asks once with text; gives the whole answer. */
export async function post(
  body: { query: string; variables?: unknown; operationName?: string | null | undefined },
  options: { signal?: AbortSignal | undefined; headers?: HeadersInit | undefined } = {},
): Promise<Answer<unknown>> {
  const authorization: Record<string, string> = token.value ? { authorization: `Bearer ${token.value}` } : {};
  let response: Response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json',
        'content-type': 'application/json',
        ...authorization,
        ...options.headers,
      },
      body: JSON.stringify(body),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    reachable.value = false;
    throw new ApiError('', 'UNREACHABLE');
  }
  reachable.value = true;
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer<unknown>;
  } catch {
    throw new ApiError(`${response.status} ${response.statusText}: ${text.slice(0, 300)}`, 'UNREADABLE');
  }
}

/** Asks a typed operation. Fails with an `ApiError` when the server refuses any of it. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: { signal?: AbortSignal | undefined; quiet?: boolean } = {},
): Promise<Result> {
  const query = textOf(document);
  const started = performance.now();
  let failed = true;
  try {
    const answer = await post({ query, variables }, options);
    const error = answer.errors?.[0];
    if (error) throw new ApiError(error.message, error.extensions?.code ?? 'ERROR');
    failed = false;
    return answer.data as Result;
  } finally {
    if (!options.quiet && !options.signal?.aborted) {
      const ms = performance.now() - started;
      remember({ name: nameOf(query), query, variables: (variables ?? {}) as Record<string, unknown>, ms, failed });
    }
  }
}

/** The same as a command line for `curl`. */
export function asCurl(entry: { query: string; variables: Record<string, unknown> }): string {
  const body = JSON.stringify({ query: entry.query, variables: entry.variables }).replace(/'/g, `'\\''`);
  return `curl -s '${location.origin}/graphql' -H 'content-type: application/json' -d '${body}'`;
}
