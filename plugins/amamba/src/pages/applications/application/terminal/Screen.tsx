import { useTheme } from '@material-ui/core/styles';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { screenColours } from './screenColours';

/** The screen, for who fills it. */
export interface ScreenHandle {
  print(text: string): void;
  clear(): void;
  focus(): void;
  /** characters in a line, and lines */
  size(): { columns: number; rows: number };
}

/**
 * The screen of a terminal. Takes the keys that a shell wants, Tab and Escape too; Ctrl+Shift+Escape leaves it.
 * @param props.onReady - called once, when it can be filled
 * @param props.onData - called with what is typed
 * @param props.onLeave - the reader wants to leave it by keyboard
 */
export default function Screen(props: {
  label: string;
  onReady(handle: ScreenHandle): void;
  onData(data: string): void;
  onResize(columns: number, rows: number): void;
  onLeave(): void;
}) {
  const { palette } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const terminal = useRef<Terminal>();

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const shown = new Terminal({
      cursorBlink: false,
      fontFamily: 'monospace',
      fontSize: 13,
      scrollback: 5_000,
      screenReaderMode: true,
    });
    const fit = new FitAddon();
    shown.loadAddon(fit);
    shown.open(element);
    fit.fit();
    terminal.current = shown;
    shown.textarea?.setAttribute('aria-label', latest.current.label);
    shown.attachCustomKeyEventHandler(event => {
      const leaves = event.ctrlKey && event.shiftKey && event.key === 'Escape';
      if (leaves && event.type === 'keydown') latest.current.onLeave();
      return !leaves;
    });
    shown.onData(data => latest.current.onData(data));
    shown.onResize(({ cols, rows }) => latest.current.onResize(cols, rows));
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(element);
    latest.current.onReady({
      print: text => shown.write(text),
      clear: () => shown.reset(),
      focus: () => shown.focus(),
      size: () => ({ columns: shown.cols, rows: shown.rows }),
    });
    return () => {
      observer.disconnect();
      shown.dispose();
    };
  }, []);

  useEffect(() => {
    if (terminal.current)
      terminal.current.options.theme = screenColours(palette);
  }, [palette]);

  return <div ref={place} style={{ height: '100%' }} />;
}
