// The picture of a view → a figure with title, legend and source line, as SVG text or as PNG at twice the size.
//
// Where the picture does not bring them itself, the title is that of the view, and the legend what stands in elements of class
// "legend" or "net-rows" on the stage: an <svg> and words in each item. A <canvas> that is not on the page was drawn at twice its size.
"use strict";

const awayPicture = (() => {
  const WHOLE = new Set(["diffusion", "places"]); // their pictures have title and legend
  const EDGE = 20, NARROWEST = 480, TWICE = 2, MOST_ITEMS = 60, MOST_PIXELS = 16000, MOST_AREA = 120e6;
  const SIZES = { title: 16, legend: 12, source: 11 };
  const measure = document.createElement("canvas").getContext("2d");
  const font = () => dom.color("font") || "sans-serif";

  function width(text, size) { measure.font = `${size}px ${font()}`; return measure.measureText(text).width; }
  function wrapped(text, size, room) {
    const lines = [""];
    for (const piece of text.match(/[\x21-\x7e\u00b7\u2013]+|\s+|[^]/gu) ?? []) {
      const longer = lines.at(-1) + piece;
      if (lines.at(-1) && width(longer, size) > room) lines.push(piece.trimStart()); else lines[lines.length - 1] = longer;
    }
    return lines;
  }
  const line = (text, x, y, size, color, more = {}) => dom.svg("text", { x, y, "font-size": size, fill: dom.color(color), ...more }, text);

  function asImage(canvas, x, y) {
    const shown = canvas.getBoundingClientRect();
    const width = shown.width || canvas.width / TWICE, height = shown.height || canvas.height / TWICE;
    return { made: dom.svg("image", { x, y, width, height, href: canvas.toDataURL("image/png") }), width, height };
  }

  function items() {
    const icons = [...dom.at("stage").querySelectorAll(".legend svg, .net-rows svg")];
    return icons.map((icon) => ({ icon, words: awaySvg.clean(icon.parentElement.textContent.trim()) }))
      .filter(({ words }) => words).slice(0, MOST_ITEMS);
  }
  // Item after item, on as many lines as it takes; gives the y below.
  function legend(made, top, room) {
    let x = EDGE, y = top;
    for (const { icon, words } of items()) {
      const mark = awaySvg.standing(icon, 0, 0), wide = mark.width + 5 + width(words, SIZES.legend);
      if (x > EDGE && x + wide > EDGE + room) { x = EDGE; y += 20; }
      mark.made.setAttribute("x", x);
      mark.made.setAttribute("y", y - mark.height / 2 - 4);
      made.append(mark.made, line(words, x + mark.width + 5, y, SIZES.legend, "ink"));
      x += wide + 18;
    }
    return x > EDGE ? y + 24 : top;
  }

  // What is not on the page is put there for a moment, since a sheet says nothing of it otherwise.
  function placed(picture, x, y) {
    if (picture instanceof HTMLCanvasElement) return asImage(picture, x, y);
    if (picture.isConnected) return awaySvg.standing(picture, x, y);
    const aside = dom.at("stage").appendChild(dom.element("div", { class: "aside" }, picture));
    try { return awaySvg.standing(picture, x, y); } finally { aside.remove(); }
  }
  function sized(whole, width, height) {
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) whole.setAttribute(name, value);
    whole.prepend(dom.svg("rect", { width, height, fill: dom.color("ground") }));
    return { whole, width, height };
  }
  function figure(view, picture) {
    const title = awaySvg.clean(awayWords.title(view)), source = awaySvg.clean(awayWords.source());
    const whole = dom.svg("svg", { "font-family": font(), version: "1.1" });
    const drawn = placed(picture, EDGE, 0), room = Math.max(NARROWEST, drawn.width);
    const heading = WHOLE.has(view.id) ? [] : wrapped(title, SIZES.title, room);
    const top = EDGE + (heading.length && heading.length * 22 + 8);
    drawn.made.setAttribute("y", top);
    whole.append(...heading.map((text, i) => line(text, EDGE, EDGE + 14 + i * 22, SIZES.title, "ink", { "font-weight": 700 })), drawn.made);
    const below = WHOLE.has(view.id) ? top + drawn.height + 20 : legend(whole, top + drawn.height + 24, room);
    const lines = wrapped(source, SIZES.source, room);
    whole.append(...lines.map((text, i) => line(text, EDGE, below + i * 16, SIZES.source, "quiet")));
    const made = sized(whole, Math.ceil(room + 2 * EDGE), Math.ceil(below + lines.length * 16 + EDGE - 8));
    whole.prepend(dom.svg("title", {}, title), dom.svg("desc", {}, source));
    return made;
  }
  const written = ({ whole }) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`;

  async function png(view, picture) {
    const made = figure(view, picture), { width, height } = made;
    const image = new Image(width, height);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(made))}`;
    await image.decode();
    const scale = Math.min(TWICE, MOST_PIXELS / width, MOST_PIXELS / height, Math.sqrt(MOST_AREA / (width * height)));
    const canvas = dom.element("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("toBlob"))), "image/png"));
  }
  return { svg: (view, picture) => written(figure(view, picture)), png };
})();
