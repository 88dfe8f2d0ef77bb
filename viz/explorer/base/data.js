// The data block of the page → `data`: tables of columns, read in place. kg/views/explorer/tables.py writes them.
//
//   data.meta.kinds                     lists of words that numbers in the columns count into
//   data.things.rows                    how many there are
//   data.things.kind[i]                 a column of numbers is a typed array
//   data.things.name.at(i)              a column of texts decodes the one that is asked for
//   data.claims.roles.at(i)             a column of lists gives a typed array
//   data.thing("place/210200")          the number of a thing by its short IRI, or -1
//   data.claimsOf(i), data.tiesOf(i)    the claims in which a thing has a role; the ties that end at it
"use strict";

const data = (() => {
  const ARRAYS = { u8: Uint8Array, u16: Uint16Array, i16: Int16Array, u32: Uint32Array, i32: Int32Array, f32: Float32Array };
  const decoder = new TextDecoder();

  class Texts {
    constructor(ends, bytes) { this.ends = ends; this.bytes = bytes; }
    get length() { return this.ends.length - 1; }
    at(i) { return decoder.decode(this.bytes.subarray(this.ends[i], this.ends[i + 1])); }
    isEmpty(i) { return this.ends[i] === this.ends[i + 1]; }
  }

  class Lists {
    constructor(ends, values) { this.ends = ends; this.values = values; }
    get length() { return this.ends.length - 1; }
    at(i) { return this.values.subarray(this.ends[i], this.ends[i + 1]); }
  }

  function column([type, at, ...more], rows, buffer, body) {
    if (ARRAYS[type]) return new ARRAYS[type](buffer, body + at, rows);
    const ends = new Uint32Array(buffer, body + at, rows + 1);
    const [start, length] = more;
    if (type === "text") return new Texts(ends, new Uint8Array(buffer, body + start, length));
    return new Lists(ends, new Uint32Array(buffer, body + start, length));
  }

  function unpacked(buffer) {
    const length = new DataView(buffer).getUint32(4, true);
    const head = JSON.parse(decoder.decode(new Uint8Array(buffer, 8, length)));
    const body = Math.ceil((8 + length) / 8) * 8;
    const tables = { meta: head.meta };
    for (const [name, { rows, columns }] of Object.entries(head.tables)) {
      tables[name] = { rows };
      for (const [key, told] of Object.entries(columns)) tables[name][key] = column(told, rows, buffer, body);
    }
    return tables;
  }

  function decoded(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  // For each of `count` things the rows that name it: pairs(add) calls add(thing, row) for each.
  function listed(count, pairs) {
    const ends = new Uint32Array(count + 1);
    pairs((thing) => { ends[thing + 1]++; });
    for (let i = 0; i < count; i++) ends[i + 1] += ends[i];
    const next = ends.slice();
    const values = new Uint32Array(ends[count]);
    pairs((thing, row) => { values[next[thing]++] = row; });
    return new Lists(ends, values);
  }

  async function load() {
    const block = document.getElementById("data");
    const stream = new Blob([decoded(block.textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
    block.remove();
    Object.assign(loaded, unpacked(await new Response(stream).arrayBuffer()));
    const { things, claims, ties } = loaded;
    const byRole = listed(things.rows, (add) => {
      for (let claim = 0; claim < claims.rows; claim++) {
        const roles = claims.roles.at(claim);
        for (let r = 1; r < roles.length; r += 2) {
          let again = false;
          for (let before = 1; before < r; before += 2) again ||= roles[before] === roles[r];
          if (!again) add(roles[r], claim);
        }
      }
    });
    const byEnd = listed(things.rows, (add) => {
      for (let tie = 0; tie < ties.rows; tie++) { add(ties.source[tie], tie); add(ties.target[tie], tie); }
    });
    const numbers = new Map();
    for (let i = 0; i < things.rows; i++) numbers.set(things.iri.at(i), i);
    loaded.thing = (iri) => numbers.get(iri) ?? -1;
    loaded.claimsOf = (thing) => byRole.at(thing);
    loaded.tiesOf = (thing) => byEnd.at(thing);
  }

  const loaded = { load };
  return loaded;
})();
