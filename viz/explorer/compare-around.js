// What else ties two places (learning, documents read) or two programmes (levels, succession, target groups).
"use strict";

const compareAround = (() => {
  const { element } = dom;
  const { role, relation, has } = compareClaims;
  const passing = (claims) => claims.filter((claim) => filters.now().claims[claim]);
  const told = (claims, base) => (claims.length === base ? String(base) : `${claims.length} / ${base}`);

  function sentence(claim) {
    return element("li", {}, element("span", { class: "what" }, dom.named([tableClaims.subject(claim), tableClaims.relation(claim), tableClaims.object(claim)].join(" "), 100)), " ",
      element("span", { class: "quiet" }, compareYears.orUnknown(compareYears.ofClaim(claim))), element("div", {}, compareClaims.opens(claim, dom.cut(compareClaims.sentence(claim), 160), { class: "goto sentence" })));
  }
  const list = (claims) => element("ul", { class: "sentences" }, claims.map(sentence));

  // Said diffusion with both in it, and what both took from the same third.
  function learning(found) {
    const all = (place) => Array.from(data.claimsOf(place)).filter((claim) => relation(claim) === "Diffusion");
    const between = all(found.a).filter((claim) => has(claim, found.b));
    const from = (place) => new Set(all(place).filter((claim) => role(claim, "to") === place && role(claim, "from") >= 0).map((claim) => role(claim, "from")));
    const common = [...from(found.a)].filter((origin) => from(found.b).has(origin));
    const same = [found.a, found.b].flatMap((place) => all(place).filter((claim) => role(claim, "to") === place && common.includes(role(claim, "from"))));
    const claims = passing([...new Set([...between, ...same])]), base = new Set([...between, ...same]).size;
    return compareShared.part("learning", say("文中写明的学习与推广", "Said learning"), told(claims, base),
      claims.length ? [
        list(claims.filter((claim) => between.includes(claim))),
        common.length && same.some((claim) => claims.includes(claim)) ? [element("h3", {}, say("来源相同：", "From the same source: "), common.map((origin) => [dom.opens(origin), " "])), list(claims.filter((claim) => !between.includes(claim)))] : null,
      ] : element("p", { class: "quiet" }, say("读到的文件里没有句子写明两地互相学习，或向同一地方学习。", "No sentence that was read says that one learned from the other, or both from the same place.")));
  }

  // Documents read of each, by year: an empty year is unread.
  function coverage(found) {
    const read = { a: compareFound.readOf(found.a), b: compareFound.readOf(found.b) };
    const known = [...read.a.keys(), ...read.b.keys()], from = Math.min(...known), to = Math.max(...known);
    const years = known.length ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
    const cell = (n) => element("td", { class: n ? `read read-${Math.min(n, 4)}` : "unread", "aria-label": n ? null : say("未读", "unread") }, n ? String(n) : "–");
    const line = (side) => element("tr", {}, element("th", { scope: "row" }, compareShared.side(found, side)), years.map((year) => cell(read[side].get(year))));
    const none = ["a", "b"].filter((side) => !read[side].size).map((side) => element("p", { class: "quiet" }, say(`没有读到${compareShared.text(found, side)}的任何文件。`, `No document of ${compareShared.text(found, side)} was read.`)));
    return compareShared.part("coverage", say("读过的文件", "Documents read"), say("每年份数，– 为未读", "per year; – is unread"), years.length ? element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": say("读过的文件", "Documents read") }, element("table", {},
      element("caption", {}, say("各年读过的文件份数", "Documents read by year")), element("thead", {}, element("tr", {}, element("td", {}), years.map((year) => element("th", { scope: "col" }, String(year))))), element("tbody", {}, ["a", "b"].map(line)))) : null, none);
  }

  function levels(found) {
    const { program, place } = data.adoptions, pass = filters.now().adoptions, counts = { a: new Map(), b: new Map() };
    for (let row = 0; row < data.adoptions.rows; row++) for (const side of ["a", "b"]) {
      const level = data.things.level[place[row]];
      if (program[row] === found[side] && pass[row]) counts[side].set(level, (counts[side].get(level) ?? 0) + 1);
    }
    const known = data.meta.levels.map((_, i) => i).filter((i) => counts.a.has(i) || counts.b.has(i)).sort((one, two) => (one || 99) - (two || 99));
    const most = Math.max(1, ...counts.a.values(), ...counts.b.values());
    const bar = (side, n) => element("td", {}, dom.svg("svg", { width: 92, height: 10, "aria-hidden": "true" }, dom.svg("rect", { width: Math.max(n ? 2 : 0, 90 * n / most), height: 10, fill: `var(--side-${side})` })), ` ${n}`);
    const line = (level) => element("tr", {}, element("th", { scope: "row" }, words.levels(data.meta.levels[level])), ["a", "b"].map((side) => bar(side, counts[side].get(level) ?? 0)));
    return compareShared.part("levels", say("采纳者的层级", "Levels of the adopters"), "", element("div", { class: "wide" }, element("table", {}, element("caption", {}, say("各层级采纳者数", "Adopters by level")),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, say("层级", "Level")), ["a", "b"].map((side) => element("th", { scope: "col" }, compareShared.side(found, side))))), element("tbody", {}, known.map(line)))));
  }
  function relations(found) {
    const all = Array.from(data.claimsOf(found.a)).filter((claim) => ["Succession", "Membership"].includes(relation(claim)) && has(claim, found.b)), claims = passing(all);
    return compareShared.part("relations", say("承接与从属", "Succession and membership"), told(claims, all.length),
      claims.length ? list(claims) : element("p", { class: "quiet" }, say("没有句子写明一项承接或属于另一项。", "No sentence says that one succeeds the other or is part of it.")));
  }
  function groups(found) {
    const of = (program) => { const known = new Map(); for (const claim of passing(Array.from(data.claimsOf(program)))) if (relation(claim) === "Targeting" && role(claim, "group") >= 0) known.set(role(claim, "group"), claim); return known; };
    const a = of(found.a), b = of(found.b), both = [...a.keys()].filter((group) => b.has(group));
    const item = (group) => element("li", {}, dom.opens(group), [a.get(group), b.get(group)].filter((claim) => claim !== undefined).map((claim) => [" ", compareClaims.opens(claim, say("句", "sentence"), { class: "goto small" })]));
    const named = (title, some) => (some.length ? [element("h3", {}, title, element("span", { class: "quiet" }, ` ${some.length}`)), element("ul", { class: "things" }, some.map(item))] : null);
    return compareShared.part("groups", say("面向的群体", "Target groups"), say(`共有 ${both.length} / ${new Set([...a.keys(), ...b.keys()]).size}`, `in common ${both.length} / ${new Set([...a.keys(), ...b.keys()]).size}`),
      named(say("共有", "In common"), both), named(say(`只见于${compareShared.text(found, "a")}`, `Only ${compareShared.text(found, "a")}`), [...a.keys()].filter((group) => !b.has(group))),
      named(say(`只见于${compareShared.text(found, "b")}`, `Only ${compareShared.text(found, "b")}`), [...b.keys()].filter((group) => !a.has(group))));
  }
  const draw = (found) => (found.mode === "Place" ? [coverage(found), learning(found), compareGoals.draw(found)] : [levels(found), relations(found), groups(found)]);
  return { draw };
})();
