// The marks of things, each size and colour drawn once and then copied: networkSprites.pen(context, look, kind, tone) gives
// draw(x, y, radius) for one kind in one tone, and draw.end() after some of them.
"use strict";

const networkSprites = (() => {
  const { FADED, BACK } = networkScene.TONES;
  const SMALL = 2.2; // pixels of radius below which a mark is a dot without shape
  const STEPS = 2; // sizes per pixel
  let sprites = new Map(), dressed = null;

  function drawn(kind, color, ground, r, sharp) {
    const half = Math.ceil(r + 2), canvas = dom.element("canvas", { width: 2 * half * sharp, height: 2 * half * sharp });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    Object.assign(pen, { fillStyle: color, strokeStyle: ground, lineWidth: 2, lineJoin: "round" });
    pen.beginPath();
    marks.trace(pen, kind, half, half, r);
    if (r > 3) pen.stroke();
    pen.fill();
    return { canvas, half };
  }
  function sprite(kind, color, ground, r, sharp) {
    const size = Math.round(r * STEPS), key = `${kind} ${color} ${size} ${sharp}`;
    if (!sprites.has(key)) sprites.set(key, drawn(kind, color, ground, size / STEPS, sharp));
    return sprites.get(key);
  }

  function pen(context, look, kind, tone) {
    if (dressed !== look) { sprites = new Map(); dressed = look; }
    const sharp = context.getTransform().a, color = tone === FADED ? look.faded : look.kinds[data.meta.kinds.indexOf(kind)];
    let dots = false;
    const draw = (x, y, r) => {
      context.globalAlpha = tone === BACK ? 0.28 : 1;
      if (r < SMALL) {
        if (!dots) { context.beginPath(); dots = true; }
        context.rect(x - r, y - r, 2 * r, 2 * r);
        return;
      }
      const { canvas, half } = sprite(kind, color, look.ground, r, sharp);
      context.drawImage(canvas, Math.round(x * sharp) / sharp - half, Math.round(y * sharp) / sharp - half, 2 * half, 2 * half);
    };
    draw.end = () => {
      if (dots) { context.fillStyle = color; context.fill(); }
      dots = false;
    };
    return draw;
  }
  return { pen };
})();
