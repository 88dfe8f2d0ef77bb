// What else stands beside two places: the documents read of each, said learning, goals.
"use strict";

const comparePlaces = (() => {
  const { element } = dom;
  const { role, relation, has } = compareClaims;
  const { text, side, quiet, outOf, part, heading } = compareParts;

  function sentence(claim) {
    const said = [tableClaims.subject(claim), tableClaims.relation(claim), tableClaims.object(claim)].join(" ");
    return element("li", {}, dom.named(said, 100), " ",
      element("span", { class: "quiet" }, compareYears.orUnknown(compareYears.ofClaim(claim))),
      element("div", {}, compareClaims.opens(claim, dom.cut(compareClaims.sentence(claim), 160), { class: "goto sentence" })));
  }
  const sentences = (claims) => (claims.length ? element("ul", { class: "sentences" }, claims.map(sentence)) : null);

  const diffusion = (place) => Array.from(data.claimsOf(place)).filter((claim) => relation(claim) === "Diffusion");
  // What came to a place from another; who cooperates has no source.
  const took = (place) => diffusion(place).filter((claim) => role(claim, "to") === place && role(claim, "from") >= 0
    && compareClaims.kind(claim) !== "Cooperates");
  const origins = (place) => new Set(took(place).map((claim) => role(claim, "from")));

  function learning({ a, b }) {
    const passes = (claim) => filters.now().claims[claim] === 1;
    const between = diffusion(a).filter((claim) => has(claim, b)), ofB = origins(b);
    const common = [...origins(a)].filter((origin) => ofB.has(origin));
    const same = [...took(a), ...took(b)].filter((claim) => common.includes(role(claim, "from")) && !between.includes(claim));
    const shown = [between.filter(passes), same.filter(passes)], many = shown[0].length + shown[1].length;
    const title = element("h3", {}, say("来源相同：", "From the same source: "), common.map((origin) => [compareClaims.leads(origin), " "]));
    return part("learning", say("文中写明的学习与推广", "Said learning"), outOf(many, between.length + same.length),
      many ? [sentences(shown[0]), shown[1].length ? [title, sentences(shown[1])] : null]
        : quiet(say("读到的文件里没有句子写明两地互相学习，或向同一地方学习。",
          "No sentence that was read says that one learned from the other, or both from the same place.")));
  }

  // Documents by year: a year without any was not read.
  function coverage(found) {
    const read = { a: compareFound.readOf(found.a), b: compareFound.readOf(found.b) };
    const known = [...read.a.keys(), ...read.b.keys()], from = Math.min(...known), to = Math.max(...known);
    const years = known.length ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
    const cell = (n) => element("td", n ? { class: `read read-${Math.min(n, 3)}` } : { class: "unread", "aria-label": say("未读", "unread") }, n ? String(n) : "–");
    const line = (which) => element("tr", {}, element("th", { scope: "row" }, side(found, which)), years.map((year) => cell(read[which].get(year))));
    const none = ["a", "b"].filter((which) => !read[which].size)
      .map((which) => quiet(say(`没有读到${text(found, which)}的任何文件。`, `No document of ${text(found, which)} was read.`)));
    const heads = element("tr", {}, element("td", {}), years.map((year) => heading(String(year))));
    return part("coverage", say("读过的文件", "Documents read"), say("每年份数，– 为未读", "per year; – is unread"),
      years.length ? compareParts.table(say("各年读过的文件份数", "Documents read by year"), heads, ["a", "b"].map(line)) : null, none);
  }
  return { draw: (found) => [coverage(found), learning(found), compareGoals.draw(found)], sentences };
})();
