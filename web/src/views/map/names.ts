// Names of countries as the browser knows them.
import { locale } from '../../state/settings';

export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([locale.value], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
