/** How to get at the API server of one cluster, with the portal's own credentials. */
export interface ClusterEndpoint {
  /** name of the cluster */
  readonly name: string;
  /** of the API server, or of a proxy that speaks like it */
  readonly baseUrl: string;
  readonly ca?: string;
  readonly skipTlsVerify: boolean;
  /** true: the kubernetes plugin's proxy stands between */
  readonly proxied: boolean;
  /**
   * What to show to the server.
   *
   * @param refused - the credential that the server just refused: another one is wanted
   */
  authorize(refused?: Authorization): Promise<Authorization>;
}

/** Headers to send, and a client certificate (PEM) where that is the credential. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  readonly cert?: string;
  readonly key?: string;
  /** what must never get into a message */
  readonly secrets: readonly string[];
}
