// The network to take away: networkTaken.picture(scene) is the whole scene on a fresh <canvas>, .question(scene) its SPARQL.
"use strict";

const networkTaken = (() => {
  const WIDTH = 1600, HEIGHT = 1100, SHARP = 2;

  function picture(scene) {
    const canvas = dom.element("canvas", { width: WIDTH * SHARP, height: HEIGHT * SHARP });
    const context = canvas.getContext("2d", { alpha: false });
    context.setTransform(SHARP, 0, 0, SHARP, 0, 0);
    const camera = networkCamera.fitted(scene.box, WIDTH, HEIGHT);
    const pieces = networkDrawing.painting(context, scene, camera, networkDrawing.colors(), { ties: Infinity, names: 250 }, 0);
    while (!pieces.next().done);
    return canvas;
  }

  const SHORTCUTS = ["adopts", "issues", "implements", "targets", "succeeds", "partOf"];

  // The ties of diffusion and recognition are asked for by their claims, all others by the shortcut that stands for these.
  function question(scene) {
    const roots = networkScene.focus().map((thing) => awaySparql.iri(data.things.iri.at(thing)));
    const around = roots.length ? [`  VALUES ?root { ${roots.join(" ")} }`, "  FILTER(?subject = ?root || ?object = ?root)"] : [];
    return [
      "PREFIX pol: <https://w3id.org/policy-kg/ontology#>",
      "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
      "SELECT DISTINCT ?subject ?subjectName ?relation ?object ?objectName WHERE {",
      `  { VALUES ?relation { ${SHORTCUTS.map((name) => `pol:${name}`).join(" ")} } ?subject ?relation ?object`,
      "    FILTER(?relation != pol:succeeds || NOT EXISTS { VALUES ?known { pol:Place pol:Agency } ?subject a ?known })",
      "    FILTER(?relation != pol:issues || EXISTS { ?act a pol:Issuance ; pol:document ?object ; ?role ?subject .",
      "      FILTER(?role = pol:agency || (?role = pol:place && NOT EXISTS { ?act pol:agency ?agency })) })",
      "    FILTER(?relation != pol:targets || EXISTS { ?subject a pol:Program }) }",
      "  UNION { ?claim a pol:Diffusion ; pol:kind ?relation ; pol:from ?from . OPTIONAL { ?claim pol:to ?to } OPTIONAL { ?claim pol:program ?program }",
      "    BIND(IF(?relation = pol:Promotes, ?from, ?to) AS ?subject)",
      "    BIND(IF(?relation = pol:Promotes, COALESCE(?to, ?program), ?from) AS ?object) }",
      "  UNION { ?claim a pol:Recognition ; pol:by ?subject ; pol:place ?object . BIND(pol:Recognition AS ?relation) }",
      ...around,
      "  ?subject skos:prefLabel ?subjectName . ?object skos:prefLabel ?objectName .",
      "}",
      "ORDER BY ?subjectName ?relation ?objectName",
    ].join("\n");
  }

  return { picture, question };
})();
