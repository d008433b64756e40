// With script a choice is saved as it is made, so the button is needed only when that has failed.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  if (!window.htmx) return;
  const button = document.querySelector("[data-without-script]");
  const failed = document.querySelector("[data-not-saved]");
  const saved = document.getElementById("saved");
  const show = (isFailed) => {
    button.hidden = failed.hidden = !isFailed;
  };
  for (const name of ["htmx:error", "htmx:response:error"])
    document.addEventListener(name, () => {
      saved.replaceChildren();
      show(true);
    });
  document.addEventListener("htmx:before:request", () => show(false));
  show(false);
});
