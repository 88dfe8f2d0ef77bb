// The steps of a programme → a tree: who adopted after whom, how that is known, by which sentence.
"use strict";

const diffusionSteps = (() => {
  const { element } = dom;

  // 株洲市 after 潍坊市: learns from (said in a text)
  function told({ origin, destination, grade, basis, note }) {
    const [from, to] = [diffusionFacts.placeName(origin), diffusionFacts.placeName(destination)];
    const how = `${diffusionWords.basis(basis)}${note ? ` ${dom.cut(note, 80)}` : ""}`;
    return say(`${from} → ${to}：${how}（${words.grades(grade)}）`, `${from} → ${to}: ${how} (${words.grades(grade)})`);
  }
  function place(thing, adopters) {
    const one = adopters.get(thing);
    const when = one ? diffusionWords.year(one) : adopters.founders.includes(thing) ? say("发布创始文件",
      "issued the founding document") : say("未见采纳", "no adoption read");
    return [dom.opens(thing, diffusionFacts.placeName(thing)), " ", element("span", { class: "quiet year" }, when)];
  }
  function sentences({ claims }) {
    return claims.slice(0, 2).map((claim) => element("p", { class: "said" }, "“", dom.named(diffusionWords.sentence(claim), 300), "” ",
      element("button", { type: "button", class: "goto quiet", onclick: () => state.set({ claim: data.claims.id.at(claim) }) },
        dom.named(diffusionWords.file(claim), 90))));
  }
  function branch(step, children, adopters) {
    const faded = adopters.get(step.destination)?.passes === false;
    return element("li", { class: faded ? "faded" : null, "data-step": step.grade },
      element("div", {}, place(step.destination, adopters), " ",
        element("span", { class: `grade ${step.grade}` }, words.grades(step.grade)), " ",
        element("span", {}, diffusionWords.basis(step.basis)),
        step.note ? [say("《", " “"), dom.named(step.note, 80), say("》", "”")] : "", sentences(step)),
      below(step.destination, children, adopters));
  }
  function below(thing, children, adopters) {
    const some = children.get(thing);
    return some ? element("ul", {}, some.map((step) => branch(step, children, adopters))) : "";
  }
  function draw(box, { steps, adopters, founders }) {
    if (!steps.length) {
      return box.replaceChildren(element("p", { class: "quiet" },
        say("文件没有说谁跟着谁，年份也不足以推断。", "No text says who followed whom, and the years do not suffice to infer it.")));
    }
    const known = Object.assign(new Map(adopters.map((one) => [one.place, one])), { founders }), children = new Map();
    const when = (thing) => known.get(thing)?.upper || 9999;
    for (const step of [...steps].sort((a, b) => when(a.destination) - when(b.destination) || a.destination - b.destination)) {
      children.set(step.origin, [...(children.get(step.origin) ?? []), step]);
    }
    const reached = new Set(steps.map((step) => step.destination));
    const roots = [...children.keys()].filter((thing) => !reached.has(thing)).sort((a, b) => when(a) - when(b) || a - b);
    const alone = adopters.filter((one) => !reached.has(one.place) && !children.has(one.place)).length;
    box.replaceChildren(element("ul", { class: "tree" },
      roots.map((thing) => element("li", {}, element("div", {}, place(thing, known)), below(thing, children, known)))),
      alone ? element("p", { class: "quiet" },
        say(`其余 ${alone} 个采纳者不知跟着谁。`, `Of the other ${alone} adopter${alone === 1 ? "" : "s"} it is not known whom they followed.`)) : "",
      steps.some((step) => step.grade === "inferred") ? element("p", { class: "quiet" },
        say("按年份推断的只是先后，不证明影响。", "What is inferred from years is an order in time, no proof of influence.")) : "");
  }
  return { draw, told };
})();
