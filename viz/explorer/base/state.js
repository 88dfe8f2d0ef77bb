// What is looked at, as text in the address of the page: every view can be linked to, and back and forward work.
//
//   state.get("program")                "" where nothing is said
//   state.set({ program: "program/县管校聘" })     a new step of the history; {replace: true} changes the present one
//   state.watch((changed) => …)         called with the Set of keys that changed
//
// Keys: view, program (short IRI), chosen (thing in the panel), claim (its id, in the panel), year (up to which is played),
// a and b (compared), from and to (path), sort, lang, theme, and the filters kinds, links, levels, province, statuses, genres,
// since, until, sure, undated; panel.words (what was searched for, listed in the panel) and keys (no: no keys of a single
// sign). A list is joined with commas. A view's own keys begin with its name: network.depth.
"use strict";

const state = (() => {
  const watchers = [];
  let now = new Map();

  function read() {
    return new Map(new URLSearchParams(location.hash.slice(1)));
  }
  function written(map) {
    const plain = (text) => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%2C/g, ",");
    return "#" + [...map].map(([key, value]) => `${plain(key)}=${plain(value)}`).join("&");
  }
  function differing(before, after) {
    return new Set([...before.keys(), ...after.keys()].filter((key) => before.get(key) !== after.get(key)));
  }
  function take(next) {
    const changed = differing(now, next);
    now = next;
    if (changed.size) for (const watcher of watchers) watcher(changed);
  }

  window.addEventListener("popstate", () => take(read()));
  window.addEventListener("hashchange", () => take(read()));
  now = read();

  return {
    get: (key) => now.get(key) ?? "",
    list: (key) => (now.get(key) ?? "").split(",").filter(Boolean),
    all: () => new Map(now),
    set(changes, { replace = false } = {}) {
      const next = new Map(now);
      for (const [key, value] of Object.entries(changes)) {
        const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
        if (text) next.set(key, text); else next.delete(key);
      }
      if (!differing(now, next).size) return;
      history[replace ? "replaceState" : "pushState"](null, "", written(next));
      take(next);
    },
    link(changes) {
      const next = new Map(now);
      for (const [key, value] of Object.entries(changes)) if (value) next.set(key, String(value)); else next.delete(key);
      return written(next);
    },
    watch: (watcher) => watchers.push(watcher),
  };
})();
