// Years, statuses and ways of an adopter → words; the same in the matrix, the lanes, the table and the sentences.
"use strict";

const diffusionWords = (() => {
  const DATED = {
    stated: ["句中写明年份", "the sentence names the year"],
    effective: ["生效日期", "the date from which it holds"],
    document: ["仅知文件年份（上限）", "only the document's year: an upper bound"],
    continued: ["“继续”之类：此前已有（上限）", "said to go on, so begun before: an upper bound"],
    given: ["用户所给", "given by the user"],
    open: ["年份不详", "no year"],
  };
  const BASES = {
    "learns from": ["学习借鉴", "learns from"], promoted: ["推广", "promoted"], implements: ["贯彻落实", "carries out"],
    cooperates: ["合作", "cooperates"], "names the document": ["文中引用其文件", "its text cites the document"],
    "planned by the superior": ["上级文件作出安排", "planned by the superior's text"], "inferred network": ["推断的网络", "inferred network"],
    "superior earlier": ["上级在先", "the superior came earlier"], "pioneer of the province": ["同省同级的先行者", "pioneer of the province"],
  };
  const LETTERS = { "": ["·", "·"], Planned: ["计", "P"], Started: ["启", "S"], Ongoing: ["续", "O"], Completed: ["成", "C"],
    Ended: ["止", "E"] };
  const told = (table) => (name) => say(...(table[name] ?? [name, name]));
  const dated = told(DATED);

  // 2014 where the year is known, 2012–2014 or ≤2014 where it is an interval, 不详 where there is none.
  function year({ lower, upper, exact }) {
    if (!upper) return say("不详", "unknown");
    if (!lower) return `≤${upper}`;
    return exact ? `${upper}` : `${lower + 1}–${upper}`;
  }
  function when(one) {
    if (!one.upper) return say("年份不详", "year unknown");
    if (one.exact) return say(`${one.upper}年`, `in ${one.upper}`);
    return one.lower ? say(`${one.lower + 1}–${one.upper}年之间`, `between ${one.lower + 1} and ${one.upper}`)
      : say(`仅知不晚于${one.upper}年`, `by ${one.upper} at the latest`);
  }
  function adopter(one) {
    const status = words.statuses(one.status);
    return say(`${one.name}：${when(one)}，${status}（${dated(one.dated)}）`, `${one.name}: ${when(one)}, ${status} (${dated(one.dated)})`);
  }
  // 12 / 48 个采纳者 where a filter is on.
  function count({ passing, adopters }) {
    const number = filters.isOn() ? `${passing.length} / ${adopters.length}` : `${adopters.length}`;
    return say(`${number} 个采纳者`, `${number} adopter${adopters.length === 1 ? "" : "s"}`);
  }
  const list = (names) => names.join(say("、", ", "));

  const sentence = (claim) => data.quotes.text.at(data.claims.quote[claim]);
  const file = (claim) => data.sources.file.at(data.quotes.source[data.claims.quote[claim]]);

  return { dated, basis: told(BASES), letter: told(LETTERS), year, when, adopter, count, list, sentence, file };
})();
