// The picture of a view → a figure with title, legend and source line, as SVG text or as PNG at twice the size.
//
// The legend is what stands in elements of class "legend" on the stage: an <svg> and words in each item.
"use strict";

const awayPicture = (() => {
  const EDGE = 20, NARROWEST = 480, TWICE = 2, MOST_PIXELS = 16000, MOST_AREA = 120e6;
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
    const { width, height } = canvas.getBoundingClientRect();
    return { made: dom.svg("image", { x, y, width, height, href: canvas.toDataURL("image/png") }), width, height };
  }

  function items() {
    const listed = [...dom.at("stage").querySelectorAll(".legend")].flatMap((legend) => {
      const inner = [...legend.querySelectorAll("li, .item")];
      return inner.length ? inner : [...legend.children];
    });
    return listed.map((item) => ({ icon: item.querySelector("svg"), words: awaySvg.clean(item.textContent.trim()) }))
      .filter(({ words }) => words).slice(0, 60);
  }
  // Item after item, on as many lines as it takes; gives the y below.
  function legend(made, top, room) {
    let x = EDGE, y = top;
    for (const { icon, words } of items()) {
      const mark = icon ? awaySvg.standing(icon, 0, 0) : null;
      const wide = (mark ? mark.width + 5 : 0) + width(words, SIZES.legend);
      if (x > EDGE && x + wide > EDGE + room) { x = EDGE; y += 20; }
      if (mark) { mark.made.setAttribute("x", x); mark.made.setAttribute("y", y - mark.height / 2 - 4); made.append(mark.made); }
      made.append(line(words, x + (mark ? mark.width + 5 : 0), y, SIZES.legend, "ink"));
      x += wide + 18;
    }
    return x > EDGE ? y + 24 : top;
  }

  function figure(view, picture) {
    const told = { title: awaySvg.clean(awayWords.title(view)), source: awaySvg.clean(awayWords.source()) };
    const place = picture instanceof HTMLCanvasElement ? asImage : awaySvg.standing;
    const whole = dom.svg("svg", { "font-family": font(), version: "1.1" });
    const titled = Math.max(NARROWEST, picture.getBoundingClientRect().width);
    const heading = wrapped(told.title, SIZES.title, titled);
    const drawn = place(picture, EDGE, EDGE + heading.length * 22 + 8);
    const room = Math.max(NARROWEST, drawn.width);
    let y = legend(whole, EDGE + heading.length * 22 + drawn.height + 32, room);
    const source = wrapped(told.source, SIZES.source, room);
    source.forEach((text, i) => whole.append(line(text, EDGE, y + i * 16, SIZES.source, "quiet")));
    y += source.length * 16;
    const size = { width: Math.ceil(room + 2 * EDGE), height: Math.ceil(y + EDGE - 8) };
    for (const [name, value] of Object.entries({ ...size, viewBox: `0 0 ${size.width} ${size.height}` })) whole.setAttribute(name, value);
    whole.prepend(
      dom.svg("title", {}, told.title), dom.svg("desc", {}, told.source),
      dom.svg("rect", { width: size.width, height: size.height, fill: dom.color("ground") }),
      ...heading.map((text, i) => line(text, EDGE, EDGE + 14 + i * 22, SIZES.title, "ink", { "font-weight": 700 })), drawn.made,
    );
    return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`, ...size };
  }

  async function png(view, picture) {
    const { text, width, height } = figure(view, picture);
    const image = new Image(width, height);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const scale = Math.min(TWICE, MOST_PIXELS / width, MOST_PIXELS / height, Math.sqrt(MOST_AREA / (width * height)));
    const canvas = dom.element("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("toBlob"))), "image/png"));
  }
  return { svg: (view, picture) => figure(view, picture).text, png };
})();
