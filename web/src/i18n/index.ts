// The words of the interface. `t('n.relations', 3)` → "3 relations"
import { locale, type Locale } from '../state/settings';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';

export type Key = keyof typeof en;
export type Words = Record<Key, string>;

const WORDS: Record<Locale, Words> = { en, fr, es };

const plurals = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function pluralOf(tag: string, count: number): string {
  const rules = plurals.get(tag) ?? new Intl.PluralRules(tag);
  plurals.set(tag, rules);
  return rules.select(count);
}

/** A number as the language writes it. */
export function n(value: number, digits = 0): string {
  const key = `${locale.value}${digits}`;
  const format = numbers.get(key) ?? new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits });
  numbers.set(key, format);
  return format.format(value);
}

/**
 * The words for a key. `{0}`, `{1}` … are filled in. Words in the form "one|other" are chosen by the first value,
 * which must be a number.
 */
export function t(key: Key, ...values: (string | number)[]): string {
  let words: string = WORDS[locale.value][key];
  if (words.includes('|') && typeof values[0] === 'number') {
    const [one = '', other = one] = words.split('|');
    words = pluralOf(locale.value, values[0]) === 'one' ? one : other;
  }
  return words.replace(/\{(\d)\}/g, (_, at: string) => {
    const value = values[Number(at)] ?? '';
    return typeof value === 'number' ? n(value) : value;
  });
}

/** A date of the world, known to the year, the month or the day. */
export function date(value: string): string {
  const [year, month, day] = value.split('-').map(Number);
  if (!year || !month) return value;
  const moment = new Date(Date.UTC(year, month - 1, day ?? 1));
  return new Intl.DateTimeFormat(locale.value, {
    timeZone: 'UTC',
    year: 'numeric',
    month: day ? 'short' : 'long',
    ...(day ? { day: 'numeric' } : {}),
  }).format(moment);
}

/** A moment, to the minute. */
export function moment(value: string): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));
}

/** The name of a language by its code. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale.value], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
