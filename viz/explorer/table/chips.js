// What the rows are restricted to → chips, each of which takes its restriction off.
"use strict";

const tableChips = (() => {
  const each = (key, word) => () => state.list(key).map((name) => words[word](name === "-" ? "" : name)).join(say("、", ", "));
  const plain = (key) => () => state.get(key);
  const thing = (key) => () => { const found = data.thing(state.get(key)); return found < 0 ? state.get(key) : compareClaims.name(found); };
  function source() {
    for (let row = 0; row < data.sources.rows; row++) {
      if (data.sources.iri.at(row) === state.get("table.source")) return data.sources.part[row] > 1 ? `${data.sources.file.at(row)} (${data.sources.part[row]})` : data.sources.file.at(row);
    }
    return state.get("table.source");
  }
  const CHIPS = {
    "table.only": ["只看", "Only", thing("table.only")], "table.source": ["文件", "Document", source],
    "table.words": ["含", "With", plain("table.words")],
    kinds: ["种类", "Kind", each("kinds", "kinds")], links: ["关系", "Tie", () => state.list("links").map((name) => (name === "Goal" ? words.relations(name) : words.links(name))).join(say("、", ", "))],
    levels: ["层级", "Level", each("levels", "levels")], province: ["省份", "Province", thing("province")],
    statuses: ["状态", "Status", each("statuses", "statuses")], genres: ["文种", "Genre", each("genres", "genres")],
    since: ["自", "From", plain("since")], until: ["至", "Until", plain("until")],
    sure: ["置信度 ≥", "Confidence ≥", () => String(Number(state.get("sure")) / 100)], undated: ["有年份的", "Dated only", () => ""],
  };
  const clears = (keys) => Object.fromEntries([...keys, "table.page"].map((key) => [key, ""]));

  function chip(key) {
    const [zh, en, value] = CHIPS[key];
    const text = `${say(zh, en)} ${dom.cut(value(), 40)}`.trim();
    return dom.element("button", {
      type: "button", class: "chip", "data-key": `chip-${key}`, "aria-label": say(`去掉限制：${text}`, `Take off: ${text}`),
      onclick: () => state.set(clears([key])),
    }, dom.element("bdi", {}, text), dom.element("span", { "aria-hidden": "true" }, " ×"));
  }
  function draw(box) {
    const on = Object.keys(CHIPS).filter((key) => state.get(key));
    const all = dom.element("button", { type: "button", class: "chip all", onclick: () => state.set(clears(on)) }, say("全部去掉", "Take off all"));
    box.replaceChildren(...on.map(chip), ...(on.length > 1 ? [all] : []));
    box.hidden = !on.length;
  }
  return { draw, words: () => Object.keys(CHIPS).filter((key) => state.get(key)).map((key) => `${say(CHIPS[key][0], CHIPS[key][1])} ${CHIPS[key][2]()}`.trim()) };
})();
