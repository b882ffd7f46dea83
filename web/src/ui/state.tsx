// What stands where an answer is not there yet, failed, or is empty.
import type { ComponentChildren } from 'preact';

import type { ApiError } from '../api/client';
import { t } from '../i18n';
import { tokenOpen } from '../state/panels';

export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{t('state.loading')}</span>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} class={`bone bone-${at % 4}`} />
      ))}
    </div>
  );
}

export function Failed({ error, again }: { error: ApiError; again?: () => void }) {
  const unknown = error.code === 'UNAUTHENTICATED';
  return (
    <div class="notice failed" role="alert">
      <p>
        <strong>{t(error.code === 'UNREACHABLE' ? 'state.unreachable' : unknown ? 'state.unknown' : 'state.failed')}</strong>
      </p>
      {error.message && <p>{error.message}</p>}
      <p class="row">
        {again && (
          <button type="button" onClick={again}>
            {t('state.again')}
          </button>
        )}
        {unknown && (
          <button type="button" onClick={() => (tokenOpen.value = true)}>
            {t('token.give')}
          </button>
        )}
      </p>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
