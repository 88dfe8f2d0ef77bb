// The adopters of a programme → a table of places and years: what is known of each year, level by level or by province.
"use strict";

const diffusionMatrix = (() => {
  const { element } = dom;
  const FIRST_ROWS = 60, MORE_ROWS = 200;
  const FADE = 4; // years over which an open end fades out
  const CODES = "~"; // behind all codes

  // Rows ----------------------------------------------------------------------------------------------------------------
  // Places of which something was read and that are not known to have adopted.
  function silentPlaces(facts) {
    if (!state.get("diffusion.read")) return [];
    const adopting = new Set(facts.adopters.map((one) => one.place));
    return [...diffusionFacts.read().keys()].filter((place) => !adopting.has(place)).map((place) => ({
      place, name: diffusionFacts.placeName(place), level: data.meta.levels[data.things.level[place]],
        province: data.things.province[place],
      upper: 0, lower: 0, claims: [], claim: -1, row: -1, passes: true,
    }));
  }
  function groupOf(one) {
    if (!state.get("diffusion.rows")) return [diffusionFacts.LEVELS.indexOf(one.level), words.levels(one.level)];
    if (one.level === "Nation") return ["", words.levels("Nation")];
    return one.province >= 0 ? [data.things.code.at(one.province) || CODES, data.things.name.at(one.province)] : [CODES + CODES,
      say("不在某省", "no province")];
  }
  const inOrder = (a, b) => (a.row < 0) - (b.row < 0) || (a.upper || 9999) - (b.upper
    || 9999) || b.lower - a.lower || (a.row - b.row) || a.place - b.place;
  function groups(facts) {
    const found = new Map();
    for (const one of [...facts.adopters, ...silentPlaces(facts)]) {
      const [key, name] = groupOf(one);
      if (!found.has(key)) found.set(key, { key, name, rows: [] });
      found.get(key).rows.push(one);
    }
    for (const group of found.values()) group.rows.sort(inOrder);
    return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  // Cells ---------------------------------------------------------------------------------------------------------------
  // Year → the earliest claim of this place in it, besides the one that the adoption rests on.
  function again(one) {
    const found = new Map();
    for (const claim of one.claims) if (data.claims.year[claim] && !found.has(data.claims.year[claim])) found.set(data.claims.year[claim],
      claim);
    return found;
  }
  const quoted = (claim) => (claim >= 0 ? `\n${dom.cut(diffusionWords.sentence(claim), 160)}` : "");
  // What is known of this place in this year, in words; `later` is a claim of the year besides the dating one, or nothing.
  function told(one, year, later, read) {
    const here = (zh, en) => say(`${one.name} ${year}：${zh}`, `${one.name} ${year}: ${en}`);
    if (one.upper === year) return diffusionWords.adopter(one) + quoted(one.claim);
    if (later !== undefined) {
      const status = words.statuses(data.meta.statuses[data.claims.status[later]]);
      return here(`又写到（${status}）`, `told of again (${status})`) + quoted(later);
    }
    if (year === one.silent) return here("读过文件，只字未提", "read, not a word of it");
    if (read) return here(`读过 ${read} 份文件，没有采纳它的句子`, `${read} document${read === 1 ? "" : "s"} read, no sentence that adopts it`);
    const isPossible = one.upper && year < one.upper && (!one.lower || year > one.lower), range = diffusionWords.year(one);
    if (isPossible) return here(`可能已采纳（${range}），该年没有读到文件`, `may have adopted by then (${range}); nothing of this year was read`);
    return here("没有读到文件", "nothing was read");
  }
  function adopted(one, from) {
    const open = !one.lower, columns = Math.min(open ? FADE : one.upper - one.lower - 1, one.upper - from);
    const reach = columns > 0 && !one.exact ? element("span", { class: open ? "reach open" : "reach" }) : "";
    if (reach) reach.style.setProperty("--years", columns);
    return [reach, element("span", { class: one.exact ? "box exact" : "box" }, diffusionWords.letter(one.status))];
  }
  const openAt = (one, claim) => () => state.set({ chosen: data.things.iri.at(one.place),
    claim: claim >= 0 ? data.claims.id.at(claim) : "" });

  function cell(one, year, from, later, read) {
    const here = one.upper === year, claim = here ? one.claim : later;
    const ticked = read ? (year === one.silent ? "read silent" : "read") : "";
    const kind = here ? `adopted is-${one.status || "none"}` : later !== undefined ? "again" : ticked;
    return element("td", { class: kind || null, "data-year": year, "data-stop": "", "data-tip": "", tabindex: "-1",
      "aria-label": told(one, year, later, read),
      onclick: openAt(one, claim ?? -1) }, here ? adopted(one, from) : "");
  }
  function undatedCell(one) {
    const here = one.row >= 0 && !one.upper, isAdopter = one.row >= 0;
    const otherwise = isAdopter ? say("有年份", "has a year") : say("未见采纳", "not known to have adopted");
    return element("td", { class: here ? `adopted is-${one.status || "none"}` : null, "data-year": "0", "data-stop": "", tabindex: "-1",
      "data-tip": here ? "" : null, "aria-label": here ? diffusionWords.adopter(one) : otherwise, onclick: openAt(one, one.claim) },
      here ? element("span", { class: "box" }, diffusionWords.letter(one.status)) : "");
  }
  function line(one, { from, to }, hasUndated) {
    const later = again(one), read = diffusionFacts.read().get(one.place), cells = [];
    for (let year = from; year <= to; year++) cells.push(cell(one, year, from, later.get(year), read?.get(year)));
    return element("tr", { class: one.passes ? null : "faded", "data-place": data.things.iri.at(one.place),
      "data-adopter": one.row >= 0 ? "" : null },
      element("th", { scope: "row", "data-stop": "", tabindex: "-1", onclick: openAt(one, -1) }, dom.named(one.name, 30)), cells,
        hasUndated ? undatedCell(one) : "");
  }

  // The table -----------------------------------------------------------------------------------------------------------
  function heads({ from, to }, wide, hasUndated) {
    const labelled = new Set(diffusionScales.labelled(from, to, wide)), years = [];
    for (let year = from; year <= to; year++) years.push(element("th", { scope: "col", "data-year": year, "aria-label": `${year}` },
      year > from && labelled.has(year) ? element("span", {}, `${year}`) : ""));
    return element("thead", {}, element("tr", {}, element("td", { class: "corner" }), years,
      hasUndated ? element("th", { scope: "col", class: "unknown" }, say("不详", "?")) : ""));
  }
  function bodies(facts, most, hasUndated) {
    let left = most;
    return groups(facts).map((group) => {
      const shown = group.rows.slice(0, Math.max(0, left));
      left -= group.rows.length;
      const adopters = group.rows.filter((one) => one.row >= 0), passing = adopters.filter((one) => one.passes);
      const count = !adopters.length ? "" : filters.isOn() ? `${passing.length} / ${adopters.length}` : `${adopters.length}`;
      return element("tbody", {}, element("tr", { class: "group" },
        element("th", { colspan: facts.to - facts.from + 2 + hasUndated, scope: "rowgroup" }, group.name, " ",
        element("span", { class: "quiet" }, count))),
        shown.map((one) => line(one, facts, hasUndated)));
    });
  }
  function move(table) {
    return (part, key) => {
      const row = part.parentElement, at = [...row.children].indexOf(part);
      const rows = [...table.querySelectorAll("tbody tr:not(.group)")], y = rows.indexOf(row);
      if (key === "ArrowUp" || key === "ArrowDown") return rows[y + (key === "ArrowUp" ? -1 : 1)]?.children[at];
      const x = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: row.children.length - 1 }[key];
      return row.children[x];
    };
  }
  function drawn(facts, width, most = FIRST_ROWS) {
    const hasUndated = facts.adopters.some((one) => !one.upper), years = facts.to - facts.from + 1 + hasUndated;
    const wide = Math.max(15, Math.min(44, (width - (width < 460 ? 94 : 132)) / years));
    const table = element("table", { class: "matrix", role: "grid", "aria-label": say("采纳者与年份", "Adopters by year") },
      heads(facts, wide, hasUndated), bodies(facts, most, hasUndated));
    table.style.setProperty("--cell", `${wide}px`);
    table.style.setProperty("--columns", years);
    return diffusionTip.over(diffusionKeys.roving(table, move(table)));
  }
  function draw(box, facts, width) {
    if (!facts.from) return box.replaceChildren(element("p", { class: "quiet" }, say("没有带年份的采纳。", "No adoption has a year.")));
    const scroll = element("div", { class: "scroll" }), button = element("button", { type: "button", class: "more" });
    const total = facts.adopters.length + silentPlaces(facts).length;
    const show = (most) => {
      scroll.replaceChildren(drawn(facts, width, most));
      button.hidden = total <= most;
      button.textContent = say(`再显示 ${Math.min(MORE_ROWS, total - most)} 行（共 ${total} 行）`,
        `Show ${Math.min(MORE_ROWS, total - most)} more of ${total} rows`);
      button.onclick = () => { show(most + MORE_ROWS); play(box, Number(state.get("year")) || 0); };
    };
    show(FIRST_ROWS);
    box.replaceChildren(scroll, button);
  }
  // What lies after the year is pale; 0: nothing does.
  function play(box, year) {
    for (const part of box.querySelectorAll("td[data-year]")) part.classList.toggle("future", year > 0 && Number(part.dataset.year) > year);
    for (const head of box.querySelectorAll("thead [data-year]")) head.classList.toggle("now", Number(head.dataset.year) === year);
  }
  function choose(box, iri) {
    for (const row of box.querySelectorAll("tr[data-place]")) row.classList.toggle("chosen", row.dataset.place === iri);
  }
  return { draw, play, choose, groups, again, FADE };
})();
