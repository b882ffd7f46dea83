// A view whose code comes when it is first wanted.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { ApiError } from '../api/client';
import { t } from '../i18n';
import { Failed, Loading } from './state';

export function lazy(load: () => Promise<ComponentType>): ComponentType {
  let ready: ComponentType | undefined;
  return function Lazy() {
    const [, arrived] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (ready) return;
      load().then(
        (view) => {
          ready = view;
          arrived(1);
        },
        () => setFailed(true),
      );
    }, []);
    if (ready) {
      const View = ready;
      return <View />;
    }
    if (failed) {
      return <div class="page"><Failed error={new ApiError(t('state.code'), 'UNREACHABLE')} again={() => location.reload()} /></div>;
    }
    return <div class="page"><Loading /></div>;
  };
}
