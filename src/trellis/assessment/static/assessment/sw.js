// Network first; without one, the copy that the assessment's own page has put aside. Nothing else is ever kept.
"use strict";
const PATIENCE = 5000;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = (request) => caches.match(request, { ignoreVary: true });

async function answer(request) {
  const fresh = fetch(request).catch(() => null);
  // A network that is there but hardly moves is as good as none, when there is a copy.
  const slow = new Promise((done) => setTimeout(done, PATIENCE));
  const found = await Promise.race([fresh, slow]);
  if (found && found.status < 502) return found;
  return (await kept(request)) || (await fresh) || Response.error();
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!url.pathname.startsWith("/static/") && !url.pathname.startsWith("/assess/")) return;
  event.respondWith(answer(event.request));
});
