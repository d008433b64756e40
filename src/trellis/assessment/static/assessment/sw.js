// Network first; without one, the copy that the assessment's own page has put aside. Nothing else is ever kept.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!url.pathname.startsWith("/static/") && !url.pathname.startsWith("/assess/")) return;
  event.respondWith(
    fetch(event.request).catch(async () => (await caches.match(event.request, { ignoreVary: true })) || Response.error()),
  );
});
