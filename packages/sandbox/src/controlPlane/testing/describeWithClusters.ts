import {
  TestCluster,
  testClusters,
  TestClusters,
  whyNoClusters,
} from './testClusters';

/** Starting two clusters takes half a minute, and tests of other packages may be starting them too. */
const START_MS = 180_000;

/**
 * `describe` with real clusters: those of `KUBECONFIG`, else local ones, which are started once for all tests. On a developer's
 * machine where there can be none, the tests are skipped and say why; in CI they fail.
 *
 * @param define - gets the clusters through a function, for they are there only when tests run; each has a fresh namespace, which is
 * removed after all tests
 */
export function describeWithClusters(
  count: number,
  name: string,
  define: (clusters: () => TestCluster[]) => void,
): void {
  const notYet = (): never => {
    throw new Error('Clusters are there only while tests run');
  };
  const why = whyNoClusters(count);
  if (why) {
    // eslint-disable-next-line jest/no-disabled-tests -- needs what this machine does not have
    describe.skip(`${name} (${why})`, () => {
      define(notYet);
    });
    return;
  }
  describe(`${name}`, () => {
    let taken: TestClusters | undefined;
    beforeAll(async () => {
      taken = await testClusters(count);
    }, START_MS);
    afterAll(() => taken?.release());
    define(() => taken?.clusters ?? notYet());
  });
}
