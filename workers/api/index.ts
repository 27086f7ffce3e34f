/** The wire: types, constants and pure code that both sides of it share. */
export * from './values';
export * from './holders';
export * from './errors';
export * from './rows';
export * from './missing';
export * from './cycle-rows';
export * from './kind-rows';
export * from './lens-rows';
export * from './finding-rows';
export * from './graph';
export * from './retention-rows';
export * from './session';
export * from './wire';
export * from './codec';
export * from './files';
export * from './ignore';
export * from './given-names';
