import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Component } from './Component';
import { ClusterComponent, clusterComponents } from './components';
import { ExpectedError } from './errors';
import { KubeClient, KubeObject } from './KubeClient';
import { logFiles } from './logs';
import {
  metricsApi,
  nodes,
  NOBODY,
  objectsIn,
  podAnswers,
  stages,
  storage,
} from './manifests';
import type { ClusterPlan } from './plan';
import { MODULE, ProgramFolder } from './programs';
import { writeWhole } from './status';

/** What a cluster has besides Kubernetes itself. */
export interface ClusterFeatures {
  /** `metrics.k8s.io`; costs processor time with thousands of pods */
  metrics: boolean;
  /** Argo Rollouts */
  rollouts: boolean;
}

const READY_MS = 120_000;
const DEFINITION_MS = 30_000;
/** The rights of the portal's account, as an adopter gets them. */
const RIGHTS = path.resolve(MODULE, '../../../docs/rbac/amamba.yaml');

/** A cluster of the local control plane: its programs, and what is set up in it. */
export class Cluster {
  readonly client: KubeClient;
  readonly #components: Record<ClusterComponent, Component>;
  #isReady = false;
  #shellFolder: string | undefined;

  readonly plan: ClusterPlan;
  readonly programs: ProgramFolder;

  constructor(
    plan: ClusterPlan,
    programs: ProgramFolder,
    onGivenUp: (why: string) => void,
  ) {
    this.plan = plan;
    this.programs = programs;
    this.client = new KubeClient(plan);
    const options = clusterComponents(plan, programs.bin);
    this.#components = Object.fromEntries(
      Object.values(options).map(each => [
        each.name,
        new Component({
          ...each,
          onGivenUp: why => onGivenUp(`${plan.name}: ${why}`),
        }),
      ]),
    ) as Record<ClusterComponent, Component>;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** One of the programs, to stop and start it; undefined for an unknown name. */
  component(name: string): Component | undefined {
    return Object.values(this.#components).find(each => each.name === name);
  }

  /** Starts the programs and sets up what all clusters of the sandbox have. What an earlier start did stays. */
  async start(features: ClusterFeatures): Promise<void> {
    const { plan } = this;
    writeWhole(
      path.join(plan.folder, 'stages.yaml'),
      stages(this.programs.manifests),
    );
    this.#components.etcd.start();
    this.#components['kube-apiserver'].start();
    await this.#wait(
      'the API server',
      () => this.client.get('/readyz').then(() => true),
      this.#components['kube-apiserver'],
    );
    this.#components['kube-controller-manager'].start();
    this.#components['kube-scheduler'].start();
    await this.#define(features);
    this.#components.kwok.start();
    await this.#applyAll([
      ...nodes(),
      ...storage(),
      ...objectsIn(RIGHTS),
      ...objectsIn(
        path.join(this.programs.manifests, 'kwok/metrics/resource'),
        path.join(this.programs.manifests, 'kwok/metrics/usage'),
      ),
      ...podAnswers(this.#answers()),
    ]);
    if (features.metrics) {
      this.#components['metrics-server'].start();
      await this.#applyAll(metricsApi(plan.ports.metricsServer, plan.ca));
    }
    if (features.rollouts) {
      await this.client.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'argo-rollouts' },
      });
      this.#components['rollouts-controller'].start();
    }
    this.#isReady = true;
  }

  #answers() {
    // Not below our folder, into which another user may not look.
    const shellFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'amamba-pod-'));
    this.#shellFolder = shellFolder;
    if (process.getuid?.() === 0) fs.chownSync(shellFolder, NOBODY, NOBODY);
    return { ...logFiles(path.dirname(this.plan.folder)), shellFolder };
  }

  /** Kinds that are no part of Kubernetes. */
  async #define({ rollouts }: ClusterFeatures): Promise<void> {
    const { manifests } = this.programs;
    const definitions = [
      path.join(manifests, 'kwok/crds'),
      path.join(MODULE, 'applications.app.k8s.io.yaml'),
      ...(rollouts
        ? [
            path.join(manifests, 'rollouts/crds'),
            path.join(manifests, 'rollouts/traffic-crds/istio.yaml'),
          ]
        : []),
    ].flatMap(file => objectsIn(file));
    await this.#applyAll(definitions);
    for (const definition of definitions) await this.#established(definition);
  }

  async #established({ kind, metadata }: KubeObject): Promise<void> {
    if (kind !== 'CustomResourceDefinition') return;
    const file = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}`;
    await this.#wait(
      `the definition of ${metadata.name}`,
      async () => {
        const { status } = await this.client.get<{
          status?: { conditions?: { type: string; status: string }[] };
        }>(file);
        return Boolean(
          status?.conditions?.some(
            each => each.type === 'Established' && each.status === 'True',
          ),
        );
      },
      undefined,
      DEFINITION_MS,
    );
  }

  async #applyAll(objects: KubeObject[]): Promise<void> {
    for (const object of objects) await this.client.apply(object);
  }

  async #wait(
    what: string,
    check: () => Promise<boolean>,
    component?: Component,
    timeoutMs = READY_MS,
  ): Promise<void> {
    const until = Date.now() + timeoutMs;
    let last: unknown;
    while (Date.now() < until) {
      try {
        if (await check()) return;
      } catch (error) {
        last = error;
      }
      await sleep(200);
    }
    const words = component?.lastWords();
    throw new ExpectedError(
      `${what} of ${this.plan.name} did not come up within ${timeoutMs / 1000} s (${String(last)})${
        words ? `; the end of ${component?.logFile}:\n${words}` : ''
      }`,
    );
  }

  /** Ends all programs; etcd last, since the others still write. */
  async stop(): Promise<void> {
    this.#isReady = false;
    this.client.close();
    const { etcd, ...others } = this.#components;
    await Promise.all(Object.values(others).map(each => each.stop()));
    await etcd.stop();
    if (this.#shellFolder)
      fs.rmSync(this.#shellFolder, { recursive: true, force: true });
  }
}
