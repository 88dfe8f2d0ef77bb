// (to be written)
"use strict";

const networkView = {
  id: "network",
  name: ["网络", "Network"],
  enter(stage) { stage.append(dom.element("p", {}, say("网络", "Network"))); },
  update() {},
};
