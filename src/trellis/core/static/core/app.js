// The outbox: every answer is written to this device first, then sent; what could not be sent goes later, once.
// Kept per person (by a random key that the page carries) and wiped when that person signs out. No dependency.
"use strict";
(() => {
  const person = document.documentElement.dataset.person || "";
  const key = `trellis.${person}.outbox`;
  const cacheName = `trellis-${person}`;
  let spare = null; // where a browser keeps nothing for us, at least until the page goes
  const read = () => {
    try {
      return spare || JSON.parse(localStorage.getItem(key) || "{}");
    } catch {
      return {};
    }
  };
  const write = (box) => {
    try {
      localStorage.setItem(key, JSON.stringify(box));
      spare = null;
    } catch {
      spare = box;
    }
  };
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const unsent = () => Object.entries(read()).filter(([, entry]) => !entry.sent);
  const waiting = () => unsent().length;
  const listeners = [];
  let told = "saved";
  const tell = (state) => {
    told = state;
    listeners.forEach((listener) => listener(state));
  };

  async function post(entry) {
    const body = new URLSearchParams(entry.fields);
    // How long ago, not when: a phone's wrong clock does no harm.
    body.append("age_ms", String(Math.max(0, Date.now() - entry.at)));
    return fetch(entry.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), "X-Trellis-Outbox": "1" },
      redirect: "manual",
      signal: AbortSignal.timeout(15000),
    });
  }

  // Returns "saved", "refused" (it will never be taken), "later" or "signin"; throws when nobody answers.
  async function send(name, entry) {
    let answer = await post(entry);
    if (answer.status === 403) {
      // The form token may have changed while we were away: any page of ours sets a fresh one.
      await fetch("/", { cache: "no-store" });
      answer = await post(entry);
    }
    if (answer.type === "opaqueredirect") return "signin";
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) return "later";
    const box = read();
    if (box[name] && box[name].at === entry.at) {
      box[name].sent = true;
      write(box);
    }
    return answer.ok ? "saved" : "refused";
  }

  async function run() {
    const tried = new Set();
    const seen = new Set(["saved"]);
    for (;;) {
      const next = unsent().find(([name, entry]) => !tried.has(`${name} ${entry.at}`));
      if (!next) break;
      // One that the server cannot take now must not keep the others waiting.
      tried.add(`${next[0]} ${next[1].at}`);
      seen.add(await send(next[0], next[1]));
      if (seen.has("signin")) return "signin";
    }
    return seen.has("later") ? "queued" : seen.has("refused") ? "refused" : "saved";
  }

  let running = null;
  let pause = 0;
  let again = 0;
  function flush() {
    // Two tabs may flush at once; that is harmless, since the server keeps one answer a theme.
    clearTimeout(again);
    if (!running && !waiting() && told === "saved") return Promise.resolve(told);
    running ||= run()
      .catch(() => "queued")
      .then((state) => {
        running = null;
        // No event tells that a server is back, so it is asked again, less and less often.
        pause = state === "queued" ? Math.min(60000, pause * 2 || 2000) : 0;
        if (pause) again = setTimeout(flush, pause);
        tell(state);
        return state;
      });
    return running;
  }

  function put(name, url, fields) {
    const box = read();
    const week = Date.now() - 7 * 24 * 3600 * 1000;
    for (const [old, entry] of Object.entries(box)) if (entry.sent && entry.at < week) delete box[old];
    box[name] = { url, fields, at: Date.now(), sent: false };
    write(box);
    tell("saving");
    return flush();
  }

  async function wipe() {
    // Unsent answers of somebody else who shares this browser are not ours to throw away.
    for (const name of Object.keys(localStorage)) if (name.startsWith(`trellis.${person}.`)) localStorage.removeItem(name);
    // The next who signs in brings the worker back.
    if ("serviceWorker" in navigator)
      navigator.serviceWorker.getRegistrations().then((workers) => workers.forEach((worker) => worker.unregister()));
    if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
  }

  for (const form of document.querySelectorAll("form[data-signout]")) {
    form.addEventListener("submit", (event) => {
      const left = waiting();
      if (left && !confirm(form.dataset.unsent)) {
        event.preventDefault();
        return;
      }
      wipe();
    });
  }

  window.trellisOutbox = { put, read, flush, waiting, cacheName, person, onChange: (listener) => listeners.push(listener) };
  addEventListener("online", flush);
  if (person && waiting()) flush();
  if (person && "serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
  if (person && "caches" in window) {
    // Pages of somebody else who used this browser are not ours to keep.
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("trellis-") && name !== cacheName).forEach((name) => caches.delete(name)))
      .catch(() => {});
  }
})();
