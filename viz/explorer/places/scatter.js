// Places at their longitude and latitude → an <svg> to zoom and move, with a net of degrees and no outlines but a user's own.
"use strict";

const placesScatter = (() => {
  const { svg } = dom;
  const ROOM = 15, APART = 7, MOST = 400, HEAD = 48;
  const REST = 200; // milliseconds
  let coming = null, resting = 0;
  let shown = null; // {picture, home, width, height, dots: [{one, lon, lat, dx, dy, node}], layers, focused}

  const located = ({ places }) => places.filter((one) => !Number.isNaN(data.things.lon[one.place]));
  const position = (one) => [data.things.lon[one.place], data.things.lat[one.place]];
  const around = () => placesProjection.homeOf(located(placesData.whole()).map(position), placesBasemap.given());

  function view() {
    if (coming) return coming;
    const [lon, lat, zoom] = state.get("places.at").split(",").map(Number);
    const { west, south, east, north } = shown.home;
    return zoom >= 1 && Number.isFinite(lon + lat) ? { lon, lat, zoom: Math.min(zoom, MOST) } : { lon: (west + east) / 2, lat: (south + north) / 2, zoom: 1 };
  }
  const projection = () => placesProjection.of(shown.home, view(), shown.width, shown.height);
  // Shown at once, written into the address when the hand rests: browsers limit how often that may be done.
  function look(lon, lat, zoom) {
    coming = { lon, lat, zoom };
    place();
    clearTimeout(resting);
    resting = setTimeout(() => {
      coming = null;
      state.set({ "places.at": zoom <= 1.001 ? "" : [lon.toFixed(4), lat.toFixed(4), zoom.toFixed(2)].join(",") }, { replace: true });
    }, REST);
  }
  function home() {
    clearTimeout(resting);
    coming = null;
    place();
    state.set({ "places.at": "" }, { replace: true });
  }
  // Larger or smaller, so that what is at x, y stays there.
  function zoom(by, x = shown.width / 2, y = shown.height / 2) {
    const now = view(), seen = projection();
    const next = Math.min(Math.max(now.zoom * by, 1), MOST), part = now.zoom / next;
    const lon = seen.lon(x), lat = seen.lat(y);
    look(lon + (now.lon - lon) * part, lat + (now.lat - lat) * part, next);
  }
  function move(dx, dy) {
    const now = view(), seen = projection();
    look(now.lon - dx / seen.across, now.lat + dy / seen.down, now.zoom);
  }

  // Places at the same spot stand in a ring around it.
  function apart(places) {
    const spots = new Map();
    for (const one of places) {
      const spot = position(one).map((degrees) => degrees.toFixed(2)).join();
      if (!spots.has(spot)) spots.set(spot, []);
      spots.get(spot).push(one);
    }
    return [...spots.values()].flatMap((some) => some.map((one, i) => {
      const turn = (2 * Math.PI * i) / some.length, far = some.length > 1 ? APART * Math.max(1, some.length / 6) : 0;
      const [lon, lat] = position(one);
      return { one, lon, lat, dx: far * Math.sin(turn), dy: -far * Math.cos(turn) };
    }));
  }
  const label = (one) => `${dom.cut(data.things.name.at(one.place), 60)}${say("，", ", ")}${placesScale.told(one)}`;
  function dot(at, years, chosen) {
    const node = svg("g", {
      class: "dot", role: "button", tabindex: -1, "data-place": at.one.place, "aria-label": label(at.one),
      "aria-pressed": String(at.one.place === chosen),
    }, svg("circle", { class: "ring", r: ROOM * 0.6, fill: "none", stroke: at.one.place === chosen ? "var(--accent)" : "none", "stroke-width": 2 }),
    placesScale.dot(at.one, ROOM, years));
    return { ...at, node };
  }
  // Read ones below, then the larger ones: the small ones stay visible.
  const depth = (one) => (one.marked ? (one.passes ? 2 : 1) : 0) * 10 + one.level;

  function net(seen) {
    const { width, height } = shown;
    const west = seen.lon(0), east = seen.lon(width), south = seen.lat(height), north = seen.lat(0);
    const line = (x1, y1, x2, y2) => svg("line", { x1, y1, x2, y2, stroke: "var(--line)", "stroke-width": 1 });
    const word = (x, y, text, anchor) => placesLegend.line(text, x, y, {
      "font-size": 11, fill: "var(--quiet)", "text-anchor": anchor, stroke: "var(--ground)", "stroke-width": 3, "paint-order": "stroke",
    });
    const upright = placesProjection.lines(west, east, seen.across).map(([lon, text]) => [seen.x(lon), `${text}°${lon < 0 ? "W" : "E"}`]);
    const flat = placesProjection.lines(south, north, seen.down).map(([lat, text]) => [seen.y(lat), `${text}°${lat < 0 ? "S" : "N"}`]);
    const words = [...upright.filter(([x]) => x > 50 && x < width - 24).map(([x, text]) => word(x, height - 6, text, "middle")),
      ...flat.filter(([y]) => y > 14 && y < height - 22).map(([y, text]) => word(5, y + 4, text, "start"))];
    return { lines: [...upright.map(([x]) => line(x, 0, x, height)), ...flat.map(([y]) => line(0, y, width, y))], words };
  }
  // Everything to its place: after a zoom or a move.
  function place() {
    const seen = projection(), { layers, dots } = shown;
    const { lines, words: degrees } = net(seen);
    layers.net.replaceChildren(...lines);
    layers.degrees.replaceChildren(...degrees);
    if (placesBasemap.given()) placesBasemap.lay(layers.map, seen);
    for (const at of dots) {
      at.x = seen.x(at.lon) + at.dx;
      at.y = seen.y(at.lat) + at.dy;
      at.node.setAttribute("transform", `translate(${at.x.toFixed(1)},${at.y.toFixed(1)})`);
    }
  }

  function notes(width, top) {
    const nowhere = placesData.now().places.filter((one) => one.marked).length - located(placesData.now()).filter((one) => one.marked).length;
    const map = placesBasemap.given();
    const inside = (one) => { const [lon, lat] = position(one); return lon >= map.west && lon <= map.east && lat >= map.south && lat <= map.north; };
    const beyond = map ? located(placesData.now()).filter((one) => one.marked && !inside(one)).length : 0;
    const told = [
      map ? placesBasemap.number() : placesWords.scheme(),
      [nowhere ? say(`${nowhere} 个地方没有坐标，未画出`, `${nowhere} places have no coordinates and are not drawn`) : "",
        beyond ? say(`${beyond} 个地方在底图之外`, `${beyond} places lie beyond the base map`) : ""].filter(Boolean).join(say("；", "; ")),
    ].filter(Boolean);
    return { nodes: told.map((text, i) => placesLegend.line(text, 0, top + 14 + i * 17, { ...(i ? { fill: "var(--quiet)" } : { class: "scheme", "font-weight": 600 }) })), bottom: top + 20 + told.length * 17 };
  }
  function heading(width) {
    const name = placesWords.title(Math.floor(width / 10));
    return [placesLegend.line(name, 0, 18, { "font-size": Math.min(17, width / placesLegend.width(name, 1)), "font-weight": 700 }),
      placesLegend.line(placesWords.subtitle(), 0, 36, { fill: "var(--quiet)", "font-size": Math.min(12, 12 * width / placesLegend.width(placesWords.subtitle())) })];
  }

  function draw(width) {
    const years = placesScale.yearClasses();
    const bounds = around(), height = placesProjection.height(bounds, width);
    const chosen = state.get("chosen") ? data.thing(state.get("chosen")) : -1;
    const dots = apart(located(placesData.now())).sort((a, b) => depth(a.one) - depth(b.one)).map((at) => dot(at, years, chosen));
    const layers = { net: svg("g", { "aria-hidden": "true" }), map: placesBasemap.draw(), degrees: svg("g", { "aria-hidden": "true" }) };
    const legend = placesLegend.stacked(placesLegend.all(), 0, HEAD + height + 10, width);
    const note = notes(width, legend.bottom - 6);
    const sheet = svg("svg", { class: "sheet", x: 0, y: HEAD, width, height, overflow: "hidden" },
      svg("rect", { width, height, fill: "var(--ground)" }), layers.map, layers.net, svg("g", { class: "dots" }, dots.map(({ node }) => node)), layers.degrees,
      svg("rect", { x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: "none", stroke: "var(--edge)" }));
    const picture = svg("svg", {
      class: "picture", width, height: note.bottom, viewBox: `0 0 ${width} ${note.bottom}`, role: "group", "font-family": "var(--font)",
      "aria-label": `${placesWords.title()} — ${placesBasemap.number() || placesWords.scheme()}`,
    }, heading(width), sheet, legend.nodes, note.nodes);
    shown = { picture, sheet, home: bounds, width, height, dots, layers };
    place();
    return picture;
  }
  const dots = () => shown.dots;
  const isInside = ({ x, y }) => x >= 0 && y >= 0 && x <= shown.width && y <= shown.height;
  // To the middle, if it is not in sight.
  const reveal = (at) => { if (!isInside(at)) look(at.lon, at.lat, view().zoom); };
  const near = (x, y) => shown.dots.filter((at) => Math.hypot(at.x - x, at.y - y) < ROOM * 0.6);
  return { HEAD, draw, place, zoom, move, dots, near, reveal, home };
})();
