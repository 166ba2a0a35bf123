/** What the tests use of the npm package `jenkins`, which comes without types. */
declare module 'jenkins' {
  interface Log {
    on(event: 'data', listener: (text: string) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
  }

  interface QueueItem {
    executable?: { number: number };
    why: string | null;
  }

  class Jenkins {
    constructor(options: { baseUrl: string });
    info(): Promise<{ jobs: { name: string }[] }>;
    build: {
      get(name: string, number: number): Promise<Record<string, unknown>>;
      stop(name: string, number: number): Promise<void>;
      log(options: {
        name: string;
        number: number;
        start?: number;
        meta?: boolean;
      }): Promise<{ text: string; more: boolean; size: string }>;
      logStream(name: string, number: number, options: { delay: number }): Log;
    };
    credentials: {
      create(
        folder: string,
        store: string,
        domain: string,
        xml: string,
      ): Promise<void>;
      config(options: {
        id: string;
        folder: string;
        store: string;
        domain: string;
        xml?: string;
      }): Promise<string>;
      exists(
        id: string,
        folder: string,
        store: string,
        domain: string,
      ): Promise<boolean>;
      destroy(
        id: string,
        folder: string,
        store: string,
        domain: string,
      ): Promise<void>;
      list(
        folder: string,
        store: string,
        domain: string,
      ): Promise<{ id: string }[]>;
    };
    job: {
      build(options: {
        name: string;
        parameters?: Record<string, string>;
        delay?: string;
      }): Promise<number>;
      config(name: string, xml?: string): Promise<string>;
      copy(from: string, name: string): Promise<void>;
      create(name: string, xml: string): Promise<void>;
      destroy(name: string): Promise<void>;
      disable(name: string): Promise<void>;
      enable(name: string): Promise<void>;
      exists(name: string): Promise<boolean>;
      get(name: string): Promise<Record<string, unknown>>;
      list(name?: string): Promise<{ name: string }[]>;
    };
    node: {
      list(): Promise<{ displayName: string }[]>;
    };
    plugin: {
      list(options?: { depth: number }): Promise<{ shortName: string }[]>;
    };
    queue: {
      cancel(number: number): Promise<void>;
      item(number: number): Promise<QueueItem>;
      list(): Promise<{ id: number }[]>;
    };
  }
  export default Jenkins;
}
