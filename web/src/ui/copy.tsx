// A button that copies, and says so.
import { useState } from 'preact/hooks';

import { t } from '../i18n';
import { say } from '../state/panels';

export function Copy({ text, label }: { text: () => string; label: string }) {
  const [done, setDone] = useState(false);
  return (
    <button
      type="button"
      onClick={() => {
        navigator.clipboard.writeText(text()).then(
          () => {
            setDone(true);
            say(t('copied'));
            setTimeout(() => setDone(false), 1500);
          },
          () => say(t('copy.failed')),
        );
      }}
    >
      {done ? t('copied') : label}
    </button>
  );
}
