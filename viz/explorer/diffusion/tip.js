// A picture whose parts carry their words (aria-label) → the words in a small box beside the part under the pointer or in focus.
"use strict";

const diffusionTip = (() => {
  let box = null;

  function place(part) {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const x = Math.max(8, Math.min((left + right) / 2 - width / 2, innerWidth - width - 8));
    const y = top - height - 8 > 0 ? top - height - 8 : Math.min(bottom + 8, innerHeight - height - 8);
    box.style.left = `${x}px`;
    box.style.top = `${y}px`;
  }
  function show(part) {
    box ??= dom.element("div", { id: "diffusion-tip", "aria-hidden": "true" });
    if (!box.isConnected) document.body.append(box);
    const [first, ...rest] = part.getAttribute("aria-label").split("\n");
    box.replaceChildren(dom.element("strong", {}, dom.cut(first, 300)), ...rest.map((one) => dom.element("span", {}, dom.cut(one, 300))));
    box.hidden = false;
    place(part);
  }
  const hide = () => { if (box) box.hidden = true; };

  function over(picture) {
    const part = (event) => event.target.closest("[data-tip]");
    const follow = (event) => (part(event) ? show(part(event)) : hide());
    picture.addEventListener("pointerover", follow);
    picture.addEventListener("pointerleave", hide);
    picture.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) follow(event); });
    picture.addEventListener("focusout", hide);
    picture.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    return picture;
  }
  return { over, hide };
})();
