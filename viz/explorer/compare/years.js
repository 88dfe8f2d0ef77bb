// Years as far as they are known → a text, and which of two came first. An adoption lies after `lower` and not later than
// `upper`: (2013, 2014] is 2014, (open, 2014] is ≤2014, (2011, 2014] is 2012–2014. A year of 0 is open or unknown.
"use strict";

const compareYears = (() => {
  const isExact = ({ lower, upper }) => lower > 0 && upper - lower <= 1;

  function text({ lower, upper }) {
    if (!upper) return "";
    if (!lower) return `≤${upper}`;
    return upper - lower <= 1 ? String(upper) : `${lower + 1}–${upper}`;
  }
  // "a" or "b" only where it is sure; "same" where both years are exact; "open" where the two intervals overlap.
  function first(a, b) {
    if (!a.upper || !b.upper) return "open";
    if (a.upper <= b.lower) return "a";
    if (b.upper <= a.lower) return "b";
    return isExact(a) && isExact(b) ? "same" : "open";
  }
  // Which stands in an earlier text, whatever may have been before: "a", "b" or "".
  const seen = (a, b) => (!a.upper || !b.upper || a.upper === b.upper ? "" : a.upper < b.upper ? "a" : "b");
  const of = (adoption) => ({ lower: data.adoptions.lower[adoption], upper: data.adoptions.upper[adoption] });

  function ofClaim(claim) {
    const { year, yearTo, dateKind } = data.claims;
    if (!year[claim]) return "";
    const range = yearTo[claim] && yearTo[claim] !== year[claim] ? `${year[claim]}–${yearTo[claim]}` : String(year[claim]);
    return data.meta.dateKinds[dateKind[claim]] === "Document" ? `≤${range}` : range;
  }
  const orUnknown = (years) => years || say("年份不详", "year unknown");

  return { isExact, text, first, seen, of, ofClaim, orUnknown };
})();
