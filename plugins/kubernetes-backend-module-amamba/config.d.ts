export interface Config {
  amamba?: {
    kubernetes?: {
      /**
       * Which extension point of the kubernetes plugin Amamba's module takes; default: objectsProvider. Each bears one registration: set
       * "router" when the portal has an objects provider of its own.
       */
      extensionPoint?: 'objectsProvider' | 'router';
    };
  };
}
