// A <canvas> that shows a scene through a camera. While the camera moves, the last picture is shown moved and scaled as one
// bitmap, and drawn anew a few times a second; when it rests, the picture is drawn in full. Drawing goes on in pieces between
// frames, so that none of them waits.
//
//   const layer = networkLayer(canvas, (context, camera) => …)    the second draws what lies on top: rings
//   layer.see(camera, { moving: true })  layer.show(scene)  layer.touch()  layer.end()
"use strict";

const networkLayer = (() => {
  const RIM = 0.12; // of the width and height, drawn beyond the edge so that moving shows no empty border at once
  const PIECE_MS = 6, RESTING_MS = 10, FIRST_MS = 40; // of a frame, spent on drawing: while moving, at rest, before anything is shown
  const SPARE = 0.4, BLOWN_UP = 1.15; // part of the rim that must be left, and how much larger or smaller, before drawing anew
  const REFRESH_MS = 260, REST_MS = 140;
  const FULL = { ties: 2500000, names: 160 }, DRAFT = { ties: 500000, names: 40 }; // pixels of lines

  const ratio = () => Math.min(Math.max(window.devicePixelRatio || 1, 1), 3);
  function sized(canvas, width, height) {
    const wide = Math.round(width * ratio()), high = Math.round(height * ratio());
    if (canvas.width !== wide || canvas.height !== high) { canvas.width = wide; canvas.height = high; }
  }

  return (canvas, onTop, onDrawn) => {
    const context = canvas.getContext("2d", { alpha: false });
    const blank = () => ({ canvas: document.createElement("canvas"), camera: null, full: false });
    let picture = blank(), next = blank();
    let scene = null, camera = null, look = null, job = null;
    let moved = -Infinity, refreshed = -Infinity, waiting = 0, stale = true;

    function begin(full) {
      const rim = Math.round(RIM * Math.max(camera.width, camera.height));
      sized(next.canvas, camera.width + 2 * rim, camera.height + 2 * rim);
      Object.assign(next, { camera, rim, full });
      const pen = next.canvas.getContext("2d", { alpha: false, willReadFrequently: true });
      pen.setTransform(ratio(), 0, 0, ratio(), rim * ratio(), rim * ratio());
      job = { pen, full, pieces: networkDrawing.painting(pen, scene, camera, look, full ? FULL : DRAFT, rim) };
      stale = false;
    }
    // Reading a pixel makes the browser draw at once what it would else put off, so that the clock tells the truth.
    function work(until) {
      for (;;) {
        const { done, value } = job.pieces.next();
        job.pen.getImageData(0, 0, 1, 1);
        if (done) { finish(value); return true; }
        if (performance.now() > until) return false;
      }
    }
    function finish(drawn) {
      [picture, next] = [next, picture];
      const { full } = job;
      job = null;
      refreshed = performance.now();
      onDrawn(drawn, full);
    }
    // Where the last picture lies on the canvas now, in device pixels.
    function laid() {
      const zoom = camera.scale / picture.camera.scale, { rim } = picture;
      return {
        zoom, wide: picture.canvas.width * zoom, high: picture.canvas.height * zoom,
        left: (networkCamera.left(camera) - networkCamera.left(picture.camera) * zoom - rim * zoom) * ratio(),
        top: (networkCamera.top(camera) - networkCamera.top(picture.camera) * zoom - rim * zoom) * ratio(),
      };
    }
    // Whether the last picture still does while the camera moves: about as large, and not yet moved to its edge.
    function serves() {
      if (!picture.camera || stale) return false;
      const { zoom, left, top, wide, high } = laid(), spare = picture.rim * ratio() * SPARE;
      return zoom < BLOWN_UP && zoom > 1 / BLOWN_UP && left < -spare && top < -spare
        && left + wide > canvas.width + spare && top + high > canvas.height + spare;
    }
    function present() {
      const sharp = ratio();
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (picture.camera) {
        const { zoom, left, top, wide, high } = laid();
        if (left > 0 || top > 0 || left + wide < canvas.width || top + high < canvas.height) clear();
        if (zoom === 1) context.drawImage(picture.canvas, Math.round(left), Math.round(top));
        else context.drawImage(picture.canvas, left, top, wide, high);
      } else clear();
      context.setTransform(sharp, 0, 0, sharp, 0, 0);
      onTop(context, camera);
    }
    function clear() {
      context.fillStyle = look.ground;
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    function plan(now) {
      const moving = now - moved < REST_MS;
      const right = picture.camera && networkCamera.same(picture.camera, camera) && !stale;
      if (job?.full && !networkCamera.same(next.camera, camera)) job = null;
      if (!job && moving && !serves() && now - refreshed > REFRESH_MS) begin(false);
      if (!job && !moving && !(right && picture.full)) begin(true);
      return moving;
    }
    function frame(now) {
      waiting = 0;
      const moving = plan(now);
      if (job) work(performance.now() + (moving ? PIECE_MS : picture.camera ? RESTING_MS : FIRST_MS));
      present();
      if (job || moving) ask();
    }
    const ask = () => { waiting ||= requestAnimationFrame(frame); };

    return {
      dress() { look = networkDrawing.colors(); stale = true; },
      show(given) { scene = given; stale = true; job = null; ask(); },
      see(given, { moving = false } = {}) {
        sized(canvas, given.width, given.height);
        camera = given;
        if (moving) moved = performance.now();
        ask();
      },
      touch: ask,
      end() { cancelAnimationFrame(waiting); job = null; },
    };
  };
})();
