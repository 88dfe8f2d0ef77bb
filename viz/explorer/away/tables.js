// The table of a view → CSV that a spreadsheet opens as it is: UTF-8 with its mark, RFC 4180, nothing that is computed.
"use strict";

const awayTables = (() => {
  const MARK = "\ufeff";
  const FORMULA = /^[=+\-@\t\r](?![\d.,]*%?$)/;
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

  // As kg/views/tables.py does it: =1+2 gets an apostrophe before it, -5 does not.
  function cell(value) {
    const text = String(value ?? "").replace(HIDDEN, "\ufffd");
    const inert = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  }
  const line = (cells) => `${cells.map(cell).join(",")}\r\n`;

  function csv({ columns, rows }) {
    const heading = columns.map(([, zh, en]) => say(zh, en));
    return MARK + line(heading) + rows.map(line).join("");
  }
  return { csv };
})();
