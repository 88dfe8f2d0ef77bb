// The 34 units as tiles of one size → an <svg>: their names, how many places of each adopted the programme, and these as dots.
//
// The marks explain themselves where the grid leaves room, in a narrow picture below it.
"use strict";

const placesTiles = (() => {
  const COLUMNS = 8, ROWS = 8, WIDEST = 92, ROOMY = 62, ROOMS = [16, 14, 12, 10, 8.5];
  const HEADS = [21, 36]; // where the dots begin, below a name with its number beside it or below it
  const { svg } = dom;

  function sizes(width) {
    const gap = width < 480 ? 3 : 6;
    const side = Math.min(WIDEST, Math.floor((width - (COLUMNS - 1) * gap) / COLUMNS));
    return { gap, side, step: side + gap, roomy: side >= ROOMY, width: COLUMNS * side + (COLUMNS - 1) * gap };
  }

  const fits = (room, { width, height }) => Math.floor(width / room) * Math.floor(height / room);
  const boxed = (side, top) => ({ x: 4, y: top, width: side - 8, height: side - top - 11 });
  // The room for a dot, the same in all tiles and years, for its size tells the level: as large as may be while all fit.
  function roomFor({ side }) {
    const most = Math.max(...[...placesData.whole().tiles.values()].map(({ places }) => places.length));
    const head = HEADS[Number(placesScale.byShare() || filters.isOn() || say(false, true))];
    return ROOMS.find((room) => fits(room, boxed(side, head)) >= most) ?? ROOMS.at(-1);
  }
  // Row by row; the last places are for "+n" where there are too many.
  function dots(of, at, years, room) {
    const columns = Math.floor(at.width / room), most = fits(room, at);
    const shown = of.places.length > most ? most - Math.ceil(24 / room) : of.places.length;
    const x = (i) => at.x + (i % columns) * room, y = (i) => at.y + Math.floor(i / columns) * room;
    const drawn = of.places.slice(0, shown).map((one, i) => svg("g", {
      class: "dot", "data-place": one.place, transform: `translate(${x(i) + room / 2},${y(i) + room / 2})`,
    }, placesScale.dot(one, room, years), chosen(one) ? svg("circle", { r: room * 0.55, fill: "none", stroke: "var(--accent)", "stroke-width": 2 }) : null));
    const more = of.places.length - shown;
    return more ? [...drawn, placesLegend.line(`+${more}`, x(shown), y(shown) + room - 1, { "font-size": 9.5 })] : drawn;
  }
  const chosen = (one) => state.get("chosen") !== "" && data.thing(state.get("chosen")) === one.place;

  // The name at the top, in one line or two.
  function names(of, { side, roomy }) {
    const lines = say(of.tile.zh, roomy ? of.tile.en : of.tile.brief).split("\n");
    const size = Math.min(roomy ? 12 : lines.length > 1 ? 8.5 : 11, (side - (roomy ? 10 : 4)) / Math.max(...lines.map((line) => placesLegend.width(line, 0.95))));
    const known = of.documents || of.all;
    return lines.map((line, i) => placesLegend.line(line, roomy ? 5 : 3, (roomy ? 15 : 11) + i * (size + 1.5), {
      "font-size": size, "font-weight": known && !i ? 600 : 400, fill: known ? "var(--ink)" : "var(--quiet)",
    }));
  }
  // A strip of years at the foot of a tile: the more documents of a year were read, the higher.
  function strip(of, { side }, years) {
    if (!of.documents || !years.length) return [];
    const first = years[0], wide = (side - 10) / (years.at(-1) - first + 1);
    const most = Math.max(...of.years.values());
    return [...of.years].map(([year, n]) => svg("rect", {
      x: 5 + (year - first) * wide, y: side - 4 - 5 * (n / most), width: Math.max(1, wide - 1), height: 5 * (n / most), fill: "var(--quiet)",
    }));
  }
  // How many, at the right of the name, below it where there is no room beside.
  function number(of, { side, roomy }, lines) {
    if (!of.all && !of.documents) return { node: null, below: false };
    const text = placesWords.part(of.count, of.all) + (placesScale.byShare() && of.read ? ` · ${placesScale.value(of)}%` : "");
    const name = placesLegend.width(say(of.tile.zh, of.tile.en).split("\n")[0], 12);
    const below = !roomy || lines > 1 || name + placesLegend.width(text, 14) > side - 16;
    const low = below ? (roomy ? 31 : 23) + (roomy && lines > 1 ? 12 : 0) : 15;
    return { below, node: placesLegend.line(text, side - (roomy ? 5 : 3), low, { "text-anchor": "end", "font-size": roomy ? 14 : 12, "font-weight": 700 }) };
  }
  const foot = ({ side, roomy }, text, fill) => placesLegend.line(text, roomy ? side / 2 : side - 3, roomy ? side * 0.68 : side - 4, {
    "text-anchor": roomy ? "middle" : "end", "font-size": roomy ? 10.5 : 8, fill,
  });
  // Dots where there is room for them, else the first year.
  function inside(of, size, years, span, top) {
    const { side, roomy } = size;
    if (!of.documents && !of.all) return foot(size, say("资料暂缺", roomy ? "nothing read" : "no data"), "var(--quiet)");
    if (roomy) return [dots(of, boxed(side, top), years, size.room), strip(of, size, span)];
    return of.first < Infinity && placesData.now().program >= 0 ? foot(size, `≤${of.first}`, "var(--ink)") : null;
  }

  function tile(of, size, years, span) {
    const { side, step } = size;
    const label = names(of, size), { node, below } = number(of, size, label.length);
    return svg("g", {
      class: "tile", role: "button", "data-code": of.tile.code, tabindex: -1, "aria-label": placesWords.told(of),
      "aria-pressed": String(state.get("places.province") === of.tile.code),
      transform: `translate(${of.tile.column * step},${of.tile.row * step})`,
    },
    svg("rect", {
      class: "frame", x: 0.5, y: 0.5, width: side - 1, height: side - 1, rx: 3, fill: placesScale.shade(of),
      stroke: "var(--edge)", "stroke-width": of.documents ? 1 : 0.75, "stroke-dasharray": of.documents ? null : "2 3",
    }),
    label, node, inside(of, size, years, span, HEADS[Number(below)] + 12 * (label.length - 1)));
  }

  // Title and counts: in the empty corner of the first row, or above the grid.
  function heading(size) {
    const most = size.roomy ? 17 : 15, room = size.roomy ? 7 * size.step - 12 : size.width;
    const name = placesWords.title(Math.floor(room / 10));
    const title = placesLegend.line(name, 0, most, { "font-size": Math.min(most, room / placesLegend.width(name, 1)), "font-weight": 700 });
    const lines = wrapped(placesWords.subtitle(), room, 12);
    const nodes = [title, ...lines.map((text, i) => placesLegend.line(text, 0, most + 20 + i * 16, { fill: "var(--quiet)" }))];
    return { nodes, bottom: size.roomy ? 0 : most + 16 + lines.length * 16 };
  }
  // A sentence in lines, broken after its commas.
  function wrapped(text, room, size) {
    const lines = [""];
    for (const piece of text.split(/(?<=[，；、]|[,;] )/)) {
      if (lines.at(-1) && placesLegend.width(lines.at(-1) + piece, size) > room) lines.push("");
      lines[lines.length - 1] += piece;
    }
    return lines;
  }

  function notes(size, top) {
    const strips = size.roomy ? [say("格底短条：各年已读文件", "strip at the foot of a tile: documents read, by year")] : [];
    const lines = [...strips, placesWords.outside()].filter(Boolean).flatMap((text) => wrapped(text, size.width, 12));
    const scheme = placesLegend.line(placesWords.scheme(), 0, top + 14, { class: "scheme", "font-weight": 600 });
    return { nodes: [scheme, ...lines.map((text, i) => placesLegend.line(text, 0, top + 31 + i * 17, { fill: "var(--quiet)" }))], bottom: top + 24 + lines.length * 17 };
  }
  function legends(size, bottom) {
    if (!size.roomy) return placesLegend.stacked([placesLegend.shades], 0, bottom + 6, size.width);
    const upper = placesLegend.stacked([placesLegend.shades], 0, size.step, 4 * size.step - 12);
    const lower = placesLegend.stacked(placesLegend.all(), 0, 4 * size.step + 4, 2 * size.step - 6);
    return { nodes: [...upper.nodes, ...lower.nodes], bottom: Math.max(bottom, lower.bottom) };
  }

  // The picture for so many pixels of width.
  function draw(width) {
    const size = sizes(width);
    size.room = roomFor(size);
    const { tiles } = placesData.now();
    const years = placesScale.yearClasses();
    const span = [...new Set(placesData.whole().places.flatMap((one) => [...one.years.keys()]))].sort((a, b) => a - b);
    const head = heading(size);
    const grid = svg("g", {
      class: "tiles", role: "group", "aria-label": say("省级行政区", "Provinces"), transform: `translate(0,${head.bottom})`,
    }, [...tiles.values()].map((of) => tile(of, size, years, span)));
    const legend = legends(size, head.bottom + ROWS * size.step);
    const note = notes(size, legend.bottom);
    return svg("svg", {
      class: "picture", width: size.width, height: note.bottom, viewBox: `0 0 ${size.width} ${note.bottom}`,
      role: "group", "aria-label": `${placesWords.title()} — ${placesWords.scheme()}`, "font-family": "var(--font)",
    }, head.nodes, legend.nodes, grid, note.nodes);
  }
  return { draw };
})();
