// Takes what is seen away, as pictures and for other programs.
import { useState } from 'preact/hooks';

import { ask } from '../../api/client';
import { CitationsDocument } from '../../api/generated';
import { toCsv, toEntitiesCsv, toGexf, toGraphml, toJson, toSvg, type Citation, type Seen } from '../../graph/export';
import { drawn, visible } from '../../graph/model';
import { t } from '../../i18n';
import { Dialog } from '../../ui/dialog';
import { palette } from './colors';
import type { Scene } from './scene';

const FORMS = ['PNG', 'SVG', 'CSV', 'CSV entities', 'GraphML', 'GEXF', 'JSON'] as const;
type Form = (typeof FORMS)[number];

function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The sentences behind relations, a hundred relations at a time; behind a partnership, those of all that it is made of. */
async function citationsOf(ids: readonly string[], tell: (done: number) => void): Promise<Map<string, Citation[]>> {
  const behind = (id: string) => {
    const basis = drawn.relations.get(id)?.basis;
    return basis ? [...basis.direct, ...basis.shared.flatMap(({ relations }) => relations)] : [id];
  };
  const wanted = [...new Set(ids.flatMap(behind))];
  const found = new Map<string, Citation[]>();
  for (let at = 0; at < wanted.length; at += 100) {
    const { relations } = await ask(CitationsDocument, { ids: wanted.slice(at, at + 100) });
    for (const { id, evidence } of relations?.nodes ?? []) found.set(id, evidence ?? []);
    tell(Math.min(wanted.length, at + 100));
  }
  return new Map(ids.map((id) => [id, behind(id).flatMap((each) => found.get(each) ?? [])]));
}

function seenWith(citations: Seen['citations']): Seen {
  const { entities, relations } = visible.peek();
  return { entities: [...entities].flatMap((id) => drawn.entities.get(id) ?? []), relations, citations };
}

export function ExportMenu({ scene }: { scene: Scene | null }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState('');

  async function take(form: Form): Promise<void> {
    const text = (content: string, type: string) => new Blob([content], { type });
    if (form === 'PNG') return scene ? save('maillage.png', await scene.picture()) : undefined;
    if (form === 'CSV entities') return save('maillage-entities.csv', text(toEntitiesCsv(seenWith(new Map())), 'text/csv'));
    const ids = visible.peek().relations.map(({ id }) => id);
    const seen = seenWith(await citationsOf(ids, (done) => setBusy(t('export.busy', done, ids.length))));
    setBusy('');
    if (form === 'SVG' && scene) {
      const { paper, ink, relation } = palette();
      save('maillage.svg', text(toSvg(seen, scene.placed(), { ...scene.dimensions, paper, ink, line: relation }), 'image/svg+xml'));
    }
    if (form === 'CSV') save('maillage.csv', text(toCsv(seen), 'text/csv'));
    if (form === 'GraphML') save('maillage.graphml', text(toGraphml(seen), 'application/xml'));
    if (form === 'GEXF') save('maillage.gexf', text(toGexf(seen), 'application/xml'));
    if (form === 'JSON') save('maillage.json', text(toJson(seen), 'application/json'));
  }

  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>{t('export')}</button>
      {open && (
        <Dialog title={t('export')} onClose={() => setOpen(false)}>
          <p>{t('export.what')}</p>
          <p class="row">
            {FORMS.map((form) => (
              <button key={form} type="button" disabled={busy !== ''} onClick={() => { take(form).catch((error: unknown) => setBusy(String(error))); }}>
                {form === 'CSV' ? `CSV (${t('relations')})` : form === 'CSV entities' ? `CSV (${t('entities')})` : form}
              </button>
            ))}
          </p>
          {busy && <p role="status">{busy}</p>}
        </Dialog>
      )}
    </>
  );
}
