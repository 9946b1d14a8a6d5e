"""Search records to a Pagefind index in the finished output; the one place that knows Pagefind's program.

Every record becomes a small HTML file for Pagefind's command line, which is its stable interface. (Its Python API waits
a tenth of a second for each record, and its sub-results cannot be narrowed by stance.)
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path
from string import punctuation
from urllib.parse import quote

from ..errors import DebateError
from ..frontmatter import write_whole
from ..search import RECORDS, SearchRecord, indexer_installed, read_records

FOLDER = "pagefind"
_STAMP = "made-from.txt"
_UNUSED = ("pagefind-*ui*", "pagefind-highlight.js")
_PER_FOLDER = 1000


def index_command(cache: Path, output: Path) -> str | None:
    """Make the index of the records that the last build left in the cache; return a line that says what was done.

    None: there is nothing to search, because DEBATE_SEARCH_URL is not set, Pagefind is not installed, or no essay is
    there. Records that have not changed leave the index as it is. Raises DebateError where Pagefind fails.
    """
    file = cache / RECORDS
    if not file.is_file() or not output.is_dir() or not indexer_installed():
        return None
    records, language = read_records(file)
    if not records:
        return None
    pages = [_page(record, language) for record in records]
    stamp = f"{hashlib.sha256(''.join(pages).encode()).hexdigest()} pagefind {version('pagefind')}\n"
    made = output / FOLDER / _STAMP
    if made.is_file() and made.read_text(encoding="utf-8") == stamp:
        return "The search index is up to date."
    with tempfile.TemporaryDirectory(prefix="search-", dir=cache) as aside:
        bundle = _bundle(pages, language, Path(aside))
        write_whole(bundle / _STAMP, stamp)
        shutil.rmtree(output / FOLDER, ignore_errors=True)
        shutil.move(bundle, output / FOLDER)
    return f"{len(records)} essays, pages and comments can be searched."


def _bundle(pages: Sequence[str], language: str, aside: Path) -> Path:
    site, bundle = aside / "site", aside / "bundle"
    for number, page in enumerate(pages):
        file = site / f"{number // _PER_FOLDER:04}" / f"{number:07}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
    site.mkdir(exist_ok=True)
    _pagefind(site, bundle, language)
    for pattern in _UNUSED:
        for file in bundle.glob(pattern):
            file.unlink()
    return bundle


def _page(record: SearchRecord, language: str) -> str:
    """Return a record as a page for Pagefind to read; nobody else ever sees it.

    Date and address travel as an anchor: what Pagefind calls metadata can be searched: "comment" would find all.
    """
    filters = [_told("filter", name, value) for name, value in sorted(record.filters.items())]
    head = "".join([_told("meta", "title", record.title), *filters])
    anchor = f'<a id="{escape(record.date)}@{escape(quote(record.url, safe=punctuation))}"></a>'
    text = f"<p>{escape(record.text)}</p>"
    return f'<!doctype html><html lang="{escape(language)}"><body>{head}{anchor}{text}</body></html>'


def _told(kind: str, name: str, value: str) -> str:
    return f'<p data-pagefind-{kind}="{name}[content]" content="{escape(value)}"></p>'


def _pagefind(site: Path, bundle: Path, language: str) -> None:
    options = ["--site", str(site), "--output-path", str(bundle), "--force-language", language, "--silent"]
    done = subprocess.run(  # noqa: S603 - this Python's own module, paths of our own
        [sys.executable, "-m", "pagefind", *options], capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise DebateError(
            "the search index could not be made",
            where="pagefind",
            why=" ".join((done.stdout + done.stderr).split())[-300:] or f"exit code {done.returncode}",
            remedy="install it with its program (pip install 'pagefind[bin]'), or set DEBATE_SEARCH_URL to None",
        )
