// What part of the network is seen, as a plain record {x, y, scale, width, height}: the middle in the network's own measure,
// pixels per unit, the size of the canvas in CSS pixels. Every function gives a new one.
"use strict";

const networkCamera = (() => {
  const ASIDE = 52, ABOVE = 36; // pixels left free at the rim of the whole, for names

  function fitted(box, width, height) {
    const wide = Math.max(box.right - box.left, 1e-6), high = Math.max(box.bottom - box.top, 1e-6);
    const scale = Math.min(Math.max(width - 2 * ASIDE, 40) / wide, Math.max(height - 2 * ABOVE, 40) / high);
    const most = Math.min(width, height) / 4 / (box.spacing || 1); // a few things are not blown up
    return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale: Math.min(scale, most), width, height };
  }
  // The point under (px, py) stays where it is.
  function zoomed(camera, factor, px, py, box) {
    const whole = fitted(box, camera.width, camera.height).scale;
    const deepest = Math.max(whole * 4, 220 / (box.spacing || 1));
    const scale = Math.min(Math.max(camera.scale * factor, whole * 0.5), deepest);
    const dx = px - camera.width / 2, dy = py - camera.height / 2;
    return { ...camera, scale, x: camera.x + dx / camera.scale - dx / scale, y: camera.y + dy / camera.scale - dy / scale };
  }
  const panned = (camera, dx, dy) => ({ ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale });
  const centered = (camera, x, y) => ({ ...camera, x, y });
  const sized = (camera, width, height) => ({ ...camera, width, height });

  const left = (camera) => camera.width / 2 - camera.x * camera.scale; // added to x · scale gives pixels
  const top = (camera) => camera.height / 2 - camera.y * camera.scale;
  const same = (a, b) => a.x === b.x && a.y === b.y && a.scale === b.scale && a.width === b.width && a.height === b.height;
  const sees = (camera, x, y, rim = 0) => {
    const px = x * camera.scale + left(camera), py = y * camera.scale + top(camera);
    return px >= rim && py >= rim && px <= camera.width - rim && py <= camera.height - rim;
  };

  // As text for the address: enough digits to see the same picture again.
  const written = ({ x, y, scale }) => [x, y, scale].map((value) => Number(value.toPrecision(5))).join(",");
  function read(text, width, height) {
    const [x, y, scale] = text.split(",").map(Number);
    return Number.isFinite(x) && Number.isFinite(y) && scale > 0 && Number.isFinite(scale) ? { x, y, scale, width, height } : null;
  }

  return { fitted, zoomed, panned, centered, sized, left, top, same, sees, written, read };
})();
