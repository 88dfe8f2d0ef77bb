// A scene and a camera → a picture on a canvas, drawn in pieces: networkDrawing.painting(…) is a generator that stops after
// each of them, so that whoever runs it can let the browser go on. It gives back what was drawn.
"use strict";

const networkDrawing = (() => {
  const { FADED, BACK, PLAIN, LIT } = networkScene.TONES;
  const PIECE = 30000, SCANNED = 40000, MARKS = 500; // pixels of lines, ties looked through, marks drawn in one piece
  const EACH = 12; // pixels that a line costs beside its own
  const DENSE = 2500; // ties in sight from which on lines are hairs
  const CLOSE = 600; // ties in sight up to which arrows are drawn
  const APART = 28; // pixels between things from which on lines are dashed
  const DASHES = { Planned: [7, 5], Started: [14, 4], Ended: [2, 4] };
  const GRADES = { said: [], document: [8, 5], inferred: [2, 4] };
  const WIDTHS = [[0.6, 0.5, 0.5, 0.5], [0.9, 0.7, 0.6, 0.5], [1.9, 1.2, 0.9, 0.7], [2.8, 1.8, 1.6, 1.2]]; // by tone and style
  const ALPHAS = { [FADED]: 0.45, [BACK]: 0.16, [PLAIN]: 0.8, [LIT]: 1 };

  function colors() {
    const lines = ["said", "ink", "edge", "line"].map(dom.color);
    const named = ["ground", "ink", "quiet", "faded", "accent", "font"].map((name) => [name, dom.color(name)]);
    return { lines, kinds: data.meta.kinds.map(marks.color), ...Object.fromEntries(named) };
  }

  const base = (scene, camera) => Math.min(Math.max(scene.box.spacing * camera.scale * 0.17, 0.8), 5.5);
  const radius = (scene, camera, thing) => base(scene, camera) * networkIndex.now().weight[thing];
  const largest = (scene, camera) => base(scene, camera) * 3.4;

  // Where the middle of a tie lies: a second one between the same things is bent aside.
  function middle(camera, scene, tie, ax, ay, bx, by) {
    const bend = scene.box.spacing * camera.scale > 24 ? networkIndex.now().bend[tie] : 0;
    const aside = Math.ceil(bend / 2) * (bend % 2 ? 1 : -1) * (data.ties.source[tie] < data.ties.target[tie] ? 1 : -1);
    const length = Math.hypot(bx - ax, by - ay) || 1, off = aside * Math.min(14, length * 0.12);
    return [(ax + bx) / 2 - ((by - ay) / length) * off, (ay + by) / 2 + ((bx - ax) / length) * off];
  }
  function projected(scene, camera) {
    const { x, y } = scene, left = networkCamera.left(camera), top = networkCamera.top(camera);
    const px = new Float32Array(x.length), py = new Float32Array(y.length);
    for (let i = 0; i < x.length; i++) { px[i] = x[i] * camera.scale + left; py[i] = y[i] * camera.scale + top; }
    return { px, py };
  }

  // What it costs to draw a tie: the pixels of its line, which is what a computer without a graphics card spends its time on.
  function cost(ax, ay, bx, by, longest) {
    return EACH + Math.min(Math.hypot(ax - bx, ay - by), longest);
  }
  // The ties in sight that are longer than a pixel; where they cost more than `most`, always the same part of them is taken.
  function* inSight(scene, camera, { px, py }, most, rim) {
    const { source, target } = data.ties, { tieTone } = scene, { style } = networkIndex.now();
    const right = camera.width + rim, bottom = camera.height + rim, longest = camera.width + camera.height;
    const middleX = camera.width / 2, middleY = camera.height / 2, reach = Math.hypot(middleX + rim, middleY + rim);
    const passesBy = (ax, ay, bx, by) => Math.abs((middleX - ax) * (by - ay) - (middleY - ay) * (bx - ax)) > reach * Math.hypot(bx - ax, by - ay);
    const seen = new Uint32Array(scene.ties.length);
    const isStrong = (tie) => tieTone[tie] === LIT || (style[tie] === 0 && tieTone[tie] === PLAIN);
    let count = 0, common = 0, strong = 0, done = 0;
    for (const tie of scene.ties) {
      if (++done % SCANNED === 0) yield;
      const a = source[tie], b = target[tie];
      const ax = px[a], ay = py[a], bx = px[b], by = py[b];
      if ((ax < -rim && bx < -rim) || (ay < -rim && by < -rim) || (ax > right && bx > right) || (ay > bottom && by > bottom)) continue;
      if (passesBy(ax, ay, bx, by)) continue;
      if (Math.abs(ax - bx) + Math.abs(ay - by) < 1 && tieTone[tie] !== LIT) continue;
      seen[count++] = tie;
      if (isStrong(tie)) strong += cost(ax, ay, bx, by, longest); else common += cost(ax, ay, bx, by, longest);
    }
    yield;
    const all = seen.subarray(0, count), kept = Math.max(0.02, (most - strong) / Math.max(common, 1)), keptStrong = most / Math.max(strong, 1);
    const chance = (tie) => (Math.imul(tie, 2654435761) >>> 0) / 4294967296;
    const taken = kept >= 1 ? all : all.filter((tie) => tieTone[tie] === LIT || chance(tie) < (isStrong(tie) ? keptStrong : kept));
    return { count, taken };
  }
  // The rows of a list put together by a small number: sorted(list, (row) => 0 … groups − 1) → one Uint32Array per group.
  function grouped(list, groups, groupOf) {
    const ends = new Uint32Array(groups + 1);
    for (const row of list) ends[groupOf(row) + 1]++;
    for (let g = 0; g < groups; g++) ends[g + 1] += ends[g];
    const next = ends.slice(), sorted = new Uint32Array(list.length);
    for (const row of list) sorted[next[groupOf(row)]++] = row;
    return Array.from({ length: groups }, (_, g) => sorted.subarray(ends[g], ends[g + 1]));
  }

  // The more lines in sight, the fainter each of the common ones: 1 for a few, 0.15 for thousands.
  const crowded = (density) => Math.max(0.15, Math.min(1, 1.75 - 0.45 * Math.log10(Math.max(density, 1))));

  // Whether one of the two things is in sight; a line that only passes through stands back.
  function endsHere(camera, { px, py }, tie) {
    const here = (i) => px[i] >= 0 && py[i] >= 0 && px[i] <= camera.width && py[i] <= camera.height;
    return here(data.ties.source[tie]) || here(data.ties.target[tie]);
  }

  function* lines(context, scene, camera, at, taken, look, density) {
    const { style, status } = networkIndex.now(), { statuses } = data.meta;
    const dashed = density <= CLOSE && scene.box.spacing * camera.scale > APART ? statuses.length : 1;
    const toneOf = (tie) => (scene.tieTone[tie] === PLAIN && !endsHere(camera, at, tie) ? BACK : scene.tieTone[tie]);
    const groupOf = (tie) => (toneOf(tie) * 4 + 3 - style[tie]) * dashed + (dashed > 1 ? status[tie] : 0);
    const groups = grouped(taken, 16 * dashed, groupOf);
    for (let g = 0; g < groups.length; g++) {
      if (!groups[g].length) continue;
      const tone = Math.floor(g / dashed / 4), kind = 3 - (Math.floor(g / dashed) % 4);
      const crowd = tone === PLAIN ? crowded(density) ** (kind ? 1 : 0.5) : 1;
      context.strokeStyle = tone === FADED ? look.faded : look.lines[kind];
      context.lineWidth = density > DENSE && tone !== LIT ? Math.min(WIDTHS[tone][kind], kind ? 0.5 : 0.8) : WIDTHS[tone][kind];
      context.globalAlpha = ALPHAS[tone] * crowd;
      context.setLineDash((dashed > 1 && DASHES[statuses[g % dashed]]) || []);
      for (const part of pieces(groups[g], at, camera)) {
        stroke(context, scene, camera, at, part);
        if (density <= CLOSE && tone !== FADED && kind !== 3) arrows(context, scene, camera, at, part);
        yield;
      }
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
  function* pieces(group, { px, py }, camera) {
    const { source, target } = data.ties, longest = camera.width + camera.height;
    let from = 0, spent = 0;
    for (let i = 0; i < group.length; i++) {
      const a = source[group[i]], b = target[group[i]];
      spent += cost(px[a], py[a], px[b], py[b], longest);
      if (spent < PIECE) continue;
      yield group.subarray(from, i + 1);
      from = i + 1;
      spent = 0;
    }
    if (from < group.length) yield group.subarray(from);
  }
  function stroke(context, scene, camera, { px, py }, part) {
    const { source, target } = data.ties, { bend } = networkIndex.now();
    context.beginPath();
    for (const tie of part) {
      const a = source[tie], b = target[tie];
      context.moveTo(px[a], py[a]);
      if (bend[tie]) {
        const [mx, my] = middle(camera, scene, tie, px[a], py[a], px[b], py[b]);
        context.quadraticCurveTo(2 * mx - (px[a] + px[b]) / 2, 2 * my - (py[a] + py[b]) / 2, px[b], py[b]);
      } else context.lineTo(px[b], py[b]);
    }
    context.stroke();
  }
  // Behind the ties that rest on the chosen claim.
  function halo(context, scene, camera, at, look) {
    Object.assign(context, { strokeStyle: look.accent, lineWidth: 9, globalAlpha: 0.35 });
    stroke(context, scene, camera, at, scene.claim);
    context.globalAlpha = 1;
  }
  // A small triangle where a line meets the mark of its target.
  function arrows(context, scene, camera, { px, py }, part) {
    const { source, target } = data.ties;
    context.fillStyle = context.strokeStyle;
    context.beginPath();
    for (const tie of part) {
      const a = source[tie], b = target[tie];
      if (Math.hypot(px[b] - px[a], py[b] - py[a]) < 34) continue;
      const [mx, my] = middle(camera, scene, tie, px[a], py[a], px[b], py[b]);
      arrow(context, 2 * mx - (px[a] + px[b]) / 2, 2 * my - (py[a] + py[b]) / 2, px[b], py[b], radius(scene, camera, b) + 1.5);
    }
    context.fill();
  }
  function arrow(context, fromX, fromY, x, y, before) {
    const length = Math.hypot(x - fromX, y - fromY) || 1, dx = (x - fromX) / length, dy = (y - fromY) / length;
    const tipX = x - dx * before, tipY = y - dy * before, backX = tipX - dx * 8, backY = tipY - dy * 8;
    context.moveTo(tipX, tipY);
    context.lineTo(backX - dy * 3.2, backY + dx * 3.2);
    context.lineTo(backX + dy * 3.2, backY - dx * 3.2);
    context.closePath();
  }
  // The way of a programme from adopter to adopter: said, by document, inferred.
  function* wayOfProgram(context, scene, camera, { px, py }, look) {
    const { steps, meta } = data;
    for (const row of scene.steps) {
      const a = steps.origin[row], b = steps.destination[row], grade = meta.grades[steps.grade[row]];
      const mx = (px[a] + px[b]) / 2 - (py[b] - py[a]) * 0.12, my = (py[a] + py[b]) / 2 + (px[b] - px[a]) * 0.12;
      context.strokeStyle = context.fillStyle = look.lines[0];
      context.lineWidth = grade === "inferred" ? 1.6 : 2.4;
      context.setLineDash(GRADES[grade]);
      context.beginPath();
      context.moveTo(px[a], py[a]);
      context.quadraticCurveTo(mx, my, px[b], py[b]);
      context.stroke();
      context.beginPath();
      arrow(context, mx, my, px[b], py[b], radius(scene, camera, b) + 1.5);
      context.fill();
    }
    context.setLineDash([]);
    yield;
  }

  function* things(context, scene, camera, { px, py }, look, rim) {
    const { kind } = data.things, kinds = data.meta.kinds, { weight } = networkIndex.now();
    const usual = base(scene, camera), far = rim + largest(scene, camera);
    const seen = scene.things.filter((i) => px[i] > -far && py[i] > -far && px[i] < camera.width + far && py[i] < camera.height + far);
    yield;
    const groups = grouped(seen, 4 * kinds.length, (i) => scene.thingTone[i] * kinds.length + kind[i]);
    for (let g = 0; g < groups.length; g++) {
      const tone = Math.floor(g / kinds.length), draw = networkSprites.pen(context, look, kinds[g % kinds.length], tone);
      for (let from = 0; from < groups[g].length; from += MARKS) {
        for (const i of groups[g].subarray(from, from + MARKS)) draw(px[i], py[i], usual * weight[i] * (tone === LIT ? 1.15 : 1) + (tone === LIT ? 1.5 : 0));
        draw.end();
        yield;
      }
    }
    context.globalAlpha = 1;
    return seen;
  }

  // `most`: {ties, names}: pixels of lines and names that may be drawn; `rim`: pixels beyond the edge of the canvas that belong to the picture too.
  function* painting(context, scene, camera, look, most, rim) {
    const at = projected(scene, camera);
    yield;
    const { count, taken } = yield* inSight(scene, camera, at, most.ties, rim);
    context.fillStyle = look.ground;
    context.fillRect(-rim, -rim, camera.width + 2 * rim, camera.height + 2 * rim);
    context.lineCap = "butt";
    context.lineJoin = "round";
    yield;
    halo(context, scene, camera, at, look);
    yield* lines(context, scene, camera, at, taken, look, count);
    yield* wayOfProgram(context, scene, camera, at, look);
    const seen = yield* things(context, scene, camera, at, look, rim);
    const names = yield* networkNames.written(context, scene, camera, at, look, seen, most.names, rim);
    return { inSight: count, ties: taken, things: seen.length, names };
  }

  return { colors, radius, largest, middle, painting };
})();
