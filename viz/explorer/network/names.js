// The names in the picture: the most tied things first, none over another, more of them as one comes closer.
"use strict";

const networkNames = (() => {
  const SIZE = 12.5, LONGEST = 16, CELL = 24;
  const MARK = 4.5; // pixels of radius from which on a mark is kept free
  const ROOM = 12000; // square pixels for each name
  const { FADED, BACK, LIT } = networkScene.TONES;
  const PIECE = 12, SCANNED = 10000; // names written, things looked through in one piece; -1 stands for a pause between them
  let widths = new Map();

  // Boxes already written on, sorted into cells of a grid.
  function board() {
    const cells = new Map();
    const over = function* ([left, top, right, bottom]) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
        for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) yield row * 65536 + column;
      }
    };
    const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    return {
      isFree: (box) => ![...over(box)].some((cell) => (cells.get(cell) ?? []).some((taken) => meets(box, taken))),
      take(box) { for (const cell of over(box)) { if (!cells.has(cell)) cells.set(cell, []); cells.get(cell).push(box); } },
    };
  }
  function width(context, text) {
    if (widths.size > 4000) widths = new Map();
    const key = context.font + text;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width);
    return widths.get(key);
  }
  const label = (scene, thing) => [dom.cut(data.things.name.at(thing), LONGEST), scene.badges.get(thing)].filter(Boolean).join("  ");

  // What is looked at first, then by degree; nothing that is greyed, and small marks only where there is room around them.
  function* candidates(scene, camera) {
    const { byDegree, degree } = networkIndex.now();
    const least = scene.things.length > 400 ? Math.max(0, 4 - (scene.box.spacing * camera.scale) / 8) : 0;
    const lit = new Set(scene.litThings);
    const some = scene.litThings.length > 0;
    yield* [...lit].sort((a, b) => degree[b] - degree[a] || a - b);
    if (some && lit.size > 1) return;
    let passed = 0;
    for (const thing of byDegree) {
      if (degree[thing] < least) return;
      if (++passed % SCANNED === 0) yield -1;
      if (!lit.has(thing) && scene.shown[thing] && scene.thingTone[thing] !== FADED) yield thing;
    }
  }
  // Below, right, above, left; rather where the edge of the canvas does not cut it off.
  function spotsFor(scene, camera, thing, x, y, wide) {
    const r = networkDrawing.radius(scene, camera, thing) + 3;
    const spots = [[x - wide / 2, y + r], [x + r, y - SIZE / 2 - 1], [x - wide / 2, y - r - SIZE - 4], [x - r - wide, y - SIZE / 2 - 1]]
      .map(([left, top]) => [left - 2, top - 1, left + wide + 2, top + SIZE + 4]);
    const isCut = ([left, top, right, bottom]) => left < 0 || top < 0 || right > camera.width || bottom > camera.height;
    return [...spots.filter((one) => !isCut(one)), ...spots.filter(isCut)];
  }
  function write(context, text, [left, top], look, tone) {
    context.globalAlpha = tone === BACK ? 0.6 : 1;
    context.strokeStyle = look.ground;
    context.fillStyle = tone === BACK ? look.quiet : look.ink;
    context.strokeText(text, left + 2, top + 1 + SIZE);
    context.fillText(text, left + 2, top + 1 + SIZE);
  }

  // Large marks stay free of names; where something is looked at, only the marks of that.
  function marked(taken, scene, camera, { px, py }, seen) {
    if (networkDrawing.largest(scene, camera) < MARK) return;
    for (const thing of seen) {
      if (scene.litThings.length && scene.thingTone[thing] !== LIT) continue;
      const r = networkDrawing.radius(scene, camera, thing);
      if (r >= MARK) taken.take([px[thing] - r, py[thing] - r, px[thing] + r, py[thing] + r]);
    }
  }

  // At most as many as there is calm room for, and not more than `most`.
  function* written(context, scene, camera, { px, py }, look, seen, given, rim) {
    const taken = board();
    const most = Math.min(given, Math.ceil(((camera.width + 2 * rim) * (camera.height + 2 * rim)) / ROOM));
    let count = 0, tried = 0;
    marked(taken, scene, camera, { px, py }, seen);
    Object.assign(context, { lineWidth: 3, lineJoin: "round", textAlign: "left", textBaseline: "alphabetic", direction: "ltr" });
    for (const thing of candidates(scene, camera)) {
      if (thing < 0) { yield; continue; }
      const x = px[thing], y = py[thing];
      if (x < -rim || y < -rim || x > camera.width + rim || y > camera.height + rim) continue;
      if (count >= most || tried++ > 6 * most) break;
      const tone = scene.thingTone[thing];
      context.font = `${tone === LIT ? 600 : 400} ${SIZE}px ${look.font}`;
      const text = label(scene, thing), wide = width(context, text);
      const box = spotsFor(scene, camera, thing, x, y, wide).find(taken.isFree);
      if (!box) continue;
      taken.take(box);
      write(context, text, box, look, tone);
      if (++count % PIECE === 0) yield;
    }
    yield* onTies(context, scene, camera, { px, py }, look, taken);
    context.globalAlpha = 1;
    return count;
  }

  const MOST_TIES = 40;
  // Beside the ties that are looked at: 采纳 2014.
  function* onTies(context, scene, camera, { px, py }, look, taken) {
    if (!scene.litTies.length || scene.litTies.length > MOST_TIES) return;
    const { ties } = data;
    context.font = `400 11px ${look.font}`;
    for (const tie of scene.litTies) {
      const a = ties.source[tie], b = ties.target[tie];
      const [x, y] = networkDrawing.middle(camera, scene, tie, px[a], py[a], px[b], py[b]);
      if (Math.hypot(px[a] - px[b], py[a] - py[b]) < 60) continue;
      const text = networkWords.tie(tie), wide = width(context, `${text} `);
      const box = [x - wide / 2 - 2, y - 8, x + wide / 2 + 2, y + 8];
      if (!taken.isFree(box)) continue;
      taken.take(box);
      context.strokeStyle = look.ground;
      context.fillStyle = look.quiet;
      context.strokeText(text, x - wide / 2, y + 4);
      context.fillText(text, x - wide / 2, y + 4);
    }
    yield;
  }

  return { written };
})();
