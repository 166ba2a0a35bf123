import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The Go module that names all versions; read, never written. */
// eslint-disable-next-line no-restricted-syntax -- run from its source, never from a bundle
export const MODULE = path.resolve(__dirname, '../../control-plane');

/** One program of the local Kubernetes. */
export interface Program {
  name: string;
  /** what a person calls it */
  title: string;
  /** Go package, of our module or of another */
  source: string;
  /** module whose version the program reports, and the Go variables that take it */
  version?: { module: string; variables: (version: string) => string[] };
  /** seconds on two cores when nothing is compiled yet, in this order */
  seconds: number;
}

const COMPONENT_BASE = 'k8s.io/component-base/version';

/** In the order of compilation: the first compiles what the others share. */
export const PROGRAMS: readonly Program[] = [
  {
    name: 'kube',
    title: 'etcd and Kubernetes',
    source: './kube',
    version: {
      module: 'k8s.io/kubernetes',
      variables: version => [
        `${COMPONENT_BASE}.gitVersion=${version}`,
        `${COMPONENT_BASE}.gitMajor=${version.slice(1).split('.')[0]}`,
        `${COMPONENT_BASE}.gitMinor=${version.split('.')[1]}`,
      ],
    },
    seconds: 330,
  },
  {
    name: 'kwok',
    title: 'kwok, the simulated nodes',
    source: 'sigs.k8s.io/kwok/cmd/kwok',
    seconds: 20,
  },
  {
    name: 'metrics-server',
    title: 'metrics-server',
    source: 'sigs.k8s.io/metrics-server/cmd/metrics-server',
    seconds: 25,
  },
  {
    name: 'helm',
    title: 'Helm',
    source: 'helm.sh/helm/v4/cmd/helm',
    version: {
      module: 'helm.sh/helm/v4',
      variables: version => [
        `helm.sh/helm/v4/internal/version.version=${version}`,
      ],
    },
    seconds: 20,
  },
  {
    name: 'kustomize',
    title: 'Kustomize',
    source: 'sigs.k8s.io/kustomize/kustomize/v5',
    seconds: 10,
  },
  {
    name: 'rollouts-controller',
    title: 'Argo Rollouts',
    source: 'github.com/argoproj/argo-rollouts/cmd/rollouts-controller',
    seconds: 40,
  },
  {
    name: 'argocd',
    title: 'Argo CD',
    source: 'github.com/argoproj/argo-cd/v3/cmd',
    version: {
      module: 'github.com/argoproj/argo-cd/v3',
      variables: version => [
        `github.com/argoproj/argo-cd/v3/common.version=${version.slice(1)}`,
      ],
    },
    seconds: 180,
  },
];

/**
 * Modules of which a copy is compiled with a line changed: their metrics would listen on all addresses of the machine, and no flag
 * says otherwise.
 */
export const LOOPBACK_PATCHES = [
  {
    module: 'github.com/argoproj/argo-rollouts',
    file: 'controller/controller.go',
  },
  {
    module: 'github.com/argoproj/argo-cd/v3',
    file: 'controller/appcontroller.go',
  },
].map(patch => ({ ...patch, from: '"0.0.0.0:%d"', to: '"127.0.0.1:%d"' }));

/** Files of the modules that the clusters are set up with: from a module, to a folder beside the programs. */
export const MANIFESTS = [
  {
    module: 'sigs.k8s.io/kwok',
    files: [
      { from: 'kustomize/crd/bases', to: 'kwok/crds' },
      { from: 'kustomize/stage/node/fast', to: 'kwok/stages/node' },
      {
        from: 'kustomize/stage/node/heartbeat-with-lease',
        to: 'kwok/stages/heartbeat',
      },
      { from: 'kustomize/stage/pod/general', to: 'kwok/stages/pod' },
      { from: 'kustomize/stage/pod/chaos', to: 'kwok/stages/chaos' },
      { from: 'kustomize/metrics/resource', to: 'kwok/metrics/resource' },
      { from: 'kustomize/metrics/usage', to: 'kwok/metrics/usage' },
    ],
  },
  {
    module: 'github.com/argoproj/argo-rollouts',
    files: [
      { from: 'manifests/crds', to: 'rollouts/crds' },
      { from: 'test/e2e/crds', to: 'rollouts/traffic-crds' },
    ],
  },
  {
    module: 'github.com/argoproj/argo-cd/v3',
    files: [
      { from: 'manifests/crds', to: 'argo-cd/crds' },
      { from: 'manifests/base/config', to: 'argo-cd/config' },
      {
        from: 'hack/git-verify-wrapper.sh',
        to: 'argo-cd/git-verify-wrapper.sh',
      },
    ],
  },
];

/** Where compiled programs lie. The folder is complete when its mark is there. */
export interface ProgramFolder {
  folder: string;
  bin: string;
  manifests: string;
  /** written last */
  mark: string;
}

/** Everything that decides what is compiled. */
function fingerprint(): string {
  const hash = createHash('sha256').update(
    JSON.stringify([
      os.platform(),
      os.arch(),
      PROGRAMS.map(({ name, source }) => [name, source]),
      LOOPBACK_PATCHES,
      MANIFESTS,
    ]),
  );
  for (const file of ['go.mod', 'go.sum', 'kube/main.go'])
    hash.update(fs.readFileSync(path.join(MODULE, file)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * The programs of this version of the module. They lie outside of the checkout, so that several checkouts and what CI keeps between
 * its runs share them: `$XDG_CACHE_HOME/amamba-control-plane/<version>`.
 */
export function programFolder(): ProgramFolder {
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const folder = path.join(cache, 'amamba-control-plane', fingerprint());
  return {
    folder,
    bin: path.join(folder, 'bin'),
    manifests: path.join(folder, 'manifests'),
    mark: path.join(folder, 'complete'),
  };
}

/** Whether all programs are compiled. */
export function isBuilt(): boolean {
  return fs.existsSync(programFolder().mark);
}

/** Where the helm program is, or will be. */
export const helmPath = () => path.join(programFolder().bin, 'helm');

/** The helm program, when it is compiled. */
export function localHelm(): string | undefined {
  return isBuilt() ? helmPath() : undefined;
}
