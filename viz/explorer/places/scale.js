// Numbers, years and levels of places → classes, colours, shapes and words, the same in the tiles, the scatter and the list.
"use strict";

const placesScale = (() => {
  const YEARS = 5;
  const SHARES = [[1, 24], [25, 49], [50, 74], [75, 100]];
  // The shape of a level and its radius, as a part of the room for a dot.
  const SHAPES = {
    Province: ["square", 0.4], Prefecture: ["disc", 0.43], County: ["disc", 0.31], Township: ["triangle", 0.34], Zone: ["diamond", 0.38],
  };
  const CORNERS = {
    square: [[-1, -1], [1, -1], [1, 1], [-1, 1]], triangle: [[0, -1], [1, 0.8], [-1, 0.8]], diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  };

  // [from, to] of each class, for numbers from 1 to `most`: four or fewer, each wider than the one before, as many are small.
  function classes(most) {
    if (most < 1) return [];
    const starts = [...new Set([0, 1, 2, 3].map((i) => Math.floor(most * (i / 4) ** 2) + 1))];
    return starts.map((start, i) => [start, i + 1 < starts.length ? starts[i + 1] - 1 : most]);
  }
  const byShare = () => state.get("places.shade") === "share";
  const shares = (tile) => (tile.read ? Math.round((100 * tile.readMarked) / tile.read) : 0);
  const value = (tile) => (byShare() ? shares(tile) : tile.count);
  const shadeClasses = () => (byShare() ? SHARES : classes(Math.max(0, ...[...placesData.whole().tiles.values()].map(({ count }) => count))));
  // The darkest for the largest, however many classes there are.
  const shadeOf = (at) => `var(--shade-${SHARES.length - shadeClasses().length + at + 1})`;
  function shade(tile) {
    const at = value(tile) ? shadeClasses().findIndex(([from, to]) => value(tile) >= from && value(tile) <= to) : -1;
    return at < 0 ? "var(--ground)" : shadeOf(at);
  }

  // Equal spans of years, at most five, from the first adoption to the last.
  function yearClasses() {
    const years = placesData.whole().places.filter((one) => one.adoption >= 0 && one.upper).map((one) => one.upper);
    if (!years.length) return [];
    const first = Math.min(...years), last = Math.max(...years);
    const span = Math.ceil((last - first + 1) / YEARS);
    const starts = [];
    for (let start = first; start <= last; start += span) starts.push(start);
    return starts.map((start) => [start, Math.min(start + span - 1, last)]);
  }
  function color(one, years) {
    if (!one.passes) return "var(--faded)";
    if (one.adoption < 0) return "var(--place)";
    const at = years.findIndex(([from, to]) => one.upper >= from && one.upper <= to);
    return at < 0 ? "var(--unknown)" : `var(--year-${at + 1})`;
  }

  function outline(shape, r, attributes) {
    if (shape === "disc") return dom.svg("circle", { r, ...attributes });
    return dom.svg("polygon", { points: CORNERS[shape].map(([x, y]) => `${x * r},${y * r}`).join(" "), ...attributes });
  }
  // A dot around 0, 0 in a room of `room` pixels; an interval has a hole.
  function mark(level, fill, room, { hollow = false, pale = false } = {}) {
    const [shape, part] = SHAPES[level] ?? SHAPES.County;
    const r = part * room;
    return [
      outline(shape, r, { fill, stroke: pale ? "var(--edge)" : "var(--ink)", "stroke-width": 0.75 }),
      hollow ? outline(shape, r * 0.48, { fill: "var(--ground)" }) : null,
    ];
  }
  const read = (room) => dom.svg("circle", { r: 0.15 * room, fill: "var(--quiet)" });
  const isLoose = (one) => one.adoption >= 0 && one.upper > 0 && (!one.lower || one.upper - one.lower > 1);
  const dot = (one, room, years) => (one.marked
    ? mark(data.meta.levels[one.level], color(one, years), room, { hollow: isLoose(one), pale: !one.passes }) : read(room));

  const span = ([from, to]) => (from === to ? String(from) : `${from}–${to}`);
  function year(one) {
    if (one.adoption < 0) return "";
    if (!one.upper) return say("年份不详", "no year");
    if (!one.lower) return `≤${one.upper}`;
    return span([one.lower + 1, one.upper]);
  }
  // What is known of a place, in one line.
  function told(one) {
    const read = one.documents ? say(`已读 ${one.documents} 份文件`, `${one.documents} documents read`) : say("资料暂缺", "nothing read");
    if (one.adoption >= 0) return say(`${year(one)} 采纳`, `adopted ${year(one)}`) + say("；", "; ") + read;
    if (one.marked) return say(`${one.claims} 条论断`, `${one.claims} claims`) + say("；", "; ") + read;
    return placesData.now().program >= 0 ? read + say("，未见采纳", ", no adoption found") : read;
  }
  return { shadeClasses, yearClasses, shade, shadeOf, value, byShare, mark, read, dot, span, year, told, isLoose };
})();
