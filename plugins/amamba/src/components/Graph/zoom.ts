export const MIN_ZOOM = 0.25;
export const MAX_ZOOM = 2;
/** Names of stages are readable down to here; fitting at the start goes no further. */
export const MIN_READABLE_ZOOM = 0.6;
const STEP = 1.25;

export interface Size {
  width: number;
  height: number;
}

function clamp(zoom: number, min = MIN_ZOOM): number {
  return Math.min(MAX_ZOOM, Math.max(min, zoom));
}

/** The zoom at which everything is seen, at most 100 %. A room that was not measured yet counts as large enough. */
export function fitZoom(content: Size, room: Size, min = MIN_ZOOM): number {
  const ratio = (have: number, need: number) =>
    have > 0 && need > 0 ? have / need : 1;
  return clamp(
    Math.min(
      1,
      ratio(room.width, content.width),
      ratio(room.height, content.height),
    ),
    min,
  );
}

/** One step closer (`1`) or further away (`-1`). */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  return clamp(direction > 0 ? zoom * STEP : zoom / STEP);
}

/** Where to scroll along one axis so that the point under the mouse stays under it. */
export function scrollAfterZoom(
  scroll: number,
  pointer: number,
  from: number,
  to: number,
): number {
  return ((scroll + pointer) / from) * to - pointer;
}

/** Where to scroll along one axis so that a stretch is seen, moving as little as possible. */
export function scrollIntoRoom(
  scroll: number,
  room: number,
  start: number,
  end: number,
  margin: number,
): number {
  if (start - margin < scroll) return Math.max(0, start - margin);
  if (end + margin > scroll + room) return end + margin - room;
  return scroll;
}
