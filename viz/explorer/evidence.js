// (to be written) fills #panel
"use strict";

const evidence = (() => ({ draw() {}, update() {} }))();
