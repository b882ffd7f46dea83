// The title of the page says where one is.
import { useEffect } from 'preact/hooks';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · maillage` : 'maillage';
  }, [title]);
}
