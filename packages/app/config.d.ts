export interface Config {
  app?: {
    /** Sample users of the sandbox's sign-in page. */
    sandbox?: {
      /** @deepVisibility frontend */
      users?: Array<{ ref: string; name: string; about: string }>;
    };
  };
}
