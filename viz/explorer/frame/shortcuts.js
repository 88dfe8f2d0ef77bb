// Keys that work anywhere on the page, and the dialog that lists them. Keys of one letter can be switched off there (state
// `keys` = no), and never work while something is being typed. A view may list its own in `keys`: [["+", zh, en], …].
"use strict";

const shortcuts = (() => {
  const { at, element } = dom;
  const COMMON = [
    ["/", "到搜索框", "to the search box"], ["?", "这个帮助", "this help"], ["Esc", "关闭；返回", "close; go back"],
    ["Tab", "下一个可操作之处", "the next thing that can be used"], ["↑ ↓ Home End", "在搜索结果中移动", "move among the hits of a search"],
    ["← → ↑ ↓", "在画面中移动（先用 Tab 到画面上）", "move within a picture (Tab to it first)"], ["+ − 0", "放大、缩小、看全图", "zoom in, out, to the whole"],
    ["Enter", "打开", "open"], ["Alt ←", "上一个画面", "the view before"],
  ];
  let dialog = null;

  const isTyping = (target) => target.closest("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable], [role=combobox]");
  const rows = (list) => list.map(([key, ...told]) => [element("dt", {}, key.split(" ").flatMap((one, i) => [i ? " " : "", element("kbd", {}, one)])), element("dd", {}, say(...told))]);

  function built() {
    const own = main.view().keys ?? [];
    const box = element("input", { type: "checkbox", id: "keys-on", onchange: () => state.set({ keys: box.checked ? "" : "no" }, { replace: true }) });
    box.checked = state.get("keys") !== "no";
    return element("dialog", { id: "keys", "aria-labelledby": "keys-title" },
      element("h2", { id: "keys-title" }, say("键盘与帮助", "Keys and help")),
      element("dl", { class: "keys" }, rows(COMMON)),
      own.length ? [element("h3", {}, say(...main.view().name)), element("dl", { class: "keys" }, rows(own))] : null,
      element("p", {}, element("label", {}, box, say(" 单键快捷键（/ 和 ?）可用", " keys of a single sign (/ and ?) work"))),
      element("p", { class: "quiet" }, say("地址栏记着所看的一切：复制地址就能把这个画面给别人，前进、后退也都能用。", "The address holds all that is looked at: copy it to show this very view to others; back and forward work.")),
      element("p", {}, element("button", { type: "button", class: "ok", onclick: () => dialog.close() }, say("关闭", "Close"))));
  }
  function open() {
    if (dialog?.open) return;
    dialog?.remove();
    dialog = built();
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey || state.get("keys") === "no" || isTyping(target) || dialog?.open) return;
    if (key !== "/" && key !== "?") return;
    event.preventDefault();
    if (key === "/") search.focus(); else open();
  });
  at("help").addEventListener("click", open);

  return { draw() {}, update() {}, open };
})();
