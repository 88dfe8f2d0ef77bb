// (to be written)
"use strict";

const diffusionView = {
  id: "diffusion",
  name: ["扩散", "Diffusion"],
  enter(stage) { stage.append(dom.element("p", {}, say("扩散", "Diffusion"))); },
  update() {},
};
