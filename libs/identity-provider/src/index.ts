export { openIdentityProvider } from './open-identity-provider.js';
export type {
  IdentityProvider,
  ProviderFlow,
  ProviderIdentity,
  ProviderLogout,
  ProviderRefusal,
  ProviderSettings,
} from './types.js';
export { isProviderRefusal } from './types.js';
