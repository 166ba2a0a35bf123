import type { KubeObject, KubeTexts } from './meta';

interface Balanced {
  readonly loadBalancer?: {
    readonly ingress?: readonly {
      readonly ip?: string;
      readonly hostname?: string;
    }[];
  };
}

export interface KubeServicePort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port: number;
  readonly targetPort?: string | number;
  readonly nodePort?: number;
}

export interface KubeService extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly externalName?: string;
    readonly selector?: KubeTexts;
    readonly ports?: readonly KubeServicePort[];
  };
  readonly status?: Balanced;
}

export interface KubeIngressBackend {
  readonly service?: {
    readonly name: string;
    readonly port?: { readonly number?: number; readonly name?: string };
  };
}

export interface KubeIngress extends KubeObject {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: KubeIngressBackend;
    readonly tls?: readonly {
      readonly hosts?: readonly string[];
      readonly secretName?: string;
    }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: {
        readonly paths?: readonly {
          readonly path?: string;
          readonly pathType?: string;
          readonly backend?: KubeIngressBackend;
        }[];
      };
    }[];
  };
  readonly status?: Balanced;
}
