import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type MutableRefObject,
  type RefObject,
} from 'react';
import {
  fitZoom,
  MIN_READABLE_ZOOM,
  scrollAfterZoom,
  stepZoom,
  type Size,
} from './zoom';

const WHEEL_NOTCH = 40;

export interface Zoom {
  zoom: number;
  /** whether the reader moved, zoomed or chose anything here */
  touched: MutableRefObject<boolean>;
  fit(): void;
  step(direction: 1 | -1): void;
}

/**
 * Zoom of a scrolling room: fitted at the start, then by buttons, or by the wheel with Ctrl, which keeps the point
 * under the mouse.
 * @param content - size at 100 %
 */
export function useZoom(
  room: RefObject<HTMLElement>,
  { width, height }: Size,
): Zoom {
  const [zoom, setZoom] = useState(1);
  const touched = useRef(false);
  const pending = useRef<{ left: number; top: number }>();

  const measure = useCallback(
    (min?: number) => {
      const { clientWidth = 0, clientHeight = 0 } = room.current ?? {};
      setZoom(
        fitZoom(
          { width, height },
          { width: clientWidth, height: clientHeight },
          min,
        ),
      );
    },
    [room, width, height],
  );

  // while stages come in and nobody touched it, the graph goes on to fit
  useLayoutEffect(() => {
    if (!touched.current) measure(MIN_READABLE_ZOOM);
  }, [measure]);

  useLayoutEffect(() => {
    const { current: to } = pending;
    pending.current = undefined;
    if (to && room.current) {
      room.current.scrollLeft = to.left;
      room.current.scrollTop = to.top;
    }
  }, [room, zoom]);

  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    let travelled = 0;
    const onWheel = (event: WheelEvent) => {
      touched.current = true;
      if (!event.ctrlKey) return;
      event.preventDefault();
      travelled += event.deltaY;
      if (Math.abs(travelled) < WHEEL_NOTCH) return;
      const direction = travelled < 0 ? 1 : -1;
      travelled = 0;
      const { left, top } = element.getBoundingClientRect();
      setZoom(from => {
        const to = stepZoom(from, direction);
        pending.current = {
          left: scrollAfterZoom(
            element.scrollLeft,
            event.clientX - left,
            from,
            to,
          ),
          top: scrollAfterZoom(
            element.scrollTop,
            event.clientY - top,
            from,
            to,
          ),
        };
        return to;
      });
    };
    // React's own wheel listeners are passive and could not keep the browser from zooming the page
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [room]);

  return {
    zoom,
    touched,
    fit: () => {
      touched.current = true;
      measure();
    },
    step: direction => {
      touched.current = true;
      setZoom(from => stepZoom(from, direction));
    },
  };
}
