import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { argoCdCommands } from './argoCdCommands';
import { Component } from './Component';
import { ExpectedError } from './errors';
import type { KubeClient, KubeObject } from './KubeClient';
import { objectsIn } from './manifests';
import type { ControlPlanePlan } from './plan';
import type { ProgramFolder } from './programs';
import { readJson, writeWhole } from './status';

const NAMESPACE = 'argocd';
const READY_MS = 120_000;
/** Argo CD looks into Git this often; by default it is three minutes. */
const RECONCILIATION = '15s';

/** Argo CD in the first cluster of a control plane, which it calls `in-cluster`; it knows the others by their names. */
export class ArgoCd {
  readonly #components: Component[];
  readonly #folder: string;
  /** Sockets have short paths; that of passwords for Git would else be one for the whole machine. */
  readonly #sockets = fs.mkdtempSync(path.join(os.tmpdir(), 'amamba-argo-'));
  readonly url: string;

  readonly plan: ControlPlanePlan;
  readonly programs: ProgramFolder;
  readonly client: KubeClient;

  constructor(
    plan: ControlPlanePlan,
    programs: ProgramFolder,
    client: KubeClient,
    onGivenUp: (why: string) => void,
  ) {
    this.plan = plan;
    this.programs = programs;
    this.client = client;
    this.#folder = path.join(plan.folder, 'argo-cd');
    this.url = `http://127.0.0.1:${plan.ports.argoServer}`;
    this.#components = argoCdCommands(plan, programs.bin).map(
      each =>
        new Component({
          ...each,
          folder: this.#folder,
          environment: this.#environment(each.name),
          onGivenUp,
        }),
    );
  }

  /** File with the token of the account `portal`, an administrator. */
  get tokenFile(): string {
    return path.join(this.#folder, 'token');
  }

  #environment(component: string): Record<string, string> {
    const below = (name: string) => path.join(this.#folder, name);
    return {
      // helm, kustomize and git-verify-wrapper.sh are called by name.
      PATH: `${below('bin')}:${process.env.PATH}`,
      TMPDIR: below('tmp'),
      KUBECONFIG: below('kubeconfig'),
      HOSTNAME: 'argocd-0',
      ARGOCD_BINARY_NAME: component,
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      ARGOCD_GPG_ENABLED: 'false',
      ARGOCD_TLS_DATA_PATH: below('tls'),
      ARGOCD_SSH_DATA_PATH: below('ssh'),
      ARGOCD_GNUPGHOME: below('gpg'),
      ARGOCD_GPG_DATA_PATH: below('gpg'),
      ARGOCD_ASK_PASS_SOCK: path.join(this.#sockets, 'ask-pass.sock'),
      ARGOCD_PLUGINSOCKFILEPATH: below('plugins'),
      // Metrics of the server listen where this says, whatever the flag is called.
      ARGOCD_SERVER_METRICS_LISTEN_ADDRESS: '127.0.0.1',
    };
  }

  /** Starts it and gives it its settings, the clusters, and an account with a token for the portal. */
  async start(): Promise<void> {
    this.#prepareFolder();
    await this.#setUp();
    for (const component of this.#components) component.start();
    await this.#wait('its server', () => this.#ask('/api/version'));
    await this.#wait('the token of its portal account', () => this.#token());
  }

  #prepareFolder(): void {
    for (const name of ['bin', 'tls', 'ssh', 'gpg', 'plugins', 'tmp'])
      fs.mkdirSync(path.join(this.#folder, name), { recursive: true });
    const link = (name: string, target: string) => {
      const file = path.join(this.#folder, 'bin', name);
      fs.rmSync(file, { force: true });
      fs.symlinkSync(target, file);
    };
    for (const name of ['argocd', 'helm', 'kustomize'])
      link(name, path.join(this.programs.bin, name));
    link('argocd-git-ask-pass', path.join(this.programs.bin, 'argocd'));
    const wrapper = path.join(this.#folder, 'bin/git-verify-wrapper.sh');
    fs.copyFileSync(
      path.join(this.programs.manifests, 'argo-cd/git-verify-wrapper.sh'),
      wrapper,
    );
    fs.chmodSync(wrapper, 0o755);
    const config = readJson<{ contexts: { context: { namespace: string } }[] }>(
      this.plan.clusters[0].kubeconfig,
    );
    if (config) config.contexts[0].context.namespace = NAMESPACE;
    writeWhole(path.join(this.#folder, 'kubeconfig'), JSON.stringify(config));
  }

  async #setUp(): Promise<void> {
    const manifests = path.join(this.programs.manifests, 'argo-cd');
    await this.client.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    for (const object of objectsIn(path.join(manifests, 'crds')))
      await this.client.apply(object);
    for (const object of [
      ...objectsIn(path.join(manifests, 'config')),
      ...this.#clusters(),
    ]) {
      object.metadata.namespace = NAMESPACE;
      // The server keeps its own keys in it; ours says only that it is there.
      await this.client.apply(object);
    }
    const config = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
    await this.client.mergePatch(`${config}/argocd-cm`, {
      data: {
        'accounts.portal': 'apiKey',
        'timeout.reconciliation': RECONCILIATION,
      },
    });
    await this.client.mergePatch(`${config}/argocd-rbac-cm`, {
      data: { 'policy.csv': 'g, portal, role:admin' },
    });
  }

  /** The other clusters, as Argo CD wants to be told of them. */
  #clusters(): KubeObject[] {
    return this.plan.clusters.slice(1).map(({ name, url, token, ca }) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: {
        name,
        server: url,
        config: JSON.stringify({
          bearerToken: token,
          tlsClientConfig: { caData: Buffer.from(ca).toString('base64') },
        }),
      },
    }));
  }

  async #ask<T>(
    file: string,
    options: { token?: string; body?: unknown } = {},
  ): Promise<T> {
    const { token, body } = options;
    const response = await fetch(`${this.url}${file}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${file} answers ${response.status}`);
    return (await response.json()) as T;
  }

  /** Makes a token for the portal's account, unless the last one still holds. */
  async #token(): Promise<void> {
    if (fs.existsSync(this.tokenFile)) {
      const token = fs.readFileSync(this.tokenFile, 'utf8').trim();
      try {
        await this.#ask('/api/v1/clusters', { token });
        return;
      } catch {
        // The data was made anew; so is the token.
      }
    }
    const secret = await this.client.get<{ data: { password: string } }>(
      `/api/v1/namespaces/${NAMESPACE}/secrets/argocd-initial-admin-secret`,
    );
    const password = Buffer.from(secret.data.password, 'base64').toString();
    const session = await this.#ask<{ token: string }>('/api/v1/session', {
      body: { username: 'admin', password },
    });
    const { token } = await this.#ask<{ token: string }>(
      '/api/v1/account/portal/token',
      { token: session.token, body: { name: 'portal' } },
    );
    writeWhole(this.tokenFile, `${token}\n`);
  }

  async #wait(what: string, check: () => Promise<unknown>): Promise<void> {
    const until = Date.now() + READY_MS;
    for (;;) {
      try {
        await check();
        return;
      } catch (error) {
        if (Date.now() > until)
          throw new ExpectedError(
            `Argo CD is not ready: ${what} is missing after ${READY_MS / 1000} s (${String(error)}); its logs are in ${this.#folder}`,
          );
      }
      await sleep(500);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#components.map(each => each.stop()));
    fs.rmSync(this.#sockets, { recursive: true, force: true });
  }
}
