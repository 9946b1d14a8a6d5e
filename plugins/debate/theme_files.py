"""The static files that pages ask for, the plugin's and the theme's, in the output: whole, folded, and only if new.

Left to Pelican, the theme's would be emptied and filled again. A build killed then, or before the folding, would leave
pages without their style.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from .frontmatter import write_whole
from .outputs import holds
from .stylesheets import HERE, static_files, theme_sheet


def copy_theme(generator: Any) -> None:
    """Write the plugin's static files and the theme's before any page (a signal's receiver).

    Of one name the theme's counts. Pelican's generator of static files keeps its settings but for the theme's paths:
    none is left for it to copy.
    """
    settings = generator.settings
    files = {f"debate/{name}": text.encode() for name, text in static_files(HERE)}
    for name in settings["THEME_STATIC_PATHS"]:
        files |= theme_files(Path(generator.theme, name), settings["IGNORE_FILES"])
    for path, content in files.items():
        target = static_path(generator.output_path, settings["THEME_STATIC_DIR"], path)
        if not holds(target, content):
            write_whole(target, content)
    generator.settings = settings | {"THEME_STATIC_PATHS": []}


def static_path(output: Path | str, folder: str, path: str) -> Path:
    """Return where a static file of the theme lies: in the owner's folder, which may lie beside the output.

    Sites in several languages share one so: Pelican's plugin i18n_subsites sets THEME_STATIC_DIR to "../theme".
    """
    return Path(os.path.normpath(Path(output, folder, path)))


def theme_files(static: Path, ignored: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file of one of a theme's static paths, which may be a file itself."""
    base = static.parent if static.is_file() else static
    for file in [static] if static.is_file() else _files(static, ignored):
        path = file.relative_to(base).as_posix()
        sheet = theme_sheet(path, base) if file.suffix == ".css" else None
        yield path, file.read_bytes() if sheet is None else sheet.encode(errors="surrogateescape")


def _files(folder: Path, ignored: Sequence[str]) -> Iterator[Path]:
    """Yield the files that Pelican would copy from a folder: through links, but those with an ignored name."""
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders[:] = _kept(folders, ignored)
        yield from (path for name in _kept(names, ignored) if (path := Path(parent, name)).is_file())


def _kept(names: Iterable[str], ignored: Sequence[str]) -> list[str]:
    return sorted(name for name in names if not any(fnmatch(name, pattern) for pattern in ignored))
