// An affiliate's sign-in service, by the library oidc-provider. It signs in whoever `/as/NAME` has named last.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, back, people] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])];
let current = "";

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "trellis", client_secret: "a secret that both know", redirect_uris: [back] }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ["only for this run"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

createServer((request, response) => {
  if (request.url.startsWith("/as/")) {
    current = request.url.slice(4);
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    provider.interactionFinished(request, response, { login: { accountId: current } }, { mergeWithLastSubmission: false });
  } else {
    provider.callback()(request, response);
  }
}).listen(port, "127.0.0.1", () => console.log("ready"));
