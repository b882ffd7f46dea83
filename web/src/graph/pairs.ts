// How the relations that join the same two entities in one direction look as one line. Pure.
import { BEND } from './curves';
import { pairKey, type Relation } from './model';

/** Nobody stated it as a fact: it is planned or proposed. */
export const isOpen = (pair: readonly Relation[]) => pair.every(({ modality }) => modality !== 'ASSERTED');

/** A line bends where another goes the opposite way. */
export function bendOf(pairs: ReadonlyMap<string, unknown>, subject: string, object: string): number {
  return pairs.has(pairKey(object, subject)) ? BEND : 0;
}

/** Half its width in pixels: the surer and the more, the wider. */
export function halfOf(pair: readonly Relation[]): number {
  const weight = pair[0]?.weight;
  if (weight !== undefined) return 0.5 + 1.1 * Math.sqrt(weight);
  return 0.4 + 0.5 * Math.max(...pair.map(({ confidence }) => confidence)) + 0.25 * Math.min(6, pair.length - 1);
}

/** It has no direction. */
export const isMutual = (pair: readonly Relation[]) => pair[0]?.weight !== undefined || pair.every(({ kind }) => kind === 'PARTNERS_WITH');

/** What is written along it. */
export function wordsOf(pair: readonly Relation[]): string {
  const [first] = pair;
  if (!first) return '';
  if (first.weight !== undefined) return first.weight.toFixed(2);
  return pair.length > 1 ? `${first.label} +${pair.length - 1}` : first.label;
}
