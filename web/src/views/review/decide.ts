// What every judgement does: it is sent, told, and what it changed is asked for anew.
import { useState } from 'preact/hooks';

import { ApiError } from '../../api/client';
import { say } from '../../state/panels';

export interface Deciding {
  canDecide: boolean;
  changed: () => void;
}

export function useDecide(changed: () => void) {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  async function run(work: () => Promise<unknown>, words: string): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
      say(words);
      changed();
    } catch (failure) {
      setError(failure instanceof ApiError ? failure : new ApiError(String(failure), 'ERROR'));
    } finally {
      setBusy(false);
    }
  }
  return { error, busy, run };
}
