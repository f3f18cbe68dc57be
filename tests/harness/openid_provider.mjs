// oidc-provider, an OpenID provider certified by the OpenID Foundation, with its own pages to sign in at: any name
// that is typed there is somebody. For the tests of both sides.
//
// usage: node openid_provider.mjs PORT REDIRECT_URI [ALGORITHM]
//
// Says its issuer once it listens; its client is "heliograph" with the secret below.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export const CLIENT_ID = 'heliograph';
// With what has to be encoded before it is shown.
export const CLIENT_SECRET = 'two:herons & a %25 + b';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);

const [port, redirectUri, algorithm = 'RS256'] = process.argv.slice(2);
const { privateKey } =
  algorithm === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [redirectUri],
      id_token_signed_response_alg: algorithm,
    },
  ],
  jwks: {
    keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: randomBytes(8).toString('hex') }],
  },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  pkce: { required: () => true },
  // Into the ID token: the server asks for no more than that.
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: `${id}@farm.example`, email: `${id}@farm.example` }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(issuer));
