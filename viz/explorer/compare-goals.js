// Goals of two places → one row per indicator: planned and achieved of both, with the difference where units are the same.
"use strict";

const compareGoals = (() => {
  const { element } = dom;
  const KINDS = ["Planned", "Achieved"];
  const goalsOf = (place) => Array.from(data.claimsOf(place)).filter((claim) => compareClaims.relation(claim) === "Goal" && compareClaims.role(claim, "place") === place);

  function rows(found) {
    const pass = filters.now().claims, byName = new Map();
    for (const side of ["a", "b"]) for (const claim of goalsOf(found[side])) {
      const indicator = compareClaims.told(claim, "indicator").replace(/\s+/g, ""), kind = compareClaims.kind(claim);
      if (!pass[claim] || !KINDS.includes(kind)) continue;
      if (!byName.has(indicator)) byName.set(indicator, { indicator, a: { Planned: [], Achieved: [] }, b: { Planned: [], Achieved: [] } });
      byName.get(indicator)[side][kind].push(claim);
    }
    const weight = (row) => (isShared(row) ? 0 : isAnswered(row) ? 1 : 2);
    return [...byName.values()].sort((one, two) => weight(one) - weight(two) || (one.indicator < two.indicator ? -1 : 1));
  }
  const has = (row, side) => KINDS.some((kind) => row[side][kind].length);
  const isShared = (row) => has(row, "a") && has(row, "b");
  const isAnswered = (row) => ["a", "b"].some((side) => row[side].Planned.length && row[side].Achieved.length);

  // The one figure of several claims, or null: two figures are none.
  function figure(claims, isReport) {
    const read = claims.map((claim) => {
      const said = compareClaims.values(claim);
      return { value: Number(said.get("baseValue") || said.get("value") || NaN), unit: said.get("baseUnit") || said.get("unit") || "", upTo: said.get("valueTo"), operator: said.get("operator"), year: data.claims.year[claim] };
    });
    const one = read[0];
    if (!one || !one.unit || Number.isNaN(one.value) || one.upTo || (isReport && one.operator !== "=")) return null;
    return read.every(({ value, unit, operator, year }) => value === one.value && unit === one.unit && operator === one.operator && year === one.year) ? one : null;
  }
  function difference(of, from) {
    if (!of || !from || of.unit !== from.unit) return "";
    const by = Number((of.value - from.value).toPrecision(10)), unit = of.unit === "%" ? say("个百分点", " points") : of.unit;
    const years = of.year !== from.year && of.year && from.year ? say(`（${from.year}→${of.year}）`, ` (${from.year}→${of.year})`) : "";
    return `${by > 0 ? "+" : by < 0 ? "−" : "±"}${Math.abs(by)}${unit}${years}`;
  }
  function differences(row, found) {
    const lines = [];
    for (const side of ["a", "b"]) {
      const by = difference(figure(row[side].Achieved, true), figure(row[side].Planned, false));
      if (by) lines.push(say(`${compareShared.text(found, side)}：完成比计划 ${by}`, `${compareShared.text(found, side)}: achieved against planned ${by}`));
    }
    for (const kind of KINDS) {
      const by = difference(figure(row.a[kind], kind === "Achieved"), figure(row.b[kind], kind === "Achieved"));
      if (by) lines.push(say(`${words.claimKinds(kind)}：${compareShared.text(found, "a")}比${compareShared.text(found, "b")} ${by}`, `${words.claimKinds(kind)}: ${compareShared.text(found, "a")} against ${compareShared.text(found, "b")} ${by}`));
    }
    return lines;
  }
  const amounts = (claims) => claims.map((claim) => element("div", {}, compareClaims.opens(claim, compareClaims.amount(claim)), element("span", { class: "quiet" }, ` ${compareYears.orUnknown(compareYears.ofClaim(claim))}`)));

  function line(row, found) {
    const cells = ["a", "b"].flatMap((side) => KINDS.map((kind) => element("td", { class: `side-${side}` }, amounts(row[side][kind]))));
    return element("tr", {}, element("th", { scope: "row" }, dom.named(row.indicator, 80)), cells, element("td", { class: "by" }, differences(row, found).map((text) => element("div", {}, text))));
  }
  function drawn(shown, found) {
    const heads = ["a", "b"].map((side) => element("th", { scope: "colgroup", colspan: 2 }, compareShared.side(found, side)));
    return element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": say("目标表", "Table of goals") }, element("table", {},
      element("caption", {}, say("目标：计划与完成", "Goals: planned and achieved")),
      element("thead", {}, element("tr", {}, element("th", { scope: "col", rowspan: 2 }, say("指标", "Indicator")), heads, element("th", { scope: "col", rowspan: 2 }, say("差", "Difference"))),
        element("tr", {}, ["a", "b"].map(() => KINDS.map((kind) => element("th", { scope: "col" }, words.claimKinds(kind)))))),
      element("tbody", {}, shown.map((row) => line(row, found)))));
  }
  function draw(found) {
    const all = rows(found), base = goalsOf(found.a).length + goalsOf(found.b).length;
    if (!base) return null;
    const few = all.filter((row) => isShared(row) || isAnswered(row)).length, shared = all.filter(isShared).length;
    const note = say(`两地都有的指标 ${shared} / ${all.length}`, `indicators of both ${shared} / ${all.length}`);
    return compareShared.part("goals", say("目标：计划与完成", "Goals: planned and achieved"), note,
      compareShared.folded("goals", all, (shown) => (shown.length ? drawn(shown, found) : element("p", { class: "quiet" }, say("没有两地都写到、或计划与完成都写到的指标。", "No indicator stands in texts of both, nor both as planned and as achieved."))), few));
  }
  return { draw, rows };
})();
