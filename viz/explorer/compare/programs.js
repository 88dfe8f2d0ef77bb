// What else stands beside two programmes: the levels of their adopters, succession and membership, target groups.
"use strict";

const comparePrograms = (() => {
  const { element } = dom;
  const { role, relation, has } = compareClaims;
  const { text, side, quiet, outOf, part, heading } = compareParts;
  const passing = (claims) => Array.from(claims).filter((claim) => filters.now().claims[claim]);

  // Number of a level → adopters of a programme that pass the filters.
  function adopters(program) {
    const { place, program: of } = data.adoptions, pass = filters.now().adoptions, counts = new Map();
    for (let row = 0; row < data.adoptions.rows; row++) {
      const level = data.things.level[place[row]];
      if (of[row] === program && pass[row]) counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    return counts;
  }
  function levels(found) {
    const counts = { a: adopters(found.a), b: adopters(found.b) }, most = Math.max(1, ...counts.a.values(), ...counts.b.values());
    const known = data.meta.levels.map((_, i) => i).filter((i) => counts.a.has(i) || counts.b.has(i)).sort((one, two) => (one || 99) - (two || 99));
    const bar = (which, n) => element("td", {}, dom.svg("svg", { width: 92, height: 10, "aria-hidden": "true" },
      dom.svg("rect", { width: 90 * n / most, height: 10, fill: `var(--side-${which})` })), ` ${n}`);
    const line = (level) => element("tr", {}, element("th", { scope: "row" }, words.levels(data.meta.levels[level])),
      ["a", "b"].map((which) => bar(which, counts[which].get(level) ?? 0)));
    const heads = element("tr", {}, [say("层级", "Level"), side(found, "a"), side(found, "b")].map(heading));
    return part("levels", say("采纳者的层级", "Levels of the adopters"), "",
      compareParts.table(say("各层级采纳者数", "Adopters by level"), heads, known.map(line)));
  }

  function relations({ a, b }) {
    const all = Array.from(data.claimsOf(a)).filter((claim) => ["Succession", "Membership"].includes(relation(claim)) && has(claim, b));
    const claims = passing(all);
    return part("relations", say("承接与从属", "Succession and membership"), outOf(claims.length, all.length), comparePlaces.sentences(claims)
      ?? quiet(say("没有句子写明一项承接或属于另一项。", "No sentence says that one succeeds the other or is part of it.")));
  }

  // Group → a claim that says so.
  const groupsOf = (program) => new Map(passing(data.claimsOf(program))
    .filter((claim) => relation(claim) === "Targeting" && role(claim, "group") >= 0).map((claim) => [role(claim, "group"), claim]));
  function groups(found) {
    const a = groupsOf(found.a), b = groupsOf(found.b), all = [...new Set([...a.keys(), ...b.keys()])];
    const both = all.filter((group) => a.has(group) && b.has(group));
    const item = (group) => element("li", {}, compareClaims.leads(group), [a, b].filter((of) => of.has(group))
      .map((of) => [" ", compareClaims.opens(of.get(group), say("原句", "sentence"), { class: "goto small" })]));
    const list = (title, some) => (some.length ? [
      element("h3", {}, title, element("span", { class: "quiet" }, String(some.length))), element("ul", { class: "things" }, some.map(item)),
    ] : null);
    const only = (which) => say(`只见于${text(found, which)}`, `Only ${text(found, which)}`);
    return part("groups", say("面向的群体", "Target groups"), say(`共有 ${both.length} / ${all.length}`, `in common ${both.length} / ${all.length}`),
      all.length ? null : quiet(say("没有句子写明面向谁。", "No sentence says whom either is for.")),
      list(say("共有", "In common"), both), list(only("a"), all.filter((group) => !b.has(group))), list(only("b"), all.filter((group) => !a.has(group))));
  }
  return { draw: (found) => [levels(found), relations(found), groups(found)] };
})();
