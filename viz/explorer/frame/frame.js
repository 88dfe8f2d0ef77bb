// The frame on narrow pages: the filters behind a button, the panel as a sheet over the stage, the row of tabs scrolled to
// the present one. On wide pages all stand side by side.
"use strict";

const frame = (() => {
  const { at, element } = dom;
  const width = matchMedia("(max-width: 900px)");
  const button = () => at("filters-open");
  let count = 0;

  function fold(open) {
    at("filters").classList.toggle("open", open);
    button().setAttribute("aria-expanded", String(open));
  }
  function label() {
    button().replaceChildren(say("筛选", "Filters"), count ? element("span", { class: "badge" }, ` ${count}`) : "");
    button().setAttribute("aria-label", count ? say(`筛选，${count} 项在用`, `Filters, ${count} active`) : say("筛选", "Filters"));
  }
  function draw() {
    label();
    at("help").setAttribute("aria-label", say("键盘与帮助", "Keys and help"));
    at("help").title = say("键盘与帮助 (?)", "Keys and help (?)");
    at("skip").onclick = (event) => { event.preventDefault(); at("stage").focus(); };
    scrollTabs();
  }
  // Sideways only: the page itself stays where it is.
  function scrollTabs() {
    const now = at("tabs").querySelector("[aria-current]");
    if (now) at("tabs").scrollLeft = now.offsetLeft - at("tabs").offsetLeft - (at("tabs").clientWidth - now.offsetWidth) / 2;
  }

  function escaped(event) {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const { activeElement: focus } = document;
    if (at("filters").classList.contains("open") && (at("filters").contains(focus) || focus === button())) { fold(false); button().focus(); }
    else if (evidence.isOpen() && (at("panel").contains(focus) || width.matches)) evidence.close();
  }

  at("filters-open").addEventListener("click", () => {
    const open = !at("filters").classList.contains("open");
    fold(open);
    if (open) at("filters").querySelector("input, select, button")?.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", escaped);

  return {
    draw,
    update(changed) { if (changed.has("view")) scrollTabs(); },
    narrow: () => width.matches,
    sheet: (open) => document.documentElement.classList.toggle("sheet-open", open),
    filtersOn(n) { count = n; label(); },
  };
})();
