// The sentence that a relation rests on, with its two ends marked. Text is text: nothing of it becomes HTML.
import type { EvidenceLineFragment } from '../api/generated';
import { pieces } from '../graph/spans';
import { t, n } from '../i18n';
import { DocumentLink } from './link';

export type Evidence = EvidenceLineFragment;

export function Sentence({ evidence }: { evidence: Evidence }) {
  const marks = [
    { ...evidence.subject, kind: 'subject' as const },
    { ...evidence.object, kind: 'object' as const },
    ...(evidence.trigger ? [{ ...evidence.trigger, kind: 'trigger' as const }] : []),
  ];
  return (
    <q class="sentence" lang={evidence.document.language}>
      {evidence.spans.map((span, at) => (
        <span key={at}>
          {at > 0 && <span class="gap"> […] </span>}
          {pieces(span.text, span.start, marks).map((piece, index) =>
            piece.marks.length ? (
              <mark key={index} class={piece.marks.join(' ')}>
                {piece.text}
              </mark>
            ) : (
              piece.text
            ),
          )}
        </span>
      ))}
    </q>
  );
}

export function EvidenceItem({ evidence, relation }: { evidence: Evidence; relation: string }) {
  return (
    <li class="evidence">
      <Sentence evidence={evidence} />
      <p class="source">
        <DocumentLink document={evidence.document} mark={relation} />
        <span class="rule" title={t('evidence.rule')}>
          {evidence.rule}
        </span>
        <span>{t('evidence.confidence', n(evidence.confidence, 2))}</span>
        {evidence.modality !== 'ASSERTED' && <span class="tag">{t(`modality.${evidence.modality}`)}</span>}
      </p>
    </li>
  );
}
