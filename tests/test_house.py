"""kg/**/*.py → who imports whom, and which library is used where: the two rules that keep the house in order."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the roof to the ground. A room may use what lies below it; the rooms of one floor do not know each other.
FLOORS: tuple[frozenset[str], ...] = tuple(
    frozenset(floor.split())
    for floor in (
        "__main__",
        "cli",
        "training evaluation",
        "pipeline explain lexicon_check",
        "graph_folder exports push",
        "serve",
        "views rule_quality",
        "pictures",
        "diffusion search",
        "comparison",
        "graph second_reader",
        "relations",
        "entities",
        "texts",
        "reviewed",
        "lexicons gold",
        "lexicon_files",
        "resources remote",
        "model errors patterns",
    )
)
ONE_ROOM = {
    "spacy": ("entities",),
    "daachorse": ("texts",),
    "rdflib": ("graph",),
    "pyoxigraph": ("graph",),
    "pypinyin": ("views",),
    "pyshacl": ("graph",),
    "platformdirs": ("entities",),
    "pyvis": ("views",),
    "networkx": ("graph", "views", "exports", "diffusion"),
    "opencc": ("texts",),
    "rapidfuzz": ("diffusion",),
    "rensa": ("texts",),
    "pycrfsuite": ("entities", "training"),
    "trafilatura": ("texts",),
    "lxml": ("texts",),
    "matplotlib": ("pictures",),
    "click": ("cli",),
    "httpx": ("second_reader",),
    "anyio": ("second_reader",),
    "sqlite3": ("search",),
    "starlette": ("serve",),
    "statsmodels": ("diffusion",),
    "uvicorn": ("serve",),
    "scipy": ("diffusion",),
    "fsspec": ("remote",),
    "distributed": ("pipeline",),
    "pyspark": ("pipeline",),
}
SLOW_TO_LOAD = (
    "spacy",
    "rdflib",
    "pyoxigraph",
    "pypinyin",
    "networkx",
    "pyvis",
    "opencc",
    "numpy",
    "matplotlib",
    "httpx",
    "starlette",
    "statsmodels",
    "uvicorn",
    "scipy",
    "fsspec",
    "distributed",
    "pyspark",
)


class Import(NamedTuple):
    """One import statement, wherever it stands: at the top, in a function, or for the type checker only."""

    file: str  # graph/store.py
    line: int
    module: str  # kg.graph.iris, spacy.tokens

    @property
    def room(self) -> str:
        """The folder or module of kg/ that imports: graph, cli."""
        return self.file.partition("/")[0].removesuffix(".py")

    @property
    def used(self) -> str:
        """The room that is imported, if it is ours."""
        return self.module.split(".")[1] if self.module.startswith("kg.") else ""

    def __str__(self) -> str:
        return f"kg/{self.file}:{self.line} imports {self.module}"


def imports_of(text: str, file: str) -> Iterator[Import]:
    """All imports of a module; `from kg import texts` counts as kg.texts."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"kg/{file}:{node.lineno}: imports are written in full, not with a dot"
            assert node.module is not None
            if node.module == "kg":
                yield from (Import(file, node.lineno, f"kg.{alias.name}") for alias in node.names)
            else:
                yield Import(file, node.lineno, node.module)


def all_imports() -> list[Import]:
    """The imports of the whole house."""
    files = sorted((ROOT / "kg").rglob("*.py"))
    return [i for f in files for i in imports_of(f.read_text("utf-8"), f.relative_to(ROOT / "kg").as_posix())]


def floor_of(room: str) -> int:
    """0 is the roof."""
    return next(n for n, floor in enumerate(FLOORS) if room in floor)


def climbs(found: Import) -> bool:
    """Whether it goes up or sideways; inside a room everybody may know everybody."""
    return bool(found.used) and found.used != found.room and floor_of(found.used) <= floor_of(found.room)


def trespasses(found: Import) -> bool:
    """Whether a library is used outside its room."""
    rooms = ONE_ROOM.get(found.module.partition(".")[0])
    return rooms is not None and found.room not in rooms


