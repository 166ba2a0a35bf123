import type { LogChunk } from '@amamba/backstage-plugin-amamba-common';

/** A line that is held. */
export interface HeldLine {
  /** as the engine gave it, without the line break */
  text: string;
  /** colour codes in force at its beginning */
  state: string;
  /** when it was written, RFC 3339, where that is known */
  at?: string;
  /** who wrote it, where several write in one log */
  author?: string;
  /** it tells of the log, and is no line of it */
  notice?: boolean;
}

/** A line, and the room that it takes in the log. */
export interface StoredLine extends HeldLine {
  /** in the log, line break included */
  bytes: number;
}

const ASCII = /^[\u0000-\u007f]*$/; // eslint-disable-line no-control-regex
const encoder = new TextEncoder();

function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : encoder.encode(text).length;
}

/** Bytes that lines take in the log. */
export function bytesOf(lines: readonly StoredLine[]): number {
  return lines.reduce((bytes, line) => bytes + line.bytes, 0);
}

/** Lines of a chunk. What does not add up (bytes that were no text) is put on the last line, so that the end is right. */
export function linesOf({ text, start, end }: LogChunk): StoredLine[] {
  if (text === '') return [];
  const terminated = text.endsWith('\n');
  const parts = (terminated ? text.slice(0, -1) : text).split('\n');
  const lines = parts.map((part, index) => ({
    text: part,
    state: '',
    bytes: byteLength(part) + (terminated || index < parts.length - 1 ? 1 : 0),
  }));
  const last = lines[lines.length - 1];
  last.bytes = Math.max(0, last.bytes + end - start - bytesOf(lines));
  return lines;
}
