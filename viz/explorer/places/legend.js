// What colours, sizes and shapes mean → blocks of an <svg>, each {node, height}, in a width of their own.
"use strict";

const placesLegend = (() => {
  const SIZE = 12, LINE = 20;

  // The width of a text in pixels, without asking the page: Chinese signs fill their square.
  const width = (text, size = SIZE) => [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e7f ? 1 : 0.57) * size, 0);
  const line = (text, x, y, attributes = {}) => dom.svg("text", { x, y, "font-size": SIZE, fill: "var(--ink)", ...attributes }, text);

  // A heading and its items [[mark around 0, 0, text], …], as many in a row as there is room for.
  function block(heading, items, x, y, room) {
    const node = dom.svg("g", { transform: `translate(${x},${y})` }, line(heading, 0, SIZE, { "font-weight": 700 }));
    let left = 0, top = LINE;
    for (const [mark, text] of items) {
      const wide = 22 + width(text) + 12;
      if (left && left + wide > room + 12) { left = 0; top += LINE; }
      node.append(dom.svg("g", { transform: `translate(${left + 9},${top + 8})` }, mark), line(text, left + 22, top + SIZE + 0.5));
      left += wide;
    }
    return { node, height: top + LINE + 4 };
  }

  const swatch = (fill, attributes = {}) => dom.svg("rect", { x: -8, y: -7, width: 16, height: 14, fill, stroke: "var(--edge)", ...attributes });
  function shades(x, y, room) {
    const heading = placesScale.byShare()
      ? say("占已读地方的比例（%）", "Share of the places read (%)")
      : placesData.now().program >= 0 ? say("采纳的地方数", "Places that adopted") : say("有论断的地方数", "Places with claims");
    const items = placesScale.shadeClasses().map((span, i) => [swatch(placesScale.shadeOf(i)), placesScale.span(span)]);
    const none = placesData.now().program >= 0 ? say("0（已读，未见）", "0 (read, none found)") : say("0（已读）", "0 (read)");
    return block(heading, [
      ...items, [swatch("var(--ground)"), none],
      [swatch("none", { "stroke-dasharray": "3 2" }), say("资料暂缺（未读）", "nothing read")],
    ], x, y, room);
  }
  function years(x, y, room) {
    const dot = (color, more) => placesScale.mark("Prefecture", color, 14, more);
    const items = placesScale.yearClasses().map((span, i) => [dot(`var(--year-${i + 1})`), placesScale.span(span)]);
    const marked = placesData.whole().places.filter((one) => one.marked);
    if (marked.some((one) => !one.upper)) items.push([dot("var(--unknown)"), say("年份不详", "no year")]);
    if (marked.some(placesScale.isLoose)) items.push([dot("var(--quiet)", { hollow: true }), say("空心：不晚于该年", "hollow: not later than")]);
    return block(say("采纳年份", "Year of adoption"), items, x, y, room);
  }
  function levels(x, y, room) {
    const seen = new Set(placesData.whole().places.map((one) => data.meta.levels[one.level]));
    const items = ["Province", "Prefecture", "County", "Township", "Zone"].filter((level) => seen.has(level))
      .map((level) => [placesScale.mark(level, "var(--ground)", 14), words.levels(level)]);
    const none = placesData.now().program >= 0 ? say("已读，未见采纳", "read, not adopted") : say("已读，无论断", "read, no claim");
    const pale = filters.isOn() ? [[placesScale.mark("Prefecture", "var(--faded)", 14, { pale: true }), say("被筛去", "filtered out")]] : [];
    return block(say("层级", "Level"), [...items, [placesScale.read(14), none], ...pale], x, y, room);
  }
  const all = () => (placesData.now().program >= 0 ? [years, levels] : [levels]);

  // Blocks one below the other.
  function stacked(blocks, x, y, room) {
    const nodes = [];
    for (const draw of blocks) {
      const { node, height } = draw(x, y, room);
      nodes.push(node);
      y += height;
    }
    return { nodes, bottom: y };
  }
  return { line, width, shades, all, stacked };
})();
