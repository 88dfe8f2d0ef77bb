// The data block of the page → YASGUI for the endpoint of this server, and the forms of the shipped questions.
"use strict";
(() => {
  const { endpoint, base, things, prefixes, start, terms, questions } = JSON.parse(document.getElementById("data").textContent);
  const { literal, iri, integer, bound } = window.policyBinding;
  const asked = new URLSearchParams(location.search);
  const shared = new URLSearchParams(location.hash.slice(1)).get("query"); // a link made by the share button
  const here = new URL(endpoint, location.href).href;

  // YASGUI: no autocompletion by other servers, no other endpoints, and nothing is run because a link says so -----------
  Yasqe.forkAutocompleter("property", { name: "ours", get: terms.filter((one) => /#[a-z]/.test(one)) }, false);
  Yasqe.forkAutocompleter("class", { name: "classes", get: terms.filter((one) => /#[A-Z]/.test(one)) }, false);
  Yasqe.defaults.autocompleters = ["prefixes", "variables", "ours", "classes"];
  Yasgui.defaults.endpointCatalogueOptions.getData = () => [];
  Yasgui.defaults.populateFromUrl = false;
  Yasgui.defaults.autofocus = false;
  Yasgui.defaults.persistenceId = "policy-kg";
  Yasgui.defaults.tabName = "查询";
  Yasgui.defaults.yasqe.value = start;
  Yasgui.defaults.yasr.prefixes = prefixes;
  Yasgui.defaults.yasr.maxPersistentResponseSize = 0; // answers of a graph that has changed since would mislead
  const request = { endpoint: here, method: "POST", headers: {}, args: [], namedGraphs: [], defaultGraphs: [] };
  Object.assign(Yasgui.defaults.requestConfig, request);
  const yasgui = new Yasgui(document.getElementById("yasgui"), { requestConfig: request });
  for (const tab of Object.values(yasgui._tabs)) tab.setRequestConfig(request); // kept from another visit
  const yasr = { settings: { selectedPlugin: "table", pluginsConfig: { table: { compact: true } } } };

  function open(name, text) {
    const same = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === text);
    if (same) same.select();
    else yasgui.addTab(true, { name, yasqe: { value: text }, yasr, requestConfig: request });
    return yasgui.getTab();
  }

  // A thing in an answer opens its page here, not at the address of its IRI.
  document.getElementById("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest("a.iri");
    if (!link || !link.getAttribute("href").startsWith(base)) return;
    link.href = things + link.getAttribute("href").slice(base.length);
  }, true);

  // Names -------------------------------------------------------------------------------------------------------------
  const bare = (text) => text.replace(/[“”‘’'"]/g, "");
  const declared = ["pol", "skos"].map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
  const LABELS = `{ ?thing skos:prefLabel ?name BIND(0 AS ?rank) } UNION { ?thing skos:altLabel ?name BIND(1 AS ?rank) }`;

  async function rows(query) {
    const answer = await fetch(here, {
      method: "POST", body: new URLSearchParams({ query: declared + query }), headers: { Accept: "application/sparql-results+json" },
    });
    if (!answer.ok) throw new Error(`服务器没有回答（${answer.status}）`);
    return (await answer.json()).results.bindings;
  }

  // The things of a class that a name names, as kg query does: a preferred name before another, what is in force before
  // what was, and without regard to quotation marks only where nothing is called just so.
  async function called(name, kind) {
    const exact = ["zh", "en", ""].map((language) => literal(name, language)).join(" ");
    const about = `?thing a pol:${kind} . OPTIONAL { ?thing pol:validTo ?ended }`;
    let found = await rows(`SELECT DISTINCT ?thing ?rank ?ended { VALUES ?name { ${exact} } ${LABELS} ${about} } ORDER BY ?thing`);
    if (!found.length) {
      const unquoted = `FILTER(REPLACE(STR(?name), "[“”‘’'\\"]", "") = ${literal(bare(name))})`;
      found = await rows(`SELECT DISTINCT ?thing ?rank ?ended { ${about} ${LABELS} ${unquoted} } ORDER BY ?thing`);
    }
    const first = Math.min(...found.map(({ rank }) => Number(rank.value)));
    const best = found.filter(({ rank }) => Number(rank.value) === first);
    const lasting = best.filter(({ ended }) => !ended);
    return [...new Set((lasting.length ? lasting : best).map(({ thing }) => thing.value))];
  }

  async function term(value, kind) {
    if (kind === "integer") return [integer(value)];
    if (kind === "text") return [literal(value)];
    const direct = iri(value, prefixes);
    return direct ? [direct] : (await called(value, kind)).map((one) => iri(one, prefixes));
  }

  // Forms -------------------------------------------------------------------------------------------------------------
  function tell(form, ...parts) {
    const place = form.querySelector(".choices");
    place.hidden = !parts.length;
    place.replaceChildren(...parts);
  }

  function choices(form, field, terms, again) {
    const buttons = terms.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one.slice(1, -1).replace(base, "");
      button.addEventListener("click", () => { field.value = one; tell(form); again(); });
      return button;
    });
    tell(form, `“${field.value}”有几个，请选一个：`, ...buttons);
  }

  async function given(form, again) {
    const bindings = [];
    for (const field of form.querySelectorAll("input")) {
      const value = field.value.trim();
      if (!value) continue;
      const found = await term(value, field.dataset.kind);
      if (found.length !== 1) {
        if (found.length) choices(form, field, found, again);
        else tell(form, `图中没有叫“${value}”的${field.labels[0].firstChild.textContent}。`);
        field.focus();
        return null;
      }
      bindings.push([field.name, found[0]]);
    }
    return bindings;
  }

  async function ask(form, name, run) {
    tell(form);
    try {
      const bindings = await given(form, () => ask(form, name, run));
      if (!bindings) return;
      const tab = open(questions[name].title, bound(questions[name].text, bindings));
      if (run) tab.query().catch(() => {}); // YASGUI shows what went wrong
      if (window.innerWidth < 900) document.getElementById("yasgui").scrollIntoView();
    } catch (fault) {
      tell(form, fault.message);
    }
  }

  function propose(field) {
    let typed = 0;
    field.addEventListener("input", async () => {
      const mine = ++typed;
      await new Promise((done) => setTimeout(done, 250));
      const text = field.value.trim();
      if (mine !== typed || !text || text.includes(":")) return;
      const near = `?thing a pol:${field.dataset.kind} ; skos:prefLabel ?name FILTER(CONTAINS(STR(?name), ${literal(text)}))`;
      const found = await rows(`SELECT DISTINCT ?name { ${near} } ORDER BY STRLEN(STR(?name)) STR(?name) LIMIT 12`).catch(() => []);
      if (mine === typed) field.list.replaceChildren(...found.map(({ name }) => new Option(name.value, name.value)));
    });
  }

  for (const box of document.querySelectorAll(".question")) {
    const form = box.querySelector("form"), name = box.dataset.question;
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(form, name, event.submitter?.value !== "show"); });
    form.querySelectorAll("input[list]").forEach(propose);
    if (asked.get("question") !== name) continue;
    box.open = true;
    for (const field of form.querySelectorAll("input")) field.value = asked.get(field.name) ?? "";
    ask(form, name, false);
  }
  const text = asked.get("query") ?? shared;
  if (text) open("查询", text);
  window.policyQuery = { yasgui };
})();
