/**
 * The one door to the repository's own tasks: `node scripts/run.mjs <task> [arguments]`.
 *
 * It runs on any Node from 18 on and needs nothing installed: it gets the Node and the dependencies that the
 * repository wants (see lib/bootstrap.mjs), then hands over to `tasks/<task>.mjs`.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './lib/bootstrap.mjs';

const [task, ...args] = process.argv.slice(2);
const file = new URL(`./tasks/${task}.mjs`, import.meta.url);

if (!/^[a-z0-9-]+$/.test(task ?? '') || !existsSync(fileURLToPath(file))) {
  console.error(
    'Usage: node scripts/run.mjs <task> [arguments]; the tasks are the files of scripts/tasks',
  );
  process.exit(2);
}

try {
  const handedOver = await bootstrap(process.argv.slice(1));
  if (handedOver === undefined) {
    const { main } = await import(file.href);
    process.exitCode = (await main(args)) ?? 0;
  } else {
    process.exitCode = handedOver;
  }
} catch (error) {
  // A plain message is for the reader of the terminal; the stack only helps when the scripts themselves are wrong.
  console.error(`\n${error.expected ? error.message : error.stack}`);
  process.exitCode = 1;
}
