import './styles/font.css';
import './styles/index.css';

import { render } from 'preact';

import { follow } from './api/live';
import { Shell } from './views/shell';

const root = document.getElementById('app');
if (root) render(<Shell />, root);
void follow();
