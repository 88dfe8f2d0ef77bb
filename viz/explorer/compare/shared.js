// What two things share → one sentence that sums it up, and a table with the years of both and who was first.
"use strict";

const compareShared = (() => {
  const { element } = dom;
  const { text, side, counted, folded, heading } = compareParts;
  const MOST = 40;

  function firstWords(found, first) {
    if (first === "a" || first === "b") return say(`${text(found, first)}先`, `${text(found, first)} first`);
    return first === "same" ? say("同年", "same year") : say("先后不明", "cannot be told");
  }
  // What a word on who was first leaves out: a plan is no deed yet, and a text is no beginning.
  function nuance(found, row) {
    if (row.first === "open") return row.seen ? say(`${text(found, row.seen)}先见于文件`, `${text(found, row.seen)} in the earlier text`) : "";
    const planned = row.first !== "same" && data.meta.statuses[data.adoptions.status[row[row.first]]] === "Planned";
    return planned ? say("（只见计划）", "(only planned)") : "";
  }
  function verdicts(found) {
    const passing = found.both.filter((row) => row.passes);
    const many = (first) => passing.filter((row) => row.first === first).length;
    const told = ["a", "b", "same", "open"].filter(many).map((first) => `${firstWords(found, first)} ${many(first)}`);
    return told.length ? say("：", ": ") + told.join(say("，", ", ")) : "";
  }
  function summary(found) {
    const isOne = found.both.length === 1, many = element("strong", {}, counted(found.both));
    const names = [compareClaims.leads(found.a), say("与", " and "), compareClaims.leads(found.b)];
    const lead = found.mode === "Place"
      ? [say("共有 ", " share "), many, say(" 个政策项目", isOne ? " programme" : " programmes")]
      : [say("由 ", " were both adopted by "), many, say(" 个地方共同采纳", isOne ? " place" : " places")];
    return element("p", { class: "summary" }, names, lead, verdicts(found), say("。", "."));
  }

  // The years of an adoption; they open the sentence on which they rest.
  function years(adoption) {
    const told = compareYears.orUnknown(compareYears.text(compareYears.of(adoption)));
    const claim = data.adoptions.claim[adoption], status = data.meta.statuses[data.adoptions.status[adoption]];
    return [
      claim >= 0 ? compareClaims.opens(claim, told) : told,
      status ? element("span", { class: "quiet" }, ` ${words.statuses(status)}`) : null,
    ];
  }
  function why(first) {
    if (first === "same") return say("两处都写明这一年", "both texts name this year");
    if (first === "open") return say("年份区间重叠或不详", "the intervals overlap or are unknown");
    return say("最晚年份早于另一方最早年份", "its latest year lies before the earliest of the other");
  }
  const line = (found) => (row) => element("tr", { class: row.passes ? null : "faded" },
    element("th", { scope: "row" }, compareClaims.leads(row.thing)),
    element("td", {}, years(row.a)), element("td", {}, years(row.b)),
    element("td", { class: `first-${row.first}`, title: why(row.first) },
      firstWords(found, row.first), " ", element("span", { class: "quiet" }, nuance(found, row))));

  function table(found) {
    const what = found.mode === "Place" ? say("政策项目", "Programme") : say("地方", "Place");
    const heads = element("tr", {}, [what, side(found, "a"), side(found, "b"), say("先后", "First")].map(heading));
    const caption = say("共有项与年份", "What is shared, with years");
    return folded("both", found.both, (rows) => compareParts.table(caption, heads, rows.map(line(found))), MOST);
  }
  return { summary, table, years, firstWords };
})();
