/** How to reach one cluster of the portal's `kubernetes:` configuration. Holds no credential. */
export interface KubernetesConnection {
  /** unique; the first of several methods that name a cluster wins, as in the kubernetes plugin */
  name: string;
  /** as people call it */
  title?: string;
  /** address of the API server, http or https; a path in it stays in front of all paths */
  url: string;
  /** certificates in PEM form to trust instead of the usual ones */
  ca?: string;
  /** true: the API server's certificate is not checked */
  skipTlsVerify?: boolean;
  /** `serviceAccount`, `aws`, `azure`, `googleServiceAccount`, `localKubectlProxy`, `oidc` … */
  authProvider?: string;
  dashboardUrl?: string;
}

/** What the portal's own account shows to an API server. */
export type KubernetesAccessCredential =
  | { type: 'token'; token: string }
  /** PEM texts */
  | { type: 'certificate'; cert: string; key: string }
  | { type: 'anonymous' };

/** The clusters of the portal, and the portal's own credentials for them. */
export interface KubernetesAccess {
  /**
   * All clusters, as configured now. With clusters from the catalog this asks the catalog: keep the answer for a while.
   *
   * @throws Error when the kubernetes plugin cannot list them
   */
  listClusters(): Promise<KubernetesConnection[]>;
  /**
   * A credential of the portal itself, for no user. Costs a call to a cloud with some providers: keep it for minutes.
   *
   * @throws Error for a cluster that is not there, and where only people's own sign-in gives access
   */
  getCredential(cluster: string): Promise<KubernetesAccessCredential>;
}
