/**
 * Extension points, engine interfaces and permission rules for modules and policies.
 *
 * @packageDocumentation
 */
export * from './engines/extensionPoint';
export * from './engines/PipelineEngine';
export * from './kubernetes';
export * from './permissions/resources';
export * from './permissions/rules';
