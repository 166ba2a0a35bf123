import { ArgoCd } from './ArgoCd';
import { Cluster, ClusterFeatures } from './Cluster';
import { ExpectedError } from './errors';
import { startLogs } from './logs';
import type { ControlPlanePlan } from './plan';
import type { ProgramFolder } from './programs';
import { seed } from './seed';
import type { StatusWriter } from './status';

/** What a control plane has besides its clusters. */
export interface ControlPlaneFeatures extends ClusterFeatures {
  argoCd: boolean;
  /** namespaces and applications of the sample organisation */
  samples: boolean;
}

/** Clusters with what belongs to them, running as children of this process. */
export class ControlPlane {
  readonly clusters: Cluster[];
  readonly #argoCd: ArgoCd | undefined;
  #logs: { stop(): void } | undefined;
  /** what does not run although the clusters do */
  #trouble: string | undefined;
  #giveUp: (error: Error) => void = () => {};
  /** rejected when a program ends more often than it is started again */
  readonly givenUp: Promise<never>;

  readonly plan: ControlPlanePlan;
  readonly programs: ProgramFolder;
  readonly features: ControlPlaneFeatures;
  readonly status: StatusWriter;

  constructor(
    plan: ControlPlanePlan,
    programs: ProgramFolder,
    features: ControlPlaneFeatures,
    status: StatusWriter,
  ) {
    this.plan = plan;
    this.programs = programs;
    this.features = features;
    this.status = status;
    this.givenUp = new Promise((_, reject) => (this.#giveUp = reject));
    // Whoever waits for it handles it; nobody does before the start.
    this.givenUp.catch(() => {});
    const onGivenUp = (why: string) => this.#giveUp(new ExpectedError(why));
    this.clusters = plan.clusters.map(
      each => new Cluster(each, programs, onGivenUp),
    );
    if (features.argoCd)
      this.#argoCd = new ArgoCd(plan, programs, this.clusters[0].client, why =>
        this.#withoutArgoCd(why),
      );
  }

  /** Starts one after the other, so that two cores bear it, and tells the status how far it is. */
  async start(signal: AbortSignal): Promise<void> {
    const { plan, features, clusters, status } = this;
    this.#logs = startLogs(plan.folder);
    const steps = [
      ...clusters.map(cluster => ({
        name: cluster.plan.name,
        run: () => cluster.start(features),
      })),
      ...(features.samples
        ? [{ name: 'the samples', run: () => seed(clusters, this.programs) }]
        : []),
      ...(this.#argoCd
        ? [{ name: 'Argo CD', run: () => this.#startArgoCd() }]
        : []),
    ];
    for (const [index, { name, run }] of steps.entries()) {
      status.set({
        phase: 'starting',
        message: `starting the local Kubernetes, ${index + 1} of ${steps.length} (${name})`,
        step: { number: index + 1, of: steps.length, name },
        clusters: this.#clusterStatus(),
      });
      await run();
      signal.throwIfAborted();
    }
    status.set({
      phase: 'ready',
      message: this.#trouble ?? 'the local Kubernetes runs',
      clusters: this.#clusterStatus(),
      ...(this.#argoCd &&
        !this.#trouble && {
          argoCd: { url: this.#argoCd.url, tokenFile: this.#argoCd.tokenFile },
        }),
    });
  }

  async #startArgoCd(): Promise<void> {
    try {
      await this.#argoCd?.start();
    } catch (error) {
      this.#withoutArgoCd((error as Error).message);
    }
  }

  /** Clusters are of use without Argo CD: so they stay. */
  #withoutArgoCd(why: string): void {
    this.#trouble = `the local Kubernetes runs, Argo CD does not: ${why}`;
    if (this.status.current.phase === 'ready')
      this.status.set({ message: this.#trouble, argoCd: undefined });
  }

  #clusterStatus() {
    return this.clusters.map(
      ({ plan: { name, url, kubeconfig }, isReady }) => ({
        name,
        url,
        kubeconfig,
        isReady,
      }),
    );
  }

  async stop(): Promise<void> {
    this.#logs?.stop();
    await this.#argoCd?.stop();
    await Promise.all(this.clusters.map(each => each.stop()));
  }
}
