// The network: all things and ties in one picture, what is around one of them, a way between two, the trace of a programme.
"use strict";

const networkView = (() => {
  const { element, tell } = dom;
  const AT = "network.at"; // where the camera stands, once it was moved
  const SHAPES = ["network.focus", "network.depth", "network.structure", "links"];
  const OWN = new Set([...filters.KEYS, ...SHAPES, "chosen", "claim", "program", "from", "to", "network.trace", "network.way"]);
  const BADGES = 60; // pixels that the words behind the names need
  const FOLLOWED = ["from", "to", "network.way", "program", "network.trace"];
  let parts = null, layer = null, scene = null, cells = null, camera = null, drawn = null;
  let stepped = -1, hovered = -1, follow = null, watcher = null, later = 0;

  // --- what is seen
  function remember() {
    forget();
    later = setTimeout(() => { later = 0; state.set({ [AT]: networkCamera.written(camera) }, { replace: true }); }, 400);
  }
  function forget() { clearTimeout(later); later = 0; }
  function see(given, options) {
    camera = given;
    layer.see(camera, options);
    hover(null);
  }
  function move(given) { see(given, { moving: true }); remember(); }
  const zoom = (factor, x = camera.width / 2, y = camera.height / 2) => move(networkCamera.zoomed(camera, factor, x, y, scene.box));
  function whole() {
    see(networkCamera.fitted(scene.box, ...size()));
    forget();
    state.set({ [AT]: "" }, { replace: true });
  }
  const isMoved = () => later !== 0 || state.get(AT) !== "";
  const size = () => [Math.max(parts.view.clientWidth, 50), Math.max(parts.view.clientHeight, 50)];
  function bring(thing) {
    if (thing >= 0 && !networkCamera.sees(camera, scene.x[thing], scene.y[thing], 30)) move(networkCamera.centered(camera, scene.x[thing], scene.y[thing]));
  }
  function placeCamera() {
    const remembered = networkCamera.read(state.get(AT), ...size());
    see(remembered ?? (isFollowed() ? besideList(boxOf(scene.litThings)) : networkCamera.fitted(scene.box, ...size())));
  }
  const isFollowed = () => Boolean(scene.way?.steps || scene.badges.size);
  // The list covers the left of a wide picture and the lower part of a narrow one: what it tells of is shown in the rest.
  function besideList(box) {
    const [width, height] = size(), covered = parts.side.offsetWidth + 12;
    if (covered * 2 > width) {
      const below = parts.side.offsetHeight;
      return networkCamera.sized(networkCamera.panned(networkCamera.fitted(box, width, height - below), 0, -below / 2), width, height);
    }
    const free = networkCamera.fitted(box, width - covered - BADGES, height);
    return networkCamera.sized(networkCamera.panned(free, (covered - BADGES / 2) / 2, 0), width, height);
  }
  function boxOf(things) {
    const xs = things.map((i) => scene.x[i]), ys = things.map((i) => scene.y[i]);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys), spacing: scene.box.spacing };
  }

  // --- what is pointed at
  const hit = (x, y, slack) => networkHits.thing(cells, scene, camera, x, y, slack);
  const hitTie = (x, y, slack) => (drawn ? networkHits.tie(drawn.ties, scene, camera, x, y, slack) : -1);
  function hover(x, y) {
    const thing = x === null ? -1 : hit(x, y);
    const tie = x === null || thing >= 0 ? -1 : hitTie(x, y);
    parts.canvas.style.cursor = thing >= 0 || tie >= 0 ? "pointer" : "";
    parts.hover.hidden = thing < 0 && tie < 0;
    if (thing !== hovered) { hovered = thing; layer.touch(); }
    if (parts.hover.hidden) return;
    parts.hover.textContent = thing >= 0 ? `${networkWords.name(thing, 60)}\n${networkWords.kind(thing)} · ${networkWords.degree(thing)}`
      : `${networkWords.sentence(tie)}\n${networkWords.span(tie) || say("年份不详", "no year")}`;
    parts.hover.style.left = `${Math.max(4, Math.min(x + 14, camera.width - parts.hover.offsetWidth - 4))}px`;
    parts.hover.style.top = `${y + 18 + parts.hover.offsetHeight > camera.height ? y - 10 - parts.hover.offsetHeight : y + 18}px`;
  }
  function press(x, y, slack) {
    const thing = x === null ? stepped : hit(x, y, slack);
    if (thing >= 0) { stepped = thing; state.set({ chosen: data.things.iri.at(thing), claim: "" }); return; }
    const tie = x === null ? -1 : hitTie(x, y, slack);
    if (tie >= 0) pressTie(tie);
    else if (x !== null) clear();
  }
  function pressTie(tie) {
    const passing = filters.now(), of = [...data.ties.claims.at(tie)];
    const claim = of.find((one) => passing.claims[one]) ?? of[0];
    tell(networkWords.sentence(tie));
    if (claim !== undefined) state.set({ claim: data.claims.id.at(claim) });
  }
  function open(x, y) {
    const thing = x === null ? stepped : hit(x, y);
    if (thing >= 0) networkPanel.unfold(thing);
  }
  function clear() {
    const some = Boolean(state.get("chosen") || state.get("claim"));
    state.set({ chosen: "", claim: "" });
    return some;
  }
  // The next thing by degree among those that are drawn and pass: for the keyboard.
  function step(way) {
    const order = [...networkIndex.now().byDegree].filter((i) => scene.shown[i] && scene.thingTone[i] !== networkScene.TONES.FADED);
    if (!order.length) return;
    const at = order.indexOf(stepped);
    stepped = order[at < 0 ? (way > 0 ? 0 : order.length - 1) : (at + way + order.length) % order.length];
    bring(stepped);
    layer.touch();
    tell(networkWords.thing(stepped));
  }
  function rings(context, now) {
    const look = parts.look;
    const ringed = [[hovered, look.ink, 1.5, 2], [networkScene.thingAt("chosen"), look.accent, 3, 4], [parts.focused ? stepped : -1, look.ink, 2, 8]];
    for (const [thing, color, width, apart] of ringed) {
      if (thing < 0 || !scene.shown[thing]) continue;
      const x = scene.x[thing] * now.scale + networkCamera.left(now), y = scene.y[thing] * now.scale + networkCamera.top(now);
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, networkDrawing.radius(scene, now, thing) + apart, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  // --- the scaffold
  function build() {
    const canvas = element("canvas", { tabindex: 0, role: "application", "aria-label": say("网络图", "Network"), "aria-describedby": "net-help" });
    const { button } = networkPanel;
    const zooms = element("div", { class: "net-zoom" }, button("+", () => zoom(1.4), { "aria-label": say("放大", "Zoom in") }),
      button("−", () => zoom(1 / 1.4), { "aria-label": say("缩小", "Zoom out") }), button(say("全图", "Whole"), whole, { class: "net-whole" }));
    const made = { canvas, bar: element("div", { class: "net-bar" }),
      side: element("div", { class: "net-side", role: "region", tabindex: 0, "aria-label": say("路径与轨迹", "Way and trace") }),
      strip: element("div", { class: "net-strip" }), hover: element("div", { class: "net-hover", hidden: true, "aria-hidden": "true" }),
      summary: element("summary", {}), legend: element("div", { class: "net-rows" }), focused: false };
    const help = element("p", { id: "net-help", hidden: true }, say("方向键移动，加减号缩放，0 看全图，N 与 P 依联系多少逐个走到事物，回车选中，空格展开或收起，Esc 取消。",
      "Arrows move, plus and minus zoom, 0 shows the whole, N and P go from thing to thing by number of ties, Enter chooses, Space expands or collapses, Escape clears."));
    made.view = element("div", { class: "net-view" }, canvas, zooms, made.side, made.strip,
      made.hover, help);
    made.key = element("details", { class: "net-key", open: window.innerWidth > 900 }, made.summary, made.legend);
    return made;
  }
  function enter(stage) {
    parts = build();
    stage.append(parts.bar, parts.view, parts.key);
    follow = networkPanel.bar(parts.bar);
    parts.look = networkDrawing.colors();
    layer = networkLayer(parts.canvas, rings, finished);
    layer.dress();
    networkHands(parts.canvas, { pan: (dx, dy) => move(networkCamera.panned(camera, dx, dy)), zoom, whole, hover, press, open, step, clear });
    for (const [event, on] of [["focus", true], ["blur", false]]) parts.canvas.addEventListener(event, () => { parts.focused = on; layer.touch(); });
    draw();
    placeCamera();
    watcher = new ResizeObserver(() => (isMoved() ? see(networkCamera.sized(camera, ...size())) : placeCamera()));
    watcher.observe(parts.view);
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", printed);
  }
  function finished(told, full) {
    drawn = told;
    if (!full) return;
    parts.summary.textContent = networkPanel.counts(scene, drawn);
    document.documentElement.dataset.drawn = "yes";
  }
  function draw() {
    const before = scene;
    scene = networkScene.made();
    if (before?.key !== scene.key || !cells) { cells = networkHits.grid(scene); drawn = null; }
    layer.show(scene);
    follow();
    networkSide.draw(parts.side, scene);
    networkPanel.strip(parts.strip);
    networkPanel.legend(parts.legend, scene);
    parts.summary.textContent = networkPanel.counts(scene, drawn);
  }
  function update(changed) {
    const own = [...changed].some((key) => OWN.has(key));
    if (own) draw();
    if (changed.has("chosen")) { const thing = networkScene.thingAt("chosen"); if (thing >= 0) { stepped = thing; bring(thing); } }
    const moved = changed.has(AT) && state.get(AT) !== networkCamera.written(camera);
    const reshaped = SHAPES.some((key) => changed.has(key)) || (isFollowed() && FOLLOWED.some((key) => changed.has(key)));
    if (reshaped && state.get(AT) && !changed.has(AT)) state.set({ [AT]: "" }, { replace: true });
    else if (moved || reshaped) placeCamera();
  }
  // Paper is light: for it, what is seen is drawn once more in the colours of the light page.
  function print() {
    const { dataset } = document.documentElement, { theme } = dataset;
    dataset.theme = "light";
    parts.print = networkTaken.picture(scene, camera);
    if (theme) dataset.theme = theme; else delete dataset.theme;
    parts.print.className = "net-print";
    parts.view.before(parts.print);
  }
  const printed = () => parts.print.remove();
  function leave() {
    window.removeEventListener("beforeprint", print);
    window.removeEventListener("afterprint", printed);
    watcher.disconnect();
    layer.end();
    forget();
    delete document.documentElement.dataset.drawn;
    parts = layer = scene = cells = drawn = null;
    stepped = hovered = -1;
  }

  // --- to take away
  function rows() {
    const passing = filters.now(), { ties } = data;
    const shown = scene ?? networkScene.made();
    const all = [...shown.ties].filter((e) => passing.ties[e]), open = (row) => {
      const [claim] = ties.claims.at(all[row]);
      return { chosen: data.things.iri.at(ties.source[all[row]]), claim: claim >= 0 ? data.claims.id.at(claim) : "" };
    };
    const listed = all.map((e) => [data.things.name.at(ties.source[e]), networkWords.link(e),
      data.things.name.at(ties.target[e]), networkWords.span(e), ties.claims.at(e).length, data.things.iri.at(ties.source[e]), data.things.iri.at(ties.target[e])]);
    return { name: "network", rows: listed, open, columns: [["subject", "主体", "subject"], ["relation", "关系", "relation"], ["object", "对象", "object"],
      ["years", "年份", "years"], ["claims", "论断数", "claims"], ["subjectId", "主体标识", "subject id"], ["objectId", "对象标识", "object id"]] };
  }
  const keys = [["← ↑ → ↓", "移动；按住 Shift 移得远", "move; with Shift further"], ["+ −", "放大、缩小", "zoom in and out"], ["0", "全图", "the whole"],
    ["N P", "依联系多少到下一个、上一个事物", "to the next or previous thing, most tied first"], ["Enter", "选中", "choose"],
    ["Space", "只看周围；展开、收起", "only around it; expand, collapse"], ["Esc", "取消选中", "choose nothing"]];
  return { id: "network", name: ["网络", "Network"], keys, enter, update, leave, rows,
    picture: () => networkTaken.picture(scene ?? networkScene.made()), question: networkTaken.question };
})();
