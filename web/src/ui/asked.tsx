// The GraphQL that the view has used, to be read, copied and run again.
import { asked, asCurl } from '../api/client';
import { n, t } from '../i18n';
import { askedOpen } from '../state/panels';
import { go, to } from '../state/router';
import { Copy } from './copy';
import { Dialog } from './dialog';

export function AskedPanel() {
  if (!askedOpen.value) return null;
  const close = () => (askedOpen.value = false);
  return (
    <Dialog title={t('asked.title')} onClose={close} side>
      <p class="hint">{t('asked.hint')}</p>
      {asked.value.length === 0 && <p>{t('asked.none')}</p>}
      {asked.value.map((entry) => (
        <section key={`${entry.name}${JSON.stringify(entry.variables)}`} class="asked">
          <h3>
            {entry.name} <small>{t('ms', n(entry.ms))}</small>
          </h3>
          <div class="row">
            <button
              type="button"
              onClick={() => {
                close();
                go(to.query(entry.query, entry.variables));
              }}
            >
              {t('asked.run')}
            </button>
            <Copy text={() => entry.query} label={t('copy.query')} />
            <Copy text={() => asCurl(entry)} label={t('copy.curl')} />
          </div>
          <pre tabIndex={0} aria-label={entry.name}>{entry.query}</pre>
          <pre tabIndex={0} aria-label={t('variables')}>{JSON.stringify(entry.variables, null, 2)}</pre>
        </section>
      ))}
    </Dialog>
  );
}
