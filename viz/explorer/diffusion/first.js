// The head of one programme: what it is, who founded it, and who adopted it first, as one sentence with its evidence.
//
// Which adopters may have been the first is counted as in kg/diffusion/ways/firsts.py: all whose interval begins before the
// earliest upper year. Those of that year lead the sentence; the others are named after it.
"use strict";

const diffusionFirst = (() => {
  const { element } = dom;
  const SENTENCES = 2; // shown at once
  const NAMES = 12, MOST_NAMES = 16; // of a longer list the first twelve are shown at once

  // Who founded it ------------------------------------------------------------------------------------------------------
  function founding(program) {
    const { things } = data, document = things.founding[program];
    if (document < 0) return things.since[program] ? element("p", { class: "founding" },
      say(`始于${things.since[program]}年。`, `Since ${things.since[program]}.`)) : "";
    const issuers = [...things.issuers.at(document)].map((agency) => dom.opens(agency));
    const number = things.number.at(document), year = things.issued.at(document).slice(0, 4) || things.since[program] || "";
    return element("p", { class: "founding" }, say("创始文件：", "Founding document: "), dom.opens(document, `《${things.name.at(document)}》`),
      number ? [say("（", " ("), dom.named(number, 60), say("）", ")")] : "", year ? say(`，${year}年`, `, ${year}`) : "",
      issuers.length ? [say("，", ", "), ...issuers.flatMap((one, i) => (i ? [say("、", ", "), one] : [one])), say("发布", " (issuer)")] : "",
        say("。", "."));
  }
  function spread({ adopters }) {
    const provinces = new Set(adopters.map((one) => one.province).filter((province) => province >= 0));
    const n = provinces.size;
    return n ? say(`，分布在 ${n} 个省级行政区`, ` in ${n} province${n === 1 ? "" : "s"}`) : "";
  }
  function head(facts) {
    const { things } = data, aliases = things.aliases.at(facts.program).split("\n").filter(Boolean);
    return element("header", { class: "program" },
      element("a", { class: "back", href: state.link({ program: "", year: "" }),
        onclick: (event) => { event.preventDefault(); state.set({ program: "", year: "" }); } },
        say("← 全部政策项目", "← All programmes")),
      element("h2", { tabindex: "-1" }, marks.icon("Program"), dom.opens(facts.program, facts.name, { class: "goto title" })),
      aliases.length ? element("p", { class: "quiet" }, say("又称：", "Also: "),
        aliases.slice(0, 8).flatMap((one, i) => [i ? say("、", ", ") : "", dom.named(one, 60)])) : "",
      founding(facts.program), element("p", { class: "count" }, element("strong", {}, diffusionWords.count(facts)), spread(facts),
        say("。", ".")));
  }

  // Who was first -------------------------------------------------------------------------------------------------------
  const name = (one, words) => element("span", { "data-first": data.things.iri.at(one.place) }, dom.opens(one.place, one.name),
    words ? say(`（${words}）`, ` (${words})`) : "");
  const joined = (parts) => parts.flatMap((part, i) => (i ? [say("、", ", "), part] : [part]));
  const status = (one) => words.statuses(one.status);

  const inFront = (leading) => [...leading].sort((a, b) => b.exact - a.exact);
  function leadersTold({ year, leading, possible, undated }) {
    const shown = leading.length > MOST_NAMES ? inFront(leading).slice(0, NAMES) : leading;
    const exact = shown.filter((one) => one.exact), bound = shown.filter((one) => !one.exact);
    const isAlone = leading.length === 1 && !possible.length && !undated.length;
    if (isAlone) {
      return [name(leading[0]), say(`最先采纳：${diffusionWords.when(leading[0])}（${status(leading[0])}）；其余采纳者都在其后。`,
        ` adopted first: ${diffusionWords.when(leading[0])} (${status(leading[0])}); all others came later.`)];
    }
    return [say(`最早见于${year}年：`, `Earliest record, ${year}: `),
      exact.length ? [joined(exact.map((one) => name(one, status(one)))),
        say(exact.length > 1 ? "都写明是这一年" : "写明是这一年", exact.length > 1 ? " name that year" : " names that year")] : "",
      exact.length && bound.length ? say("；", "; ") : "",
      bound.length ? [joined(bound.map((one) => name(one, status(one)))), say(`仅知不晚于${year}年`, ` by ${year} at the latest`)] : "",
      shown.length < leading.length ? say(`；等 ${leading.length} 个地方`, `; and ${leading.length - shown.length} more places`) : "",
        say("。", ". ")];
  }
  function furtherLeaders({ year, leading }) {
    const rest = leading.length > MOST_NAMES ? inFront(leading).slice(NAMES) : [];
    return rest.length ? element("details", {},
      element("summary", {}, say(`同为${year}年的其余 ${rest.length} 个`, `The other ${rest.length} of ${year}`)),
      element("p", {}, joined(rest.map((one) => name(one, diffusionWords.year(one)))), say("。", "."))) : "";
  }
  function others({ year, possible, undated }) {
    const doubt = [];
    if (possible.length) doubt.push(say(`${possible.length} 个采纳者的文件较晚、只给出上限，也可能更早`,
      `${possible.length} more are known only by a later upper bound and may have been earlier`));
    if (undated.length) doubt.push(say(`${undated.length} 个采纳者没有年份`, `${undated.length} have no year`));
    if (!doubt.length) return "";
    const all = [...possible, ...undated];
    return element("div", { class: "doubt" },
      element("p", {}, say(`先后不能断定：另有 ${doubt.join("，")}。`, `This does not settle who was first: ${doubt.join("; ")}.`)),
      element("details", { open: all.length <= NAMES },
        element("summary", {}, say(`也可能最先的 ${all.length} 个`, `The ${all.length} that may also have been first`)),
        element("p", {}, joined(all.map((one) => name(one, diffusionWords.year(one)))), say("。", "."))));
  }
  function readBefore(year) {
    let places = 0;
    for (const years of diffusionFacts.read().values()) if (Math.min(...years.keys()) <= year) places++;
    if (!places) {
      return element("p", { class: "quiet" }, say(`只就读到的文件而言：没有读到${year}年或更早的文件，别的地方可能更早。`,
        `As far as the documents read tell: none of ${year} or before was read, so other places may have been earlier.`));
    }
    return element("p", { class: "quiet" }, say(`只就读到的文件而言：${year}年及以前的文件来自 ${places} 个地方；没有读到的地方可能更早。`,
      `As far as the documents read tell: those up to ${year} come from ${places} place${places === 1 ? "" : "s"}; a place that was not read may have been earlier.`));
  }

  // The sentence with the name of the programme marked.
  function marked(text, program) {
    const names = [data.things.name.at(program), ...data.things.aliases.at(program).split("\n")].filter(Boolean);
    const found = names.map((one) => [text.indexOf(one), one]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]
      || b[1].length - a[1].length)[0];
    if (!found || text.length > 1000) return [dom.cut(text)];
    const [at, one] = found;
    return [dom.inert(text.slice(0, at)), element("mark", {}, dom.inert(one)), dom.inert(text.slice(at + one.length))];
  }
  function quote(some, program) {
    const [one] = some;
    const open = () => state.set({ chosen: data.things.iri.at(one.place), claim: data.claims.id.at(one.claim) });
    return element("figure", { class: "quote" },
      element("blockquote", {}, element("bdi", {}, "“", marked(diffusionWords.sentence(one.claim), program), "”")),
      element("figcaption", { class: "quiet" }, element("strong", {}, joined(some.map(({ name: place }) => dom.named(place, 40)))),
        ` · ${diffusionWords.year(one)} · ${status(one)} · ${diffusionWords.dated(one.dated)} · `,
          dom.named(diffusionWords.file(one.claim), 120), " · ",
        element("button", { type: "button", class: "goto", onclick: open }, say("看原文依据", "see the evidence"))));
  }
  // Places of which one and the same sentence speaks stand together.
  function together(some) {
    const found = new Map();
    for (const one of some) {
      const key = `${data.claims.quote[one.claim]} ${diffusionWords.year(one)} ${one.status} ${one.dated}`;
      found.set(key, [...(found.get(key) ?? []), one]);
    }
    return [...found.values()];
  }
  function quotes({ leading, undated }, program) {
    const leaders = leading.length ? inFront(leading) : undated;
    const some = together(leaders.filter((one) => one.claim >= 0));
    const more = some.slice(SENTENCES);
    return [some.slice(0, SENTENCES).map((each) => quote(each, program)),
      more.length ? element("details", {},
        element("summary", {}, say(`其余 ${more.length} 句`, `${more.length} more sentence${more.length === 1 ? "" : "s"}`)),
        more.map((each) => quote(each, program))) : ""];
  }
  function first({ firsts, program, adopters }) {
    if (!adopters.length) return element("section", { class: "first" },
      element("p", {}, say("没有读到采纳它的地方。", "No place is known to have adopted it.")));
    const sentence = firsts.year ? leadersTold(firsts)
      : [say("没有带年份的采纳，无从判断先后：", "No adoption has a year, so no order can be told: "), joined(firsts.undated.map((one) => name(one))),
        say("。", ".")];
    return element("section", { class: "first", "aria-labelledby": "diffusion-first" },
      element("h3", { id: "diffusion-first" }, say("谁最先采纳", "Who adopted it first")),
      element("p", { class: "answer" }, sentence), furtherLeaders(firsts), quotes(firsts, program),
        firsts.year ? [others(firsts), readBefore(firsts.year)] : "");
  }
  return { head, first, marked };
})();
