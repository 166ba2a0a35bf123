export * from './names';
export * from './objects';
export * from './podPhrase';
export * from './quantities';
export * from './quota';
