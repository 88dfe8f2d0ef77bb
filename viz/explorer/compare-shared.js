// What two things share and what only one has → the summary, the table of the shared, and two lists.
"use strict";

const compareShared = (() => {
  const { element } = dom;
  const FEW = 12;
  const { name } = compareClaims;
  const of = (found, side) => found[side];
  const text = (found, side) => dom.cut(name(of(found, side)), 60);
  const counted = (rows) => { const pass = rows.filter((row) => row.passes).length; return pass === rows.length ? String(rows.length) : `${pass} / ${rows.length}`; };

  const side = (found, which) => element("span", { class: `name side-${which}` }, comparePicker.sideMark(which), dom.opens(found[which]));
  // Heads a part of the page; note tells how many, and of how many.
  const part = (id, title, note, ...children) => element("section", { class: `part ${id}`, "aria-label": dom.cut(title, 100) },
    element("h2", {}, dom.cut(title, 100), note ? element("span", { class: "quiet" }, note) : null), children);

  // All of them if the reader asked for it; else the first few and a button.
  function folded(key, rows, draw, few = FEW) {
    const open = state.list("compare.more"), isOpen = open.includes(key);
    const shown = isOpen ? rows : rows.slice(0, few);
    const button = rows.length > few ? element("button", {
      type: "button", class: "more", "data-key": `more-${key}`, "aria-expanded": String(isOpen),
      onclick: () => state.set({ "compare.more": isOpen ? open.filter((each) => each !== key) : [...open, key] }, { replace: true }),
    }, isOpen ? say("收起", "Show fewer") : say(`全部 ${rows.length} 项`, `Show all ${rows.length}`)) : null;
    return [draw(shown), button];
  }

  function firstWords(found, first) {
    if (first === "a" || first === "b") return say(`${text(found, first)}先`, `${text(found, first)} first`);
    return first === "same" ? say("同年", "same year") : say("先后不明", "cannot be told");
  }
  const seenWords = (found, seen) => say(`${text(found, seen)}先见于文件`, `${text(found, seen)} in the earlier text`);
  function summary(found) {
    const { both, mode } = found, names = [dom.opens(found.a), say("与", " and "), dom.opens(found.b)];
    const many = counted(both), what = mode === "Place" ? say("个政策项目", both.length === 1 ? "programme" : "programmes") : say("个地方", both.length === 1 ? "place" : "places");
    const lead = mode === "Place" ? say(["共有 ", many, " ", what], [" share ", many, " ", what])
      : say(["由 ", many, " ", what, "共同采纳"], [" were both adopted by ", many, " ", what]);
    const how = ["a", "b", "same", "open"].map((first) => [first, both.filter((row) => row.first === first && row.passes).length]).filter(([, n]) => n);
    return element("p", { class: "summary" }, names, lead.map((word) => word === many ? element("strong", {}, many) : word),
      how.length ? [say("：", ": "), how.map(([first, n]) => `${firstWords(found, first)} ${n}`).join(say("，", ", "))] : [], say("。", "."));
  }

  // The years of an adoption; they open the sentence on which they rest.
  function years(adoption) {
    const told = compareYears.orUnknown(compareYears.text(compareYears.of(adoption)));
    const claims = data.adoptions.claims.at(adoption), status = data.meta.statuses[data.adoptions.status[adoption]];
    return [claims.length ? compareClaims.opens(claims[0], told) : told, status ? element("span", { class: "quiet" }, ` ${words.statuses(status)}`) : null];
  }
  const WHY = {
    same: ["两地都写明这一年", "both texts name this year"], open: ["年份区间重叠或不详", "the intervals overlap or are unknown"],
    a: ["最晚年份早于另一方最早年份", "its latest year lies before the earliest of the other"],
  };
  function table(found) {
    const place = found.mode === "Place";
    const head = [place ? say("政策项目", "Programme") : say("地方", "Place"), side(found, "a"), side(found, "b"), say("先后", "First")];
    const line = (row) => element("tr", { class: row.passes ? null : "faded" },
      element("th", { scope: "row" }, dom.opens(row.thing)), element("td", {}, years(row.a)), element("td", {}, years(row.b)),
      element("td", { class: `first-${row.first}`, title: say(...(WHY[row.first] ?? WHY.a)) }, firstWords(found, row.first), row.first === "open" && row.seen ? [" ", element("span", { class: "quiet" }, seenWords(found, row.seen))] : null));
    return folded("both", found.both, (rows) => element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": say("共有项表", "Table of what is shared") }, element("table", {},
      element("caption", {}, say("共有项与年份", "What is shared, with years")),
      element("thead", {}, element("tr", {}, head.map((cell) => element("th", { scope: "col" }, cell)))), element("tbody", {}, rows.map(line)))), 40);
  }

  // What only one side has, by what is known of the other: said otherwise, read and not seen, not read.
  function sorted(found, which) {
    const rows = which === "a" ? found.onlyA : found.onlyB, lacking = which === "a" ? found.b : found.a;
    const read = found.mode === "Place" ? compareFound.readOf(lacking) : null;
    const groups = { said: [], read: [], other: [], never: [] };
    for (const row of rows) {
      const claims = compareFound.together(row.thing, lacking);
      const state = claims.length ? "said" : compareFound.reading(row[which], read ?? compareFound.readOf(row.thing));
      groups[state].push({ ...row, claims });
    }
    return { groups, read };
  }
  function headings(found, which, read) {
    const other = text(found, which === "a" ? "b" : "a");
    if (found.mode !== "Place") return {
      said: say(`另有陈述提到${other}`, `other claims name ${other}`), read: say(`那一年读过该地文件，未见${other}`, `documents of the place of that year were read: ${other} not seen`),
      other: say("那一年没有读到该地文件，不能说没有", "no document of the place of that year was read: unknown, not absent"), never: say("没有读到该地任何文件，不能说没有", "no document of the place was read: unknown, not absent"),
    };
    const years = [...(read?.keys() ?? [])].join(say("、", ", "));
    return {
      said: say(`${other}未见采纳，但另有陈述`, `${other}: no adoption seen, but other claims`), read: say(`${other}那一年读过文件，未见采纳`, `documents of ${other} of that year were read: not seen`),
      other: say(`${other}那一年没有读到文件（读过 ${years}），不能说没有`, `no document of ${other} of that year was read (read: ${years}): unknown, not absent`),
      never: say(`没有读到${other}的任何文件，不能说没有`, `no document of ${other} was read: unknown, not absent`),
    };
  }
  function item(row, which) {
    const more = row.claims.length ? compareClaims.opens(row.claims[0], tableClaims.relation(row.claims[0]), { class: "goto small" }) : null;
    return element("li", { class: row.passes ? null : "faded" }, dom.opens(row.thing), " ", element("span", { class: "years" }, years(row[which])), more ? [" ", more] : null);
  }
  function only(found, which) {
    const rows = which === "a" ? found.onlyA : found.onlyB, { groups, read } = sorted(found, which), heading = headings(found, which, read);
    const lists = Object.entries(groups).filter(([, some]) => some.length).map(([known, some]) => [
      element("h3", { class: `known-${known}` }, heading[known], element("span", { class: "quiet" }, ` ${counted(some)}`)),
      folded(`${which}-${known}`, some, (shown) => element("ul", { class: "things" }, shown.map((row) => item(row, which)))),
    ]);
    const title = found.mode === "Place" ? say(`只见于${text(found, which)}`, `Only in ${text(found, which)}`) : say(`只采纳${text(found, which)}的地方`, `Places with ${text(found, which)} only`);
    return part(`only only-${which}`, title, counted(rows), lists);
  }
  return { summary, table, only, part, side, folded, counted, firstWords, seenWords, text };
})();
