// What an entity is: a shape and a colour, always both, and its word.
import type { EntityKind } from '../api/generated';
import { PATHS } from '../graph/kinds';
import { t } from '../i18n';

export function KindShape({ kind, size = 12 }: { kind: EntityKind; size?: number }) {
  return (
    <svg class={`shape kind-${kind.toLowerCase()}`} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={PATHS[kind]} fill-rule="evenodd" />
    </svg>
  );
}

export function KindWord({ kind }: { kind: EntityKind }) {
  return <span class="kind-word">{t(`kind.${kind}`)}</span>;
}
