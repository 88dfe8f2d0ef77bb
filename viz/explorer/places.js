// (to be written)
"use strict";

const placesView = {
  id: "places",
  name: ["地方", "Places"],
  enter(stage) { stage.append(dom.element("p", {}, say("地方", "Places"))); },
  update() {},
};
