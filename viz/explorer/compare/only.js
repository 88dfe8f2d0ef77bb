// What only one of two has → a list, sorted by what is known of the other: read and not seen is told from not read.
"use strict";

const compareOnly = (() => {
  const { element } = dom;
  const { text, counted, part, folded } = compareParts;

  // said: other claims name both; read, other, never: whether the other was read in that year, in other years, never.
  function sorted(found, which) {
    const rows = which === "a" ? found.onlyA : found.onlyB, lacking = which === "a" ? found.b : found.a;
    const read = found.mode === "Place" ? compareFound.readOf(lacking) : null;
    const groups = { said: [], read: [], other: [], never: [] };
    for (const row of rows) {
      const claims = compareFound.together(row.thing, lacking);
      const known = claims.length ? "said" : compareFound.reading(row[which], read ?? compareFound.readOf(row.thing));
      groups[known].push({ ...row, claims });
    }
    return { rows, read, groups };
  }
  function ofPlaces(other, read) {
    const years = [...read.keys()].join(say("、", ", "));
    return {
      said: say(`${other}未见采纳，但另有论断`, `${other}: no adoption seen, but other claims`),
      read: say(`${other}那一年读过文件，未见采纳`, `documents of ${other} of that year were read: not seen`),
      other: say(`${other}那一年没有读到文件（读过 ${years}），不能说没有`,
        `no document of ${other} of that year was read (read: ${years}): unknown, not absent`),
      never: say(`没有读到${other}的任何文件，不能说没有`, `no document of ${other} was read: unknown, not absent`),
    };
  }
  const ofPrograms = (other) => ({
    said: say(`另有论断提到${other}`, `other claims name ${other}`),
    read: say(`那一年读过该地文件，未见${other}`, `documents of the place of that year were read: ${other} not seen`),
    other: say("那一年没有读到该地文件，不能说没有", "no document of the place of that year was read: unknown, not absent"),
    never: say("没有读到该地任何文件，不能说没有", "no document of the place was read: unknown, not absent"),
  });
  const item = (which) => (row) => element("li", { class: row.passes ? null : "faded" },
    compareClaims.leads(row.thing), " ", element("span", { class: "years" }, compareShared.years(row[which])),
    row.claims.slice(0, 1).map((claim) => [" ", compareClaims.opens(claim, tableClaims.relation(claim), { class: "goto small" })]));

  function draw(found, which) {
    const { rows, read, groups } = sorted(found, which), other = text(found, which === "a" ? "b" : "a");
    const headings = read ? ofPlaces(other, read) : ofPrograms(other);
    const list = (shown) => element("ul", { class: "things" }, shown.map(item(which)));
    const title = found.mode === "Place" ? say(`只见于${text(found, which)}`, `Only in ${text(found, which)}`)
      : say(`只采纳${text(found, which)}的地方`, `Places with ${text(found, which)} only`);
    return part(`only only-${which}`, title, counted(rows), Object.keys(groups).filter((known) => groups[known].length).map((known) => [
      element("h3", { class: `known-${known}` }, headings[known], element("span", { class: "quiet" }, counted(groups[known]))),
      folded(`${which}-${known}`, groups[known], list),
    ]));
  }
  return { draw };
})();
