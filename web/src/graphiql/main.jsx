/** @jsxRuntime automatic @jsxImportSource react */
import './page.css';

import { createRoot } from 'react-dom/client';

import { Editor } from './Editor.jsx';
import { loadExamples } from './examples.js';
import { fetcher } from './fetcher.js';

const loaded = await loadExamples();
createRoot(document.getElementById('root')).render(<Editor loaded={loaded} fetcher={fetcher} />);
