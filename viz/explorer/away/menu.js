// Items → a button with a menu, for the keyboard too: arrows, Home, End, the first letter; Escape goes back to the button.
//
// An item is {id, words, why, act}: one with a `why` cannot be chosen now, and says why.
"use strict";

const awayMenu = (() => {
  function itemElement({ id, words, about, why, act }, close) {
    return dom.element("button", {
      type: "button", role: "menuitem", tabindex: "-1", "data-item": id, "aria-disabled": why ? "true" : null,
      onclick: () => { if (why) { dom.tell(why); return; } close(); act(); },
    }, dom.element("span", { class: "name" }, words), dom.element("span", { class: "about" }, why || about));
  }

  // `items()` is asked anew each time the menu opens.
  function menu(words, items) {
    const list = dom.element("div", { role: "menu", class: "menu", hidden: true, "aria-label": words });
    const button = dom.element("button", {
      type: "button", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => (list.hidden ? open(0) : close()),
    }, words);
    const made = dom.element("div", { class: "taking" }, button, list);

    function open(at) {
      list.replaceChildren(...items().map((item) => itemElement(item, close)));
      list.hidden = false;
      button.setAttribute("aria-expanded", "true");
      list.children[at < 0 ? list.children.length - 1 : at].focus();
    }
    function close(back = true) {
      if (list.hidden) return;
      list.hidden = true;
      button.setAttribute("aria-expanded", "false");
      if (back) button.focus();
    }
    function move(event) {
      const all = [...list.children], now = all.indexOf(document.activeElement);
      const to = { ArrowDown: (now + 1) % all.length, ArrowUp: (now - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key]
        ?? [...all.keys()].map((i) => (now + 1 + i) % all.length)
          .find((i) => event.key.length === 1 && all[i].textContent.toLowerCase().startsWith(event.key.toLowerCase()));
      if (to === undefined) return;
      event.preventDefault();
      all[to].focus();
    }
    button.addEventListener("keydown", (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      open(event.key === "ArrowUp" ? -1 : 0);
    });
    list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); } else if (event.key === "Tab") close(false); else move(event);
    });
    made.addEventListener("focusout", (event) => { if (event.relatedTarget && !made.contains(event.relatedTarget)) close(false); });
    document.addEventListener("pointerdown", (event) => { if (!made.contains(event.target)) close(false); });
    return made;
  }
  return { menu };
})();
