// The card of a claim: its sentence, who stands in which role, where it stands in which file, on what its year rests,
// how sure it is, which rule made it, and how to check all this.
"use strict";

const evidenceClaim = (() => {
  const { element, named, opens, cut } = dom;
  const { head, part, facts, folded, claimRow, copier, goes } = evidenceParts;
  const HIDDEN = ["operator", "baseValue", "baseUnit", "unit"]; // the unit stands with the figure
  let byQuote = null;

  const number = (id) => searchBytes.exact(data.claims.id, id);

  // The claims of a sentence.
  function ofQuote(quote) {
    if (!byQuote) {
      byQuote = new Map();
      data.claims.quote.forEach((q, claim) => { if (byQuote.has(q)) byQuote.get(q).push(claim); else byQuote.set(q, [claim]); });
    }
    return byQuote.get(quote) ?? [];
  }

  function sureness(percent) {
    const told = percent >= 95 ? say("很有把握", "very sure") : percent >= 85 ? say("较有把握", "fairly sure")
      : percent >= 70 ? say("有些把握", "somewhat sure") : say("把握不大", "not sure");
    return say(`${percent}%（${told}）`, `${percent}% (${told})`);
  }
  function yearRests(claim) {
    const { claims, meta } = data;
    const year = phrases.year(claim), rests = words.dateKinds(meta.dateKinds[claims.dateKind[claim]]);
    if (!year) return say("句中和文件中都没有可靠的年份", "neither the sentence nor the file gives a year to rely on");
    return say(`${year}：${rests}`, `${year}: ${rests}`);
  }

  // Who stands in which role, with the sign under which it is marked in the sentence.
  function roles(claim) {
    const marked = new Set(evidenceSentence.marks(claim).map(({ role }) => role));
    const unit = phrases.filled(claim).find(({ role }) => role === "unit")?.value ?? "";
    const row = (one) => element("li", {},
      element("span", { class: `swatch role-${one.role}${marked.has(one.role) ? "" : " unmarked"}`, "aria-hidden": "true" }),
      element("span", { class: "role-name" }, words.roles(one.role)), " ",
      one.thing === undefined ? named(one.role === "value" ? one.value + unit : one.value, 200) : opens(one.thing), " ",
      marked.has(one.role) ? null : element("span", { class: "quiet" }, say("（不在此句中：由上下文或标题得知）", "(not in this sentence: known from its context or title)")));
    return element("ul", { class: "roles", "aria-label": say("角色", "Roles") }, phrases.filled(claim).filter(({ role }) => !HIDDEN.includes(role)).map(row));
  }

  function cleaned(claim) {
    const { claims, quotes } = data;
    const quote = claims.quote[claim];
    if (quotes.printed.isEmpty(quote)) return null;
    return element("p", { class: "cleaned" }, element("span", { class: "quiet" }, say("清理后：", "Cleaned: ")), dom.inert(quotes.text.at(quote)));
  }

  function place(claim) {
    const { claims, quotes, sources } = data;
    const quote = claims.quote[claim], source = quotes.source[quote];
    return {
      file: sources.file.at(source), part: sources.part[source], title: sources.title.at(source), year: sources.year[source],
      genre: sources.genre[source], place: sources.place[source], page: quotes.page.at(quote), start: quotes.start[quote], end: quotes.end[quote],
    };
  }
  function whence(claim) {
    const at = place(claim);
    const about = [at.year ? String(at.year) : "", words.genres(data.meta.genres[at.genre])].filter(Boolean).join(" · ");
    return facts([
      [say("文件", "File"), element("code", { class: "file" }, cut(at.file, 300))],
      [at.part ? say(`第 ${at.part} 部分`, `Part ${at.part}`) : say("标题", "Title"), at.title && at.title !== at.file ? named(at.title, 300) : null],
      [say("页", "Page"), at.page && cut(at.page, 40)],
      [say("位置", "Position"), say(`第 ${at.start}–${at.end} 个字（原文）`, `characters ${at.start}–${at.end} of the original text`)],
      [say("文件说的是", "It speaks of"), [at.place >= 0 ? opens(at.place) : null, at.place >= 0 ? " · " : null, about]],
    ]);
  }
  function standing(claim) {
    const { claims, meta } = data;
    return facts([
      [say("年份", "Year"), yearRests(claim)],
      [say("状态", "Status"), words.statuses(meta.statuses[claims.status[claim]])],
      [say("置信度", "Confidence"), sureness(claims.confidence[claim])],
      [say("规则", "Rule"), element("code", {}, meta.rules[claims.rule[claim]])],
      [say("来历", "Basis"), claims.inferred[claim] ? say("推断而来，原文没有直说", "inferred: the text does not say it outright") : say("原文写明", "said in the text")],
      [say("编号", "Number"), element("code", {}, claims.id.at(claim))],
    ]);
  }

  // “…”（01.txt，第 1 部分《…》，第 14–110 个字；论断 b5212b24…）
  function citation(claim) {
    const at = place(claim), id = data.claims.id.at(claim), sentence = evidenceSentence.printed(claim).trim();
    const title = at.title && at.title !== at.file ? at.title : "";
    const page = at.page ? say(`，第 ${at.page} 页`, `, p. ${at.page}`) : "";
    return say(
      `“${sentence}”（${at.file}，${at.part ? `第 ${at.part} 部分` : ""}${title ? `《${title}》` : ""}${page}，第 ${at.start}–${at.end} 个字；论断 ${id}）`,
      `“${sentence}” (${at.file}, ${at.part ? `part ${at.part} ` : ""}${title ? `“${title}”` : ""}${page}, characters ${at.start}–${at.end}; claim ${id})`,
    ).replace("，，", "，").replace(", ,", ",");
  }
  function checking(claim) {
    const command = `kg explain GRAPH ${data.claims.id.at(claim)}`;
    return part(say("核对与引用", "Check and cite"),
      element("p", {}, say("在文件夹旁运行：", "Run beside the graph's folder: "), element("code", { class: "command" }, command)),
      element("p", { class: "buttons" },
        copier(say("复制引文", "Copy as a citation"), () => citation(claim), { "data-copy": "citation" }), " ",
        copier(say("复制命令", "Copy the command"), () => command)));
  }

  function beside(claim) {
    const { claims } = data;
    const others = ofQuote(claims.quote[claim]).filter((other) => other !== claim);
    const where = claims.place[claim], year = claims.year[claim], name = where < 0 ? "" : cut(data.things.name.at(where), 40);
    return [
      others.length ? part(say(`同一句的其他论断（${others.length}）`, `Other claims of this sentence (${others.length})`), folded(others, (other) => claimRow(other), 5)) : null,
      where >= 0 && year ? element("p", { class: "buttons" }, goes(say(`${name} ${year} 年还做了什么`, `What else ${name} did in ${year}`), evidenceThing.thatYear(where, year, claims.yearTo[claim]))) : null,
    ];
  }

  function title(claim) {
    const year = phrases.year(claim);
    return [phrases.line(claim), year ? element("span", { class: "when" }, ` ${year}`) : null];
  }
  const card = (claim, back) => [
    head(say(`论断 · ${words.relations(data.meta.relations[data.claims.relation[claim]])}`, `Claim · ${words.relations(data.meta.relations[data.claims.relation[claim]])}`), title(claim), back),
    filters.now().claims[claim] ? null : element("p", { class: "outside" }, say("这条论断不在当前筛选之内。", "This claim does not pass the present filters.")),
    evidenceSentence.drawn(claim), roles(claim), cleaned(claim),
    part(say("出处", "Where it stands"), whence(claim)),
    part(say("怎么读出来的", "How it was read"), standing(claim)),
    beside(claim), checking(claim),
  ];

  return { card, number, ofQuote, citation };
})();
