import { useEffect, useRef, useState } from 'react';

/**
 * A text that is handed on a moment after the last key.
 * @param value - what was handed on last; a change from outside replaces the draft
 * @param ms - the moment
 */
export function useDraft(
  value: string,
  commit: (value: string) => void,
  ms = 300,
): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(value);
  const [base, setBase] = useState(value);
  if (base !== value) {
    setBase(value);
    setDraft(value);
  }
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => {
    if (draft === value) return undefined;
    const timer = setTimeout(() => latest.current(draft), ms);
    return () => clearTimeout(timer);
  }, [draft, value, ms]);
  return [draft, setDraft];
}
