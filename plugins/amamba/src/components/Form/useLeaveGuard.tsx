import {
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactElement,
} from 'react';
import {
  createPath,
  resolvePath,
  UNSAFE_NavigationContext as NavigationContext,
  useLocation,
  useNavigate,
  type Location,
  type To,
} from 'react-router-dom';
import { useAmambaTranslation } from '../../translation';
import { ConfirmDialog } from '../Confirm';

/** Guards what is entered. */
export interface LeaveGuard {
  /** goes there without asking, because nothing is lost */
  leave: (to: string) => void;
  /** the question; it has a form of its own, so it stands outside of the one that is guarded */
  dialog: ReactElement | null;
}

/** Where in the tab's history the router is; it numbers its entries. */
function historyIndex(): number | undefined {
  const { idx } = (window.history.state ?? {}) as { idx?: number };
  return idx;
}

/** Whether the page stays on the way to `to`, as the navigator gets it: only the place on the page changes. */
function isSamePage(to: To, here: Location, basename: string): boolean {
  const pathname = `${basename.replace(/\/$/, '')}${here.pathname}`;
  const path = resolvePath(to, pathname);
  return (
    createPath({ ...path, hash: '' }) ===
    createPath({ pathname, search: here.search })
  );
}

/**
 * Asks before unsaved changes are left: the browser asks when the tab is closed or reloaded, a dialog of ours when a link,
 * a button or the browser's way back leads to another page of the portal.
 *
 * The router of Backstage is none of those that `useBlocker` works with, so its navigator is held here, while there is something
 * to lose.
 */
export function useLeaveGuard(dirty: boolean): LeaveGuard {
  const { t } = useAmambaTranslation();
  const { basename, navigator } = useContext(NavigationContext);
  const navigate = useNavigate();
  const location = useLocation();
  const here = useRef(location);
  here.current = location;
  const open = useRef(false);
  const [held, setHeld] = useState<{ goOn: () => void }>();

  useEffect(() => {
    if (!dirty) return undefined;
    open.current = false;
    const hold = (goOn: () => void) => setHeld({ goOn });

    const ask = (event: BeforeUnloadEvent) => {
      if (!open.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);

    const { push, replace, go } = navigator;
    const guarded =
      (move: typeof push): typeof push =>
      (to, ...rest) => {
        const goOn = () => move.call(navigator, to, ...rest);
        if (open.current || isSamePage(to, here.current, basename)) goOn();
        else hold(goOn);
      };
    navigator.push = guarded(push);
    navigator.replace = guarded(replace);
    navigator.go = delta => {
      const goOn = () => go.call(navigator, delta);
      if (open.current) goOn();
      else hold(goOn);
    };

    // The browser has gone when it tells; the router does not hear of it, and the browser is sent back.
    let returning = false;
    const at = historyIndex();
    const turnBack = (event: PopStateEvent) => {
      const to = historyIndex();
      if (returning) {
        returning = false;
        event.stopImmediatePropagation();
      } else if (
        !open.current &&
        at !== undefined &&
        to !== undefined &&
        to !== at
      ) {
        event.stopImmediatePropagation();
        returning = true;
        window.history.go(at - to);
        hold(() => window.history.go(to - at));
      }
    };
    window.addEventListener('popstate', turnBack, { capture: true });

    return () => {
      window.removeEventListener('beforeunload', ask);
      window.removeEventListener('popstate', turnBack, { capture: true });
      Object.assign(navigator, { push, replace, go });
    };
  }, [dirty, navigator, basename]);

  return {
    leave: to => {
      open.current = true;
      navigate(to);
    },
    dialog: held ? (
      <ConfirmDialog
        destructive
        title={t('common.leave.title')}
        will={[t('common.leave.will')]}
        confirmLabel={t('common.leave.confirm')}
        dismissLabel={t('common.leave.stay')}
        failedLabel={t('common.leave.title')}
        onConfirm={async () => {
          open.current = true;
          held.goOn();
        }}
        onClose={() => setHeld(undefined)}
      />
    ) : null,
  };
}
