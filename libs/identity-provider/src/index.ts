export { openIdentityProvider } from './open-identity-provider.js';
export type { IdentityProvider } from './types.js';
export { isProviderRefusal } from './types.js';
