// Two verifiers of others look at our badges. Standard input holds the cases and all that may be fetched; nothing else is.
import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import * as vc from "@digitalbazaar/vc";

const { cases, web } = JSON.parse(readFileSync(0, "utf8"));

// The web is what our own pages answered, and the published contexts. Anything else is not there.
globalThis.fetch = async (request) => {
  const url = typeof request === "string" ? request : (request.url ?? String(request));
  const body = web[url.split("#")[0]];
  if (body === undefined) return new Response("not found", { status: 404 });
  return new Response(JSON.stringify(body), { status: 200, headers: { "content-type": "application/json" } });
};
const { verifyCredential } = await import("@digitalcredentials/verifier-core");

async function documentLoader(url) {
  let [address, fragment] = url.split("#");
  if (address.startsWith("did:web:")) {
    address = `https://${decodeURIComponent(address.slice("did:web:".length))}/.well-known/did.json`;
  }
  let document = web[address];
  if (document === undefined) throw new Error(`nothing at ${url}`);
  if (fragment && url.startsWith("did:web:")) {
    const method = document.verificationMethod.find((each) => each.id === url);
    if (method === undefined) throw new Error(`no key ${url}`);
    document = { "@context": document["@context"][1], ...method };
  }
  return { contextUrl: null, documentUrl: url, document };
}

async function digitalBazaar(credential) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const found = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus });
  // A revoked credential has a right proof all the same: its status stands apart.
  if (found.statusResult?.results?.some((each) => each.status === true)) return "revoked";
  if (found.verified) return "good";
  const said = [found.error, ...(found.error?.errors ?? [])].map((error) => String(error?.message)).join("; ");
  if (said.includes('after "validUntil"')) return "expired";
  return said.includes("Invalid signature") ? "tampered" : `refused: ${said}`;
}

async function digitalCredentials(credential) {
  const found = await verifyCredential({ credential, knownDIDRegistries: [] });
  if (found.errors?.some((each) => each.name === "invalid_signature")) return "tampered";
  if (found.errors) return `refused: ${JSON.stringify(found.errors)}`;
  const steps = Object.fromEntries(found.log.map((each) => [each.id, each.valid]));
  const schemas = found.additionalInformation.find((each) => each.id === "schema_check").results;
  if (steps.valid_signature !== true || schemas[0].result?.valid !== true) {
    return `refused: ${JSON.stringify([steps, schemas])}`;
  }
  if (steps.expiration === false) return "expired";
  if (steps.revocation_status === false) return "revoked";
  return steps.expiration && steps.revocation_status ? "good" : `refused: ${JSON.stringify(steps)}`;
}

const verifiers = { "@digitalbazaar/vc": digitalBazaar, "DCC verifier-core": digitalCredentials };
let wrong = 0;
let asked = 0;
for (const each of cases) {
  for (const [name, verifier] of Object.entries(verifiers)) {
    if (each.only && !each.only.includes(name)) continue;
    const said = await verifier(structuredClone(each.credential)).catch((error) => `refused: ${error}`);
    const right = said === each.expected;
    asked += 1;
    wrong += right ? 0 : 1;
    console.log(`${right ? "ok   " : "WRONG"} ${name.padEnd(18)} ${each.name.padEnd(42)} ${said.slice(0, 1500)}`);
  }
}
console.log(`${asked} answers, ${wrong} wrong`);
process.exit(wrong === 0 && asked > 0 ? 0 : 1);
