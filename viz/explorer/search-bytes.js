// Words in a column of texts, looked for in its UTF-8 bytes as they lie there: nothing is decoded but what is shown.
//
//   searchBytes.rows(data.quotes.text, searchBytes.encoded("经费"))     the rows that have it, in order
//   searchBytes.stands(data.quotes.text, row, needle)                  whether that row has it
//
// The search is Horspool's; Latin letters match in either case.
"use strict";

const searchBytes = (() => {
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
  const ending = ({ ends }, row) => ends[row + 1] - ends[row];

  // The row that is this text as a whole, or -1.
  function exact(column, text) {
    const needle = encoded(text);
    return rows(column, needle).find((row) => ending(column, row) === needle.length) ?? -1;
  }

  return { encoded, rows, stands, exact };
})();
