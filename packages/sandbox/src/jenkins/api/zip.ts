import * as fs from 'node:fs';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** general purpose flags: sizes follow the data (bit 3), names are UTF-8 (bit 11) */
const FLAGS = 0x0808;
const VERSION = 20;

interface Entry {
  name: Buffer;
  crc: number;
  size: number;
  offset: number;
}

function fields(...parts: [bytes: 2 | 4, value: number][]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of parts) {
    if (bytes === 2) buffer.writeUInt16LE(value, at);
    else buffer.writeUInt32LE(value, at);
    at += bytes;
  }
  return buffer;
}

/** The fields that the local and the central header share, from flags on. */
function common({ crc, size, name }: Entry): [2 | 4, number][] {
  return [
    [2, FLAGS],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, 0],
  ];
}

/** A zip archive of files, stored without compression and written while it is read. Under 4 GB only. */
export function zipOf(files: { name: string; file: string }[]): Readable {
  return Readable.from(
    (async function* archive() {
      const entries: Entry[] = [];
      let offset = 0;
      for (const { name, file } of files) {
        const entry: Entry = {
          name: Buffer.from(name, 'utf8'),
          crc: 0,
          size: 0,
          offset,
        };
        const local = fields([4, LOCAL], [2, VERSION], ...common(entry));
        yield local;
        yield entry.name;
        for await (const chunk of fs.createReadStream(file)) {
          const bytes = Buffer.from(chunk);
          entry.crc = crc32(bytes, entry.crc);
          entry.size += bytes.length;
          yield bytes;
        }
        const descriptor = fields(
          [4, DESCRIPTOR],
          [4, entry.crc],
          [4, entry.size],
          [4, entry.size],
        );
        yield descriptor;
        offset +=
          local.length + entry.name.length + entry.size + descriptor.length;
        entries.push(entry);
      }
      const start = offset;
      for (const entry of entries) {
        const central = fields(
          [4, CENTRAL],
          [2, VERSION],
          [2, VERSION],
          ...common(entry),
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, entry.offset],
        );
        yield central;
        yield entry.name;
        offset += central.length + entry.name.length;
      }
      yield fields(
        [4, END],
        [2, 0],
        [2, 0],
        [2, entries.length],
        [2, entries.length],
        [4, offset - start],
        [4, start],
        [2, 0],
      );
    })(),
    { objectMode: false },
  );
}
