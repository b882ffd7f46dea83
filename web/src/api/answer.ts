// An answer as it comes, for components: loading, failed, or there; asked again when the graph changes.
import { useEffect, useRef, useState } from 'preact/hooks';

import { ApiError, ask } from './client';
import type { TypedDocumentString } from './generated';
import { version } from './live';

export interface Answered<Result> {
  data: Result | undefined;
  error: ApiError | undefined;
  loading: boolean;
  again: () => void;
}

/** Asks when the variables change; keeps the last answer on the screen meanwhile. Without variables nothing is asked. */
export function useAnswer<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables | undefined,
): Answered<Result> {
  const [state, setState] = useState<{ data?: Result; error?: ApiError; loading: boolean; key: string }>({
    loading: variables !== undefined,
    key: '',
  });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(variables) ?? '';
  const current = useRef(variables);
  current.current = variables;
  const seen = version.value;

  useEffect(() => {
    if (current.current === undefined) return;
    const abort = new AbortController();
    setState((before) => ({ ...(before.key === key && before.data ? { data: before.data } : {}), loading: true, key }));
    ask(document, current.current, { signal: abort.signal }).then(
      (data) => setState({ data, loading: false, key }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const shown = error instanceof ApiError ? error : new ApiError(String(error), 'ERROR');
        setState((before) => ({ ...(before.data ? { data: before.data } : {}), error: shown, loading: false, key }));
      },
    );
    return () => abort.abort();
  }, [document, key, seen, turn]);

  return {
    data: state.data,
    error: state.error,
    loading: state.loading,
    again: () => setTurn((value) => value + 1),
  };
}
