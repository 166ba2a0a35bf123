import { setTimeout as sleep } from 'timers/promises';
import { SandboxEngine, specOf } from './__testUtils__/sandboxEngine';
jest.setTimeout(60000);
it('walks', async () => {
  const s = await SandboxEngine.start();
  const ref = { workspace: 'a', name: 'b' };
  for (const script of [`pipeline { agent any; stages { stage('Good') { steps { echo 'x' } }
         stage('Bad') { steps { sh 'exit 3' } } } }`, `node { echo 'x' }`]) {
    await s.engine.savePipeline(ref, specOf(script));
    const n = await s.run(ref);
    await sleep(2000);
    process.stdout.write(`${JSON.stringify(await s.engine.getRun(ref, n))}\n${await s.log(ref, n)}\n${JSON.stringify(await s.engine.progress(ref, n))}\n`);
  }
  await s.stop();
});
