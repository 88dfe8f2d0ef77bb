// The parts of the filter column, each made once and then kept up to date: facet() gives {made, refresh}.
"use strict";

const filteringFacets = (() => {
  const { element } = dom;
  const count = () => element("span", { class: "count" });
  // Without a filter all are shown: one number is enough.
  const told = (now, base) => (filters.isOn() ? `${now} / ${base}` : `${base}`);
  const counted = (made, now, base) => { made.textContent = told(now, base); };
  const token = (name) => name || "-";

  // A box for each option that occurs; none ticked: all of them.
  function ticks(key, title, names, word, icon) {
    const base = filters.counts()[key].base;
    const rows = names.map((name, i) => ({ name, i, number: count() })).filter(({ i }) => base[i]);
    for (const row of rows) {
      row.box = element("input", { type: "checkbox", value: token(row.name), onchange: () => {
        state.set({ [key]: rows.filter(({ box }) => box.checked).map(({ name }) => token(name)) });
      } });
      row.label = element("label", { class: "tick" }, row.box, icon ? icon(row.name) : null, element("span", { class: "option" }, word(row.name)), row.number);
    }
    if (rows.length < 2) return { made: null, refresh() {} };
    return {
      made: element("fieldset", { "data-filter": key }, element("legend", {}, title), rows.map(({ label }) => label)),
      refresh(counts) {
        const on = state.list(key);
        for (const { name, i, box, number, label } of rows) {
          box.checked = on.includes(token(name));
          counted(number, counts[key].now[i], base[i]);
          label.classList.toggle("none", !counts[key].now[i]);
        }
      },
    };
  }

  // A choice of one: options [[value, text, now, base], …] are written anew at each refresh.
  function choice(id, title, key, options) {
    const select = element("select", { id, onchange: () => state.set({ [key]: select.value }) });
    return {
      made: [element("label", { for: id, class: "named" }, title), select],
      refresh(counts) {
        select.replaceChildren(...options(counts).map(([value, text]) => element("option", { value }, text)));
        select.value = state.get(key);
      },
    };
  }

  function province() {
    const { things } = data;
    const { base } = filters.counts().province;
    const rows = [...base.keys()].filter((thing) => base[thing]).sort((a, b) => (things.code.at(a) < things.code.at(b) ? -1 : 1));
    if (!rows.length) return { made: null, refresh() {} };
    const { made, refresh } = choice("filter-province", say("省份", "Province"), "province", (counts) => [["", say("全部省份", "All provinces")],
      ...rows.map((thing) => [things.iri.at(thing), `${dom.cut(things.name.at(thing), 30)}　${told(counts.province.now[thing], base[thing])}`])]);
    return { made: element("div", { class: "filter", "data-filter": "province" }, made), refresh };
  }

  // From one year to another, with or without the undated.
  function years() {
    const { base } = filters.counts().years;
    const all = [...base.keys()].filter((year) => year && base[year]);
    const list = (first) => (counts) => [["", first], ...all.map((year) => [String(year), `${year}　${told(counts.years.now[year], base[year])}`])];
    const since = choice("filter-since", say("从", "From"), "since", list(say("最早", "first"))), until = choice("filter-until", say("到", "To"), "until", list(say("最近", "last")));
    const number = count(), box = element("input", { type: "checkbox", id: "filter-undated", onchange: () => state.set({ undated: box.checked ? "" : "no" }) });
    return {
      made: element("fieldset", { "data-filter": "years" }, element("legend", {}, say("年份", "Years")),
        element("div", { class: "pair" }, since.made, until.made),
        base[0] ? element("label", { class: "tick" }, box, element("span", { class: "option" }, say("也看年份不详的", "also the undated")), number) : null),
      refresh(counts) {
        since.refresh(counts);
        until.refresh(counts);
        box.checked = state.get("undated") !== "no";
        counted(number, counts.years.now[0], base[0]);
      },
    };
  }

  // Only claims of at least this confidence; dragging moves the figure, letting go sets the filter.
  function sure() {
    const { base } = filters.counts().sure;
    const least = Math.max(0, Math.min(95, Math.floor(base.findIndex(Boolean) / 5) * 5));
    const output = element("output", { for: "filter-sure", class: "count" });
    const range = element("input", { type: "range", id: "filter-sure", min: least, max: 100, step: 1, oninput: () => show(filters.counts()), onchange: () => state.set({ sure: Number(range.value) > least ? range.value : "" }) });
    const above = (tallies) => tallies.reduce((sum, n, percent) => sum + (percent >= Number(range.value) ? n : 0), 0);
    function show(counts) {
      range.setAttribute("aria-valuetext", `≥ ${range.value}%`);
      output.textContent = `≥ ${range.value}%  ·  ${above(counts.sure.now)} / ${data.claims.rows}`;
    }
    return {
      made: element("div", { class: "filter", "data-filter": "sure" }, element("label", { for: "filter-sure", class: "named" }, say("置信度不低于", "Confidence at least")), range, output),
      refresh(counts) { range.value = state.get("sure") || least; show(counts); },
    };
  }

  return { ticks, province, years, sure };
})();
