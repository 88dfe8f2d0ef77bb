// Goals of two places → one row per indicator: planned and achieved of both, with the difference where units are the same.
"use strict";

const compareGoals = (() => {
  const { element } = dom;
  const KINDS = ["Planned", "Achieved"];
  const isGoalOf = (place) => (claim) => compareClaims.relation(claim) === "Goal" && compareClaims.role(claim, "place") === place;
  const goalsOf = (place) => Array.from(data.claimsOf(place)).filter(isGoalOf(place));

  // By indicator: those of both places first, then those that one place planned and achieved.
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

  function read(claim) {
    const said = compareClaims.values(claim);
    return {
      value: Number(said.get("baseValue") || said.get("value") || NaN), unit: said.get("baseUnit") || said.get("unit") || "",
      upTo: said.get("valueTo"), operator: said.get("operator"), year: data.claims.year[claim],
    };
  }
  // The one figure of several claims, or null: two figures are none.
  function figure(claims, isReport) {
    const [one, ...others] = claims.map(read);
    if (!one || !one.unit || Number.isNaN(one.value) || one.upTo || (isReport && one.operator !== "=")) return null;
    return others.every((each) => ["value", "unit", "operator", "year"].every((key) => each[key] === one[key])) ? one : null;
  }
  function difference(of, from) {
    if (!of || !from || of.unit !== from.unit) return "";
    const by = Number((of.value - from.value).toPrecision(10)), unit = of.unit === "%" ? say("个百分点", " points") : of.unit;
    const differ = of.year && from.year && of.year !== from.year;
    const years = differ ? say(`（${of.year} 年比 ${from.year} 年）`, ` (${of.year} against ${from.year})`) : "";
    return `${by > 0 ? "+" : by < 0 ? "−" : "±"}${Math.abs(by)}${unit}${years}`;
  }
  function differences(row, found) {
    const name = { a: compareParts.text(found, "a"), b: compareParts.text(found, "b") };
    const figures = (side) => ({ Planned: figure(row[side].Planned, false), Achieved: figure(row[side].Achieved, true) });
    const of = { a: figures("a"), b: figures("b") };
    const within = ["a", "b"].map((side) => [difference(of[side].Achieved, of[side].Planned),
      say(`${name[side]}：完成比计划`, `${name[side]}: achieved against planned`)]);
    const across = KINDS.map((kind) => [difference(of.a[kind], of.b[kind]),
      `${words.claimKinds(kind)}${say(`：${name.a}比${name.b}`, `: ${name.a} against ${name.b}`)}`]);
    return [...within, ...across].filter(([by]) => by).map(([by, told]) => `${told} ${by}`);
  }

  const amounts = (claims) => claims.map((claim) => element("div", {}, compareClaims.opens(claim, compareClaims.amount(claim)),
    element("span", { class: "quiet" }, ` ${compareYears.orUnknown(compareYears.ofClaim(claim))}`)));
  const line = (found) => (row) => element("tr", {},
    element("th", { scope: "row" }, dom.named(row.indicator, 80)),
    ["a", "b"].map((side) => KINDS.map((kind) => element("td", {}, amounts(row[side][kind])))),
    element("td", { class: "by" }, differences(row, found).map((text) => element("div", {}, text))));

  function table(found, shown) {
    if (!shown.length) return compareParts.quiet(say("没有两地都写到、或计划与完成都写到的指标。", "No indicator stands in texts of both, nor both as planned and as achieved."));
    const tall = (text) => element("th", { scope: "col", rowspan: 2 }, text);
    const sides = ["a", "b"].map((side) => element("th", { scope: "colgroup", colspan: 2 }, compareParts.side(found, side)));
    const heads = [
      element("tr", {}, tall(say("指标", "Indicator")), sides, tall(say("差", "Difference"))),
      element("tr", {}, ["a", "b"].map(() => KINDS.map((kind) => compareParts.heading(words.claimKinds(kind))))),
    ];
    return compareParts.table(say("目标：计划与完成", "Goals: planned and achieved"), heads, shown.map(line(found)));
  }
  function draw(found) {
    if (!goalsOf(found.a).length && !goalsOf(found.b).length) return null;
    const all = rows(found), shared = all.filter(isShared).length, few = all.filter((row) => isShared(row) || isAnswered(row)).length;
    return compareParts.part("goals", say("目标：计划与完成", "Goals: planned and achieved"),
      say(`两地都有的指标 ${shared} / ${all.length}`, `indicators of both ${shared} / ${all.length}`),
      compareParts.folded("goals", all, (shown) => table(found, shown), few));
  }
  return { draw };
})();
