// One step of the assessment: save at once on every choice, go on even without a network, keep the pages ahead at hand.
"use strict";
(() => {
  const box = window.trellisOutbox;
  const form = document.querySelector("form[data-outbox]");
  const state = document.getElementById("save-state");
  const name = form ? form.dataset.outbox : "";
  const base = form ? form.dataset.home : location.pathname;

  const icons = { saved: "cloud-check", saving: "cloud-check", queued: "cloud-off", refused: "cloud-off", signin: "cloud-off" };
  function say(what) {
    if (!state) return;
    const sheet = document.querySelector("svg use").getAttribute("href").split("#")[0];
    state.dataset.state = what;
    state.innerHTML = "";
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sheet}#${icons[what]}`);
    svg.append(use);
    const text = document.createElement("span");
    text.textContent = state.dataset[what];
    state.append(svg, text);
  }
  box.onChange(say);

  function fields() {
    const chosen = form.querySelector("input[name=step]:checked");
    if (!chosen) return null;
    const begun = form.querySelector(`input[name=partly][value="${chosen.value}"]`);
    const pairs = [["step", chosen.value]];
    if (begun && begun.checked) pairs.push(["partly", begun.value]);
    return pairs;
  }

  function restore() {
    // A page from this device's own keeping is older than the answer; the outbox remembers what was chosen.
    const kept = box.read()[name];
    if (!kept || (navigator.onLine && kept.sent && form.querySelector("input[name=step]:checked"))) return;
    const chosen = kept.fields.find(([field]) => field === "step");
    const radio = form.querySelector(`input[name=step][value="${chosen[1]}"]`);
    if (!radio) return;
    radio.checked = true;
    for (const tick of form.querySelectorAll("input[name=partly]")) tick.checked = false;
    const begun = kept.fields.find(([field]) => field === "partly");
    if (begun) form.querySelector(`input[name=partly][value="${begun[1]}"]`).checked = true;
    say(kept.sent ? "saved" : "queued");
  }

  async function keepAhead(codes) {
    if (!("caches" in window) || !box.person) return;
    const few = navigator.connection && navigator.connection.saveData ? codes.slice(0, 3) : codes;
    const cache = await caches.open(box.cacheName);
    const parts = [...document.querySelectorAll("link[rel=stylesheet],link[rel=preload],link[rel=icon],script[src]")].map(
      (element) => element.href || element.src,
    );
    const sheet = document.querySelector("svg use");
    if (sheet) parts.push(sheet.getAttribute("href").split("#")[0]);
    if (start.dataset.parts) parts.push(...start.dataset.parts.split(" "));
    const pages = few.map((code) => `${base}${code}/`);
    for (const part of [...parts, base, location.href, ...pages]) {
      const url = new URL(part, location.href).href;
      // One after another, so that the page in hand never waits for the pages ahead. A redirect is not kept: it leads
      // to the sign-in, or away from answers that are finished.
      if (await cache.match(url)) continue;
      const found = await fetch(url, { redirect: "manual" });
      if (found.ok) await cache.put(url, found);
    }
  }

  if (form) {
    restore();
    form.addEventListener("change", (event) => {
      if (event.target.name !== "step" && event.target.name !== "partly") return;
      const chosen = fields();
      if (chosen) box.put(name, form.action, chosen);
    });
    form.addEventListener("submit", async (event) => {
      const skipped = event.submitter && event.submitter.name === "skip";
      const chosen = fields();
      if (!skipped && !chosen) return; // the server says what is missing, in its own words
      event.preventDefault();
      if (!skipped) {
        const kept = box.read()[name];
        const same = kept && JSON.stringify(kept.fields) === JSON.stringify(chosen);
        await Promise.race([same ? box.flush() : box.put(name, form.action, chosen), new Promise((done) => setTimeout(done, 2500))]);
      }
      location.assign(form.dataset.next);
    });
  }
  const unsent = document.getElementById("unsent");
  if (unsent) {
    const finish = document.querySelector("form[data-finish]");
    let finishing = false;
    const show = () => (unsent.hidden = !box.waiting());
    box.onChange((what) => {
      const late = !unsent.hidden;
      show();
      if (what === "saved" && late && !finishing) location.reload();
    });
    if (finish)
      finish.addEventListener("submit", async (event) => {
        if (!box.waiting()) return;
        // What is finished takes no more answers, so those of this device go first.
        event.preventDefault();
        finishing = true;
        await box.flush();
        finishing = false;
        if (box.waiting()) unsent.focus();
        else finish.submit();
      });
    show();
  }
  const start = form || document.querySelector("[data-ahead]");
  const later = window.requestIdleCallback || ((task) => setTimeout(task, 300));
  if (start) later(() => keepAhead(start.dataset.ahead.split(" ").filter(Boolean)).catch(() => {}));
})();
