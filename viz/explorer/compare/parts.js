// What all parts of a comparison are made of: headings with counts, lists that unfold, tables, the mark of a side.
"use strict";

const compareParts = (() => {
  const { element } = dom;
  const FEW = 12;

  const text = (found, side) => dom.cut(compareClaims.name(found[side]), 60);
  const side = (found, which) => element("span", { class: `name side-${which}` },
    comparePicker.sideMark(which), compareClaims.leads(found[which]));
  const quiet = (words) => element("p", { class: "quiet" }, words);

  // 12, or 3 / 12 where the filters stop some.
  const outOf = (passing, all) => (passing === all ? String(all) : `${passing} / ${all}`);
  const counted = (rows) => outOf(rows.filter((row) => row.passes).length, rows.length);

  // A part of the page; the note beside its heading tells how many there are, and of how many.
  const part = (id, title, note, ...children) => element("section", { class: `part ${id}`, "aria-label": dom.cut(title, 100) },
    element("h2", {}, dom.cut(title, 100), note ? element("span", { class: "quiet" }, note) : null), children);

  // All of them if the reader asked for it; else the first few and a button.
  function folded(key, rows, draw, few = FEW) {
    const open = state.list("compare.more"), isOpen = open.includes(key);
    const drawn = draw(isOpen ? rows : rows.slice(0, few));
    if (rows.length <= few) return [drawn];
    const turned = isOpen ? open.filter((each) => each !== key) : [...open, key];
    return [drawn, element("button", {
      type: "button", class: "more", "data-key": `more-${key}`, "aria-expanded": String(isOpen),
      onclick: () => state.set({ "compare.more": turned }, { replace: true }),
    }, isOpen ? say("收起", "Show fewer") : say(`全部 ${rows.length} 项`, `Show all ${rows.length}`))];
  }

  const heading = (cell) => element("th", { scope: "col" }, cell);
  // A table that scrolls in a box of its own; heads are rows of cells.
  const table = (caption, heads, lines) => element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    element("table", {}, element("caption", {}, caption), element("thead", {}, heads), element("tbody", {}, lines)));

  return { text, side, quiet, outOf, counted, part, folded, heading, table };
})();
