// Text with marks. Offsets count Unicode code points, as those of the API do; marks may overlap.

export interface Mark<Kind> {
  start: number;
  end: number;
  kind: Kind;
}

export interface Piece<Kind> {
  text: string;
  start: number;
  marks: Kind[];
}

/** Cuts `text`, which begins at `base`, where marks begin and end. */
export function pieces<Kind>(text: string, base: number, marks: readonly Mark<Kind>[]): Piece<Kind>[] {
  const points = Array.from(text);
  const end = base + points.length;
  const within = marks.filter((mark) => mark.start < end && mark.end > base && mark.start < mark.end);
  const cuts = new Set([base, end]);
  for (const mark of within) {
    cuts.add(Math.max(base, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, at) => {
    const stop = sorted[at + 1] ?? end;
    return {
      text: points.slice(start - base, stop - base).join(''),
      start,
      marks: within.filter((mark) => mark.start <= start && mark.end >= stop).map((mark) => mark.kind),
    };
  });
}
