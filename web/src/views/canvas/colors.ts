// Colours of the drawing, from the style sheet, in the form that WebGL takes.
import type { EntityKind } from '../../api/generated';
import { ENTITY_KINDS } from '../../graph/kinds';

export interface Palette {
  kinds: Record<EntityKind, string>;
  paper: string;
  ink: string;
  faint: string;
  relation: string;
  strong: string;
  words: string;
}

function resolve(probe: HTMLElement, name: string): string {
  probe.style.color = `var(${name})`;
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** As it is now; it changes with light and dark. */
export function palette(): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const color = (name: string) => resolve(probe, name);
  const found: Palette = {
    kinds: Object.fromEntries(ENTITY_KINDS.map((kind) => [kind, color(`--kind-${kind.toLowerCase()}`)])) as Palette['kinds'],
    paper: color('--paper'),
    ink: color('--ink'),
    faint: color('--drawn-faint'),
    relation: color('--drawn-relation'),
    strong: color('--drawn-strong'),
    words: color('--ink-2'),
  };
  probe.remove();
  return found;
}
