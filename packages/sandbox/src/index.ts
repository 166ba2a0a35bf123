/**
 * Development only: a Git server and a Jenkins stand-in that really executes, on loopback.
 *
 * @packageDocumentation
 */
export { startSandbox } from './sandbox';
export type { Sandbox, SandboxOptions } from './sandbox';
export type { SandboxCredentials } from './credentials';
