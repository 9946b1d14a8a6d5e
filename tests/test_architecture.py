"""The house rules that a machine can check: who imports whom, how long, how deep, what is shared, where colours are."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from factories import ROOT

PACKAGE = ROOT / "plugins/debate"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each stage imports only from rows above its own; stages of one row do not know each other.
ROWS = (
    ("errors",),
    ("catalogues",),
    ("languages",),
    ("speaking",),
    ("everyday",),
    (
        *("contents", "cards", "frontmatter", "leftovers", "sanitizing", "avatars", "evidence_marks", "reading_time"),
        *("jobs", "cache", "codec", "listening", "compiled"),
    ),
    ("settings", "readers", "importers", "reply_links", "stylesheets", "outputs", "fragments"),
    ("threads", "fingerprints"),
    ("stance",),
    ("tagging", "debates"),
    ("summaries",),
    ("discussions",),
    ("charts", "feeds", "layout"),
    ("essay_feeds",),
    ("json_feeds",),
    ("feed_files", "exports", "json_ld", "archive", "search"),
    ("site_files", "theme_files", "given", "card_painting"),
    ("card_files",),
    ("hooks", "memory"),
    ("generators", "writers", "essays", "desk"),
    ("__init__",),
)
DOORS = ("generators.py", "hooks.py", "writers.py", "essays.py", "memory.py", "__init__.py")
ROW_OF = {stage: number for number, row in enumerate(ROWS) for stage in row}
MUTABLE_MAKERS = {"dict", "list", "set", "defaultdict", "Counter", "OrderedDict", "deque", "bytearray"}
READ_ONLY = {"Mapping", "Sequence", "Collection", "Set", "Final", "Iterable"}
NESTING = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> Iterator[Function]:
    yield from (node for node in ast.walk(_tree(path)) if isinstance(node, Function))


def _dotted(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def _imported(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the package's own modules that a module imports, as paths inside the package."""
    here = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: len(here) - node.level + 1] + tuple((node.module or "").split(".") if node.module else ())
            for alias in node.names:
                module = (*base, alias.name)
                yield module if _exists(module) else base


def _exists(module: tuple[str, ...]) -> bool:
    return PACKAGE.joinpath(*module).with_suffix(".py").is_file() or PACKAGE.joinpath(*module, "__init__.py").is_file()


def _outside(path: Path) -> Iterator[str]:
    """Yield the first names of the absolute imports of a module."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


def _body_lines(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _depth(node: ast.AST, depth: int = 0) -> int:
    return max((_depth(child, depth + _deeper(node, child)) for child in ast.iter_child_nodes(node)), default=depth)


def _deeper(node: ast.AST, child: ast.AST) -> bool:
    is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
    return isinstance(child, NESTING) and not is_elif


def _mutable_globals(path: Path) -> Iterator[str]:
    for node in _tree(path).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        names = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        called = getattr(value.func, "id", "") if isinstance(value, ast.Call) else ""
        displays = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
        read_only = isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).split("[")[0] in READ_ONLY
        if (isinstance(value, displays) or called in MUTABLE_MAKERS) and not read_only:
            yield from (ast.unparse(name) for name in names if ast.unparse(name) != "__all__")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_stage_imports_only_what_stands_above_it(path: Path) -> None:
    own = _dotted(path)[0]
    others = {module[0] for module in _imported(path) if module and module[0] != own}
    assert own in ROW_OF, f"give {own} a row"
    assert sorted(other for other in others if ROW_OF[other] >= ROW_OF[own]) == []


def test_the_architecture_tells_the_order_in_which_modules_import() -> None:
    table = re.findall(r"^\| (`.*?) \|", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
    rows = [re.findall(r"`(\w+)(?:\.py|/)`", row) for row in table]
    named = [name for row in rows for name in row]
    assert len(named) == len(set(named)), "a module stands in one row"
    row_of = {name: number for number, row in enumerate(rows) for name in row}
    pairs = {(_dotted(path)[0], module[0]) for path in MODULES for module in _imported(path) if module}
    told = [pair for pair in sorted(pairs) if set(pair) <= set(named)]
    assert len(told) > 100
    assert [pair for pair in told if row_of[pair[0]] < row_of[pair[1]]] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {_dotted(path): {m for m in _imported(path) if m != _dotted(path)} for path in MODULES}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_package_imports_itself_by_relative_names_and_pelican_only_at_the_door(path: Path) -> None:
    names = set(_outside(path))
    assert "debate" not in names
    assert "pelican" not in names or _name(path) in DOORS


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_holds_state_that_could_change(path: Path) -> None:
    assert list(_mutable_globals(path)) == []
    assert not [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Global | ast.Nonlocal)]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_functions_and_nesting_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert {f.name: _body_lines(f) for f in _functions(path) if _body_lines(f) > 40} == {}
    assert {f.name: _depth(f) for f in _functions(path) if _depth(f) > 3} == {}


def test_most_functions_are_short() -> None:
    lengths = sorted(_body_lines(function) for path in MODULES for function in _functions(path))
    assert statistics.median(lengths) <= 6
    assert lengths[int(0.9 * len(lengths))] <= 20


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_everything_public_says_what_it_is_for(path: Path) -> None:
    tree = _tree(path)
    public = [tree, *(n for n in tree.body if isinstance(n, Function | ast.ClassDef) and not n.name.startswith("_"))]
    assert [getattr(node, "name", "module") for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name != "desk"], ids=_name)
def test_only_tasks_and_terminal_tools_print(path: Path) -> None:
    calls = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    assert not [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


STYLES = [p for folder in ("plugins", "theme") for p in sorted((ROOT / folder).rglob("*.css"))]
MARKUP = [p for folder in ("plugins", "theme") for p in sorted((ROOT / folder).rglob("*.html"))]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\("
    r"|:\s*(?:white|black|red|green|blue|gr[ae]y|silver|navy|orange|purple|yellow)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", [p for p in STYLES + MARKUP if p.name != "tokens.css"], ids=lambda p: p.name)
def test_colours_stand_in_tokens_css_alone(path: Path) -> None:
    text = re.sub(r'(?:href|id)="[^"]*"', "", path.read_text(encoding="utf-8"))
    assert COLOUR.findall(text) == []
    assert "style=" not in text


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_no_style_forces_itself_on_others(path: Path) -> None:
    assert "!important" not in path.read_text(encoding="utf-8")
