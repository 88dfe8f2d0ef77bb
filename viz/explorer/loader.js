// The packed scripts of the page → run, as one. The page's policy knows them by the hash of what they unpack to, so that
// nothing else can be run in this way.
"use strict";
(async () => {
  const block = document.getElementById("scripts");
  const unpacked = (packed) => new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const script = document.createElement("script");
  script.textContent = await unpacked(Uint8Array.from(atob(block.textContent), (sign) => sign.charCodeAt(0)));
  block.replaceWith(script);
})().catch(() => {
  document.getElementById("stage").textContent = "请用较新的浏览器打开此页（Chrome、Edge、Firefox、Safari 2023 年以后的版本）。"
    + " Please open this page in a newer browser: Chrome, Edge, Firefox or Safari of 2023 or later.";
});
