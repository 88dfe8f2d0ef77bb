// The adopters of a programme and the ends of its steps → where each stands in the lanes: one lane per level, years across.
//
// Places of one year stand below each other. Where a lane would become too high, its dots are packed without their names.
"use strict";

const diffusionLaneLayout = (() => {
  const { width } = diffusionScales;
  const ROW = 17, MOST_ROWS = 20, DENSE = 11, RADIUS = 5;
  const LEFT = 66, UNDATED = 92, RIGHT = 92;

  // An end of a step that is no adopter stands with those without a year; who issued the founding document, in its year.
  function elsewhere(place, { founded, founders, from, to }) {
    const isFounder = founders.includes(place) && founded >= from && founded <= to;
    return { place, name: diffusionFacts.placeName(place), level: data.meta.levels[data.things.level[place]], isFounder,
      upper: isFounder ? founded : 0,
      lower: isFounder ? founded - 1 : 0, row: -1, claim: -1, passes: true, status: "", exact: isFounder };
  }
  function places(facts) {
    const known = new Map(facts.adopters.map((one) => [one.place, one]));
    for (const { origin, destination } of facts.steps) {
      for (const place of [origin, destination]) {
        if (!known.has(place)) known.set(place, elsewhere(place, facts));
      }
    }
    return [...known.values()];
  }
  function reach(one, x) {
    if (!one.upper || one.exact) return 0;
    const open = Math.min(1.2, one.upper - x.from + 0.5) * x.step;
    return one.lower ? (one.upper - one.lower - 1) * x.step : Math.min(open, 48);
  }
  const middle = (one, x) => (one.upper ? x.at(one.upper) : LEFT + RADIUS + 4);

  // Each on the first row that is free from the end of its line to the end of its name.
  function named(some, x) {
    const ends = [];
    return some.map((one) => {
      const at = middle(one, x), label = diffusionScales.fitted(one.name, one.upper ? 110 : UNDATED - 22);
      const from = at - Math.max(RADIUS, reach(one, x)) - 3, to = at + RADIUS + 5 + width(label);
      let row = ends.findIndex((end) => end <= from);
      if (row < 0) row = ends.length;
      ends[row] = to + 4;
      return { one, x: at, reach: reach(one, x), row, label };
    });
  }
  // All of one year as a block around the middle of its column.
  function packed(some, x) {
    const years = new Map();
    for (const one of some) {
      if (!years.has(one.upper)) years.set(one.upper, []);
      years.get(one.upper).push(one);
    }
    const columns = (year) => Math.max(1, Math.floor(((year ? x.step : UNDATED) - 3) / DENSE));
    return [...years].flatMap(([year, all]) => all.map((one, i) => {
      const wide = columns(year), inRow = Math.min(wide, all.length), column = i % wide;
      const at = year ? x.at(year) + (column - (inRow - 1) / 2) * DENSE : LEFT + RADIUS + 4 + column * DENSE;
      return { one, x: at, reach: 0, row: Math.floor(i / wide), label: "" };
    }));
  }
  function lane(level, some, x) {
    const ordered = [...some].sort((a, b) => a.upper - b.upper || b.exact - a.exact || a.row - b.row || a.place - b.place);
    let dots = named(ordered, x), tall = ROW;
    if (Math.max(...dots.map(({ row }) => row)) >= MOST_ROWS) { dots = packed(ordered, x); tall = DENSE; }
    const rows = Math.max(...dots.map(({ row }) => row)) + 1;
    return { level, dots, tall, height: rows * tall + 16 };
  }
  // {x: scale, lanes: [{level, top, height, dots: [{one, x, y, reach, label}]}], at: place → dot, height}
  function of(facts, wide, top) {
    const all = places(facts), undated = all.some((one) => !one.upper);
    const x = diffusionScales.years(facts.from, facts.to, LEFT + (undated ? UNDATED : 0), wide - (wide > 520 ? RIGHT : 40));
    const lanes = diffusionFacts.LEVELS.map((level) => [level, all.filter((one) => one.level === level)])
      .filter(([, some]) => some.length).map(([level, some]) => lane(level, some, x));
    const at = new Map();
    let y = top;
    for (const one of lanes) {
      one.top = y;
      for (const dot of one.dots) { dot.y = y + 8 + (dot.row + 0.5) * one.tall; at.set(dot.one.place, dot); }
      y += one.height;
    }
    return { x, lanes, at, bottom: y, undated };
  }
  return { of, LEFT, RADIUS };
})();
