// No programme is chosen: what this graph is, what was read, and the programmes as rows, those with most adopters first.
"use strict";

const diffusionStart = (() => {
  const { element, svg } = dom;
  const FIRST_ROWS = 25;
  const ORDERS = {
    "": ["采纳者多的在前", "most adopters", (a, b) => b.passing - a.passing || b.adopters - a.adopters || a.from - b.from],
    first: ["最早的在前", "first year", (a, b) => (a.from || 9999) - (b.from || 9999) || b.passing - a.passing],
    name: ["按名称", "name", () => 0],
  };
  let summary = null, known = null, lang = "";

  const isExact = (row) => data.adoptions.lower[row] && data.adoptions.upper[row] - data.adoptions.lower[row] <= 1;
  // 昌乐县等 7 地 2015: the places of the earliest upper year, one that names its year in front.
  function earliest(dated) {
    if (!dated.length) return "";
    const { upper, place } = data.adoptions, year = Math.min(...dated.map((row) => upper[row]));
    const leading = dated.filter((row) => upper[row] === year), front = leading.find(isExact) ?? leading[0];
    const more = leading.length - 1, name = diffusionFacts.placeName(place[front]);
    return `${name}${more ? say(`等 ${more + 1} 地`, ` and ${more} more`) : ""}${say("，", ", ")}${isExact(front) ? "" : "≤"}${year}`;
  }
  function summarised([program, rows]) {
    const { adoptions, things } = data, pass = filters.now().adoptions;
    const one = { program, name: things.name.at(program), adopters: rows.length, passing: 0, from: 0, to: 0, years: new Map(),
      levels: new Map() };
    for (const row of rows) {
      if (!pass[row]) continue;
      const year = adoptions.upper[row], level = things.level[adoptions.place[row]];
      one.passing++;
      one.levels.set(level, (one.levels.get(level) ?? 0) + 1);
      if (!year) continue;
      const at = one.years.get(year) ?? { exact: 0, bound: 0 };
      at[isExact(row) ? "exact" : "bound"]++;
      one.years.set(year, at);
    }
    one.earliest = earliest(rows.filter((row) => pass[row] && adoptions.upper[row]));
    [one.from, one.to] = one.years.size ? [Math.min(...one.years.keys()), Math.max(...one.years.keys())] : [0, 0];
    return one;
  }
  function summaries() {
    if (summary && known === filters.now() && lang === state.get("lang")) return summary;
    [known, lang] = [filters.now(), state.get("lang")];
    const collator = new Intl.Collator("zh");
    return (summary = [...diffusionFacts.programs()].map(summarised).sort((a, b) => collator.compare(a.name, b.name)));
  }
  function matches(one, sought) {
    if (!sought) return true;
    const { name, aliases, initials } = data.things;
    const text = `${name.at(one.program)}\n${aliases.at(one.program)}\n${initials.at(one.program)}`.toLowerCase();
    return sought.toLowerCase().split(/\s+/).every((word) => searchScript.forms(word).some((form) => text.includes(form)));
  }
  function listed() {
    const order = ORDERS[state.get("diffusion.sort")] ?? ORDERS[""];
    return summaries().filter((one) => one.passing && matches(one, state.get("diffusion.q"))).sort(order[2]);
  }

  // What the graph is ---------------------------------------------------------------------------------------------------
  function coverage() {
    const { read, sources } = data, years = new Map();
    for (let r = 0; r < read.rows; r++) years.set(read.year[r], (years.get(read.year[r]) ?? new Set()).add(read.place[r]));
    const files = new Set(Array.from({ length: sources.rows }, (_, s) => sources.file.at(s)));
    return { files: files.size, places: new Set(read.place).size, years };
  }
  function figure(number, zh, en) {
    return element("div", {}, element("dt", {}, say(zh, en)), element("dd", {}, number));
  }
  function told({ files, places, years }) {
    const span = years.size ? [Math.min(...years.keys()), Math.max(...years.keys())] : null;
    const one = (number) => number.toLocaleString("en");
    return element("dl", { class: "figures" },
      figure(one(files), "读到的文件", "documents read"), figure(one(places), "有文件的地方", "places read"),
      figure(span ? (span[0] === span[1] ? `${span[0]}` : `${span[0]}–${span[1]}`) : "—", "文件年份", "years covered"),
      figure(one(diffusionFacts.programs().size), "被采纳的政策项目", "programmes"),
        figure(one(data.claims.rows), "论断（各有原句）", "claims with sentences"));
  }
  function readYears({ years }) {
    if (!years.size) return element("p", { class: "quiet" }, say("没有一份文件同时带有地方和年份。", "No document has both a place and a year."));
    const from = Math.min(...years.keys()), to = Math.max(...years.keys());
    const bars = new Map([...years].map(([year, some]) => [year, { exact: some.size, bound: 0 }]));
    const missing = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((year) => !years.has(year));
    return element("p", { class: "coverage" },
      spark(bars, from, to, Math.max(...[...years.values()].map((some) => some.size)), say("每年读到文件的地方数", "places read per year")),
      element("span", {}, say("每年读到文件的地方数，", "places read per year, "), `${from}–${to}`, say("。", ". "),
        missing.length && missing.length < 8 ? say(`${missing.join("、")}年没有文件。`, `None of ${missing.join(", ")}. `) : "",
        say("没有读到的地方和年份，不等于没有采纳。", "A place or year that was not read may still have adopted.")));
  }

  // Adoptions per year as bars: full where the year is known, pale where it is only an upper bound.
  function spark(years, from, to, most, label) {
    const width = 132, height = 22, scale = diffusionScales.years(from, to, 0, width), bar = Math.max(1, Math.min(scale.step - 1, 9));
    const drawn = [...years].sort(([a], [b]) => a - b).map(([year, { exact, bound }]) => {
      const tall = (n) => (n ? Math.max(2, (n / most) * (height - 3)) : 0), x = scale.at(year) - bar / 2;
      const full = tall(exact), all = tall(exact + bound);
      return [svg("rect", { x, width: bar, y: height - 1 - all, height: all - full, fill: "var(--place)", opacity: 0.55 }),
        svg("rect", { x, width: bar, y: height - 1 - full, height: full, fill: "var(--place)" })];
    });
    return svg("svg", { class: "spark", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
      diffusionScales.line(0, height - 0.5, width, height - 0.5), drawn);
  }

  // The programmes ------------------------------------------------------------------------------------------------------
  const levelsOf = (one) => diffusionFacts.LEVELS.map((level) => [level,
    one.levels.get(data.meta.levels.indexOf(level))]).filter(([, n]) => n);
  function row(one, from, to, most) {
    const years = one.from ? (one.from === one.to ? `${one.from}` : `${one.from}–${one.to}`) : say("不详", "unknown");
    const levels = levelsOf(one).map(([level, n]) => [element("span", {}, `${words.levels(level)} ${n}`), " "]);
    const count = filters.isOn() ? `${one.passing} / ${one.adopters}` : `${one.adopters}`;
    const label = say(`每年的采纳者：${[...one.years].sort(([a], [b]) => a - b).map(([y, n]) => `${y}年${n.exact + n.bound}个`).join("，") || "没有年份"}`,
      `adopters per year: ${[...one.years].sort(([a], [b]) => a - b).map(([y, n]) => `${y}: ${n.exact + n.bound}`).join(", ") || "no year"}`);
    const changes = { view: "diffusion", program: data.things.iri.at(one.program), year: "", "diffusion.q": "" };
    return element("tr", { "data-program": data.things.iri.at(one.program),
      onclick: (event) => { event.preventDefault(); state.set(changes); } },
      element("th", { scope: "row" }, element("a", { href: state.link(changes), class: "name" }, dom.named(one.name, 60)),
        element("span", { class: "earliest quiet" }, dom.named(one.earliest, 80))),
      element("td", { class: "number" }, count), element("td", { class: "years" }, years),
      element("td", { class: "sparks" }, spark(one.years, from, to, most, label)), element("td", { class: "levels quiet" }, levels));
  }
  function table(shown, all) {
    const dated = summaries().filter((one) => one.from);
    const from = Math.min(...dated.map((one) => one.from)), to = Math.max(...dated.map((one) => one.to));
    const most = Math.max(1, ...all.map((one) => Math.max(0, ...[...one.years.values()].map((n) => n.exact + n.bound))));
    const heads = [["政策项目，最早的记录", "Programme, earliest record"], ["采纳者", "Adopters"], ["首末年份", "First–last"], ["", ""], ["层级", "Levels"]];
    const axis = element("span", { class: "axis" }, element("span", {}, `${from}`), element("span", {}, say("每年", "per year")),
      element("span", {}, `${to}`));
    return element("table", { class: "programs" },
      element("caption", { class: "quiet" },
      say("年份取每个采纳者的上限；淡色的柱仅知上限。", "Years are each adopter's upper bound; pale bars are known by that bound only.")),
      element("thead", {}, element("tr", {},
        heads.map((head, i) => element("th", { scope: "col" }, i === 3 && dated.length ? axis : say(...head))))),
      element("tbody", {}, shown.map((one) => row(one, from, to, most))));
  }
  function fill(box) {
    const all = listed(), total = diffusionFacts.programs().size;
    const shown = state.get("diffusion.all") ? all : all.slice(0, FIRST_ROWS);
    const more = all.length - shown.length;
    const isNarrowed = all.length !== total;
    box.replaceChildren(
      element("p", { class: "quiet told" },
        isNarrowed ? say(`${all.length} / ${total} 个政策项目`, `${all.length} / ${total} programmes`) : say(`${total} 个政策项目`,
        `${total} programmes`)),
      all.length ? table(shown, all) : element("p", {}, say("没有符合的政策项目。", "No programme matches.")),
      more ? element("button", { type: "button", class: "more", onclick: () => state.set({ "diffusion.all": "yes" }, { replace: true }) },
        say(`显示全部 ${all.length} 个`, `Show all ${all.length}`)) : "");
  }
  function controls() {
    const sort = (key) => element("button",
      { type: "button", "data-sort": key || "adopters", "aria-pressed": String((state.get("diffusion.sort") || "") === key),
      onclick: () => state.set({ "diffusion.sort": key }, { replace: true }) }, say(...ORDERS[key]));
    return element("div", { class: "controls" },
      element("label", {}, say("找政策项目", "Find a programme"),
        element("input", { type: "search", id: "diffusion-q", value: state.get("diffusion.q"),
        placeholder: say("名称、别名或拼音首字母", "name, alias or pinyin initials"),
        oninput: (event) => state.set({ "diffusion.q": event.target.value }, { replace: true }) })),
      element("div", { class: "switch", role: "group", "aria-label": say("排序", "Sort") }, Object.keys(ORDERS).map(sort)));
  }

  function draw(box) {
    const read = coverage(), list = element("div", { class: "list" });
    box.replaceChildren(element("div", { class: "start" },
      element("h2", {}, say("谁先采纳了什么政策，依据哪句话", "Who adopted which policy first, by which sentence")),
      element("p", { class: "lead" }, say("从读到的政策文件里，每一条都能回到原句。先选一个政策项目，看它何时、在哪里、经谁扩散。",
        "Read from policy documents; every statement leads back to its sentence. Choose a programme to see when, where and after whom it spread.")),
      told(read), readYears(read), controls(), list));
    fill(list);
  }
  function update(box, changed) {
    if (![...changed].some((key) => ["diffusion.q", "diffusion.sort", "diffusion.all"].includes(key))) return;
    for (const button of box.querySelectorAll("[data-sort]")) {
      button.setAttribute("aria-pressed", String(button.dataset.sort === (state.get("diffusion.sort") || "adopters")));
    }
    const field = box.querySelector("#diffusion-q");
    if (field.value !== state.get("diffusion.q")) field.value = state.get("diffusion.q");
    fill(box.querySelector(".list"));
    dom.tell(box.querySelector(".told").textContent);
  }
  function rows() {
    const all = listed();
    return {
      name: say("政策项目", "programmes"),
      columns: [["program", "政策项目", "Programme"], ["adopters", "采纳者", "Adopters"],
        ["passing", "符合筛选的采纳者", "Adopters that pass the filters"],
        ["first", "最早年份", "First year"], ["last", "最晚年份", "Last year"], ["earliest", "最早的记录", "Earliest record"], ["levels", "层级", "Levels"]],
      open: (row) => ({ chosen: data.things.iri.at(all[row].program), claim: "" }),
      rows: all.map((one) => [one.name, one.adopters, one.passing, one.from || "", one.to || "", one.earliest,
        levelsOf(one).map(([level, n]) => `${words.levels(level)} ${n}`).join(" · ")]),
    };
  }
  return { draw, update, rows };
})();
