// What was typed → the forms that are looked for: as it stands, and with Simplified characters where it has Traditional ones.
//
//   searchScript.forms("縣管校聘")      ["縣管校聘", "县管校聘"]
//
// The page knows those characters that stand in its names and sentences: data.meta.traditional, in pairs.
"use strict";

const searchScript = (() => {
  let simplified = null;

  function forms(text) {
    simplified ??= new Map(Array.from(data.meta.traditional.matchAll(/(.)(.)/gu), ([, traditional, other]) => [traditional, other]));
    return [...new Set([text, [...text].map((sign) => simplified.get(sign) ?? sign).join("")])];
  }
  return { forms };
})();
