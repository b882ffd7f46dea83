// The filters in force, each with a way out, and the links that take them along.
import { t, date } from '../i18n';
import { filters, NONE, setFilters } from '../state/filters';
import { countryName } from '../views/map/names';

export function FilterChips() {
  const now = filters.value;
  const chips: { words: string; without: Partial<typeof now> }[] = [
    ...(now.country ? [{ words: countryName(now.country), without: { country: null } }] : []),
    ...(now.from || now.to
      ? [{ words: `${now.from ? date(now.from) : '…'} – ${now.to ? date(now.to) : '…'}`, without: { from: null, to: null } }]
      : []),
    ...(now.confidence ? [{ words: `${t('filter.confidence')} ${now.confidence}`, without: { confidence: 0 } }] : []),
    ...(now.document ? [{ words: t('filter.document'), without: { document: null } }] : []),
    ...(now.withoutKinds.length ? [{ words: `− ${now.withoutKinds.map((kind) => t(`kinds.${kind}`)).join(', ')}`, without: { withoutKinds: [] } }] : []),
    ...(now.withoutRelations.length ? [{ words: `− ${now.withoutRelations.map((kind) => t(`relation.${kind}`)).join(', ')}`, without: { withoutRelations: [] } }] : []),
  ];
  if (!chips.length) return null;
  return (
    <p class="chips filter-chips" role="group" aria-label={t('filters')}>
      {chips.map(({ words, without }) => (
        <button key={words} type="button" aria-label={t('filter.remove', words)} onClick={() => setFilters(without)}>
          {words} <span aria-hidden="true">✕</span>
        </button>
      ))}
      <button type="button" class="quiet" onClick={() => (filters.value = NONE)}>{t('filter.clear')}</button>
    </p>
  );
}
