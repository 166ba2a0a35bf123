import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { ExpectedError } from './errors';

/** Below those that systems hand out for outgoing connections, so that what was free yesterday is mostly free today. */
const FIRST = 20_000;
const BLOCK = 100;
const BLOCKS = 100;

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * The first port of a block of which the `wanted` ports (offsets) are free: the `preferred` block if it is, else one that depends on
 * `key`, so that two checkouts seldom meet.
 */
export async function freeBlock(options: {
  wanted: readonly number[];
  key: string;
  preferred?: number;
}): Promise<number> {
  const { wanted, key, preferred } = options;
  const hash = createHash('sha256').update(key).digest().readUInt16BE(0);
  const others = Array.from(
    { length: BLOCKS },
    (_, index) => FIRST + ((hash + index) % BLOCKS) * BLOCK,
  );
  for (const first of preferred === undefined
    ? others
    : [preferred, ...others]) {
    const free = await Promise.all(
      wanted.map(offset => isFree(first + offset)),
    );
    if (free.every(Boolean)) return first;
  }
  throw new ExpectedError(
    `No ports are free between ${FIRST} and ${FIRST + BLOCKS * BLOCK} of 127.0.0.1.`,
  );
}
