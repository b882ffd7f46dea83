/** @jsxRuntime automatic @jsxImportSource react */
// GraphiQL with examples, documentation, query explorer and history: for its own page, and for the explorer.
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';

import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { useEditorContext, usePluginStore } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface, GraphiQLProvider } from 'graphiql';
import { useEffect } from 'react';

import { HINT, examplesPlugin } from './ExamplesPanel.jsx';
import { lastPanel, rememberPanel, storage } from './storage.js';

// The same parts as <GraphiQL>, which however decides whether the sidebar is
// open before it knows `visiblePlugin`, and so would keep it closed.
function Interface({ onEdit }) {
  const isReady = usePluginStore((state) => state.plugins.length > 0);
  useEffect(() => {
    if (!isReady) return undefined;
    const box = document.querySelector('.graphiql-container');
    const watch = new MutationObserver(() => nameFields(box));
    watch.observe(box, { childList: true, subtree: true });
    nameFields(box);
    return () => watch.disconnect();
  }, [isReady]);
  if (!isReady) return null;
  return (
    <>
      {onEdit && <Watch onEdit={onEdit} />}
      <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings>
        <GraphiQL.Logo>maillage</GraphiQL.Logo>
      </GraphiQLInterface>
    </>
  );
}

/** The fields of CodeMirror have no names; they get those of the parts that they stand in. */
function nameFields(box) {
  for (const field of box.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
    const part = field.closest('section[aria-label], [role=region][aria-label], [aria-label]');
    field.setAttribute('aria-label', part?.getAttribute('aria-label') ?? 'Editor');
  }
}

/** Tells what stands in the editors of the open tab. */
function Watch({ onEdit }) {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const tab = tabs[activeTabIndex];
  useEffect(() => {
    onEdit({ query: tab?.query ?? '', variables: tab?.variables ?? '' });
  }, [onEdit, tab?.query, tab?.variables]);
  return null;
}

export function Editor({ loaded, fetcher, query, variables, theme, onEdit }) {
  const examples = examplesPlugin(loaded);
  const plugins = [examples, DOC_EXPLORER_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

  // GraphiQL has stored no tabs yet: open the first example.
  const isFirstVisit = storage.getItem('graphiql:tabState') === null;
  const first = isFirstVisit ? loaded.examples[0] : undefined;
  const panel = lastPanel() ?? examples.title;

  return (
    <GraphiQLProvider
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      visiblePlugin={panel || undefined}
      onTogglePluginVisibility={(plugin) => rememberPanel(plugin?.title ?? '')}
      defaultQuery={HINT}
      defaultTheme={theme}
      query={query ?? first?.query}
      variables={variables ?? first?.variables}
    >
      <HistoryContextProvider>
        <DocExplorerContextProvider>
          <Interface onEdit={onEdit} />
        </DocExplorerContextProvider>
      </HistoryContextProvider>
    </GraphiQLProvider>
  );
}
