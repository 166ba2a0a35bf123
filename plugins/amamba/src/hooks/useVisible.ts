import { useEffect, useState } from 'react';

const isVisible = () => document.visibilityState !== 'hidden';

/** Whether the browser's tab is visible. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(isVisible);
  useEffect(() => {
    const update = () => setVisible(isVisible());
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return visible;
}