def test_every_room_has_a_floor() -> None:
    """A new folder or module of kg/ must be given its place in FLOORS before anything else."""
    rooms = {p.stem for p in (ROOT / "kg").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert rooms - {"__init__"} - {room for floor in FLOORS for room in floor} == set()


def test_only_downwards() -> None:
    """Down from the roof: cli → pipeline → views → comparison → graph → relations → entities → texts → lexicons → model."""
    assert [str(found) for found in all_imports() if found.room != "__init__" and climbs(found)] == []


def test_one_room_for_each_library() -> None:
    """Whoever replaces a library has one folder to look at."""
    assert [str(found) for found in all_imports() if trespasses(found)] == []


def test_every_library_lives_where_it_is_said_to() -> None:
    """No line of ONE_ROOM outlives the use of its library."""
    used = {found.module.partition(".")[0] for found in all_imports()}
    assert set(ONE_ROOM) - used == set()


@pytest.mark.parametrize(
    ("file", "line", "up", "outside"),
    [
        ("graph/store.py", "from kg.views.page import page", True, False),
        ("diffusion/cascades.py", "from kg.views.page import fill", True, False),
        ("model.py", "import kg.errors", True, False),
        ("texts/parts.py", "from kg import entities", True, False),
        ("views/page.py", "from kg.views.words import KINDS", False, False),
        ("cli.py", "def f():\n    from kg.model import Kind", False, False),
        ("relations/goals.py", "import spacy.tokens", False, True),
        ("views/from_graph.py", "from rdflib import Graph", False, True),
        ("graph/store.py", "import pyoxigraph as ox", False, False),
    ],
)
def test_the_rules_see(file: str, line: str, up: bool, outside: bool) -> None:
    """What the two rules must catch, and what they must let pass."""
    (found,) = imports_of(line, file)
    assert (climbs(found), trespasses(found)) == (up, outside)


class Start(NamedTuple):
    """What a command of a fresh process took."""

    slow: list[str]  # libraries of SLOW_TO_LOAD
    modules: int  # that it added to those of a bare Python
    used: int  # of our patterns
    compiled: int  # patterns, ours and others
    output: str


START = f"""
import json, re, sys
bare, used, compiled = set(sys.modules), [], []
from re import _compiler
real = _compiler.compile
_compiler.compile = lambda *of: (compiled.append(of), real(*of))[1]
from kg import patterns
ours = patterns._compiled
patterns._compiled = lambda *of: (used.append(of), ours(*of))[1]
from kg.cli import main
try: main()
except SystemExit: pass
slow = sorted(set(sys.modules) & set({SLOW_TO_LOAD!r}))
print(json.dumps([slow, len(set(sys.modules) - bare), len(used), len(compiled)]))
"""


def started(*args: str | Path) -> Start:
    """Runs `kg` with these arguments in a fresh process."""
    asked = [sys.executable, "-c", START, *map(str, args)]
    told = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT).stdout
    *output, last = told.splitlines()
    slow, modules, used, compiled = json.loads(last)
    return Start(slow, modules, used, compiled, "\n".join(output))


def test_help_is_quick() -> None:
    """`kg --help` loads none of the heavy libraries, and no command: a beginner asks for it first."""
    start = started("--help")
    assert "Usage:" in start.output
    assert start.slow == []
    assert start.modules <= 80
    assert start.used == 0


def test_a_small_build_is_quick(tmp_path: Path) -> None:
    """A build of one short file loads no engine and no heavy library, few modules, and compiles few patterns.

    Whoever needs more of them in every build must weigh it: the whole command is to take less than a second.
    """
    text = "大连市2014年教育工作总结\n\n2014年，全市启动县管校聘改革，在沙河口区开展试点，惠及教师2000名。\n"
    (tmp_path / "总结.txt").write_text(text, "utf-8")
    build = "build", tmp_path / "总结.txt", "--quiet", "--out"
    started(*build, tmp_path / "before")  # what is kept for other processes
    start = started(*build, tmp_path / "graph")
    assert (tmp_path / "graph" / "graph.ttl").stat().st_size > 100_000
    assert start.slow == []
    assert start.modules <= 330
    assert start.used <= 220
    assert start.compiled <= 90
