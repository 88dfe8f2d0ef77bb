// Where the things stand: places.all() gives the layout of the page as {x, y}, places.focused(…) one of a few things.
"use strict";

const networkPlaces = (() => {
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));
  const ROUNDS = 160, MOST = 300;
  let known = null;

  // Seeds of a sunflower, the most tied in the middle: for a page whose things were given no places.
  function sunflower() {
    const { byDegree } = networkIndex.now();
    const x = new Float32Array(byDegree.length), y = new Float32Array(byDegree.length);
    byDegree.forEach((thing, i) => {
      x[thing] = Math.sqrt(i + 0.5) * Math.cos(i * GOLDEN);
      y[thing] = Math.sqrt(i + 0.5) * Math.sin(i * GOLDEN);
    });
    return { x, y };
  }
  function all() {
    const { x, y } = data.things;
    const placed = x.some((value) => value !== 0) || y.some((value) => value !== 0);
    return (known ??= placed ? { x, y } : sunflower());
  }

  // Rings around the roots: `steps[k]` is how far things[k] is from them.
  function rings(things, steps) {
    const { x, y } = all();
    const px = new Float64Array(things.length), py = new Float64Array(things.length);
    for (let ring = 0; ring <= Math.max(...steps); ring++) {
      const on = [...things.keys()].filter((k) => steps[k] === ring);
      on.sort((a, b) => Math.atan2(y[things[a]], x[things[a]]) - Math.atan2(y[things[b]], x[things[b]]) || a - b);
      const radius = ring ? ring * Math.max(1.5, on.length / 6) : on.length > 1 ? 0.8 : 0;
      on.forEach((k, i) => {
        px[k] = radius * Math.cos((i / on.length) * 2 * Math.PI);
        py[k] = radius * Math.sin((i / on.length) * 2 * Math.PI);
      });
    }
    return { px, py };
  }
  // Every pair pushes apart, every tie pulls together, less and less far in each round.
  function relax(px, py, pairs) {
    const n = px.length;
    const fx = new Float64Array(n), fy = new Float64Array(n);
    for (let round = 0; round < ROUNDS; round++) {
      fx.fill(0); fy.fill(0);
      for (let a = 0; a < n; a++) {
        for (let b = a + 1; b < n; b++) {
          const dx = px[a] - px[b] || 0.001 * (a - b), dy = py[a] - py[b] || 0.001;
          const push = 1 / (dx * dx + dy * dy + 0.01);
          fx[a] += dx * push; fy[a] += dy * push; fx[b] -= dx * push; fy[b] -= dy * push;
        }
      }
      for (const [a, b] of pairs) {
        const dx = px[a] - px[b], dy = py[a] - py[b], pull = Math.hypot(dx, dy) * 0.6;
        fx[a] -= dx * pull; fy[a] -= dy * pull; fx[b] += dx * pull; fy[b] += dy * pull;
      }
      const furthest = 0.8 * (1 - round / ROUNDS);
      for (let k = 0; k < n; k++) {
        const gx = fx[k] - px[k] * 0.05, gy = fy[k] - py[k] * 0.05;
        const step = Math.min(1, furthest / (Math.hypot(gx, gy) || 1));
        px[k] += gx * step; py[k] += gy * step;
      }
    }
  }
  // A few things anew, many where they stand in the whole.
  function focused(things, ties, steps) {
    if (things.length > MOST) return all();
    const at = new Map([...things].map((thing, k) => [thing, k]));
    const { px, py } = rings(things, steps);
    relax(px, py, [...ties].map((tie) => [at.get(data.ties.source[tie]), at.get(data.ties.target[tie])]));
    const x = new Float32Array(data.things.rows), y = new Float32Array(data.things.rows);
    things.forEach((thing, k) => { x[thing] = px[k]; y[thing] = py[k]; });
    return { x, y };
  }

  return { all, focused };
})();
