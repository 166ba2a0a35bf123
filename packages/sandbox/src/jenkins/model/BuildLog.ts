import * as fs from 'node:fs';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { Readable, Transform } from 'node:stream';

/** A part of the log file, `end` exclusive, in bytes. */
export interface ByteRange {
  start: number;
  end: number;
}

const ESCAPE = 0x1b;
/** Jenkins hides serialised console notes between these; they take bytes in the file but are never shown. */
const NOTE_START = Buffer.from('\u001b[8mha:');
const NOTE_END = Buffer.from('\u001b[0m');

/**
 * A console note as Jenkins puts it before text that its HTML view decorates. Here its content means nothing; it is
 * written because offsets in a log count bytes of the file, and a client that counts what it received must be found out.
 */
export function consoleNote(kind: string): string {
  const content = Buffer.from(kind).toString('base64');
  return `${NOTE_START}////${content}${NOTE_END}`;
}

/** Takes console notes out of a stream. */
export function stripNotes(): Transform {
  let rest = Buffer.alloc(0);
  const strip = (chunk: Buffer, last: boolean): Buffer => {
    let text = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    rest = Buffer.alloc(0);
    const shown: Buffer[] = [];
    for (;;) {
      const start = text.indexOf(NOTE_START);
      if (start < 0) break;
      const end = text.indexOf(NOTE_END, start);
      if (end < 0) {
        if (!last) {
          rest = text.subarray(start);
          text = text.subarray(0, start);
        }
        break;
      }
      shown.push(text.subarray(0, start));
      text = text.subarray(end + NOTE_END.length);
    }
    if (!last && !rest.length) {
      // The start of a note may be cut by the border of the chunk.
      const from = Math.max(0, text.length - NOTE_START.length + 1);
      const escape = text.indexOf(ESCAPE, from);
      if (escape >= 0) {
        rest = text.subarray(escape);
        text = text.subarray(0, escape);
      }
    }
    shown.push(text);
    return Buffer.concat(shown);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, strip(chunk, false));
    },
    flush(done) {
      done(null, strip(Buffer.alloc(0), true));
    },
  });
}

/**
 * The log of one build: `log`, and `log-index` with a line `<offset> <node id>` wherever the text changes its owner
 * (the idea of Jenkins' own file storage). Neither is ever held in memory.
 */
export class BuildLog {
  private descriptors?: { log: number; index: number };
  private owner: string | undefined = undefined;
  private written: number | undefined;

  private readonly directory: () => string;

  constructor(directory: () => string) {
    this.directory = directory;
  }

  private get file(): string {
    return path.join(this.directory(), 'log');
  }

  private get indexFile(): string {
    return path.join(this.directory(), 'log-index');
  }

  get exists(): boolean {
    return fs.existsSync(this.file);
  }

  /** Bytes of the log file. */
  get size(): number {
    if (this.written === undefined) {
      this.written = this.exists ? fs.statSync(this.file).size : 0;
    }
    return this.written;
  }

  /**
   * Appends whole lines. Synchronous on purpose: what was said is what a reader sees, and a step that says more than
   * the disk takes is slowed down instead of filling the memory.
   */
  append(text: string, nodeId?: string): void {
    if (!text) return;
    const start = this.size;
    this.descriptors ??= {
      log: fs.openSync(this.file, 'a', 0o600),
      index: fs.openSync(this.indexFile, 'a', 0o600),
    };
    if (nodeId !== this.owner || start === 0) {
      fs.writeSync(this.descriptors.index, `${start} ${nodeId ?? ''}\n`);
      this.owner = nodeId;
    }
    const bytes = Buffer.from(text, 'utf8');
    for (let done = 0; done < bytes.length;) {
      done += fs.writeSync(this.descriptors.log, bytes, done);
    }
    this.written = start + bytes.length;
  }

  /** Closes the files; reading goes on to work. */
  close(): void {
    if (!this.descriptors) return;
    fs.closeSync(this.descriptors.log);
    fs.closeSync(this.descriptors.index);
    this.descriptors = undefined;
  }

  /** The bytes of some ranges, one after the other, as they stand in the file (with console notes). */
  read(ranges: ByteRange[]): Readable {
    const { file } = this;
    return Readable.from(
      (async function* stream() {
        for (const { start, end } of ranges) {
          if (end > start) {
            yield* fs.createReadStream(file, { start, end: end - 1 });
          }
        }
      })(),
      { objectMode: false },
    );
  }

  /** Where the text of these nodes stands, in order. */
  async rangesOf(nodeIds: ReadonlySet<string>): Promise<ByteRange[]> {
    const { size } = this;
    const ranges: ByteRange[] = [];
    if (!fs.existsSync(this.indexFile)) return ranges;
    let open: number | undefined;
    const lines = readline.createInterface({
      input: fs.createReadStream(this.indexFile, 'utf8'),
    });
    for await (const line of lines) {
      const [offset, owner] = line.split(' ');
      const at = Number(offset);
      if (nodeIds.has(owner)) open ??= at;
      else if (open !== undefined) {
        ranges.push({ start: open, end: at });
        open = undefined;
      }
    }
    if (open !== undefined) ranges.push({ start: open, end: size });
    return ranges;
  }
}

/** Cuts ranges to what lies at or behind an offset that counts through them as if they were one text. */
export function rangesFrom(ranges: ByteRange[], offset: number): ByteRange[] {
  let skip = offset;
  const rest: ByteRange[] = [];
  for (const range of ranges) {
    const length = range.end - range.start;
    if (skip >= length) skip -= length;
    else {
      rest.push({ start: range.start + skip, end: range.end });
      skip = 0;
    }
  }
  return rest;
}

/** Bytes in all ranges. */
export function rangesLength(ranges: ByteRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
