// The network to take away: networkTaken.picture(scene) is the whole scene, or what a camera sees, on a fresh <canvas>, .question() its SPARQL.
"use strict";

const networkTaken = (() => {
  const WIDTH = 1600, HEIGHT = 1100, SHARP = 2;

  function picture(scene, camera = networkCamera.fitted(scene.box, WIDTH, HEIGHT)) {
    const canvas = dom.element("canvas", { width: camera.width * SHARP, height: camera.height * SHARP });
    const context = canvas.getContext("2d", { alpha: false });
    context.setTransform(SHARP, 0, 0, SHARP, 0, 0);
    const pieces = networkDrawing.painting(context, scene, camera, networkDrawing.colors(), { ties: Infinity, names: 250 }, 0);
    while (!pieces.next().done);
    return canvas;
  }

  // Which claims draw a tie, and from which role to which; a tie is asked for by its claims, as the page made it of them.
  const DRAWN = [
    ["adopts", "a pol:Adoption ; pol:place ?subject ; pol:program ?object"],
    ["implements", "a pol:Implementation ; pol:place ?subject ; pol:object ?object"],
    ["targets", "a pol:Targeting ; pol:program ?subject ; pol:group ?object"],
    ["succeeds", "a pol:Succession ; pol:successor ?subject ; pol:predecessor ?object"],
    ["partOf", "a pol:Membership ; pol:member ?subject ; pol:whole ?object"],
    ["recognizes", "a pol:Recognition ; pol:by ?subject ; pol:place ?object"],
    ["learnsFrom", "a pol:Diffusion ; pol:kind pol:LearnsFrom ; pol:to ?subject ; pol:from ?object"],
    ["cooperates", "a pol:Diffusion ; pol:kind pol:Cooperates ; pol:to ?subject ; pol:from ?object"],
    ["issues", "a pol:Issuance ; pol:document ?object .\n"
      + "      OPTIONAL { ?claim pol:agency ?agency } OPTIONAL { ?claim pol:place ?place } BIND(COALESCE(?agency, ?place) AS ?subject)"],
    ["promotes", "a pol:Diffusion ; pol:kind pol:Promotes ; pol:from ?subject .\n"
      + "      OPTIONAL { ?claim pol:to ?to } OPTIONAL { ?claim pol:program ?program } BIND(COALESCE(?to, ?program) AS ?object)"],
  ];

  function question() {
    const roots = networkScene.focus().map((thing) => away.iri(data.things.iri.at(thing))).join(", ");
    const parts = DRAWN.map(([name, pattern]) => `    { ?claim ${pattern} BIND("${name}" AS ?relation) }`);
    return [
      "PREFIX pol: <https://w3id.org/policy-kg/ontology#>",
      "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
      "SELECT ?subject ?subjectName ?relation ?object ?objectName WHERE {",
      "  { SELECT DISTINCT ?subject ?relation ?object WHERE {",
      parts.join("\n    UNION\n"),
      `    FILTER(ISIRI(?subject) && ISIRI(?object) && ?subject != ?object)${roots && ` FILTER(?subject IN (${roots}) || ?object IN (${roots}))`}`,
      "  } }",
      "  ?subject skos:prefLabel ?subjectName . ?object skos:prefLabel ?objectName .",
      "}",
      "ORDER BY ?subjectName ?relation ?objectName",
    ].join("\n");
  }

  return { picture, question };
})();
