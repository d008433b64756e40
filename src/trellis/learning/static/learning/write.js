// Writing an answer: says how much room is left, and keeps what is typed without a button, even without a network.
"use strict";
(() => {
  const box = window.trellisOutbox;
  const form = document.querySelector("form[data-outbox]");
  if (!form) return;
  const text = form.querySelector("textarea");
  const room = document.getElementById("room");
  const state = document.getElementById("save-state");
  const limit = Number(form.dataset.limit);
  const name = form.dataset.outbox;

  function count() {
    const left = limit - text.value.trim().length;
    room.textContent = left < 0 ? `${-left} ${room.dataset.over}` : `${left} ${room.dataset.left}`;
    room.classList.toggle("over", left < 0);
    return left >= 0;
  }
  function say(what) {
    state.textContent = state.dataset[what] || "";
  }
  const kept = () => (box ? box.read()[name] : null);
  const pair = () => [["text", text.value]];
  // Two devices may write the same answer: only what this one has not sent yet is newer than the page.
  const waiting = kept();
  if (waiting && !waiting.sent) text.value = waiting.fields[0][1];
  count();
  if (!box) return;
  box.onChange(say);
  let pause = 0;
  let last = text.value;
  const put = () => {
    clearTimeout(pause);
    if (text.value === last || !count()) return Promise.resolve();
    last = text.value;
    return box.put(name, form.action || location.href, pair());
  };
  text.addEventListener("input", () => {
    count();
    say("saving");
    clearTimeout(pause);
    pause = setTimeout(put, 800);
  });
  // On a phone a page may go at any moment, and often without a word.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && put());
  form.addEventListener("submit", () => clearTimeout(pause));
})();
