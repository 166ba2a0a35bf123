import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseClusters, startArguments } from './controlPlane.mjs';

test('arguments choose the clusters, before KUBECONFIG', async () => {
  const before = process.env.KUBECONFIG;
  process.env.KUBECONFIG = '/from/environment';
  try {
    assert.equal(startArguments([]).kubeconfig, '/from/environment');
    assert.equal(startArguments(['--kubeconfig', '/mine']).kubeconfig, '/mine');
    const none = await chooseClusters(startArguments(['--no-cluster']));
    assert.equal(none.kind, 'none');
    assert.match(none.because, /--no-cluster/);
    assert.equal((await chooseClusters(startArguments([]))).kind, 'given');
  } finally {
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  }
});

test('an unknown argument is refused with the usage', () => {
  assert.throws(() => startArguments(['--cluster']), /Usage: npm start/);
  for (const shift of ['x', '-1', '1.5', '60000'])
    assert.throws(
      () => startArguments([`--port-shift=${shift}`]),
      /--port-shift is a whole number/,
    );
  assert.equal(startArguments(['--port-shift', '100']).portShift, 100);
});
