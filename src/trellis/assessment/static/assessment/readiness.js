// The wall of a meeting: asks every two seconds whether anything is new; arrow keys move; a button prints.
"use strict";
(() => {
  const live = document.querySelector("[data-live]");
  let tag = "";
  async function look() {
    // Nobody sees a hidden tab, so it does not ask.
    if (document.hidden) return;
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(live.dataset.live, { headers, redirect: "manual", signal: AbortSignal.timeout(8000) });
    // Closed on another screen, or signed out: the page itself says which.
    if (answer.type === "opaqueredirect") return location.reload();
    if (answer.status !== 200) return;
    tag = answer.headers.get("ETag") || "";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const shown = live.querySelector(`[data-part="${part.dataset.part}"]`);
      // Only what has changed, so that a screen reader is told once.
      if (shown.innerHTML !== part.innerHTML) shown.replaceChildren(...part.childNodes);
    }
  }
  async function keepLooking() {
    await look().catch(() => {});
    setTimeout(keepLooking, 2000);
  }
  if (live) {
    document.querySelector("[data-refresh]").hidden = true;
    document.addEventListener("visibilitychange", () => look().catch(() => {}));
    setTimeout(keepLooking, 2000);
  }

  const ways = { ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]" };
  document.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // In a field the arrows belong to the field.
    if (event.target.closest("input, select, textarea, summary")) return;
    const link = document.querySelector(way);
    if (link) link.click();
  });
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
