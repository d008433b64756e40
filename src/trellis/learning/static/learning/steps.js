// Choosing steps of the framework: a field that narrows the list while one types, and what is chosen in one line.
"use strict";
(() => {
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  for (const field of document.querySelectorAll("[data-steps]")) {
    const find = field.querySelector(".steps-find");
    const input = find.querySelector("input");
    const chosen = field.querySelector(".steps-chosen");
    const groups = [...field.querySelectorAll("details")];
    const before = new Map();

    function narrow() {
      const words = folded(input.value).split(/\s+/).filter(Boolean);
      for (const group of groups) {
        if (words.length && !before.has(group)) before.set(group, group.open);
        let any = false;
        for (const row of group.querySelectorAll("li")) {
          row.hidden = !words.every((word) => folded(row.dataset.name).includes(word));
          any ||= !row.hidden;
        }
        group.hidden = !any;
        if (words.length) group.open = any;
        else if (before.has(group)) group.open = before.get(group);
      }
      if (!words.length) before.clear();
    }

    function say() {
      const ticked = [...field.querySelectorAll("input:checked")];
      chosen.textContent = ticked.map((box) => box.getAttribute("aria-label")).join(" · ") || field.dataset.none;
      for (const group of groups) {
        const count = group.querySelectorAll("input:checked").length;
        let badge = group.querySelector("summary .count");
        if (!badge && count) {
          badge = document.createElement("span");
          badge.className = "count";
          group.querySelector("summary").append(badge);
        }
        if (badge) {
          badge.textContent = count;
          badge.hidden = !count;
        }
      }
    }

    find.hidden = chosen.hidden = false;
    input.addEventListener("input", narrow);
    // Enter in this field narrows, and does not send the whole form.
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    field.addEventListener("change", say);
    say();
  }
})();
