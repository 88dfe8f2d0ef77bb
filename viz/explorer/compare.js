// (to be written)
"use strict";

const compareView = {
  id: "compare",
  name: ["比较", "Compare"],
  enter(stage) { stage.append(dom.element("p", {}, say("比较", "Compare"))); },
  update() {},
};
