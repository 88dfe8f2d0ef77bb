// Mouse, touch and keys over the picture of the places → the state; names of what is pointed at.
"use strict";

const placesHands = (() => {
  let tip = null, box = null, given = null, drag = null;

  const nodeOf = (target, name) => target.closest?.(name) ?? null;
  const placeOf = (node) => placesData.now().places.find(({ place }) => place === Number(node.dataset.place));
  const name = (one) => `${dom.cut(data.things.name.at(one.place), 40)}${say("：", ": ")}${placesScale.told(one)}`;

  function show(lines, node) {
    const around = box.getBoundingClientRect(), at = node.getBoundingClientRect();
    tip.replaceChildren(...lines.slice(0, 8).map((text) => dom.element("span", {}, dom.named(text))), lines.length > 8 ? `+${lines.length - 8}` : "");
    tip.hidden = false;
    const left = Math.min(Math.max(0, at.left - around.left + at.width / 2 - tip.offsetWidth / 2), around.width - tip.offsetWidth);
    const above = at.top - around.top - tip.offsetHeight - 6;
    tip.style.setProperty("left", `${Math.max(0, left)}px`);
    tip.style.setProperty("top", `${above < 0 ? at.bottom - around.top + 6 : above}px`);
  }
  const hide = () => { if (tip) tip.hidden = true; };
  // All that lie under the same spot of the scatter, or the one dot of a tile.
  function pointed(node) {
    const one = placeOf(node);
    if (!one) return;
    const spot = given.mode() === "scatter" ? placesScatter.dots().find((at) => at.one.place === one.place) : null;
    const others = spot ? placesScatter.near(spot.x, spot.y).map((at) => at.one).filter((other) => other !== one) : [];
    show([one, ...others].map(name), node);
  }
  function hover({ target }) {
    const dot = nodeOf(target, ".dot"), tile = nodeOf(target, ".tile");
    if (dot) pointed(dot);
    else if (tile) show([tile.getAttribute("aria-label")], tile);
    else hide();
  }

  function press({ target }) {
    const dot = nodeOf(target, ".dot"), tile = nodeOf(target, ".tile");
    if (drag?.moved) return;
    if (dot) given.open(Number(dot.dataset.place));
    if (tile) given.choose(state.get("places.province") === tile.dataset.code && !dot ? "" : tile.dataset.code);
  }

  const spots = () => (given.mode() === "scatter" ? placesScatter.dots()
    : [...box.querySelectorAll(".tile")].map((node) => {
      const { column, row } = data.meta.tiles.find(({ code }) => code === node.dataset.code);
      return { x: column, y: row, node };
    }));
  function focus(at) {
    box.querySelector("svg [tabindex='0']")?.setAttribute("tabindex", -1);
    at.node.setAttribute("tabindex", 0);
    if (at.one) placesScatter.reveal(at);
    at.node.focus({ preventScroll: given.mode() === "scatter" });
  }
  function step(event, node) {
    const all = spots();
    const next = placesSteps.next(all, all.find((at) => at.node === node), event.key);
    if (next) focus(next);
  }
  function key(event) {
    const node = nodeOf(event.target, ".tile, svg .dot[role]");
    const zooms = { "+": 1.6, "=": 1.6, "-": 1 / 1.6 };
    if (event.key === "Escape") hide();
    else if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (placesSteps.isWay(event.key)) step(event, node);
    else if (event.key === "Enter" || event.key === " ") { drag = null; press({ target: node }); }
    else if (given.mode() === "scatter" && event.key in zooms) placesScatter.zoom(zooms[event.key]);
    else if (given.mode() === "scatter" && event.key === "0") placesScatter.home();
    else return;
    event.preventDefault();
  }

  function grip(event) {
    drag = null;
    if (given.mode() !== "scatter" || event.button || !nodeOf(event.target, ".sheet")) return;
    drag = { x: event.clientX, y: event.clientY, moved: false };
  }
  function pull(event) {
    if (!drag || !event.buttons) return;
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    hide();
    placesScatter.move(dx, dy);
    drag = { x: event.clientX, y: event.clientY, moved: true };
  }
  function wheel(event) {
    const sheet = nodeOf(event.target, ".sheet");
    if (!sheet) return;
    event.preventDefault();
    hide();
    const { left, top } = box.querySelector("svg").getBoundingClientRect();
    placesScatter.zoom(Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top - placesScatter.HEAD);
  }

  function listen(into, words, how) {
    [box, tip, given] = [into, words, how];
    box.addEventListener("click", press);
    box.addEventListener("keydown", key);
    box.addEventListener("mouseover", hover);
    box.addEventListener("mouseleave", hide);
    box.addEventListener("focusin", hover);
    box.addEventListener("focusout", hide);
    box.addEventListener("pointerdown", grip);
    box.addEventListener("pointermove", pull);
    box.addEventListener("wheel", wheel, { passive: false });
  }
  // After a new picture: one element takes the tab key, and what had the focus has it again.
  function settle(drawn, mode, held) {
    hide();
    const same = held && drawn.querySelector(held.code ? `[data-code="${held.code}"]` : `[data-place="${held.place}"][role]`);
    const first = same ?? drawn.querySelector(mode === "tiles" ? "[aria-pressed=true].tile, .tile" : "[aria-pressed=true].dot") ?? drawn.querySelector(".dot[role]");
    first?.setAttribute("tabindex", 0);
    same?.focus({ preventScroll: true });
  }
  return { listen, settle };
})();
