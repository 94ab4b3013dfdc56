import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import {
  type IdentityProvider,
  isProviderRefusal,
  type ProviderFlow,
  type ProviderIdentity,
  type ProviderSettings,
  providerRefusal,
} from './types.js';

/** Seconds the provider may take to answer. Giả định. */
const timeoutSeconds = 10;

/**
 * OpenID Connect, authorization code with PKCE (S256), state and nonce. The signature of the ID token is checked with the keys of the
 * provider, also where TLS alone would do. The provider is asked for its addresses at the first sign-in, not at the start: when it
 * is down, everything else works.
 */
export function openIdentityProvider(settings: ProviderSettings): IdentityProvider {
  let known: Configuration | undefined;
  const configuration = async (): Promise<Configuration> => {
    known ??= await discover(settings).catch((error: unknown) => {
      throw providerRefusal('unreachable', error);
    });
    return known;
  };
  return {
    async begin() {
      return begin(await configuration(), settings);
    },
    async finish(given) {
      return finish(await configuration(), given);
    },
    async signOutUrl() {
      const reached = await configuration().catch(() => null);
      if (reached?.serverMetadata().end_session_endpoint === undefined) return null;
      return buildEndSessionUrl(reached, { post_logout_redirect_uri: settings.afterSignOutUri }).href;
    },
  };
}

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const at = new URL(issuer);
  const isInsecure = at.protocol === 'http:';
  const execute = [enableNonRepudiationChecks, ...(isInsecure ? [allowInsecureRequests] : [])];
  const options = { timeout: timeoutSeconds, execute };
  return clientSecret === undefined
    ? discovery(at, clientId, undefined, None(), options)
    : discovery(at, clientId, clientSecret, undefined, options);
}

async function begin(
  configuration: Configuration,
  settings: ProviderSettings,
): Promise<{ url: string; flow: ProviderFlow }> {
  const flow = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: settings.redirectUri,
    scope: settings.scope,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await calculatePKCECodeChallenge(flow.codeVerifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, flow };
}

async function finish(
  configuration: Configuration,
  { url, flow }: { url: URL; flow: ProviderFlow },
): Promise<ProviderIdentity> {
  try {
    const tokens = await authorizationCodeGrant(configuration, url, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw providerRefusal('invalid', 'no ID token');
    const told =
      claims.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
        ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
    const verifiedEmail = told.email_verified === true && typeof told.email === 'string' ? told.email : null;
    return { issuer: claims.iss, subject: claims.sub, verifiedEmail };
  } catch (error) {
    throw isProviderRefusal(error) ? error : providerRefusal(kindOf(error), error);
  }
}

/** A network that fails is a TypeError of fetch, a provider too slow a TimeoutError; an error it redirects with is its own "no". */
function kindOf(error: unknown): 'unreachable' | 'refused' | 'invalid' {
  if (error instanceof AuthorizationResponseError) return 'refused';
  const { name, code } = error as { name?: string; code?: string };
  const isNetwork = name === 'TimeoutError' || (error instanceof TypeError && code === undefined);
  return isNetwork || code === 'OAUTH_TIMEOUT' ? 'unreachable' : 'invalid';
}
