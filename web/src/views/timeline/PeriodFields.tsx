// From when to when, and what becomes of the undated.
import { t } from '../../i18n';
import { filters, setFilters } from '../../state/filters';

const year = (value: string) => (/^\d{4}(-\d{2})?$/.test(value) ? value : null);

export function PeriodFields() {
  const { from, to, undated } = filters.value;
  return (
    <fieldset class="period">
      <legend>{t('filter.time')}</legend>
      <div class="row">
        <input type="text" inputMode="numeric" size={7} maxLength={7} pattern="\d{4}(-\d{2})?" aria-label={t('filter.from')} placeholder="2010" value={from ?? ''}
          onChange={(event) => setFilters({ from: year(event.currentTarget.value) })} />
        <span aria-hidden="true">–</span>
        <input type="text" inputMode="numeric" size={7} maxLength={7} pattern="\d{4}(-\d{2})?" aria-label={t('filter.to')} placeholder="2020" value={to ?? ''}
          onChange={(event) => setFilters({ to: year(event.currentTarget.value) })} />
        <label class="check"><input type="checkbox" checked={undated} onChange={() => setFilters({ undated: !undated })} /> {t('filter.undated')}</label>
      </div>
    </fieldset>
  );
}
