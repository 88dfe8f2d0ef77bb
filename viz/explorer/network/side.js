// The list beside the picture: the steps of a way between two things, or the adopters of a programme in order of year.
"use strict";

const networkSide = (() => {
  const { element } = dom;
  const close = (changes) => element("button", {
    type: "button", class: "net-close", "aria-label": say("关闭", "Close"), onclick: () => state.set(changes),
  }, "×");

  function why(way) {
    return {
      same: say("起点与终点是同一事物。", "Start and end are the same."),
      apart: state.get("network.way") === "time"
        ? say("没有：二者之间没有由扩散与采纳连成的路。", "None: no chain of diffusion and adoption leads from one to the other.")
        : say("没有：在通过筛选的关系中，二者不相连。", "None: the ties that pass the filters do not connect the two."),
      decreasing: say("没有：二者虽相连，但每条路上都有后一步早于前一步。", "None: they are connected, but on every way a later step is dated before an earlier one."),
      years: say("只是可能：有的年份不详或只是上限，先后不能确定。", "Possible only: some years are unknown or upper bounds, so the order is not certain."),
      "": state.get("network.way") === "time"
        ? say("确定：每一步都不早于前一步。先后不等于因果。", "Sure: no step is earlier than the one before. Order is not cause.")
        : say("通过筛选的关系中步数最少的路。", "The way of fewest steps through the ties that pass the filters."),
    }[way.why];
  }
  function quoted(claim) {
    if (claim < 0) return say("名录所载", "from the register");
    return dom.named(data.quotes.text.at(data.claims.quote[claim]), 90);
  }
  // In a way in time what counts is when the step happened, which several texts may have narrowed down.
  function when({ claim, lo, hi }) {
    if (lo === undefined) return networkWords.years(claim) || say("年份不详", "no year");
    if (hi === Infinity) return lo === -Infinity ? say("年份不详", "no year") : `≥${lo}`;
    return lo === -Infinity ? `≤${hi}` : lo < hi ? `${lo}–${hi}` : `${hi}`;
  }
  const opensClaim = (claim, text) => element("button", { type: "button", class: "goto", onclick: () => state.set({ claim: data.claims.id.at(claim) }) }, text);

  function step(one) {
    const told = `${networkWords.link(one.tie)} · ${when(one)}`;
    const arrow = data.ties.source[one.tie] === one.from ? "→" : "←";
    return element("li", {},
      element("span", { class: "net-step" }, element("span", { "aria-hidden": "true" }, `${arrow} `),
        one.claim < 0 ? told : opensClaim(one.claim, told)),
      element("span", { class: "quiet" }, quoted(one.claim)),
      thing(one.to));
  }
  const thing = (i) => element("span", { class: "net-thing" }, marks.icon(data.meta.kinds[data.things.kind[i]]), dom.opens(i));

  function wayList(way) {
    const from = networkScene.thingAt("from");
    return [
      close({ from: "", to: "" }),
      element("h3", {}, state.get("network.way") === "time" ? say("按年份先后的路", "Way in order of years") : say("最短的路", "Shortest way")),
      element("p", { class: way.steps && way.sure ? "quiet" : "net-why" }, why(way)),
      way.steps && element("ol", { class: "net-way" }, element("li", {}, thing(from)), way.steps.map(step)),
    ];
  }
  function adopter(row, scene) {
    const { adoptions } = data, claim = adoptions.claim[row];
    const told = networkScene.year(adoptions.lower[row], adoptions.upper[row]);
    return element("li", {}, dom.opens(adoptions.place[row]), " ", claim < 0 ? told : opensClaim(claim, told));
  }
  function traceList(scene) {
    const all = [...data.adoptions.program].filter((program) => program === scene.program).length;
    return [
      close({ "network.trace": "no" }),
      element("h3", {}, say("轨迹：", "Trace: "), dom.named(data.things.name.at(scene.program), 60)),
      element("p", { class: "quiet" }, say(`采纳者 ${scene.rows.length} / ${all}，按年份；≤ 表示不晚于该年`,
        `Adopters ${scene.rows.length} / ${all}, by year; ≤ means by that year at the latest`)),
      element("ol", {}, scene.rows.map((row) => adopter(row, scene))),
    ];
  }

  function draw(box, scene) {
    const shown = scene.way ? wayList(scene.way) : scene.badges.size ? traceList(scene) : [];
    box.hidden = !shown.length;
    box.replaceChildren(...shown.filter(Boolean));
    if (scene.way) dom.tell(found(scene.way) + why(scene.way));
  }
  const found = ({ steps }) => (steps ? say(`找到一条路，${steps.length} 步。`, `A way of ${steps.length} ${steps.length === 1 ? "step" : "steps"}. `) : "");
  return { draw };
})();
