// Values that somebody typed → terms of SPARQL, and a query with these terms bound where its variables are selected.
// A value enters as a whole, escaped term behind VALUES; nothing typed is ever pasted as text of a query.
"use strict";
(() => {
  const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
  const NOT_IN_IRI = /[\u0000-\u0020<>"{}|\\^`]/;

  // 双"减 → "双\"减"@zh
  function literal(text, language = "") {
    const whole = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
    return `"${whole.replace(/["\\\n\r\t\b\f]/g, (sign) => ESCAPES[sign])}"${language ? `@${language}` : ""}`;
  }

  // The IRI that is meant by <https://…>, https://…, urn:… or id:place/210200; null for a name.
  function iri(text, prefixes) {
    const bare = text.replace(/^<(.*)>$/s, "$1");
    const colon = bare.indexOf(":");
    const start = bare.slice(0, Math.max(colon, 0));
    const local = bare.slice(colon + 1);
    const full = colon > 0 && Object.hasOwn(prefixes, start) && !local.startsWith("//") ? prefixes[start] + local : bare;
    if (!/^([A-Za-z][A-Za-z0-9+.-]*:\/\/|urn:)/.test(full)) return null;
    if (NOT_IN_IRI.test(full)) throw new Error(`${text} 含有 IRI 不能有的字符`);
    return `<${full}>`;
  }

  function integer(text) {
    if (!/^[+-]?[0-9]+$/.test(text)) throw new Error(`“${text}”不是整数，应如 2014`);
    return String(BigInt(text));
  }

  // Whether the words between SELECT and WHERE name the variable itself: not (MIN(?year) AS ?first).
  function selects(projection, name) {
    let bare = projection;
    for (let before = ""; bare !== before;) { before = bare; bare = bare.replace(/\([^()]*\)/g, " "); }
    return bare.includes("*") || new RegExp(`[?$]${name}(?![\\w\\u0080-\\uFFFF])`).test(bare);
  }

  // The query with VALUES for each of [["program", "<…>"]] in every SELECT that gives the variable away: within the inner
  // ones, too, because an engine reckons these for themselves and would otherwise reckon them for everything.
  function bound(query, terms) {
    return query.replace(/\bSELECT\b([^{}]*?)\bWHERE\s*\{/g, (head, projection) => head + terms
      .filter(([name]) => selects(projection, name)).map(([name, term]) => `\n  VALUES ?${name} { ${term} }`).join(""));
  }

  window.policyBinding = { literal, iri, integer, bound };
})();
