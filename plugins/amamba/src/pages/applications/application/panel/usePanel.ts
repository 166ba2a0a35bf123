import { useUrlState } from '../../../../hooks/useUrlState';

/** The object that the address opens the panel of. */
export interface PanelState {
  /** `Pod/shop-1` */
  object: string | undefined;
  open: (object: string) => void;
  close: () => void;
}

/** Which object's panel is open; it stands in the address. */
export function usePanel(): PanelState {
  const url = useUrlState();
  return {
    object: url.get('node'),
    open: object => url.set({ node: object }),
    close: () => url.set({ node: undefined }),
  };
}
