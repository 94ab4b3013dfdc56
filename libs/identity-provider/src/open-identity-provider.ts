import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
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
  type ProviderLogout,
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
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
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
    async readLogout(token) {
      const reached = await configuration();
      keys ??= keysOf(reached);
      return readLogout(token, { keys, issuer: reached.serverMetadata().issuer, audience: settings.clientId });
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
    const session = typeof claims.sid === 'string' ? claims.sid : null;
    return { issuer: claims.iss, subject: claims.sub, session, verifiedEmail };
  } catch (error) {
    throw isProviderRefusal(error) ? error : providerRefusal(kindOf(error), error);
  }
}

function keysOf(configuration: Configuration): ReturnType<typeof createRemoteJWKSet> {
  const { jwks_uri: at } = configuration.serverMetadata();
  if (at === undefined) throw providerRefusal('invalid', 'the provider publishes no keys');
  return createRemoteJWKSet(new URL(at), { timeoutDuration: timeoutSeconds * 1000 });
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
/** Signatures with a key of the provider alone: with a shared secret whoever knows ours could sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Sections 2.4 and 2.6 of the specification. An old token tells old news: sessions opened since then stay. */
async function readLogout(
  token: string,
  { keys, ...asked }: { keys: ReturnType<typeof createRemoteJWKSet>; issuer: string; audience: string },
): Promise<ProviderLogout> {
  try {
    const requiredClaims = ['iat', 'jti', 'events'];
    const options = { ...asked, algorithms, requiredClaims, maxTokenAge: '5 minutes', clockTolerance: '1 minute' };
    const { payload } = await jwtVerify(token, keys, options);
    const { subject, session } = namedIn(payload);
    return { issuer: asked.issuer, subject, session };
  } catch (error) {
    if (isProviderRefusal(error)) throw error;
    const isAway = error instanceof errors.JWKSTimeout || (error instanceof TypeError && !('code' in error));
    throw providerRefusal(isAway ? 'unreachable' : 'invalid', error);
  }
}

/** An ID token has a nonce or no such event, so that it ends nobody's session. */
function namedIn({ events, nonce, sub, sid }: JWTPayload): Omit<ProviderLogout, 'issuer'> {
  const told = typeof events === 'object' && events !== null && logoutEvent in events;
  if (!told || nonce !== undefined) throw providerRefusal('invalid', 'not a logout token');
  const subject = typeof sub === 'string' ? sub : null;
  const session = typeof sid === 'string' ? sid : null;
  if (subject === null && session === null) throw providerRefusal('invalid', 'nobody is named');
  return { subject, session };
}

/** A network that fails is a TypeError of fetch, a provider too slow a TimeoutError; an error it redirects with is its own "no". */
function kindOf(error: unknown): 'unreachable' | 'refused' | 'invalid' {
  if (error instanceof AuthorizationResponseError) return 'refused';
  const { name, code } = error as { name?: string; code?: string };
  const isNetwork = name === 'TimeoutError' || (error instanceof TypeError && code === undefined);
  return isNetwork || code === 'OAUTH_TIMEOUT' ? 'unreachable' : 'invalid';
}
