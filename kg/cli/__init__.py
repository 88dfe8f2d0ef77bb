"""The `kg` command: each subcommand is one library call, options in, a table or a file out."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

COMMANDS = {  # each with the module of kg.cli that has it
    "demo": "building",
    "inspect": "inspecting",
    "build": "building",
    "merge": "building",
    "status": "building",
    "query": "asking",
    "search": "searching",
    "view": "asking",
    "explore": "exploring",
    "trace": "asking",
    "explain": "asking",
    "validate": "asking",
    "serve": "serving",
    "compare": "comparing",
    "diffuse": "diffusing",
    "diff": "handing_over",
    "export": "handing_over",
    "push": "pushing",
    "review": "reviewing",
    "check": "checking",
    "evaluate": "evaluating",
    "mine": "mining",
    "mentions": "training",
    "train": "training",
}
SELDOM = 50_000  # new objects between two searches for cycles: of what is loaded at the start nothing is let go


class Loader(click.Group):
    """A group that loads the module of a command when the command is asked for: the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"kg.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Nothing: the text of `kg --help` names each already."""


@click.group(cls=Loader, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="policy-kg", prog_name="kg")
def main() -> None:
    """From Chinese policy documents to a graph that shows how policies travel.

    \b
    kg demo                               the bundled example: graph, trace and network in one go
    kg inspect FILE                       how a document is understood, before anything is built
    kg build DOCS --out graph/            read documents, write the graph; again: only what is new or changed
    kg status graph/                      what is in it, and what is to be read again
    kg merge a/ b/ --out graph/           one graph of several, without reading anything again
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
    kg validate graph/                    does it keep to the SHACL shapes?
    kg mine graph/                        programmes that no lexicon knows and that begin to travel
    kg check my-lexicon/                  is my own lexicon right?
    kg evaluate DOCS GOLD                 how good the reading is, by kind, relation and rule
    kg mentions docs/ --out review.jsonl  sentences with the names found, to correct in a tool
    kg train review.jsonl --out model/    a model of your corrections, for kg build --model

    Every command has its own --help.
    """
    gc.set_threshold(SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
