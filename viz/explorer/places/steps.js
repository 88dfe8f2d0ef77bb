// Things that stand somewhere, and the arrow keys → the next one in that direction; one of them at a time takes the tab key.
"use strict";

const placesSteps = (() => {
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // Of [{x, y, node}] the nearest that lies that way; what lies aside counts as three times as far.
  function next(all, from, key) {
    const [dx, dy] = WAYS[key];
    let best = null, least = Infinity;
    for (const one of all) {
      const along = (one.x - from.x) * dx + (one.y - from.y) * dy;
      const aside = Math.abs((one.x - from.x) * dy) + Math.abs((one.y - from.y) * dx);
      if (along > 0 && along + 3 * aside < least) { best = one; least = along + 3 * aside; }
    }
    return best;
  }
  const isWay = (key) => key in WAYS;
  return { next, isWay };
})();
