import type { ReactElement } from 'react';
import type { StatusKey } from './states';

/** Colours of one icon, all from the theme. */
export interface ShapeColours {
  /** the status' own colour */
  fill: string;
  /** readable on `fill` */
  glyph: string;
  /** readable on the page */
  outline: string;
  /** what the icon stands on */
  paper: string;
}

type Shape = (colours: ShapeColours) => ReactElement;

/** A ring: the colour between two outlines, so that it stands out on any ground. */
function ring(
  { fill, outline, paper }: ShapeColours,
  dashes?: string,
): ReactElement {
  return (
    <>
      <circle
        cx="10"
        cy="10"
        r="7"
        fill={paper}
        stroke={outline}
        strokeWidth="4"
        strokeDasharray={dashes}
      />
      <circle
        cx="10"
        cy="10"
        r="7"
        fill="none"
        stroke={fill}
        strokeWidth="2"
        strokeDasharray={dashes}
      />
    </>
  );
}

/** A glyph drawn with lines: the colour on a wider outline. */
function lines(d: string, { fill, outline }: ShapeColours): ReactElement {
  const common = {
    d,
    fill: 'none',
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const;
  return (
    <>
      <path {...common} stroke={outline} strokeWidth="4" />
      <path {...common} stroke={fill} strokeWidth="2" />
    </>
  );
}

function solid(d: string, { fill, outline }: ShapeColours): ReactElement {
  return (
    <path
      d={d}
      fill={fill}
      stroke={outline}
      strokeWidth="1"
      strokeLinejoin="round"
    />
  );
}

function glyph(d: string, { glyph: colour }: ShapeColours): ReactElement {
  return (
    <path
      d={d}
      fill="none"
      stroke={colour}
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}

const DISC = 'M10 1.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17z';
const OCTAGON = 'M6.5 1.5h7l5 5v7l-5 5h-7l-5-5v-7z';
const TRIANGLE = 'M10 2L19 18H1z';
const OPEN_RING = 'M10 3a7 7 0 1 1-7 7';
const HAND =
  'M5.5 11V5.2a1.1 1.1 0 0 1 2.2 0V9V3.1a1.1 1.1 0 0 1 2.2 0V9V2.6a1.1 1.1 0 0 1 2.2 0V9.3V4.4a1.1 1.1 0 0 1 2.2 0v6.8l1.3-1.7a1.2 1.2 0 0 1 1.9 1.4l-3.4 5.6q-1.2 2-3.6 2h-1.1q-3.9 0-3.9-4z';

/** The shape of each status, in a box of 20 × 20: shape alone tells them apart, in grey too. */
export const SHAPES: Readonly<Record<StatusKey, Shape>> = {
  queued: colours => (
    <>
      {ring(colours)}
      <path
        d="M10 6.5V10l2.4 1.8"
        fill="none"
        stroke={colours.outline}
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
  running: colours => lines(OPEN_RING, colours),
  progressing: colours => (
    <>
      {lines(OPEN_RING, colours)}
      {solid('M0.5 10.5L3 5.5L6.5 10z', colours)}
    </>
  ),
  waiting: colours => solid(HAND, colours),
  paused: colours => solid('M3.5 2.5h4.5v15H3.5zM12 2.5h4.5v15H12z', colours),
  ok: colours => (
    <>
      {solid(DISC, colours)}
      {glyph('M6 10.4l2.8 2.8L14 7.6', colours)}
    </>
  ),
  unstable: colours => (
    <>
      {solid(TRIANGLE, colours)}
      {glyph('M10 8v4.4M10 15.4v0.1', colours)}
    </>
  ),
  outOfSync: colours => lines('M3 7h13l-3.5-4M17 13H4l3.5 4', colours),
  missing: colours => ring(colours, '3.8 3.53'),
  failed: colours => (
    <>
      {solid(OCTAGON, colours)}
      {glyph('M7 7l6 6M13 7l-6 6', colours)}
    </>
  ),
  cancelled: colours => (
    <>
      {ring(colours)}
      {lines('M5.5 14.5l9-9', colours)}
    </>
  ),
  skipped: colours =>
    lines('M4 4.5L9.5 10L4 15.5M10.5 4.5L16 10L10.5 15.5', colours),
  unknown: colours => (
    <>
      {solid(
        'M4 1.5h12a2.5 2.5 0 0 1 2.5 2.5v12a2.5 2.5 0 0 1-2.5 2.5H4A2.5 2.5 0 0 1 1.5 16V4A2.5 2.5 0 0 1 4 1.5z',
        colours,
      )}
      {glyph(
        'M7.4 7.6a2.6 2.6 0 1 1 3.9 2.3q-1.3 0.7-1.3 1.9M10 15v0.1',
        colours,
      )}
    </>
  ),
};
