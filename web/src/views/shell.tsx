// What stands around every view: the name, search, where one can go, and what is true of all of them.
import { useEffect } from 'preact/hooks';

import { asked, reachable } from '../api/client';
import { following, news } from '../api/live';
import { token } from '../api/token';
import { languageName, t } from '../i18n';
import { drawingAddress } from '../state/drawing';
import { askedOpen, relationOpen, said, tokenOpen } from '../state/panels';
import { go, parts, path, to } from '../state/router';
import { locale, LOCALES, theme, THEMES, type Locale, type Theme } from '../state/settings';
import { AskedPanel } from '../ui/asked';
import { lazy } from '../ui/lazy';
import { DocumentLink, Link } from '../ui/link';
import { RelationDialog } from '../ui/relation';
import { Empty } from '../ui/state';
import { TokenDialog } from '../ui/token';
import { DocumentView } from './document/DocumentView';
import { DocumentsView } from './document/DocumentsView';
import { EntityView } from './entity/EntityView';
import { HomeView } from './home/HomeView';
import { EntityInput } from './search/EntityInput';
import { SearchView } from './search/SearchView';

const CanvasView = lazy(() => import('./canvas/CanvasView').then((module) => module.CanvasView));
const MapView = lazy(() => import('./map/MapView').then((module) => module.MapView));
const TimelineView = lazy(() => import('./timeline/TimelineView').then((module) => module.TimelineView));
const QueryView = lazy(() => import('./query/QueryView').then((module) => module.QueryView));
const ReviewView = lazy(() => import('./review/ReviewView').then((module) => module.ReviewView));

function View() {
  const [area, id] = parts.value;
  if (path.value === '/' || !area) return <HomeView />;
  switch (area) {
    case 'search': return <SearchView />;
    case 'entity': return <EntityView key={id} />;
    case 'document': return id ? <DocumentView key={id} /> : <DocumentsView />;
    case 'graph': return <CanvasView />;
    case 'map': return <MapView />;
    case 'timeline': return <TimelineView />;
    case 'query': return <QueryView />;
    case 'review': return <ReviewView />;
    default: return <div class="page"><h1>{t('nowhere')}</h1><Empty title={t('nowhere.hint')}><p><Link href="/">{t('nav.home')}</Link></p></Empty></div>;
  }
}

export function Shell() {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        document.getElementById('search')?.focus();
      }
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const here = path.value;
  useEffect(() => {
    relationOpen.value = null;
  }, [here]);

  const area = path.value === '/' ? 'home' : (parts.value[0] ?? 'home');
  const item = (name: string, href: string, words: string) => (
    <li>
      <Link href={href} aria-current={area === name ? 'page' : undefined}>{words}</Link>
    </li>
  );
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>{t('skip')}</a>
      <header class="bar-top">
        <Link href="/" class="wordmark" aria-label={`maillage, ${t('nav.home')}`}>
          <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
            <path class="mesh" d="M3 4 12 3 13 12 4 13Z M3 4 13 12" />
            <g class="knots"><circle cx="3" cy="4" r="2.2" /><path d="M10 1h4v4h-4z" /><path d="M13 9.500 15.500 14h-5z" /><path d="M4 10.500 6.500 13 4 15.500 1.500 13z" /></g>
          </svg>
          maillage
        </Link>
        <div class="top-search" role="search" aria-label={t('nav.search')}>
          {area !== 'home' && (
            <EntityInput id="search" hideLabel label={t('search.label')} placeholder={t('search.short')} clearOnChoose
              onChoose={({ id }) => go(to.entity(id))} onText={(text) => go(to.search(text))} />
          )}
        </div>
        <nav aria-label={t('nav')}>
          <ul>
            {item('graph', drawingAddress.value, t('nav.graph'))}
            {item('map', to.map(), t('nav.map'))}
            {item('timeline', to.timeline(), t('nav.timeline'))}
            {item('document', to.documents(), t('documents'))}
            {item('query', to.query(), t('nav.query'))}
            {item('review', to.review(), t('nav.review'))}
          </ul>
        </nav>
      </header>
      {!reachable.value && <p class="offline" role="status">{t('state.offline')}</p>}
      <News />
      <main id="main" tabIndex={-1}><View /></main>
      <footer class="bar-bottom">
        <button type="button" class="quiet" onClick={() => (askedOpen.value = true)}>
          {t('asked.button')} <small>{asked.value.length}</small>
        </button>
        <button type="button" class="quiet" onClick={() => (tokenOpen.value = true)}>
          {token.value ? t('token.have') : t('token.give')}
        </button>
        <span class={`live live-${following.value}`}><span class="dot" aria-hidden="true" /> {t(`live.${following.value}`)}</span>
        <span class="spread" />
        <a href="/licenses.txt">{t('licences')}</a>
        <label>
          <span class="visually-hidden">{t('language')}</span>
          <select value={locale.value} onChange={(event) => (locale.value = event.currentTarget.value as Locale)}>
            {LOCALES.map((code) => <option key={code} value={code} lang={code}>{nameIn(code)}</option>)}
          </select>
        </label>
        <label>
          <span class="visually-hidden">{t('theme')}</span>
          <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
            {THEMES.map((name) => <option key={name} value={name}>{t(`theme.${name}`)}</option>)}
          </select>
        </label>
      </footer>
      <RelationDialog />
      <AskedPanel />
      <TokenDialog />
      <div class="visually-hidden" aria-live="polite">{said.value}</div>
    </>
  );
}

/** A language in its own words. */
function nameIn(code: Locale): string {
  const own = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? languageName(code);
  return own.charAt(0).toUpperCase() + own.slice(1);
}

/** What came in while the page was open. */
function News() {
  const latest = news.value.find((change) => change.document);
  if (!latest?.document) return null;
  return (
    <div class="news" role="status">
      <span>{t('live.new')}</span> <DocumentLink document={latest.document} />
      <button type="button" class="quiet" aria-label={t('close')} onClick={() => (news.value = [])}><span aria-hidden="true">✕</span></button>
    </div>
  );
}
