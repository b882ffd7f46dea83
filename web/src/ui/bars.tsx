// Counts as bars, which can be chosen when somebody listens.
import { n } from '../i18n';

interface Props {
  label: string;
  values: readonly { key: string; label: string; count: number }[];
  chosen?: (key: string) => boolean;
  onChoose?: (key: string) => void;
}

export function Bars({ label, values, chosen, onChoose }: Props) {
  const most = Math.max(1, ...values.map(({ count }) => count));
  return (
    <ul class="bars" aria-label={label}>
      {values.map(({ key, label: name, count }) => {
        const body = (
          <>
            <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect width={Math.max(1, (count / most) * 100)} height="8" />
            </svg>
            <span class="bar-label">{name}</span>
            <span class="bar-count">{n(count)}</span>
          </>
        );
        return (
          <li key={key}>
            {onChoose ? (
              <button type="button" aria-pressed={chosen?.(key) ?? false} onClick={() => onChoose(key)}>
                {body}
              </button>
            ) : (
              <div>{body}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
