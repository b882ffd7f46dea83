/** @jsxRuntime automatic @jsxImportSource react */
import { useEditorContext } from '@graphiql/react';
import { flushSync } from 'react-dom';

/** Text of a new tab. */
export const HINT = '# Ctrl-Space completes, Ctrl-Enter runs the query.\n\n';

function isUntouched(query, variables) {
  const text = query.trim();
  return (text === '' || text === HINT.trim()) && variables.trim() === '';
}

function ExamplesIcon(props) {
  return (
    <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" {...props}>
      <path d="M6 6 17 5M6 6 8 18M17 5 18 16M8 18 18 16M6 6 18 16" />
      <circle cx="6" cy="6" r="2.5" fill="currentColor" />
      <circle cx="17" cy="5" r="2.5" fill="currentColor" />
      <circle cx="18" cy="16" r="2.5" fill="currentColor" />
      <circle cx="8" cy="18" r="2.5" fill="currentColor" />
    </svg>
  );
}

function ExamplesPanel({ heading = 'Examples', summary, examples, error }) {
  const { addTab, updateActiveTabValues, queryEditor, variableEditor, responseEditor } =
    useEditorContext({ nonNull: true });

  function open({ query, variables }) {
    if (!isUntouched(queryEditor.getValue(), variableEditor?.getValue() ?? '')) {
      // The new tab must be the active one before the editors are filled.
      flushSync(addTab);
    }
    queryEditor.setValue(query);
    variableEditor?.setValue(variables);
    responseEditor?.setValue('');
    updateActiveTabValues({ query, variables, response: null });
    queryEditor.focus();
  }

  return (
    <section className="maillage-examples" aria-label={heading}>
      <h1 className="maillage-examples-title">{heading}</h1>
      {summary && <p className="maillage-examples-summary">{summary}</p>}
      {error && <p>{error}</p>}
      {!error && examples.length === 0 && <p>There are no examples for this graph.</p>}
      <ul lang="en">
        {examples.map((example, index) => (
          <li key={index}>
            <button type="button" disabled={!queryEditor} onClick={() => open(example)}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function examplesPlugin(loaded) {
  return {
    title: 'Examples',
    icon: ExamplesIcon,
    content: () => <ExamplesPanel {...loaded} />,
  };
}
