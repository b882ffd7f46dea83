import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';

import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { usePluginStore } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface, GraphiQLProvider } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { HINT, examplesPlugin } from './ExamplesPanel.jsx';
import { loadExamples } from './examples.js';
import { fetcher } from './fetcher.js';
import { lastPanel, rememberPanel, storage } from './storage.js';

const loaded = await loadExamples();
const examples = examplesPlugin(loaded);
const plugins = [
  examples,
  DOC_EXPLORER_PLUGIN,
  explorerPlugin({ showAttribution: false }),
  HISTORY_PLUGIN,
];

// GraphiQL has stored no tabs yet: open the first example.
const isFirstVisit = storage.getItem('graphiql:tabState') === null;
const first = isFirstVisit ? loaded.examples[0] : undefined;

const panel = lastPanel() ?? examples.title;

// The same parts as <GraphiQL>, which however decides whether the sidebar is
// open before it knows `visiblePlugin`, and so would keep it closed.
function Interface() {
  const isReady = usePluginStore((state) => state.plugins.length > 0);
  if (!isReady) return null;
  return (
    <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings>
      <GraphiQL.Logo>maillage</GraphiQL.Logo>
    </GraphiQLInterface>
  );
}

createRoot(document.getElementById('root')).render(
  <GraphiQLProvider
    fetcher={fetcher}
    storage={storage}
    plugins={plugins}
    referencePlugin={DOC_EXPLORER_PLUGIN}
    visiblePlugin={panel || undefined}
    onTogglePluginVisibility={(plugin) => rememberPanel(plugin?.title ?? '')}
    defaultQuery={HINT}
    query={first?.query}
    variables={first?.variables}
  >
    <HistoryContextProvider>
      <DocExplorerContextProvider>
        <Interface />
      </DocExplorerContextProvider>
    </HistoryContextProvider>
  </GraphiQLProvider>,
);
