// Words in a column of texts, looked for in its UTF-8 bytes as they lie there: nothing is decoded but what is shown.
//
//   searchBytes.rows(data.quotes.text, searchBytes.encoded("经费"))     the rows that have it, in order
//   searchBytes.stands(data.quotes.text, row, needle)                  whether that row has it
//   searchBytes.graded(data.things.aliases, needle)                    row → how well one of its lines has it
//
// The search is Horspool's; Latin letters match in either case.
"use strict";

const searchBytes = (() => {
  const WHOLE = 0, BEGINS = 1, INSIDE = 2;
  const encoder = new TextEncoder();
  const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  const encoded = (text) => encoder.encode(text).map((byte) => LOWER[byte]);

  // How far the needle may move on when this byte stands under its last one.
  function jumps(needle) {
    const far = new Uint16Array(256).fill(Math.min(needle.length, 65535));
    for (let i = 0; i < needle.length - 1; i++) {
      far[needle[i]] = Math.min(needle.length - 1 - i, 65535);
      if (needle[i] >= 97 && needle[i] <= 122) far[needle[i] - 32] = far[needle[i]];
    }
    return far;
  }

  function first(bytes, needle, far, from, to) {
    const last = needle.length - 1;
    for (let at = from; at + last < to; at += far[bytes[at + last]]) {
      let i = last;
      while (i >= 0 && LOWER[bytes[at + i]] === needle[i]) i--;
      if (i < 0) return at;
    }
    return -1;
  }

  // The row in which a byte stands, at or after the row `low`.
  function rowOf(ends, at, low) {
    let high = ends.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (ends[middle] <= at) low = middle; else high = middle;
    }
    return low;
  }

  function rows({ ends, bytes }, needle) {
    const found = [];
    if (!needle.length) return found;
    const far = jumps(needle);
    let row = 0, at = 0;
    while ((at = first(bytes, needle, far, at, bytes.length)) >= 0) {
      row = rowOf(ends, at, row);
      if (at + needle.length <= ends[row + 1]) { found.push(row); at = ends[row + 1]; } else at += 1;
    }
    return found;
  }
  const stands = ({ ends, bytes }, row, needle) => first(bytes, needle, jumps(needle), ends[row], ends[row + 1]) >= 0;
  // Rows of lines: how well each row has it. WHOLE: one of its lines is it, BEGINS: one begins with it, INSIDE: it stands in one.
  function graded({ ends, bytes }, needle) {
    const found = new Map();
    if (!needle.length) return found;
    const far = jumps(needle), BREAK = 10;
    let row = 0, at = -1;
    while ((at = first(bytes, needle, far, at + 1, bytes.length)) >= 0) {
      row = rowOf(ends, at, row);
      const from = ends[row], to = ends[row + 1], end = at + needle.length;
      if (end > to) continue;
      const begins = at === from || bytes[at - 1] === BREAK;
      const grade = !begins ? INSIDE : end === to || bytes[end] === BREAK ? WHOLE : BEGINS;
      if (!(found.get(row) <= grade)) found.set(row, grade);
    }
    return found;
  }

  // The row that is this text as a whole, or -1.
  function exact(column, text) {
    for (const [row, grade] of graded(column, encoded(text))) if (grade === WHOLE) return row;
    return -1;
  }

  return { encoded, rows, stands, graded, exact, WHOLE, BEGINS, INSIDE };
})();
