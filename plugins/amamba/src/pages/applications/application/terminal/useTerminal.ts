import { useCallback, useEffect, useRef, useState } from 'react';
import { useAmambaApi } from '../../../../api';
import type { ApplicationAddress } from '../../../../links';
import type { ScreenHandle } from './Screen';
import { TerminalConnection, type TerminalState } from './TerminalConnection';

/** A terminal that the reader connects and disconnects. */
export interface TerminalOfPage {
  /** undefined before the first connection */
  state: TerminalState | undefined;
  connect(screen: ScreenHandle): void;
  disconnect(): void;
  type(data: string): void;
  resize(columns: number, rows: number): void;
}

/** A terminal in a container of the application; it ends with the page. */
export function useTerminal(
  address: ApplicationAddress,
  place: { pod: string; container: string },
): TerminalOfPage {
  const api = useAmambaApi();
  const { pod, container } = place;
  const [state, setState] = useState<TerminalState>();
  const connection = useRef<TerminalConnection>();

  useEffect(() => {
    setState(undefined);
    const leave = () => {
      connection.current?.leave();
      connection.current = undefined;
    };
    return leave;
  }, [address, pod, container]);

  const connect = useCallback(
    (screen: ScreenHandle) => {
      connection.current?.leave();
      const params = (terminal: string) => ({ ...address, terminal });
      const next = new TerminalConnection({
        calls: {
          open: size =>
            api.call('openTerminal', {
              params: address,
              body: { pod, container, ...size },
            }),
          read: (id, signal) =>
            api.open('readTerminal', { params: params(id) }, { signal }),
          write: async (id, body) => {
            await api.call('writeTerminal', { params: params(id), body });
          },
          close: async id => {
            await api.call('closeTerminal', { params: params(id) });
          },
        },
        print: text => screen.print(text),
        report: news => {
          if (connection.current === next) setState(news);
        },
      });
      connection.current = next;
      screen.clear();
      void next.run(screen.size());
      screen.focus();
    },
    [api, address, pod, container],
  );

  return {
    ...{ state, connect },
    disconnect: useCallback(() => void connection.current?.close(), []),
    type: useCallback(data => connection.current?.type(data), []),
    resize: useCallback(
      (columns, rows) => connection.current?.resize(columns, rows),
      [],
    ),
  };
}
