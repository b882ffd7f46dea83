// A box to find an entity while typing, after the combobox pattern of the ARIA practices.
import { useEffect, useId, useRef, useState } from 'preact/hooks';

import { ask } from '../../api/client';
import { SuggestDocument, type EntityKind, type SuggestQuery } from '../../api/generated';
import { pieces } from '../../graph/spans';
import { t } from '../../i18n';
import { languages } from '../../state/settings';
import { KindShape } from '../../ui/kind';

type Suggestion = NonNullable<SuggestQuery['suggest']>[number];

interface Props {
  label: string;
  placeholder?: string;
  kinds?: EntityKind[];
  hideLabel?: boolean;
  initial?: string;
  /** Called with what was chosen. */
  onChoose: (entity: { id: string; name: string; kind: EntityKind }) => void;
  /** Called with the text when nothing was chosen. */
  onText?: (text: string) => void;
  clearOnChoose?: boolean;
  id?: string;
}

const WAIT_MS = 90;

export function EntityInput(props: Props) {
  const { label, placeholder, kinds, onChoose, onText, clearOnChoose } = props;
  const [text, setText] = useState(props.initial ?? '');
  const [found, setFound] = useState<Suggestion[]>([]);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useId();
  const typed = useRef(false);
  const shownNow = useRef({ found, active });
  shownNow.current = { found, active };

  const given = useRef(props.initial);
  useEffect(() => {
    // Effects may come late: what was typed before the first of them stays.
    if (given.current === props.initial) return;
    given.current = props.initial;
    setText(props.initial ?? '');
    typed.current = false;
  }, [props.initial]);

  useEffect(() => {
    if (!typed.current || !text.trim()) {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const wait = setTimeout(() => {
      const variables = { prefix: text, kinds: kinds ?? null, languages: languages.peek() };
      ask(SuggestDocument, variables, { signal: abort.signal }).then(
        (answer) => {
          // What was chosen meanwhile stays chosen, and what was marked stays marked.
          if (!typed.current) return;
          const next = answer.suggest ?? [];
          const marked = shownNow.current.found[shownNow.current.active]?.entity.id;
          setFound(next);
          setActive(next.findIndex(({ entity }) => entity.id === marked));
        },
        () => setFound([]),
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(wait);
      abort.abort();
    };
  }, [text]);

  function choose(suggestion: Suggestion): void {
    typed.current = false;
    setText(clearOnChoose ? '' : suggestion.name);
    setFound([]);
    setOpen(false);
    onChoose({ id: suggestion.entity.id, name: suggestion.name, kind: suggestion.kind });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = found.length - 1;
    if (event.key === 'ArrowDown' && found.length) {
      setOpen(true);
      setActive(active >= last ? 0 : active + 1);
    } else if (event.key === 'ArrowUp' && found.length) {
      setActive(active <= 0 ? last : active - 1);
    } else if (event.key === 'Enter') {
      const chosen = open ? found[active] : undefined;
      if (chosen) choose(chosen);
      else if (onText && text.trim()) {
        setOpen(false);
        onText(text.trim());
      } else if (found[0]) choose(found[0]);
    } else if (event.key === 'Escape' && open) {
      setOpen(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  const shown = open && found.length > 0;
  return (
    <div class="combobox">
      <label for={props.id ?? `${list}-input`} class={props.hideLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <input
        id={props.id ?? `${list}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        value={text}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${list}-${active}` : undefined}
        onInput={(event) => {
          typed.current = true;
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" aria-label={label} hidden={!shown}>
        {found.map((suggestion, at) => (
          <li
            key={suggestion.entity.id}
            id={`${list}-${at}`}
            role="option"
            aria-selected={at === active}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(suggestion);
            }}
          >
            <KindShape kind={suggestion.kind} />
            <span class="option-name">
              <Highlighted text={suggestion.matchedName} highlights={suggestion.highlights} />
              {suggestion.name !== suggestion.matchedName && <small> {suggestion.name}</small>}
            </span>
            <small class="option-kind">{suggestion.disambiguation ?? t(`kind.${suggestion.kind}`)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Highlighted({ text, highlights }: { text: string; highlights: readonly { start: number; end: number }[] }) {
  const marks = highlights.map(({ start, end }) => ({ start, end, kind: 'found' }));
  return (
    <>
      {pieces(text, 0, marks).map((piece, at) => (piece.marks.length ? <mark key={at} class="found">{piece.text}</mark> : piece.text))}
    </>
  );
}
