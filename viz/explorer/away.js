// (to be written) fills #tools
"use strict";

const away = (() => ({ draw() {}, update() {} }))();
