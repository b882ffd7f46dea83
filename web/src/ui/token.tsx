// Where a token is given: for writing, and for reading where the server wants one.
import { token } from '../api/token';
import { t } from '../i18n';
import { tokenOpen } from '../state/panels';
import { Dialog } from './dialog';

export function TokenDialog() {
  if (!tokenOpen.value) return null;
  return (
    <Dialog title={t('token.title')} onClose={() => (tokenOpen.value = false)}>
      <form
        method="dialog"
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget).get('token');
          token.value = typeof given === 'string' ? given.trim() : '';
          tokenOpen.value = false;
        }}
      >
        <p>{t('token.hint')}</p>
        <pre>maillage token new --data STORE NAME</pre>
        <label class="stack">
          {t('token.label')}
          <input name="token" type="password" autocomplete="off" spellcheck={false} defaultValue={token.value} />
        </label>
        <p class="row">
          <button type="submit" class="primary">
            {t('token.use')}
          </button>
          {token.value && (
            <button
              type="button"
              onClick={() => {
                token.value = '';
                tokenOpen.value = false;
              }}
            >
              {t('token.forget')}
            </button>
          )}
        </p>
      </form>
    </Dialog>
  );
}
