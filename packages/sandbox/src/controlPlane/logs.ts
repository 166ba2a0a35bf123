import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * What simulated containers say. kwok serves files in the format that container runtimes write: time, stream, `F` for a full line
 * (`P` for a part), text. One file serves all containers of a name.
 */

/** Time between two lines of a container. */
const EVERY_MS = 1_500;
/** A file begins anew when it is longer; the followers go on with the new one. */
const MAX_BYTES = 2 * 1024 ** 2;
const FIRST_LINES = 240;

type Line = { stream?: 'stdout' | 'stderr'; text: string };
type Teller = (n: number) => Line[];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length];
const PATHS = [
  '/',
  '/products',
  '/products/42',
  '/basket',
  '/checkout',
  '/healthz',
];
const CUSTOMERS = ['c-1041', 'c-2207', 'c-3310', 'c-0017'];

const access: Teller = n => [
  {
    text: `10.0.0.${(n % 20) + 2} "GET ${pick(PATHS, n)} HTTP/1.1" ${n % 31 === 0 ? 502 : 200} ${300 + ((n * 37) % 900)} ${(n * 13) % 90}ms`,
  },
];

const json: Teller = n => [
  {
    text: JSON.stringify({
      level: n % 17 === 0 ? 'warn' : 'info',
      msg: n % 17 === 0 ? 'slow query' : 'order placed',
      customer: pick(CUSTOMERS, n),
      items: (n % 4) + 1,
      ms: (n * 29) % 400,
    }),
  },
];

const coloured: Teller = n => [
  {
    text: `\u001b[${n % 13 === 0 ? '33mWARN' : '32mINFO'}\u001b[0m basket ${pick(CUSTOMERS, n)} has ${n % 7} items`,
  },
];

const trace: Teller = n =>
  n % 11 !== 0
    ? [{ text: `INFO  search.index - ${n} documents indexed` }]
    : [
        {
          stream: 'stderr',
          text: 'ERROR search.query - java.lang.IllegalStateException: index is closed',
        },
        { stream: 'stderr', text: '\tat search.Index.open(Index.java:88)' },
        { stream: 'stderr', text: '\tat search.Query.run(Query.java:41)' },
      ];

const probe: Teller = n => [
  {
    stream: n % 2 === 0 ? 'stderr' : 'stdout',
    text:
      n % 2 === 0
        ? 'upstream orders:8080 refused the connection'
        : 'GET /ready 503',
  },
];

const plain: Teller = n => [
  { text: `level=info msg="request served" n=${n} path=${pick(PATHS, n)}` },
];

/** Containers of the samples, by name; the others say the same, plainly. */
const TELLERS: Record<string, Teller> = {
  shop: json,
  proxy: access,
  cart: coloured,
  search: trace,
  gateway: probe,
};
const OTHER = 'other';
/** Containers of this name say nothing by themselves: tests write their log. */
export const SILENT = 'silent';

/** A program's last words before it was started again. */
const PREVIOUS: Line[] = [
  { text: 'connecting to orders-db:5432 …' },
  { stream: 'stderr', text: 'Error: connect ECONNREFUSED 10.96.0.20:5432' },
  { stream: 'stderr', text: '    at connect (/app/db.js:14:9)' },
  { stream: 'stderr', text: 'the database does not answer, giving up' },
];

const fileOf = (folder: string, name: string) =>
  path.join(folder, 'logs', `${name}.log`);

/** Where the logs of a control plane lie. */
export function logFiles(folder: string): {
  logs: Record<string, string>;
  otherLogs: string;
  previousLogs: string;
} {
  return {
    logs: Object.fromEntries(
      [...Object.keys(TELLERS), SILENT].map(name => [
        name,
        fileOf(folder, name),
      ]),
    ),
    otherLogs: fileOf(folder, OTHER),
    previousLogs: fileOf(folder, 'previous'),
  };
}

/** Lines as a container runtime writes them. */
export function criLines(lines: readonly Line[], atMs: number): string {
  return lines
    .map(({ stream = 'stdout', text }, index) => {
      const time = new Date(atMs).toISOString().replace('Z', '');
      // Nanoseconds, so that no two lines have the same time.
      return `${time}${String(index).padStart(6, '0')}Z ${stream} F ${text}\n`;
    })
    .join('');
}

/** Writes the first lines of all logs, and goes on until `stop` is called. */
export function startLogs(folder: string): { stop(): void } {
  fs.mkdirSync(path.join(folder, 'logs'), { recursive: true });
  const tellers = Object.entries({ ...TELLERS, [OTHER]: plain });
  const begin = (name: string, teller: Teller) => {
    const file = fileOf(folder, name);
    const startMs = Date.now() - FIRST_LINES * EVERY_MS;
    const text = Array.from({ length: FIRST_LINES }, (_, n) =>
      criLines(teller(n), startMs + n * EVERY_MS),
    ).join('');
    const next = `${file}.new`;
    // A new file, not an emptied one: that is how followers notice.
    fs.writeFileSync(next, text);
    fs.renameSync(next, file);
  };
  for (const [name, teller] of tellers) begin(name, teller);
  fs.writeFileSync(fileOf(folder, SILENT), '');
  fs.writeFileSync(
    fileOf(folder, 'previous'),
    criLines(PREVIOUS, Date.now() - 60_000),
  );

  let n = FIRST_LINES;
  const timer = setInterval(() => {
    n += 1;
    for (const [name, teller] of tellers) {
      const file = fileOf(folder, name);
      const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
      if (size === undefined || size > MAX_BYTES) begin(name, teller);
      else fs.appendFileSync(file, criLines(teller(n), Date.now()));
    }
  }, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
