// The present view → what is taken away of it: a picture, its table, the network, the question; and the choice of language
// and colours. Fills #tools, and writes what stands on the printed sheet.
"use strict";

const away = (() => {
  const KEPT = 30000; // ms that a browser gets to fetch what is saved
  const { element, at } = dom;

  function save(parts, type, name) {
    const address = URL.createObjectURL(new Blob(parts, { type }));
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), KEPT);
    dom.tell(say(`已保存 ${name}`, `Saved ${name}`));
  }
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
  }
  async function saveQuestion(view) {
    const name = awayWords.fileName(view, "rq"), text = awaySparql.text(view);
    save([text], "application/sparql-query", name);
    if (await copy(text)) dom.tell(say(`已保存 ${name}，并复制到剪贴板`, `Saved ${name} and copied it to the clipboard`));
  }

  const TAKE = {
    png: async (view) => save([await awayPicture.png(view, view.picture())], "image/png", awayWords.fileName(view, "png")),
    svg: (view) => save([awayPicture.svg(view, view.picture())], "image/svg+xml", awayWords.fileName(view, "svg")),
    csv: (view) => save([awayTables.csv(view.rows())], "text/csv", awayWords.fileName(view, "csv")),
    gexf: (view) => save(awayGexf.parts(view), "application/gexf+xml", awayWords.fileName(view, "gexf")),
    sparql: saveQuestion,
  };
  async function take(id, view) {
    try { await TAKE[id](view); } catch (fault) {
      dom.tell(say(`未能保存：${fault.message}`, `Could not be saved: ${fault.message}`));
    }
  }

  function items() {
    const view = main.view();
    const noPicture = view.picture?.() ? "" : say("此视图没有图", "This view has no picture");
    const noTable = view.rows ? "" : say("此视图没有表", "This view has no table");
    const item = (id, words, about, why = "") => ({ id, words, about, why, act: () => take(id, view) });
    return [
      item("png", "PNG", say("图片，两倍大小", "Picture at twice its size"), noPicture),
      item("svg", "SVG", say("矢量图，可再编辑", "Drawing that can be edited"), noPicture),
      item("csv", "CSV", say("表格，Excel 可打开", "Table for a spreadsheet"), noTable),
      item("gexf", "GEXF", say("通过筛选的网络，给 Gephi", "Network within the filters, for Gephi")),
      item("sparql", "SPARQL", say("得出同样结果的查询", "The query with the same answer")),
    ];
  }

  function language() {
    const next = say("en", "");
    return element("button", {
      type: "button", class: "language", lang: say("en", "zh-CN"), onclick: () => { state.set({ lang: next }); at("tools").querySelector(".language").focus(); },
    }, say("English", "中文"));
  }
  function theme() {
    const names = { "": say("自动", "Auto"), light: say("浅色", "Light"), dark: say("深色", "Dark") };
    const choice = element("select", { class: "theme", "aria-label": say("配色", "Colours") },
      Object.entries(names).map(([value, words]) => element("option", { value }, words)));
    choice.value = Object.hasOwn(names, state.get("theme")) ? state.get("theme") : "";
    choice.addEventListener("change", () => { state.set({ theme: choice.value }); at("tools").querySelector(".theme").focus(); });
    return choice;
  }
  // Where a server shows a thing, "" in a page that stands alone.
  function page(short) {
    const { pages, base } = data.meta;
    return pages && base === pages.base ? pages.path + encodeURI(short).replaceAll("%25", "%") : "";
  }

  function draw() {
    const home = data.meta.pages ? element("a", { class: "home", href: "/" }, say("图谱首页", "Start page")) : null;
    const menu = awayMenu.menu(say("带走", "Take away"), items);
    at("tools").replaceChildren(...[menu, language(), theme(), home].filter(Boolean));
  }
  // What only the printed sheet shows: title and source, and where this can be seen again.
  function update() {
    const sheet = at("sheet") ?? document.body.appendChild(element("footer", { id: "sheet" }));
    const file = location.protocol === "file:" ? decodeURI(location.pathname).split("/").at(-1) : location.origin + location.pathname;
    sheet.replaceChildren(element("p", {}, awayWords.source()), element("p", {}, dom.cut(file + location.hash)));
    at("stage").dataset.title = awayWords.title(main.view());
  }
  return { draw, update, page, iri: (short) => awaySparql.iri(short) };
})();
