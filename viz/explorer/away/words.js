// The state → words that go with whatever is taken away: what is shown, of which graph, by which filters, under which name.
"use strict";

const awayWords = (() => {
  const SUBJECTS = { diffusion: ["program"], places: ["program"], network: ["chosen"], compare: ["a", "b"] };
  const NO_FILE_NAME = /[\u0000-\u0020"%*/:<>?\\|\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+/gu;
  const LONGEST_NAME = 40;
  let documents = 0;

  const comma = () => say("、", ", ");
  const name = (iri) => { const thing = data.thing(iri); return thing < 0 ? "" : dom.cut(data.things.name.at(thing), LONGEST_NAME); };
  const subjects = (view) => (SUBJECTS[view.id] ?? []).map((key) => name(state.get(key))).filter(Boolean);

  function title(view) {
    const of = subjects(view);
    return say(...view.name) + (of.length ? say("：", ": ") + of.join(comma()) : "");
  }
  function fileName(view, ending) {
    const parts = [view.id, ...subjects(view)].map((part) => part.replace(NO_FILE_NAME, "_"));
    return `policy-kg-${parts.join("-")}.${ending}`;
  }

  // 18: parts of one file count once.
  function counted() {
    if (!documents) {
      const files = new Set();
      for (let i = 0; i < data.sources.rows; i++) files.add(data.sources.file.at(i));
      documents = files.size;
    }
    return documents;
  }

  const listed = (key, table) => state.list(key).map((id) => words[table](id === "-" ? "" : id)).join(comma());
  function years() {
    const since = state.get("since"), until = state.get("until");
    return since || until ? `${since}–${until}` : "";
  }
  function filtered() {
    const told = [
      [say("类别", "kind"), listed("kinds", "kinds")], [say("关系", "relation"), listed("links", "links")],
      [say("层级", "level"), listed("levels", "levels")], [say("省份", "province"), name(state.get("province"))],
      [say("状态", "status"), listed("statuses", "statuses")], [say("文种", "genre"), listed("genres", "genres")],
      [say("年份", "years"), years()], [say("置信度", "confidence"), state.get("sure") && `≥ ${state.get("sure")}%`],
      [say("截至", "up to"), state.get("year")],
      [say("无年份的", "without a year"), state.get("undated") === "no" && say("不计", "left out")],
    ];
    return told.filter(([, value]) => value).map(([word, value]) => `${word} ${dom.cut(value, 200)}`);
  }

  // 政策扩散 · 依据 18 份文件 · 筛选：层级 市 · policy-kg
  function source() {
    const filters = filtered();
    return [
      dom.cut(words.title(), 200),
      say(`依据 ${counted().toLocaleString("en")} 份文件`, `${counted().toLocaleString("en")} documents`),
      filters.length ? say("筛选：", "filters: ") + filters.join(say("；", "; ")) : say("未筛选", "no filters"),
      "policy-kg",
    ].join(" · ");
  }

  return { title, fileName, source };
})();
