"""Stylesheets folded into one file, so that a page asks for its style once: local @import lines give way to their text.

A sheet stays valid CSS by itself; the build only saves the browser the requests. Addresses are paths inside the folder
of static files, as a browser sees it: the theme's own files, and the plugin's under `debate/`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .errors import StylesheetError

HERE = Path(__file__).parent / "static"
Reader = Callable[[str], str | None]
"""Returns the text of the sheet at a path, None where there is none."""

SHEETS = ("tokens.css", "debate.css", "charts.css", "search.css")
"""The plugin's own sheets in the order of the cascade; together they are `debate/debate.css`."""

_FOLDER = "debate"
_STRING = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
_TOKEN = re.compile(rf"(?P<string>{_STRING})|/\*.*?\*/|url\(\s*(?P<address>{_STRING}|[^)]*?)\s*\)", re.DOTALL)
_BLANK = re.compile(r"\s*\n\s*")
_HEAD = re.compile(
    r"\s*(?:@charset\s[^;]*;|(?P<layers>@layer\s[^;{]*;)"
    rf"|@import\s*(?:url\(\s*)?(?P<address>{_STRING}|[^\s);]+)\s*\)?"
    r"(?P<layer>\s*\blayer\b(?:\((?P<name>[^)]*)\))?)?\s*(?P<media>[^;]*?)\s*;)"
)


def flatten(path: str, read: Reader) -> str:
    """Return the sheet at `path` with every local @import replaced by what it names; comments and indents are left out.

    Layer and media of an import become the blocks that mean the same; url() is made to fit the new place. Raises
    StylesheetError for a sheet that does not exist, comes from another site, asks for supports(), or imports itself.
    """
    return _folded(path, read, ()) + "\n"


def static_files(own: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of the files that a page may link: the plugin's sheets in `own` as one, and its scripts."""
    yield "debate.css", "".join(flatten(name, reader({"": own})) for name in SHEETS)
    yield from ((file.name, file.read_text(encoding="utf-8")) for file in sorted(own.glob("*.js")))


def theme_sheet(path: str, static: Path, own: Path = HERE) -> str | None:
    """Return the folded text of a sheet in a theme's static folder, None unless it imports one of the plugin's.

    A theme that leaves the plugin's sheets alone is left alone.
    """
    read = reader({f"{_FOLDER}/": own, "": static})
    lines, _ = _head(_shortened(read(path) or ""))
    named = (_joined(path, _unquoted(line["address"])) for line in lines if line["address"])
    return flatten(path, read) if any(posixpath.dirname(name) == _FOLDER for name in named) else None


def reader(folders: Mapping[str, Path]) -> Reader:
    """Return a reader of sheets from folders, each under the prefix that its addresses have; the first one wins.

    Bytes that are no UTF-8 come as lone surrogates, and `surrogateescape` writes them again as they were.
    """

    def read(path: str) -> str | None:
        files = (folder / path.removeprefix(prefix) for prefix, folder in folders.items() if path.startswith(prefix))
        return next((file.read_text("utf-8", "surrogateescape") for file in files if file.is_file()), None)

    return read


def _folded(path: str, read: Reader, above: tuple[str, ...]) -> str:
    text = read(path)
    if text is None or path in above:
        raise StylesheetError(
            f"@import of {path}",
            where=above[-1] if above else path,
            why="there is no such stylesheet" if text is None else "it imports itself",
            remedy="correct the @import, or take the line away",
        )
    lines, rules = _head(_shortened(text))
    head = (line["layers"] or _imported(path, line, read, (*above, path)) for line in lines)
    return "\n".join(text for text in (*head, rules) if text)


def _head(text: str) -> tuple[list[re.Match[str]], str]:
    """Return the lines that may stand before an @import, those of @charset left out, and the rules after them."""
    lines, end = [], 0
    while line := _HEAD.match(text, end):
        end = line.end()
        lines.append(line)
    return [line for line in lines if line["layers"] or line["address"]], text[end:].strip()


def _imported(path: str, line: re.Match[str], read: Reader, above: tuple[str, ...]) -> str:
    address = _unquoted(line["address"])
    if not _is_local(address) or line["media"].startswith("supports("):
        raise StylesheetError(
            line[0].strip(),
            where=path,
            why="only sheets of the site itself, with layer() and media alone, can be folded into one",
            remedy="keep a copy of the sheet in the theme, with @supports inside of it",
        )
    named = _joined(path, address)
    text = _moved(_folded(named, read, above), posixpath.dirname(named), posixpath.dirname(path))
    if line["layer"]:
        text = f"@layer {line['name'] or ''} {{\n{text}\n}}"
    return f"@media {line['media']} {{\n{text}\n}}" if line["media"] else text


def _shortened(text: str) -> str:
    """Return the sheet without comments, indents and empty lines."""

    def shortened(token: re.Match[str]) -> str:
        if token["string"] or token["address"] is not None:
            return token[0]
        # An empty comment keeps two names apart that nothing else does.
        beside = text[token.start() - 1 : token.start()] + text[token.end() : token.end() + 1]
        return "" if len(beside) < 2 or re.search(r"[\s;{}'\"]", beside) else "/**/"

    return _BLANK.sub("\n", _TOKEN.sub(shortened, text.removeprefix("\ufeff")))


def _moved(text: str, old: str, new: str) -> str:
    """Return the text of a sheet in the folder `old` with each relative url() as it is seen from the folder `new`."""

    def moved(token: re.Match[str]) -> str:
        address = _unquoted(token["address"] or "")
        if not address or not _is_local(address):
            return token[0]
        return f'url("{posixpath.relpath(posixpath.join(old, address), new or ".")}")'

    return text if old == new else _TOKEN.sub(moved, text)


def _is_local(address: str) -> bool:
    return not re.match(r"[/#]|[a-zA-Z][a-zA-Z0-9+.-]*:", address)


def _joined(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _unquoted(address: str) -> str:
    return address[1:-1] if address[:1] in ("'", '"') else address
