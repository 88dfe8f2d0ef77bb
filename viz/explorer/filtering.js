// (to be written) fills #filters
"use strict";

const filtering = (() => ({ draw() {}, update() {} }))();
