// Pointer, wheel and keys on the canvas → calls: networkHands(canvas, {pan, zoom, whole, hover, press, open, step, clear}).
"use strict";

const networkHands = (() => {
  const STILL = 5; // pixels that a press may stray and still be a click
  const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const STRIDE = 60, ZOOM = 1.3;

  function at(canvas, event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  function pointers(canvas, calls) {
    const down = new Map(); // one or two fingers
    let strayed = false;
    const middle = () => {
      const all = [...down.values()];
      return { x: all.reduce((sum, [x]) => sum + x, 0) / all.length, y: all.reduce((sum, [, y]) => sum + y, 0) / all.length,
        apart: all.length > 1 ? Math.hypot(all[0][0] - all[1][0], all[0][1] - all[1][1]) : 0 };
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button > 0 || down.size > 1) return;
      canvas.setPointerCapture(event.pointerId);
      if (!down.size) strayed = false;
      down.set(event.pointerId, [...at(canvas, event), ...at(canvas, event)]);
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = at(canvas, event);
      const held = down.get(event.pointerId);
      if (!held) { calls.hover(x, y); return; }
      strayed ||= Math.hypot(x - held[2], y - held[3]) > STILL || down.size > 1;
      if (!strayed) return;
      const before = middle();
      down.set(event.pointerId, [x, y, held[2], held[3]]);
      const after = middle();
      calls.pan(after.x - before.x, after.y - before.y);
      if (before.apart && after.apart) calls.zoom(after.apart / before.apart, after.x, after.y);
    });
    const up = (event) => {
      if (!down.delete(event.pointerId) || strayed || event.type === "pointercancel") return;
      calls.press(...at(canvas, event), event.pointerType === "touch" ? 14 : 4);
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("pointerleave", () => calls.hover(null));
    canvas.addEventListener("dblclick", (event) => calls.open(...at(canvas, event)));
  }
  function wheel(canvas, calls) {
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 24 : event.deltaMode === 2 ? 400 : 1;
      calls.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)), ...at(canvas, event));
    }, { passive: false });
  }
  function key(event, calls) {
    const { key: pressed, shiftKey } = event;
    if (ARROWS[pressed]) { calls.pan(...ARROWS[pressed].map((way) => way * STRIDE * (shiftKey ? 4 : 1))); return true; }
    if (pressed === "+" || pressed === "=") { calls.zoom(ZOOM); return true; }
    if (pressed === "-" || pressed === "_") { calls.zoom(1 / ZOOM); return true; }
    if (pressed === "0") { calls.whole(); return true; }
    if (pressed === "n" || pressed === "PageDown") { calls.step(1); return true; }
    if (pressed === "p" || pressed === "PageUp") { calls.step(-1); return true; }
    if (pressed === "Enter") { calls.press(null); return true; }
    if (pressed === " ") { calls.open(null); return true; }
    return pressed === "Escape" && calls.clear();
  }

  return (canvas, calls) => {
    pointers(canvas, calls);
    wheel(canvas, calls);
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (key(event, calls)) event.preventDefault();
    });
  };
})();
