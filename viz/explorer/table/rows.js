// The state → the rows of the table that pass, in their order: {set, rows, base}; base counts them before any restriction.
"use strict";

const tableRows = (() => {
  const collator = new Intl.Collator("zh", { numeric: true });
  const KEYS = ["table.of", "table.relation", "table.source", "table.only", "table.words", "table.view", "sort", "lang", ...filters.KEYS];
  const texts = new Map(); // which table, in which language → its rows as one text each, as far as they were asked for
  let known = { key: null };

  const sorted = () => { const sort = state.get("sort"); return { id: sort.replace(/^-/, ""), sign: sort.startsWith("-") ? -1 : 1 }; };

  // Numbers before texts, the empty last in both directions; what is equal keeps its order.
  function inOrder(rows, column, sign) {
    const key = column.key ?? column.value;
    const keys = new Map(rows.map((row) => [row, key(row)]));
    const words = [...new Set(keys.values())].filter((value) => typeof value === "string" && value).sort(collator.compare);
    const ranks = new Map(words.map((word, i) => [word, i]));
    const weight = (row) => { const value = keys.get(row); return typeof value === "number" ? value : ranks.get(value); };
    const isText = (row) => (typeof keys.get(row) === "number" ? 0 : 1);
    const filled = rows.filter((row) => keys.get(row) !== "");
    filled.sort((a, b) => sign * (isText(a) - isText(b) || weight(a) - weight(b)));
    return filled.concat(rows.filter((row) => keys.get(row) === ""));
  }
  function textOf(set) {
    const key = [tableSets.of(), state.get("table.relation"), state.get("lang")].join(" ");
    if (!texts.has(key) || tableSets.of() === "picture") texts.set(key, []);
    const known = texts.get(key);
    return (row) => (known[row] ??= set.columns.map((column) => column.value(row)).join("\t").toLowerCase());
  }
  function found() {
    const set = tableSets.now(), only = state.get("table.only"), thing = data.thing(only);
    const wanted = state.get("table.words").toLowerCase().split(/\s+/).filter(Boolean).map(searchScript.forms), text = textOf(set);
    const rows = [];
    let base = 0;
    for (let row = 0; row < set.rows; row++) {
      if (set.belongs && !set.belongs(row)) continue;
      base++;
      if (set.passes(row) && (!only || set.touches(row, thing)) && wanted.every((forms) => forms.some((form) => text(row).includes(form)))) rows.push(row);
    }
    const { id, sign } = sorted(), column = set.columns.find((each) => each.id === id);
    return { set, base, rows: column ? inOrder(rows, column, sign) : rows };
  }

  return {
    sorted,
    now() {
      const key = KEYS.map((name) => state.get(name)).join("\n");
      if (known.key !== key) known = { key, ...found() };
      return known;
    },
  };
})();
