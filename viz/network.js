// The data block of the page → network, legend with filters, search, side panel.
// Whatever a document says is written with textContent or fillText, never as markup.
"use strict";
(() => {
  const { nodes, edges, options, info, words, pages } = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const FONT = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif';
  const kindOf = new Map(words.kinds.map((k) => [k.id, k]));
  const linkOf = new Map(words.links.map((l) => [l.id, l]));
  const ends = edges.map((e) => [e.from, e.to]);
  const edgesOf = nodes.map(() => []);
  ends.forEach(([a, b], i) => { edgesOf[a].push(i); if (b !== a) edgesOf[b].push(i); });

  const drawnNodes = new vis.DataSet(nodes);
  const drawnEdges = new vis.DataSet(edges);
  const network = new vis.Network(at("network"), { nodes: drawnNodes, edges: drawnEdges }, options);
  const frame = at("network").firstElementChild;
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", "网络图：方向键移动，+ 和 − 缩放；用查找框选择节点");

  // Elements -----------------------------------------------------------------------------------------------------
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "click") made.addEventListener("click", value);
      else made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };
  const drawing = (width, height, ...shapes) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    for (const [k, v] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" })) svg.setAttribute(k, v);
    for (const [tag, attributes] of shapes) {
      const shape = document.createElementNS(space, tag);
      for (const [k, v] of Object.entries(attributes)) shape.setAttribute(k, v);
      svg.append(shape);
    }
    return svg;
  };
  const OUTLINES = {
    diamond: "7,0 14,7 7,14 0,7", square: "1,1 13,1 13,13 1,13", triangle: "7,1 14,13 0,13",
    triangleDown: "0,1 14,1 7,13", hexagon: "4,1 10,1 14,7 10,13 4,13 0,7",
  };
  const kindMark = ({ shape, color }) => drawing(14, 14, shape === "dot"
    ? ["circle", { cx: 7, cy: 7, r: 6, fill: color }] : ["polygon", { points: OUTLINES[shape], fill: color }]);
  const lineMark = (color, width, dashes) => drawing(30, 10,
    ["line", { x1: 0, y1: 5, x2: 24, y2: 5, stroke: color, "stroke-width": width, "stroke-dasharray": dashes.join(" ") }],
    ["polygon", { points: "30,5 22,1.5 22,8.5", fill: color }]);

  // Filters ------------------------------------------------------------------------------------------------------
  const years = [...new Set(info.claims.flatMap((c) => (c.from === null ? [] : [c.from, c.to])))].sort((a, b) => a - b);
  const wanted = { kinds: new Set(), links: new Set(), from: -Infinity, to: Infinity, undated: true };
  let shownNodes = nodes.map(() => true);
  let shownEdges = edges.map(() => true);
  const inYears = (number) => {
    const claim = info.claims[number];
    return claim.from === null ? wanted.undated : claim.to >= wanted.from && claim.from <= wanted.to;
  };

  function applyFilters() {
    const kindOn = info.nodes.map((n) => wanted.kinds.has(n.kind));
    const linkOn = info.edges.map((e, i) => wanted.links.has(e.link) && kindOn[ends[i][0]] && kindOn[ends[i][1]]);
    const said = info.edges.map((e, i) => linkOn[i] && e.claims.some(inYears));
    shownNodes = info.nodes.map((n, i) => kindOn[i] && (n.claims.some(inYears) || edgesOf[i].some((e) => said[e])
      || (!n.claims.length && !edgesOf[i].some((e) => info.edges[e].claims.length))));
    shownEdges = info.edges.map((e, i) => said[i]
      || (linkOn[i] && linkOf.get(e.link).known && shownNodes[ends[i][0]] && shownNodes[ends[i][1]]));
    drawnNodes.update(shownNodes.map((shown, id) => ({ id, hidden: !shown })));
    drawnEdges.update(shownEdges.map((shown, id) => ({ id, hidden: !shown })));
    const count = shownNodes.filter(Boolean).length;
    at("shown").textContent = count === nodes.length ? `全部 ${count} 个节点可见` : `筛选后可见 ${count} / ${nodes.length} 个节点`;
  }

  function choice(set, { id, word, en }, mark, count, on) {
    const box = element("input", { type: "checkbox" });
    box.checked = on;
    if (on) set.add(id);
    box.addEventListener("change", () => { if (box.checked) set.add(id); else set.delete(id); applyFilters(); });
    const row = element("label", { class: "row", title: en }, box, mark, word, element("span", { class: "count" }, String(count)));
    row.box = box;
    return row;
  }
  function yearChoice(label, value, key) {
    const select = element("select", { "aria-label": label, title: label });
    for (const year of years) select.append(element("option", { value: year }, String(year)));
    select.value = value;
    select.addEventListener("change", () => { wanted[key] = Number(select.value); applyFilters(); });
    return select;
  }
  function buildLegend() {
    const count = (list, key, id) => list.filter((item) => item[key] === id).length;
    const kindRows = words.kinds.map((k) => [k, count(info.nodes, "kind", k.id)]).filter(([, n]) => n)
      .map(([k, n]) => choice(wanted.kinds, k, kindMark(k), n, true));
    const linkRows = words.links.map((l) => [l, count(info.edges, "link", l.id)]).filter(([, n]) => n)
      .map(([l, n]) => choice(wanted.links, l, lineMark(l.color, l.said ? 3 : l.known ? 1 : 1.8, []), n, l.shown));
    const group = (title, en, ...rows) => element("fieldset", {}, element("legend", { title: en }, title), ...rows);
    const undated = element("input", { type: "checkbox" });
    undated.checked = true;
    undated.addEventListener("change", () => { wanted.undated = undated.checked; applyFilters(); });
    const without = info.claims.filter((c) => c.from === null).length;
    const undatedRow = element("label", { class: "row", title: "Show undated claims" }, undated, "含年份不详的", element("span", { class: "count" }, String(without)));
    const from = years.length ? yearChoice("起始年份 From", years[0], "from") : null;
    const to = years.length ? yearChoice("截止年份 To", years[years.length - 1], "to") : null;
    const reset = element("button", { type: "button", click: () => {
      [...kindRows, ...linkRows].forEach((row) => { row.box.checked = true; });
      words.kinds.forEach((k) => wanted.kinds.add(k.id));
      words.links.forEach((l) => wanted.links.add(l.id));
      undated.checked = wanted.undated = true;
      if (from) { from.value = years[0]; to.value = years[years.length - 1]; }
      wanted.from = -Infinity; wanted.to = Infinity;
      applyFilters();
    } }, "全部显示");
    const statusRows = words.statuses.map((s) => element("div", { class: "row plain", title: s.en }, lineMark("#4D4D4D", s.width, s.dashes), s.word));
    const details = element("details", {}, element("summary", {}, "图例与筛选"),
      group("节点", "Nodes", ...kindRows),
      group("关系（箭头由主语指向宾语）", "Relations, subject → object", ...linkRows),
      group("年份", "Years", from ? element("div", { class: "years" }, from, "至", to) : null, undatedRow),
      group("线型：进展", "Line style: status", ...statusRows),
      element("p", { class: "quiet", id: "shown", role: "status" }), reset,
      element("p", { class: "quiet" }, "≤2013：只知文件年份，实际可能更早。放大可见更多名称。"));
    details.open = window.innerWidth > 860;
    at("legend").append(details);
  }

  // Names in the picture: as large at every zoom, and never on top of each other ------------------------------------
  let selected = { node: null, edge: null };
  const widths = new Map();
  const measure = (ctx, text, font) => {
    const key = font + text;
    if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
    return widths.get(key);
  };
  class Taken {
    constructor() { this.cells = new Map(); }
    *near([x0, y0, x1, y1]) {
      for (let i = Math.floor(x0 / 80); i <= Math.floor(x1 / 80); i++)
        for (let j = Math.floor(y0 / 80); j <= Math.floor(y1 / 80); j++) yield i * 10007 + j;
    }
    hits(box) {
      for (const key of this.near(box))
        for (const b of this.cells.get(key) || []) if (box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]) return true;
      return false;
    }
    add(box) {
      for (const key of this.near(box)) { if (!this.cells.has(key)) this.cells.set(key, []); this.cells.get(key).push(box); }
    }
  }
  let labelBoxes = [];
  function write(ctx, lines, x, y, font, height, color) {
    ctx.font = font; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.lineJoin = "round"; ctx.lineWidth = 3.5; ctx.strokeStyle = "#fff"; ctx.fillStyle = color;
    lines.forEach((line, i) => {
      const row = y + (i - (lines.length - 1) / 2) * height;
      ctx.strokeText(line, x, row); ctx.fillText(line, x, row);
    });
  }
  // Everything visible, with a margin for the names, which are as wide at every zoom.
  function fit() {
    const spots = nodes.filter((n) => shownNodes[n.id]);
    if (!spots.length) return;
    const xs = spots.map((n) => n.x), ys = spots.map((n) => n.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const margin = Math.min(150, frame.clientWidth * 0.22);
    const scale = Math.min((frame.clientWidth - margin) / (right - left + 30), (frame.clientHeight - 90) / (bottom - top + 30), 1.3);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 6 / scale }, scale });
  }
  const closeTo = () => {
    if (selected.node === null && selected.edge === null) return null;
    const near = new Set(selected.node === null ? ends[selected.edge] : [selected.node]);
    if (selected.node !== null) edgesOf[selected.node].forEach((e) => { if (shownEdges[e]) ends[e].forEach((n) => near.add(n)); });
    return near;
  };
  function paintNames(ctx) {
    const ratio = network.canvas.pixelRatio, scale = network.getScale();
    const { clientWidth: wide, clientHeight: high } = frame;
    const spots = network.getPositions(), near = closeTo(), taken = new Taken(), crowd = new Taken();
    labelBoxes = [];
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const on = nodes.map((n) => n.id).filter((id) => shownNodes[id]).map((id) => ({ id, r: nodes[id].size * scale, ...network.canvasToDOM(spots[id]) }))
      .filter(({ x, y }) => x > -60 && y > -40 && x < wide + 60 && y < high + 40);
    const great = (id) => nodes[id].weight > 5 || id === selected.node || (near !== null && near.has(id) && near.size < 40);
    on.forEach(({ id, x, y, r }) => (great(id) ? taken : crowd).add([x - r, y - r, x + r, y + r]));
    const rank = ({ id }) => (id === selected.node ? 1e9 : 0) + (near && near.has(id) ? 1e6 : 0)
      + (info.nodes[id].kind === "Place" || info.nodes[id].kind === "Program" ? 3 : 0) + nodes[id].weight;
    on.sort((a, b) => rank(b) - rank(a) || a.id - b.id);
    const paint = ({ id, x, y, r }) => {
      const lines = nodes[id].label.split("\n"), strong = nodes[id].weight > 5 || id === selected.node;
      const size = strong ? 13.5 : 12, height = size + 3, font = `${strong ? "600 " : ""}${size}px ${FONT}`;
      const w = Math.max(...lines.map((line) => measure(ctx, line, font))), h = height * lines.length;
      const spot = [[x, y + r + 2 + h / 2], [x, y - r - 2 - h / 2], [x + r + 4 + w / 2, y], [x - r - 4 - w / 2, y]]
        .map(([cx, cy]) => [Math.max(w / 2 + 3, Math.min(cx, wide - w / 2 - 3)), cy])
        .find(([cx, cy]) => {
          const box = [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
          return !taken.hits(box) && (great(id) || !crowd.hits(box));
        }) || (id === selected.node ? [x, y + r + 2 + h / 2] : null);
      if (!spot) return;
      const box = [spot[0] - w / 2, spot[1] - h / 2, spot[0] + w / 2, spot[1] + h / 2];
      taken.add(box);
      labelBoxes.push({ box, text: nodes[id].label, node: id });
      write(ctx, lines, ...spot, font, height, !near || near.has(id) ? "#1a1a1a" : "#a6a6a6");
    };
    on.filter(({ id }) => !near || near.has(id)).forEach(paint);
    paintEdgeNames(ctx, taken, crowd, near);
    if (near) on.filter(({ id }) => !near.has(id)).forEach(paint); // what is dimmed takes what room is left
    ctx.restore();
  }
  function paintEdgeNames(ctx, taken, crowd, near) {
    const font = `11px ${FONT}`;
    const touches = (i) => i === selected.edge || (selected.node !== null && ends[i].includes(selected.node));
    const rank = (i) => (touches(i) ? 100 : 0) + (linkOf.get(info.edges[i].link).said ? 10 : 0) + (info.edges[i].link === "adopts" ? 1 : 0);
    const order = edges.map((e) => e.id).filter((i) => shownEdges[i] && ends[i][0] !== ends[i][1] && (!near || touches(i))
      && (!linkOf.get(info.edges[i].link).known || touches(i))).sort((a, b) => rank(b) - rank(a) || a - b);
    for (const i of order) {
      const line = network.body.edges[i], w = measure(ctx, edges[i].label, font), said = linkOf.get(info.edges[i].link).said;
      const a = network.canvasToDOM(line.from), b = network.canvasToDOM(line.to);
      if (Math.hypot(a.x - b.x, a.y - b.y) < w + 24 && !touches(i)) continue;
      for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
        const { x, y } = network.canvasToDOM(line.edgeType.getPoint(t));
        const box = [x - w / 2 - 1, y - 7, x + w / 2 + 1, y + 7];
        if (taken.hits(box) || (!near && crowd.hits(box))) continue;
        taken.add(box);
        labelBoxes.push({ box, text: edges[i].label, edge: i });
        write(ctx, [edges[i].label], x, y, font, 13, said ? "#B34700" : "#404040");
        break;
      }
    }
  }

  // Side panel ---------------------------------------------------------------------------------------------------
  // The number of a thing; a link to its page where a server shows it.
  const numberOf = (iri) => (pages && iri.startsWith(pages.base)
    ? element("a", { href: pages.path + encodeURI(iri.slice(pages.base.length)).replaceAll("%25", "%") }, element("code", {}, iri)) : element("code", {}, iri));
  const goTo = (id) => element("button", { type: "button", class: "goto", click: () => choose(id, true) }, info.nodes[id].name);
  const pairs = (list) => element("dl", {}, ...list.filter(([, v]) => v !== "" && v !== null).flatMap(([k, v]) => [element("dt", {}, k), element("dd", {}, v)]));
  function claimCard(number, said) {
    const c = info.claims[number];
    return element("article", { class: said ? "claim travels" : "claim" },
      element("strong", {}, `${c.relation}${c.year ? ` ${c.year}` : ""} · ${c.status}`),
      c.says ? element("div", { class: "quiet" }, c.says) : null,
      element("blockquote", {}, c.sentence),
      pairs([["文件", c.file], ["部分", c.part], ["年份", c.year ? `${c.year}（${c.dated}）` : "不详"], ...c.details, ["置信度", c.confidence]]),
      element("details", {}, element("summary", {}, "规则与编号"), pairs([["规则", c.rule], ["编号", numberOf(c.iri)]])));
  }
  function showNode(id) {
    const node = info.nodes[id], kind = kindOf.get(node.kind);
    const out = [element("h2", {}, node.name), element("p", { class: "quiet" }, kindMark(kind), ` ${kind.word}${node.aliases.length ? `，又称 ${node.aliases.join("、")}` : ""}`)];
    out.push(pairs([...node.facts, ["编号", numberOf(node.iri)]]));
    for (const number of node.claims) out.push(claimCard(number, false));
    const order = new Map(words.links.map((l, i) => [l.id, i]));
    for (const i of [...edgesOf[id]].sort((a, b) => order.get(info.edges[a].link) - order.get(info.edges[b].link) || a - b)) {
      if (!shownEdges[i]) continue;
      out.push(edgeTitle(i), ...info.edges[i].claims.map((n) => claimCard(n, linkOf.get(info.edges[i].link).said)));
    }
    const missing = edgesOf[id].filter((i) => !shownEdges[i]).length;
    if (missing) out.push(element("p", { class: "quiet" }, `另有 ${missing} 条关系被筛选隐藏。`));
    return out;
  }
  const edgeTitle = (i) => {
    const [a, b] = ends[i], link = linkOf.get(info.edges[i].link);
    return element("h3", {}, goTo(a), ` ${link.word} → `, goTo(b), link.known ? element("span", { class: "quiet" }, "（行政区划资料，非文件主张）") : null);
  };
  function overview() {
    return [element("h2", {}, "点选节点或连线看依据"),
      element("p", { class: "quiet" }, "每一条连线后面都有原文句子、文件、年份、进展和规则。也可用上方查找框；方向键移动，+ − 缩放，Esc 取消选择。"),
      element("h3", {}, "联系最多"),
      ...nodes.map((n) => n.id).sort((a, b) => nodes[b].weight - nodes[a].weight || a - b).slice(0, 12)
        .map((id) => element("div", { class: "row plain" }, kindMark(kindOf.get(info.nodes[id].kind)), goTo(id), element("span", { class: "count" }, String(nodes[id].weight))))];
  }
  function show() {
    const near = closeTo();
    const panel = at("panel");
    panel.replaceChildren(...(selected.node !== null ? showNode(selected.node)
      : selected.edge !== null ? [edgeTitle(selected.edge), ...info.edges[selected.edge].claims.map((n) => claimCard(n, linkOf.get(info.edges[selected.edge].link).said))]
      : overview()));
    panel.scrollTop = 0;
    drawnNodes.update(nodes.map(({ id }) => ({ id, opacity: !near || near.has(id) ? 1 : 0.18 })));
    const touches = (i) => i === selected.edge || (selected.node !== null && ends[i].includes(selected.node));
    drawnEdges.update(edges.map(({ id, color }) => ({ id, color: { ...color, opacity: !near || touches(id) ? 1 : 0.15 } })));
  }
  function choose(id, jump) {
    selected = { node: id, edge: null };
    if (id === null) network.unselectAll();
    else {
      if (!shownNodes[id]) { [...document.querySelectorAll("#legend button")].forEach((b) => b.click()); }
      network.selectNodes([id], false);
      if (jump) network.moveTo({ position: network.getPositions([id])[id], scale: Math.max(network.getScale(), 0.9) });
    }
    show();
  }

  // Events -------------------------------------------------------------------------------------------------------
  network.on("afterDrawing", paintNames);
  network.on("click", ({ nodes: hitNodes, edges: hitEdges }) => {
    selected = { node: hitNodes.length ? hitNodes[0] : null, edge: !hitNodes.length && hitEdges.length ? hitEdges[0] : null };
    show();
  });
  const tip = (text, { x, y }) => {
    const box = at("tip");
    box.textContent = text;
    box.hidden = false;
    box.style.left = `${Math.max(4, Math.min(x + 14, frame.clientWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.max(4, Math.min(y + 14, frame.clientHeight - box.offsetHeight - 4))}px`;
  };
  network.on("hoverNode", ({ node, pointer }) => tip(`${info.nodes[node].name}\n${kindOf.get(info.nodes[node].kind).word}，${nodes[node].weight} 条关系`, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => {
    const first = info.claims[info.edges[edge].claims[0]];
    const more = info.edges[edge].claims.length > 1 ? `\n（共 ${info.edges[edge].claims.length} 条依据，点选查看）` : "";
    const quote = first ? `\n“${[...first.sentence].slice(0, 60).join("")}${[...first.sentence].length > 60 ? "…" : ""}”\n${first.file}${more}` : "";
    tip(`${info.nodes[ends[edge][0]].name} ${edges[edge].label} → ${info.nodes[ends[edge][1]].name}${quote}`, pointer.DOM);
  });
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => { at("tip").hidden = true; });
  at("closer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3 }));
  at("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3 }));
  at("whole").addEventListener("click", fit);
  frame.addEventListener("keydown", (event) => {
    const { x, y } = network.getViewPosition(), scale = network.getScale(), step = 60 / scale;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    const zoom = { "+": 1.3, "=": 1.3, "-": 1 / 1.3 }[event.key];
    if (!move && !zoom) return;
    event.preventDefault();
    network.moveTo(move ? { position: { x: x + move[0], y: y + move[1] } } : { scale: scale * zoom });
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { at("hits").hidden = true; choose(null, false); } });

  // Search -------------------------------------------------------------------------------------------------------
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
  const labels = info.nodes.map((n) => [n.name, ...n.aliases].map(plain));
  let hits = [], active = 0;
  function find(text) {
    const sought = plain(text);
    if (!sought) return [];
    const score = (id) => Math.max(...labels[id].map((l) => (l === sought ? 3 : l.startsWith(sought) ? 2 : l.includes(sought) ? 1 : 0)));
    return nodes.map((n) => n.id).map((id) => [score(id), id]).filter(([s]) => s)
      .sort(([s, a], [t, b]) => t - s || nodes[b].weight - nodes[a].weight || a - b).slice(0, 12).map(([, id]) => id);
  }
  function listHits() {
    const input = at("search"), list = at("hits");
    list.replaceChildren(...(hits.length || !input.value.trim() ? hits.map((id, i) => {
      const node = info.nodes[id], via = node.aliases.find((a) => plain(a).includes(plain(input.value)) && !plain(node.name).includes(plain(input.value)));
      const row = element("li", { role: "option", id: `hit-${i}`, "aria-selected": i === active }, kindMark(kindOf.get(node.kind)), element("span", {}, via ? `${node.name}（${via}）` : node.name), element("span", {}, kindOf.get(node.kind).word));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(i); });
      return row;
    }) : [element("li", {}, "没有找到")]));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) input.setAttribute("aria-activedescendant", `hit-${active}`); else input.removeAttribute("aria-activedescendant");
  }
  function take(i) {
    if (hits[i] === undefined) return;
    at("hits").hidden = true;
    choose(hits[i], true);
  }
  at("search").addEventListener("input", () => { hits = find(at("search").value); active = 0; listHits(); });
  at("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") take(active);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % Math.max(hits.length, 1);
      listHits();
    }
  });
  at("search").addEventListener("blur", () => { at("hits").hidden = true; });

  // Opening ------------------------------------------------------------------------------------------------------
  buildLegend();
  applyFilters();
  fit();
  const asked = new URLSearchParams(`q=${location.hash.slice(1).replaceAll("+", "%2B")}`).get("q");
  const opened = asked ? info.nodes.findIndex((n) => n.name === asked || n.iri === asked) : -1;
  if (opened >= 0) choose(opened, false); else show();
  window.policyNetwork = { network, choose, labelBoxes: () => labelBoxes, shown: () => shownNodes.filter(Boolean).length };
})();
