import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseClusters, clusterArguments } from './controlPlane.mjs';

test('arguments choose the clusters, before KUBECONFIG', async () => {
  const before = process.env.KUBECONFIG;
  process.env.KUBECONFIG = '/from/environment';
  try {
    assert.equal(clusterArguments([]).kubeconfig, '/from/environment');
    assert.equal(
      clusterArguments(['--kubeconfig', '/mine']).kubeconfig,
      '/mine',
    );
    const none = await chooseClusters(clusterArguments(['--no-cluster']));
    assert.equal(none.kind, 'none');
    assert.match(none.because, /--no-cluster/);
    assert.equal((await chooseClusters(clusterArguments([]))).kind, 'given');
  } finally {
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  }
});

test('an unknown argument is refused with the usage', () => {
  assert.throws(() => clusterArguments(['--cluster']), /Usage: npm start/);
});
