// Elements, always made of text and attributes, never of markup: what a document says cannot become part of the page.
"use strict";

const dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LONGEST = 1000;

  function filled(made, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (name in made && typeof value === "boolean") made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const element = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

  // A text of the graph: kept apart from the direction of the text around it, endless ones cut, control signs made visible.
  const inert = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  const cut = (text, most = LONGEST) => (text.length <= most ? inert(text) : `${inert(text.slice(0, most))}…`);
  const named = (text, most) => element("bdi", {}, cut(text, most));

  const at = (id) => document.getElementById(id);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const tell = (text) => { at("live").textContent = text; };

  // A thing of the graph as a button that opens it in the panel.
  const opens = (thing, text, attributes = {}) => element("button", {
    type: "button", class: "goto", ...attributes,
    onclick: () => state.set({ chosen: data.things.iri.at(thing), claim: "" }),
  }, named(text ?? data.things.name.at(thing), 160));

  return { element, svg, named, cut, inert, at, color, tell, opens };
})();
