// (to be written)
"use strict";

const tableView = {
  id: "table",
  name: ["表格", "Table"],
  enter(stage) { stage.append(dom.element("p", {}, say("表格", "Table"))); },
  update() {},
};
