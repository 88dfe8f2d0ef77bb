// The chosen unit → the table of its places; without one, a table of the units of which something is known.
"use strict";

const placesList = (() => {
  const MOST = 200;
  const { element } = dom;
  const cell = (...inside) => element("td", {}, ...inside);
  const heads = (...names) => element("thead", {}, element("tr", {}, names.map((name) => element("th", { scope: "col" }, name))));
  const adopting = () => placesData.now().program >= 0;

  function placeRow(one) {
    const opens = dom.opens(one.place, dom.cut(data.things.name.at(one.place), 60), { "aria-current": state.get("chosen") === data.things.iri.at(one.place) ? "true" : null });
    const found = adopting()
      ? [one.marked ? placesScale.year(one) : say("未见采纳", "none found"), one.marked ? words.statuses(data.meta.statuses[one.status]) : ""]
      : [String(one.claims)];
    return element("tr", { class: one.passes ? null : "faded" }, cell(opens), cell(words.levels(data.meta.levels[one.level])),
      found.map((text) => cell(text)), cell(one.documents ? String(one.documents) : say("资料暂缺", "nothing read")));
  }
  function ofUnit(of, back) {
    const shown = of.places.slice(0, MOST);
    const years = [...of.years].map(([year, n]) => say(`${year} 年 ${n} 份`, `${year}: ${n}`)).join(say("，", ", "));
    const found = adopting() ? [say("采纳年份", "Adopted"), say("状态", "Status")] : [say("论断", "Claims")];
    return [
      element("h2", {}, placesWords.name(of.tile), " ", element("button", { type: "button", class: "goto", onclick: back }, say("全部省份", "all provinces"))),
      element("p", { class: "quiet" }, placesWords.coverage(of), years && say(`：${years}`, `: ${years}`)),
      shown.length ? element("table", {}, heads(say("地方", "Place"), say("层级", "Level"), ...found, say("已读文件", "Documents read")),
        element("tbody", {}, shown.map(placeRow))) : null,
      of.places.length > MOST ? element("p", { class: "quiet" }, say(`另有 ${of.places.length - MOST} 个地方，见表格`, `${of.places.length - MOST} more: see the table`)) : null,
    ];
  }
  function unitRow(of, choose) {
    const opens = element("button", { type: "button", class: "goto", onclick: () => choose(of.tile.code) }, placesWords.name(of.tile));
    return element("tr", {}, cell(opens), cell(of.all || of.documents ? placesWords.part(of.count, of.all) : ""),
      cell(adopting() ? (of.first < Infinity ? `≤${of.first}` : "") : String(of.claims || "")), cell(placesWords.read(of)));
  }
  function ofAll(choose) {
    const known = [...placesData.now().tiles.values()].filter((of) => of.places.length)
      .sort((a, b) => b.count - a.count || b.documents - a.documents || a.tile.code.localeCompare(b.tile.code));
    const found = adopting() ? [say("采纳的地方", "Adopters"), say("最早", "First")] : [say("有论断的地方", "Places with claims"), say("论断", "Claims")];
    return [
      element("h2", {}, say("各省", "Provinces")),
      element("table", {}, heads(say("省份", "Province"), ...found, say("已读文件", "Documents read")),
        element("tbody", {}, known.map((of) => unitRow(of, choose)))),
      element("p", { class: "quiet" }, say(`其余 ${34 - known.length} 个省级行政区资料暂缺`, `Nothing was read of the other ${34 - known.length}`)),
    ];
  }
  function draw(into, choose) {
    const of = placesData.now().tiles.get(state.get("places.province"));
    into.replaceChildren(...(of ? ofUnit(of, () => choose("")) : ofAll(choose)).filter(Boolean));
  }
  return { draw };
})();
