// (to be written) fills #search
"use strict";

const search = (() => ({ draw() {}, update() {} }))();
