// A real OpenID provider in a process of its own. Argument: JSON { redirectUri, afterSignOutUri, logoutUri, clientSecret, accounts }, where
// `logoutUri` is told of every sign-out and `accounts` says for each login what the provider knows of it. Prints its address when it is ready; ends when its input closes.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { redirectUri, afterSignOutUri, logoutUri, clientSecret, accounts } = JSON.parse(process.argv[2]);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'thong-hanh',
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [afterSignOutUri],
        backchannel_logout_uri: logoutUri,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // It calls nobody on the loopback by itself, and everybody of a test is there.
    fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
    features: { backchannelLogout: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.resume().on('end', () => process.exit(0));
