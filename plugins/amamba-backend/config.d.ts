export interface Config {
  amamba?: {
    workspaces?: {
      /** Which groups of the catalog are workspaces, as a filter predicate; default: all of them. */
      filter?: object;
    };
    /** Who has which role in a workspace. */
    roles?: {
      /** Role of a group's members in its workspace; default: editor. */
      members?: 'admin' | 'editor' | 'viewer' | 'none';
      /** Members of a parent group are members of its children's workspaces; default: true. */
      inherit?: boolean;
      grants?: Array<{
        role: 'admin' | 'editor' | 'viewer';
        /** References of users and groups. */
        subjects: string[];
        /** Names or references of groups; default: all workspaces. */
        workspaces?: string[];
      }>;
    };
    /**
     * roles: a role is needed and the permission policy can only forbid (default);
     * policy: the permission policy alone decides.
     */
    authorization?: 'roles' | 'policy';
    clusters?: {
      /** For development: file in which whoever starts local clusters says how they are coming up. */
      statusFile?: string;
    };
    kubernetes?: {
      /**
       * How the clusters of the kubernetes section are reached. auto: straight, with what the bridge module hands over, and through the
       * HTTP proxy of the kubernetes plugin where that module is not installed (default); proxy: through that proxy always, also when the
       * kubernetes plugin runs in another process with a configuration of its own.
       */
      access?: 'auto' | 'proxy';
    };
    namespaces?: {
      /** Names that no workspace can own, besides those of Kubernetes; replaces the default list. */
      reserved?: string[];
    };
    secrets?: {
      /**
       * What passwords in the database are encrypted with, 24 characters or more each: the first encrypts, all decrypt. Without it
       * repositories with passwords cannot be added.
       * @deepVisibility secret
       */
      keys?: string[];
    };
    helm?: {
      /** The helm program (version 4, or 3); default: the one on PATH. Without one releases can be read, not changed. */
      program?: string;
      /**
       * What may be reached although it is in a private network, when workspaces add repositories: host, host:port, *.domain or a network
       * such as 10.0.0.0/8. The platform's own repositories need no entry.
       */
      allow?: string[];
      /** Repositories of all workspaces. */
      repositories?: Array<{
        name: string;
        /** Default: http, a repository with an index.yaml. */
        type?: 'http' | 'oci';
        url: string;
        username?: string;
        /** @visibility secret */
        password?: string;
        /** Names of the charts of an OCI registry, which cannot be listed. */
        charts?: string[];
      }>;
    };
    jenkins?: {
      instances?: Array<{
        /** Lower-case letters, digits and "-". */
        id: string;
        title?: string;
        /** Address of the controller, with its context path. */
        baseUrl: string;
        /** Service account. */
        username: string;
        /** @visibility secret */
        apiToken: string;
        /** Folder that holds one folder a workspace; default: the root. */
        rootFolder?: string;
        /**
         * Secret that Jenkins' events have to bring; without it events are refused and runs are polled.
         * @visibility secret
         */
        eventToken?: string;
        /** File with certificates to trust besides the system's. */
        caFile?: string;
      }>;
    };
  };
}
