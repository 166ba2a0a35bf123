/**
 * Backend of Amamba: workspaces and pipelines.
 *
 * @packageDocumentation
 */
export { amambaPlugin as default } from './plugin';
