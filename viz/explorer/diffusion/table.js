// The adopters of a programme → a table with the sentence behind each; a row opens its evidence in the panel.
"use strict";

const diffusionTable = (() => {
  const { element } = dom;
  const FIRST_ROWS = 60, MORE_ROWS = 200;
  const collator = new Intl.Collator("zh");
  const province = (one) => (one.province >= 0 ? data.things.name.at(one.province) : "");
  const byName = (text) => (a, b) => collator.compare(text(a), text(b));
  const COLUMNS = {
    place: ["地方", "Place", (one) => one.name, byName((one) => one.name)],
    level: ["层级", "Level", (one) => words.levels(one.level),
      (a, b) => diffusionFacts.LEVELS.indexOf(a.level) - diffusionFacts.LEVELS.indexOf(b.level)],
    province: ["省级行政区", "Province", province, byName(province)],
    year: ["年份", "Year", (one) => diffusionWords.year(one), (a, b) => (a.upper || 9999) - (b.upper || 9999) || b.lower - a.lower],
    status: ["状态", "Status", (one) => words.statuses(one.status), (a, b) => a.statusAt - b.statusAt],
    dated: ["年份依据", "The year rests on", (one) => diffusionWords.dated(one.dated), byName((one) => diffusionWords.dated(one.dated))],
    sentence: ["原句", "Sentence", (one) => (one.claim >= 0 ? diffusionWords.sentence(one.claim) : ""), null],
    file: ["文件", "File", (one) => (one.claim >= 0 ? diffusionWords.file(one.claim) : ""),
      byName((one) => (one.claim >= 0 ? diffusionWords.file(one.claim) : ""))],
  };

  const GROUPS = [["place", "level", "province"], ["year", "dated"], ["status"], ["sentence", "file"]]; // that share a column on the page

  const order = () => (state.get("diffusion.table") || "year");
  function sorted(adopters) {
    const key = order().replace(/^-/, ""), compare = COLUMNS[key]?.[3] ?? COLUMNS.year[3], side = order().startsWith("-") ? -1 : 1;
    return [...adopters].sort((a, b) => side * compare(a, b) || a.row - b.row);
  }
  function sortButton(key) {
    const [zh, en, , compare] = COLUMNS[key], down = order().startsWith("-"), isNow = order().replace(/^-/, "") === key;
    if (!compare) return element("span", {}, say(zh, en));
    const next = isNow && !down ? `-${key}` : key;
    return element("button", { type: "button", "data-column": key, class: isNow ? "now" : null,
      onclick: () => state.set({ "diffusion.table": next === "year" ? "" : next }, { replace: true }) }, say(zh, en),
        isNow ? (down ? " ↓" : " ↑") : "");
  }
  function head(keys) {
    const isHere = keys.includes(order().replace(/^-/, ""));
    return element("th", { scope: "col", role: "columnheader", "aria-sort": isHere ? (order().startsWith("-") ? "descending" : "ascending") : null },
      keys.map((key) => [sortButton(key), " "]));
  }
  const opened = (one) => ({ chosen: data.things.iri.at(one.place), claim: one.claim >= 0 ? data.claims.id.at(one.claim) : "" });
  // The roles are told, for on a narrow screen the parts of the table are laid out as blocks.
  function row(one) {
    const text = (key) => COLUMNS[key][2](one),
      below = (...keys) => element("div", { class: "quiet" }, dom.named(keys.map(text).filter(Boolean).join(" · "), 120));
    return element("tr", { role: "row", class: one.passes ? null : "faded", "data-place": data.things.iri.at(one.place), onclick: () => state.set(opened(one)) },
      element("th", { scope: "row", role: "rowheader" }, element("button", { type: "button", class: "goto" }, dom.named(one.name, 60)),
        below("level", "province")),
      element("td", { role: "cell" }, element("span", { class: "number" }, text("year")), below("dated")),
      element("td", { role: "cell" }, text("status")),
      element("td", { role: "cell", class: "sentence" }, dom.named(text("sentence"), 220), below("file")));
  }
  function draw(box, facts, most = FIRST_ROWS) {
    const all = sorted(facts.adopters), focused = document.activeElement?.closest?.("[data-column]")?.dataset.column;
    const more = all.length - most;
    box.replaceChildren(
      element("div", { class: "scroll" }, element("table", { class: "adopters", role: "table" },
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, GROUPS.map(head))),
        element("tbody", { role: "rowgroup" }, all.slice(0, most).map(row)))),
      more > 0 ? element("button", { type: "button", class: "more",
        onclick: () => { draw(box, facts, most + MORE_ROWS); play(box, facts, Number(state.get("year")) || 0); } },
        say(`再显示 ${Math.min(more, MORE_ROWS)} 行（共 ${all.length} 行）`, `Show ${Math.min(more, MORE_ROWS)} more of ${all.length} rows`)) : "");
    if (focused) box.querySelector(`[data-column="${focused}"]`)?.focus();
  }
  function play(box, { adopters }, year) {
    const later = new Set(adopters.filter((one) => year && one.upper > year).map((one) => data.things.iri.at(one.place)));
    for (const one of box.querySelectorAll("tbody tr")) one.classList.toggle("future", later.has(one.dataset.place));
  }
  function choose(box, iri) {
    for (const one of box.querySelectorAll("tbody tr")) one.classList.toggle("chosen", one.dataset.place === iri);
  }
  function rows(facts) {
    const keys = Object.keys(COLUMNS), all = sorted(facts.passing);
    return {
      name: say(`${facts.name} 的采纳者`, `adopters of ${facts.name}`),
        columns: [["program", "政策项目", "Programme"], ...keys.map((key) => [key, COLUMNS[key][0], COLUMNS[key][1]]), ["id", "地方标识", "Place id"]],
      open: (row) => opened(all[row]),
      rows: all.map((one) => [facts.name, ...keys.map((key) => COLUMNS[key][2](one)), data.things.iri.at(one.place)]),
    };
  }
  return { draw, play, choose, rows };
})();
