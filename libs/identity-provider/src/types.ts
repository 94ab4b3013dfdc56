/** What the province's own sign-in service is reached by. */
export interface ProviderSettings {
  /** `https://…`; http only on the loopback, for trials. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client, which proves itself by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  /** Where it sends the browser after signing out there. */
  readonly afterSignOutUri: string;
  readonly scope: string;
}

/** What has to be remembered between leaving for the provider and coming back. */
export interface ProviderFlow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What the provider vouches for. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Its own name for the session that was opened there; null when it tells none. */
  readonly session: string | null;
  /** Only an address the provider has verified itself; else null. */
  readonly verifiedEmail: string | null;
}

/** One of `subject` and `session` is there. */
export interface ProviderLogout {
  readonly issuer: string;
  readonly subject: string | null;
  readonly session: string | null;
}

export interface IdentityProvider {
  /** The address to go to, and what to remember. Throws ProviderRefusal 'unreachable'. */
  begin(): Promise<{ url: string; flow: ProviderFlow }>;
  /** `url`: the whole address the browser came back with. Throws ProviderRefusal. */
  finish(given: { url: URL; flow: ProviderFlow }): Promise<ProviderIdentity>;
  /** Whom, and which session, the provider says is signed out there (OpenID Connect Back-Channel Logout 1.0). Throws ProviderRefusal. */
  readLogout(token: string): Promise<ProviderLogout>;
  /** Where a browser signs out of the provider too; null when it has no such page, or does not answer. */
  signOutUrl(): Promise<string | null>;
}

/**
 * unreachable: it does not answer, so trying again may help. refused: it, or the person there, said no. invalid: what came back is
 * not what was asked for (state, nonce, issuer, audience, signature, time).
 */
export type ProviderRefusal = Error & { readonly providerRefusal: 'unreachable' | 'refused' | 'invalid' };

export function providerRefusal(kind: ProviderRefusal['providerRefusal'], cause: unknown): ProviderRefusal {
  const error = new Error(`The identity provider: ${kind}.`, { cause });
  return Object.assign(error, { name: 'ProviderRefusal', providerRefusal: kind });
}

export function isProviderRefusal(error: unknown): error is ProviderRefusal {
  return error instanceof Error && 'providerRefusal' in error;
}
