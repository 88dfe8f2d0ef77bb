// A picture of many parts → one stop for the tab key, within which the arrow keys move (roving tabindex).
//
// move(part, key) gives the part to go to, or nothing. Enter and the space bar act like a click.
"use strict";

const diffusionKeys = (() => {
  const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  function focus(picture, part) {
    for (const before of picture.querySelectorAll("[data-stop][tabindex='0']")) before.setAttribute("tabindex", "-1");
    part.setAttribute("tabindex", "0");
    part.focus();
  }
  function roving(picture, move) {
    picture.querySelector("[data-stop]")?.setAttribute("tabindex", "0");
    picture.addEventListener("keydown", (event) => {
      const part = event.target.closest("[data-stop]");
      if (!part) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        part.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      } else if (KEYS.includes(event.key)) {
        const next = move(part, event.key);
        event.preventDefault();
        if (next) focus(picture, next);
      }
    });
    return picture;
  }
  // Of parts in one row: left and up go back, right and down go on.
  const inOrder = (all) => (part, key) => {
    const parts = all(), at = parts.indexOf(part);
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: parts.length - 1 }[key];
    return parts[to];
  };
  return { roving, inOrder };
})();
