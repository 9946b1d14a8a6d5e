"""Stylesheets folded into one file, so that a page asks for its style once: local @import lines give way to their text.

A sheet stays valid CSS by itself; the build only saves the browser the requests. Addresses are paths inside the folder
of static files, as a browser sees it: the theme's own files, and the plugin's under `debate/`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .errors import StylesheetError
from .frontmatter import write_whole

HERE = Path(__file__).parent / "static"
Reader = Callable[[str], str | None]
"""Returns the text of the sheet at a path, None where there is none."""

SHEETS = ("tokens.css", "debate.css", "charts.css", "search.css")
"""The plugin's own sheets in the order of the cascade; together they are `debate/debate.css`."""

_FOLDER = "debate"
_STRING = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
_TOKEN = re.compile(rf"(?P<string>{_STRING})|/\*.*?\*/|url\(\s*(?P<address>{_STRING}|[^)]*?)\s*\)", re.DOTALL)
_BLANK = re.compile(r"\s*\n\s*")
_HEAD = re.compile(rf"\s*(?:@charset\s[^;]*;|(?P<layers>@layer\s[^;{{]*;)|@import\s*(?P<import>(?:{_STRING}|[^;])*);)")
_IMPORT = re.compile(
    rf"(?:url\(\s*)?(?P<address>{_STRING}|[^\s)]+)\s*\)?"
    r"(?:\s*(?P<layer>\blayer\b(?:\((?P<name>[^)]*)\))?))?"
    r"(?:\s*supports\((?P<supports>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\))?"
    r"\s*(?P<media>.*)",
    re.DOTALL,
)


def flatten(path: str, read: Reader) -> str:
    """Return the sheet at `path` with every local @import replaced by what it names; comments and indents are left out.

    Layer, supports() and media of an import become the blocks that mean the same; url() is made to fit the new place.
    Raises StylesheetError for a sheet that does not exist, comes from another site, or imports itself.
    """
    return _folded(path, read, posixpath.dirname(path), ()) + "\n"


def imports_of(text: str) -> Iterator[str]:
    """Yield the addresses of a sheet's @import lines as they are written."""
    for part in _head(_stripped(text, "", ""))[0]:
        if part["import"]:
            yield _unquoted(_IMPORT.fullmatch(part["import"].strip())["address"])  # type: ignore[index]


def static_files(own: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of the files that a page may link: the plugin's sheets in `own` as one, and its scripts."""
    yield "debate.css", "".join(flatten(name, reader({"": own})) for name in SHEETS)
    yield from ((file.name, file.read_text(encoding="utf-8")) for file in sorted(own.glob("*.js")))


def theme_sheets(static: Path, own: Path) -> Iterator[tuple[str, str]]:
    """Yield path and folded text of every sheet in a theme's folder of static files that imports one of the plugin's.

    A theme that leaves the plugin's sheets alone is left alone.
    """
    read = reader({f"{_FOLDER}/": own, "": static})
    for file in sorted(static.rglob("*.css")):
        path = file.relative_to(static).as_posix()
        named = (_joined(path, address) for address in imports_of(file.read_text(encoding="utf-8")))
        if any(posixpath.dirname(address) == _FOLDER for address in named):
            yield path, flatten(path, read)


def fold_theme(pelican: Any) -> None:
    """Fold the theme's stylesheets in the finished output, where Pelican has just copied them (a signal's receiver)."""
    for folder in pelican.settings["THEME_STATIC_PATHS"]:
        for path, text in theme_sheets(Path(pelican.theme, folder), HERE):
            write_whole(Path(pelican.output_path, pelican.settings["THEME_STATIC_DIR"], path), text)


def reader(folders: Mapping[str, Path]) -> Reader:
    """Return a reader of sheets from folders, each under the prefix that its addresses have; the first one wins."""

    def read(path: str) -> str | None:
        files = (folder / path.removeprefix(prefix) for prefix, folder in folders.items() if path.startswith(prefix))
        return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), None)

    return read


def _folded(path: str, read: Reader, base: str, above: tuple[str, ...]) -> str:
    text = read(path)
    if text is None or path in above:
        raise StylesheetError(
            f"@import of {path}",
            where=above[-1] if above else path,
            why="there is no such stylesheet" if text is None else "it imports itself",
            remedy="correct the @import, or take the line away",
        )
    parts, rules = _head(_stripped(text, posixpath.dirname(path), base))
    head = (part["layers"] or _imported(path, part["import"], read, base, (*above, path)) for part in parts)
    return "\n".join(text for text in (*head, rules) if text)


def _head(text: str) -> tuple[list[re.Match[str]], str]:
    """Return the lines that may stand before an @import, those of @charset left out, and the rules after them."""
    parts, end = [], 0
    while part := _HEAD.match(text, end):
        end = part.end()
        parts.append(part)
    return [part for part in parts if part["layers"] or part["import"]], text[end:].strip()


def _imported(path: str, line: str, read: Reader, base: str, above: tuple[str, ...]) -> str:
    found = _IMPORT.fullmatch(line.strip())
    address = _unquoted(found["address"]) if found else line
    if found is None or not _is_local(address):
        raise StylesheetError(
            f"@import of {address}",
            where=path,
            why="only sheets of the site itself can be folded into one",
            remedy="keep a copy of the sheet in the theme",
        )
    # The address has been made to fit `base` already, like every other.
    text = _folded(_joined(f"{base}/x" if base else "x", address), read, base, above)
    if found["layer"]:
        text = f"@layer {found['name'] or ''} {{\n{text}\n}}"
    if found["supports"]:
        text = f"@supports ({found['supports'].strip()}) {{\n{text}\n}}"
    return f"@media {found['media'].strip()} {{\n{text}\n}}" if found["media"].strip() else text


def _stripped(text: str, folder: str, base: str) -> str:
    """Return the sheet without comments, indents and empty lines, its relative addresses seen from `base`."""

    def shortened(token: re.Match[str]) -> str:
        if token["string"]:
            imported = re.search(r"@import\s*$", text[max(0, token.start() - 20) : token.start()])
            return f'"{_moved(token["string"], folder, base)}"' if imported else token[0]
        if token["address"] is not None:
            return f'url("{_moved(token["address"], folder, base)}")'
        # An empty comment keeps two names apart that nothing else does.
        beside = text[token.start() - 1 : token.start()] + text[token.end() : token.end() + 1]
        return "" if len(beside) < 2 or re.search(r"[\s;{}'\"]", beside) else "/**/"

    return _BLANK.sub("\n", _TOKEN.sub(shortened, text.removeprefix("\ufeff")))


def _moved(address: str, folder: str, base: str) -> str:
    plain = _unquoted(address)
    if folder == base or not _is_local(plain):
        return plain
    return posixpath.relpath(posixpath.join(folder, plain), base or ".")


def _is_local(address: str) -> bool:
    return not re.match(r"[/#]|[a-zA-Z][a-zA-Z0-9+.-]*:", address)


def _joined(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _unquoted(address: str) -> str:
    return address[1:-1] if address[:1] in ("'", '"') else address
