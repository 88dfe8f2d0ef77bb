"""The `kg` command: each subcommand is one library call, options in, a table or a file out."""

from __future__ import annotations

import sys

import click

from kg.cli import (
    asking,
    building,
    checking,
    comparing,
    diffusing,
    evaluating,
    exploring,
    handing_over,
    mining,
    pushing,
    reviewing,
    searching,
    serving,
    training,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="policy-kg", prog_name="kg")
def main() -> None:
    """From Chinese policy documents to a graph that shows how policies travel.

    \b
    kg demo                               the bundled example: graph, trace and network in one go
    kg inspect FILE                       how a document is understood, before anything is built
    kg build DOCS --out graph/            read documents, write the graph; again: only what is new or changed
    kg status graph/                      what is in it, and what is to be read again
    kg trace graph/ 县管校聘               who adopted a programme, when, by which sentence
    kg view graph/ --out network.html     the network as a web page that opens offline
    kg explore graph/ --out explorer.html the whole graph as a page: who, when, where, by which sentence
    kg query graph/ who-adopted           a shipped question, a .rq file or SPARQL
    kg search graph/ 双减                  the sentences in which a word stands
    kg diffuse graph/                     how programmes spread: events, curves, networks, models
    kg compare graph/ 大连市 2014          what a plan promised against what was reported
    kg export graph/ -f csv --out tables/  RDF, tables, Gephi, Neo4j, a data package to cite
    kg push graph/ --endpoint URL         to a SPARQL server: Virtuoso, Fuseki, GraphDB …
    kg diff graph/ newer/                 which claims came, went or changed between two graphs
    kg serve graph/                       a SPARQL service and pages on this machine
    kg explain graph/ "大连市 三通两平台"   which rule made an edge, from which words
    kg review candidates graph/           names that may be one thing; decide, and builds keep to it
    kg mine graph/                        programmes that no lexicon knows and that begin to travel
    kg check my-lexicon/                  is my own lexicon right?
    kg evaluate DOCS GOLD                 how good the reading is, by kind, relation and rule
    kg mentions docs/ --out review.jsonl  sentences with the names found, to correct in a tool
    kg train review.jsonl --out model/    a model of your corrections, for kg build --model

    Every command has its own --help.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


for command in (
    building.demo,
    building.inspect,
    building.build,
    building.status,
    asking.query,
    searching.search,
    asking.view,
    exploring.explore,
    asking.trace,
    asking.explain,
    asking.validate,
    serving.serve,
    comparing.compare,
    diffusing.diffuse,
    handing_over.diff,
    handing_over.export,
    pushing.push,
    reviewing.review,
    checking.check,
    evaluating.evaluate,
    mining.mine,
    training.mentions,
    training.train,
):
    main.add_command(command)
