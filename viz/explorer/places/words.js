// What the places view says in whole sentences: the title and notes of its pictures, a tile for those who hear the page.
"use strict";

const placesWords = (() => {
  const SCHEME = ["示意图，非地图", "Schematic, not a map"];
  const scheme = () => say(...SCHEME);
  const unread = () => say("资料暂缺", "nothing read");
  const until = () => (state.get("year") ? say(`截至 ${state.get("year")} 年`, `up to ${state.get("year")}`) : say("全部年份", "all years"));
  const part = (count, all) => (count === all ? String(all) : `${count} / ${all}`);

  function title(most = 60) {
    const { program } = placesData.now();
    return program < 0 ? say("有论断的地方", "Places with claims") : dom.cut(data.things.name.at(program), most);
  }
  function subtitle() {
    const { program, places } = placesData.now();
    const marked = places.filter((one) => one.marked);
    const shown = part(marked.filter((one) => one.passes).length, marked.length);
    const read = places.filter((one) => one.documents).length;
    const many = program < 0 ? say(`${shown} 个地方`, `${shown} places`) : say(`${shown} 个地方采纳`, `${shown} places adopted`);
    return [many, say(`${read} 个地方有已读文件`, `documents of ${read} places read`), until()].join(say("，", ", "));
  }
  // Those that lie in no tile: the centre, other countries, places whose province is not known.
  function outside() {
    const marked = placesData.now().outside.filter((one) => one.marked);
    if (!marked.length) return "";
    const names = marked.slice(0, 4).map((one) => {
      const year = placesScale.year(one);
      return dom.cut(data.things.name.at(one.place), 20) + (year && say(`（${year}）`, ` (${year})`));
    });
    const more = marked.length > names.length ? say(" 等", " …") : "";
    return say(`不在格中 ${marked.length} 个：${names.join("、")}${more}`, `In no tile, ${marked.length}: ${names.join(", ")}${more}`);
  }
  const span = (years) => (years.size ? placesScale.span([[...years.keys()][0], [...years.keys()].at(-1)]) : "");
  function coverage({ documents, read, missing, years }) {
    const known = documents
      ? say(`已读 ${documents} 份文件（${read} 个地方，${span(years)}）`, `${documents} documents read (${read} places, ${span(years)})`) : unread();
    return known + (missing ? say(`，另有 ${missing} 份应有而未读`, `, ${missing} that should exist not read`) : "");
  }
  const read = ({ documents, years }) => (documents ? say(`${documents} 份（${span(years)}）`, `${documents} (${span(years)})`) : unread());

  const name = (tile) => say(tile.full, tile.en.replace("\n", " "));
  function told(of) {
    const adopted = placesData.now().program >= 0
      ? say(`${part(of.count, of.all)} 个地方采纳`, `${part(of.count, of.all)} places adopted`)
      : say(`${part(of.count, of.all)} 个地方有论断，${of.claims} 条`, `${part(of.count, of.all)} places with ${of.claims} claims`);
    const first = of.first < Infinity && placesData.now().program >= 0 ? say(`最早不晚于 ${of.first} 年`, `the first not later than ${of.first}`) : "";
    const found = of.all || of.documents ? adopted : "";
    return [name(of.tile), found, first, coverage(of)].filter(Boolean).join(say("，", ", "));
  }
  return { scheme, unread, title, subtitle, outside, coverage, read, name, part, told };
})();
