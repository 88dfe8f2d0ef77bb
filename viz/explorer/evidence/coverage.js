// Of whom something was read, of which year → the years of a place, and how far the whole graph reaches.
// Where nothing was read, the graph is silent: that nothing was found there says nothing about what happened.
"use strict";

const coverage = (() => {
  const { element } = dom;

  // [[year, documents], …] in order; the year is 0 where the document's is unknown.
  function of(place) {
    const { read } = data;
    const years = [];
    for (let r = 0; r < read.rows; r++) if (read.place[r] === place) years.push([read.year[r], read.documents[r]]);
    return years.sort((a, b) => a[0] - b[0]);
  }

  function whole() {
    const { read, sources } = data;
    const places = new Set(read.place), years = [...new Set(read.year)].filter(Boolean).sort((a, b) => a - b);
    const files = new Set();
    for (let s = 0; s < sources.rows; s++) files.add(sources.file.at(s));
    return { places: places.size, years, pairs: read.rows, files: files.size };
  }

  // 2013、2015–2017
  function spans(years) {
    const runs = [];
    for (const year of years) {
      const last = runs.at(-1);
      if (last && year === last[1] + 1) last[1] = year; else runs.push([year, year]);
    }
    return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(say("、", ", "));
  }

  // A cell for each year from the first to the last of the graph, filled where something was read.
  function strip(place) {
    const { years } = whole();
    if (!years.length) return null;
    const documents = new Map(of(place));
    const all = Array.from({ length: years.at(-1) - years[0] + 1 }, (_, i) => years[0] + i);
    const told = (year) => (documents.has(year) ? say(`${year} 年：读到 ${documents.get(year)} 篇`, `${year}: ${documents.get(year)} read`) : say(`${year} 年：没有读到`, `${year}: nothing read`));
    return element("div", { class: "years-read", "aria-hidden": "true" },
      element("span", { class: "strip" }, all.map((year) => element("span", { class: documents.has(year) ? "read" : "", title: told(year) }))),
      element("span", { class: "ends" }, element("span", {}, all[0]), element("span", {}, all.length > 1 ? all.at(-1) : "")));
  }

  function inWords(place) {
    const years = of(place), dated = years.map(([year]) => year).filter(Boolean);
    const documents = years.reduce((sum, [, n]) => sum + n, 0);
    if (!documents) return say("没有读到这个地方自己的文件；它只出现在别处的文件里。", "No document of this place was read; it stands only in documents of others.");
    const when = dated.length ? spans(dated) : say("年份不详", "year unknown");
    return say(`读到 ${documents} 篇：${when}。`, `${documents} read: ${when}.`);
  }
  const warning = () => say("没有读到 ≠ 没有发生", "Not read ≠ did not happen");

  return { of, whole, spans, strip, inWords, warning };
})();
