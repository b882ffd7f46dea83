// Links inside the application: real links, which a plain click follows without loading the page anew.
import type { AnchorHTMLAttributes, ComponentChildren } from 'preact';

import type { EntityKind } from '../api/generated';
import { go, to } from '../state/router';
import { KindShape } from './kind';
import { t } from '../i18n';

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & {
  href: string;
  children: ComponentChildren;
  class?: string | undefined;
  'aria-current'?: 'page' | undefined;
};

export function Link({ href, children, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
      }}
    >
      {children}
    </a>
  );
}

interface Named {
  id: string;
  kind: EntityKind;
  label: string;
}

/** An entity by its shape and name. */
export function EntityLink({ entity, strong }: { entity: Named; strong?: boolean }) {
  return (
    <Link href={to.entity(entity.id)} class={strong ? 'entity strong' : 'entity'}>
      <KindShape kind={entity.kind} />
      <span class="visually-hidden">{t(`kind.${entity.kind}`)} </span>
      <span class="entity-name">{entity.label}</span>
    </Link>
  );
}

export function DocumentLink({ document, mark }: { document: { id: string; title: string | null; source: string }; mark?: string }) {
  return (
    <Link href={to.document(document.id, mark)} class="document-link">
      {document.title ?? document.source}
    </Link>
  );
}
