// Which thing or tie lies at a point: networkHits.grid(scene) sorts the things into cells once.
"use strict";

const networkHits = (() => {
  const PER_CELL = 2;

  function grid({ things, x, y, box }) {
    const side = Math.max(1, Math.ceil(Math.sqrt(things.length / PER_CELL)));
    const wide = (box.right - box.left) / side || 1, high = (box.bottom - box.top) / side || 1;
    const within = (value) => Math.min(side - 1, Math.max(0, Math.floor(value)));
    const cell = (thing) => within((y[thing] - box.top) / high) * side + within((x[thing] - box.left) / wide);
    const ends = new Uint32Array(side * side + 1);
    for (const thing of things) ends[cell(thing) + 1]++;
    for (let c = 0; c < side * side; c++) ends[c + 1] += ends[c];
    const next = ends.slice();
    const sorted = new Uint32Array(things.length);
    for (const thing of things) sorted[next[cell(thing)]++] = thing;

    // visit(thing) for all in a box
    function* near(left, top, right, bottom) {
      for (let row = within((top - box.top) / high); row <= within((bottom - box.top) / high); row++) {
        const from = row * side + within((left - box.left) / wide), to = row * side + within((right - box.left) / wide);
        for (let i = ends[from]; i < ends[to + 1]; i++) yield sorted[i];
      }
    }
    return { near };
  }

  // The thing whose mark lies at (px, py), the nearest one; -1 if none. `slack` in pixels: more for a finger.
  function thing(cells, scene, camera, px, py, slack = 4) {
    const wx = (px - networkCamera.left(camera)) / camera.scale, wy = (py - networkCamera.top(camera)) / camera.scale;
    const reach = (networkDrawing.largest(scene, camera) + slack) / camera.scale;
    let found = -1, least = Infinity;
    for (const candidate of cells.near(wx - reach, wy - reach, wx + reach, wy + reach)) {
      const beyond = Math.hypot(scene.x[candidate] - wx, scene.y[candidate] - wy) * camera.scale - networkDrawing.radius(scene, camera, candidate);
      if (beyond <= slack && (beyond < least || (beyond === least && candidate < found))) { least = beyond; found = candidate; }
    }
    return found;
  }

  // The drawn tie that passes within `slack` pixels; of equally near ones the stronger.
  function tie(drawn, scene, camera, px, py, slack = 4) {
    const { source, target } = data.ties;
    const x0 = networkCamera.left(camera), y0 = networkCamera.top(camera);
    let found = -1, least = slack;
    for (const candidate of drawn) {
      const ax = scene.x[source[candidate]] * camera.scale + x0 - px, ay = scene.y[source[candidate]] * camera.scale + y0 - py;
      const bx = scene.x[target[candidate]] * camera.scale + x0 - px, by = scene.y[target[candidate]] * camera.scale + y0 - py;
      if ((ax > slack && bx > slack) || (ax < -slack && bx < -slack) || (ay > slack && by > slack) || (ay < -slack && by < -slack)) continue;
      const [mx, my] = networkDrawing.middle(camera, scene, candidate, ax, ay, bx, by);
      const away = Math.min(toSegment(ax, ay, mx, my), toSegment(mx, my, bx, by));
      if (away < least) { least = away; found = candidate; }
    }
    return found;
  }
  // How far the origin is from the line from (ax, ay) to (bx, by).
  function toSegment(ax, ay, bx, by) {
    const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
    const t = length ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0;
    return Math.hypot(ax + t * dx, ay + t * dy);
  }

  return { grid, thing, tie };
})();
