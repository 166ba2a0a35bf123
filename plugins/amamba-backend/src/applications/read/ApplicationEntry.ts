import type {
  ApplicationKind,
  Health,
  KubeApplication,
  KubeObject,
} from '@amamba/backstage-plugin-amamba-common';

/** The newest revision of a Helm release, as its labels tell. */
export interface ReleaseHead {
  name: string;
  revision: number;
  status: string;
  /** name of the Secret that holds it */
  secret: string;
  createdAt?: string;
}

/** An application as it stands in a namespace now. */
export interface ApplicationEntry {
  kind: ApplicationKind;
  name: string;
  title: string;
  /** workloads that belong to it */
  workloads: readonly KubeObject[];
  /** for kind `application`: what finds its parts */
  group?: KubeApplication;
  /** the object that says so; absent where the cluster does not serve its kind, and labels say it alone */
  application?: KubeApplication;
  /** for kind `helm` */
  release?: ReleaseHead;
  health: Health;
  /** pods that are ready, of those wanted */
  ready: number;
  desired: number;
  images: readonly string[];
  version?: string;
  managedBy?: string;
  createdAt: string;
  labels: Readonly<Record<string, string>>;
}
