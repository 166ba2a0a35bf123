/**
 * `npm test [part…]`: all that a change must pass, or the named parts with what they need.
 *
 * Prints a line a part, the whole output of what failed, and at the end exactly `N passed, N failed` (with `, N skipped`
 * only when there are). The exit code is 0 only when nothing failed. With CI=true, a part that can't run has failed.
 */
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stopTestClusters } from '../lib/controlPlane.mjs';
import { logs, parts } from '../lib/parts.mjs';
import { root } from '../lib/paths.mjs';
import { expectedError, since, startGroup } from '../lib/process.mjs';
import { ensureSystem } from '../lib/system.mjs';

const isCi = Boolean(process.env.CI) && process.env.CI !== 'false';
const CORES = Math.max(2, availableParallelism());
/** Longer than any part should take; what hangs must not hang for ever. */
const PART_TIMEOUT_MS = 25 * 60_000;
const NOTICE_EVERY_MS = 60_000;

export async function main(args) {
  const chosen = choose(args);
  mkdirSync(logs, { recursive: true });
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));

  const startMs = Date.now();
  const missing = await missingFor(chosen);
  const results = await runAll(chosen, missing);
  // Where they were not ours to start, somebody else may be using them.
  if (chosen.some(({ name }) => name === 'clusters')) await stopTestClusters();
  for (const thing of missing) {
    if (chosen.some(part => part.uses?.includes(thing.name)))
      results.push(unavailable(thing.use, thing.why));
  }

  const total = key => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\nin ${since(startMs)}, logs in .cache/test`);
  const skipped = total('skipped');
  console.log(
    `${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`,
  );
  return total('failed') === 0 ? 0 : 1;
}

/** The parts that the arguments name, with all that they need; without arguments, all parts. */
function choose(names) {
  if (names.length === 0) return parts;
  const wanted = new Set();
  const want = name => {
    const part = parts.find(candidate => candidate.name === name);
    if (!part)
      throw expectedError(
        `There is no part "${name}"; the parts are ${parts.map(p => p.name).join(', ')}.`,
      );
    wanted.add(part);
    part.needs?.forEach(want);
    part.wants?.forEach(want);
  };
  names.forEach(want);
  return parts.filter(part => wanted.has(part));
}

/** The things of the system that the chosen parts want and that can't be had. */
async function missingFor(chosen) {
  const wanted = new Set(
    chosen.flatMap(part => [...(part.requires ?? []), ...(part.uses ?? [])]),
  );
  return wanted.size === 0
    ? []
    : (await ensureSystem()).filter(({ name }) => wanted.has(name));
}

/** Runs the parts as their needs and the cores allow, and resolves with all results. */
function runAll(chosen, missing) {
  const waiting = [...chosen];
  const running = new Map();
  const results = [];
  const outcome = new Map();

  return new Promise(resolve => {
    const notice = setInterval(() => {
      const list = [...running].map(
        ([{ name }, startedMs]) => `${name} (${since(startedMs)})`,
      );
      console.log(`…        running ${list.join(', ')}`);
    }, NOTICE_EVERY_MS);

    const finish = (part, result) => {
      running.delete(part);
      outcome.set(part.name, result.failed === 0 && result.passed > 0);
      results.push(result);
      next();
    };

    const next = () => {
      for (const part of [...waiting]) {
        const broken = part.needs?.find(need => outcome.get(need) === false);
        const gone = missing.find(thing => part.requires?.includes(thing.name));
        const free =
          CORES -
          [...running.keys()].reduce(
            (sum, other) => sum + (other.wide ? CORES : 1),
            0,
          );
        if (broken || gone) {
          waiting.splice(waiting.indexOf(part), 1);
          finish(
            part,
            broken
              ? blocked(part.name, broken)
              : unavailable(part.name, gone.why),
          );
          return;
        }
        const isReady = [
          ...(part.needs ?? []),
          ...(part.wants ?? []),
          ...(part.after ?? []),
        ].every(
          name =>
            outcome.has(name) || !chosen.some(other => other.name === name),
        );
        if (isReady && free >= (part.wide ? CORES : 1)) {
          waiting.splice(waiting.indexOf(part), 1);
          running.set(part, Date.now());
          runPart(part).then(result => finish(part, result));
        }
      }
      if (running.size === 0 && waiting.length === 0) {
        clearInterval(notice);
        resolve(results);
      }
    };
    next();
  });
}

/** Runs one part and prints what came of it. */
async function runPart(part) {
  const startMs = Date.now();
  const logFile = join(logs, `${part.name}.log`);
  const log = createWriteStream(logFile);
  const context = {
    cores: part.wide ? CORES : 1,
    file: name => join(logs, `${part.name}-${name}`),
    say: text => log.write(`${text}\n`),
    exec: (program, args, options) => exec(program, args, { ...options, log }),
  };
  let result;
  try {
    result = await part.run(context);
  } catch (error) {
    log.write(`${error.expected ? error.message : error.stack}\n`);
    result = { passed: 0, failed: 1, skipped: 0 };
  }
  await new Promise(resolve => log.end(resolve));

  const { passed, failed, skipped } = result;
  const counts =
    passed + failed + skipped > 1
      ? ` – ${passed} passed, ${failed} failed, ${skipped} skipped`
      : '';
  const note = result.note ? ` – ${result.note}` : '';
  report(
    failed ? 'failed' : 'passed',
    part.name,
    since(startMs) + counts + note,
  );
  if (failed) console.log(`${readFileSync(logFile, 'utf8').trimEnd()}\n`);
  return result;
}

/** Runs a program of a part, with a time limit; its exit code. */
async function exec(program, args, { env, log, onOutput }) {
  const group = startGroup(program, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = ['stdout', 'stderr'].map(name => {
    const stream = group.child[name];
    stream?.on('data', chunk => {
      log.write(chunk);
      onOutput?.(chunk.toString('utf8'));
    });
    return stream && new Promise(resolve => stream.once('close', resolve));
  });
  const timer = setTimeout(() => {
    log.write(`\nstopped after ${PART_TIMEOUT_MS / 60_000} minutes\n`);
    group.stop();
  }, PART_TIMEOUT_MS);
  const { code, error } = await group.exited;
  clearTimeout(timer);
  await group.stop();
  await Promise.all(ended);
  if (error) throw error;
  return code ?? 128;
}

/** The result of a part that can't run because something is not on this machine. */
function unavailable(name, why) {
  report(isCi ? 'failed' : 'skipped', name, why);
  return { passed: 0, failed: isCi ? 1 : 0, skipped: isCi ? 0 : 1 };
}

/** The result of a part whose ground another part did not lay. */
function blocked(name, need) {
  report('failed', name, `not run, because ${need} did not pass`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** One line about a part. */
function report(state, name, text) {
  console.log(`${state}   ${name.padEnd(13)} ${text}`);
}
