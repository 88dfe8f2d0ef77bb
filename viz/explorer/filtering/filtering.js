// The filter column: how much of the whole is shown, the active filters as chips, every option with what it would show of
// what it holds, and of how many places and years anything was read.
"use strict";

const filtering = (() => {
  const { at, element } = dom;
  let parts = [], head = null, chips = null, reach = null;

  function draw() {
    const { meta } = data;
    const { ticks, province, years, sure } = filteringFacets;
    const relation = (name) => (name === "Goal" ? words.relations(name) : words.links(name));
    parts = [
      ticks("kinds", say("种类", "Kinds"), meta.kinds, words.kinds, marks.icon),
      ticks("links", say("关系", "Relations"), filters.relations(), relation),
      ticks("levels", say("层级", "Levels"), meta.levels, words.levels),
      province(), years(),
      ticks("statuses", say("状态", "Status"), meta.statuses, words.statuses, (name) => element("span", { class: `dot status-${name || "unknown"}`, "aria-hidden": "true" })),
      ticks("genres", say("文种", "Genre"), meta.genres, words.genres),
      sure(),
    ];
    head = element("p", { class: "shown" });
    chips = element("ul", { class: "chips", "aria-label": say("已用的筛选", "Active filters") });
    reach = element("section", { class: "reach" });
    at("filters").replaceChildren(element("h2", {}, say("筛选", "Filters")), head, chips, ...parts.map(({ made }) => made).filter(Boolean), reach);
    refresh();
  }

  const total = () => {
    const { now, base } = filters.counts().claims;
    return say(`显示 ${now[0]} / ${base[0]} 条论断`, `showing ${now[0]} / ${base[0]} claims`);
  };

  // [[text, changes that take it off], …]
  function active() {
    const list = (key, word, title) => state.list(key).map((name) => [`${title}${say("：", ": ")}${word(name === "-" ? "" : name)}`, { [key]: state.list(key).filter((other) => other !== name) }]);
    const one = (key, text) => (state.get(key) ? [[text(state.get(key)), { [key]: "" }]] : []);
    const relation = (name) => (name === "Goal" ? words.relations(name) : words.links(name));
    const place = (iri) => (data.thing(iri) >= 0 ? dom.cut(data.things.name.at(data.thing(iri)), 30) : dom.cut(iri, 30));
    return [
      ...list("kinds", words.kinds, say("种类", "Kind")), ...list("links", relation, say("关系", "Relation")), ...list("levels", words.levels, say("层级", "Level")),
      ...one("province", place), ...one("since", (year) => say(`从 ${year} 年`, `from ${year}`)), ...one("until", (year) => say(`到 ${year} 年`, `to ${year}`)),
      ...one("undated", () => say("不看年份不详的", "without the undated")), ...list("statuses", words.statuses, say("状态", "Status")), ...list("genres", words.genres, say("文种", "Genre")),
      ...one("sure", (percent) => say(`置信度 ≥ ${percent}%`, `confidence ≥ ${percent}%`)),
    ];
  }
  // After a chip is taken off, the focus stands on the next one.
  function takeOff(changes, i) {
    state.set(changes);
    const left = chips.querySelectorAll("button");
    (left[Math.min(i, left.length - 1)] ?? at("filters").querySelector("input, select")).focus();
  }
  function drawChips() {
    const now = active();
    chips.replaceChildren(...now.map(([text, changes], i) => element("li", {}, element("button", {
      type: "button", class: "chip", "aria-label": say(`去掉筛选 ${text}`, `Remove the filter ${text}`), onclick: () => takeOff(changes, i),
    }, text, element("span", { "aria-hidden": "true" }, " ×")))));
    if (now.length) chips.append(element("li", {}, element("button", { type: "button", class: "clear", onclick: () => { filters.clear(); at("filters").querySelector("input, select").focus(); } }, say("全部清除", "Clear all"))));
    frame.filtersOn(now.length);
  }

  function drawReach() {
    const { places, years, pairs, files } = coverage.whole();
    const place = data.thing(state.get("chosen")), isPlace = place >= 0 && data.meta.kinds[data.things.kind[place]] === "Place";
    reach.replaceChildren(...[
      element("h3", {}, say("读到了什么", "What was read")),
      element("p", {}, say(`${files} 个文件；${places} 个地方，${years.length} 个年份`, `${files} files; ${places} places, ${years.length} years`),
        years.length ? say(`（${years[0]}–${years.at(-1)}）`, ` (${years[0]}–${years.at(-1)})`) : "", say(`，共 ${pairs} 组“地方 × 年份”。`, `; ${pairs} pairs of place and year.`)),
      isPlace ? element("p", { class: "of-place" }, dom.opens(place), say("：", ": "), coverage.inWords(place)) : null,
      isPlace ? coverage.strip(place) : null,
      element("p", { class: "warning" }, coverage.warning()),
    ].filter(Boolean));
  }

  function refresh() {
    const counts = filters.counts();
    head.textContent = total();
    parts.forEach((part) => part.refresh(counts));
    drawChips();
    drawReach();
  }
  function update(changed) {
    const own = filters.KEYS.some((key) => changed.has(key));
    if (own) { refresh(); dom.tell(total()); } else if (changed.has("chosen")) drawReach();
  }
  return { draw, update, active };
})();
