"""Essays that stay as they are: read from the cache, and never wrong for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from factories import Built, build, pelican
from sites import TEA_SITE

MARKED = "Changed in the cache."
EXTENSIONS = {"extensions": ["markdown.extensions.extra"], "output_format": "html5"}


def _mark(folder: Path) -> int:
    """Change what the cache holds of essays, so that a page shows where its text came from; return the rows."""
    with closing(sqlite3.connect(folder / ".cache/debate.sqlite")) as connection, connection:
        connection.create_function("crc32", 1, lambda text: __import__("zlib").crc32(text.encode()))
        connection.execute(
            "UPDATE kept SET value = replace(value, '[\"<p>', ?) WHERE kind = 'essay'", (f'["<p>{MARKED} ',)
        )
        return connection.execute("UPDATE kept SET checksum = crc32(value) WHERE kind = 'essay'").rowcount


def _again(folder: Path, built: Built) -> Built:
    again = pelican(folder, "pelicanconf.py", built.output)
    assert again.code == 0, again.log
    return again


def test_an_essay_that_stays_as_it_is_is_not_converted_again(tmp_path: Path) -> None:
    built = build(tmp_path, TEA_SITE)
    assert _mark(tmp_path) > 0
    assert MARKED in _again(tmp_path, built).read("cup/index.html")


def test_an_essay_that_changed_is_converted_anew(tmp_path: Path) -> None:
    built = build(tmp_path, TEA_SITE)
    _mark(tmp_path)
    essay = tmp_path / "content/essays/cup.md"
    essay.write_text(essay.read_text(encoding="utf-8") + "\nOne *more* line.\n", encoding="utf-8")
    text = _again(tmp_path, built).read("cup/index.html")
    assert MARKED not in text
    assert "One <em>more</em> line." in text


def test_other_settings_of_markdown_convert_all_anew(tmp_path: Path) -> None:
    built = build(tmp_path, TEA_SITE)
    _mark(tmp_path)
    with (tmp_path / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f"MARKDOWN = {EXTENSIONS!r}\n")
    assert MARKED not in _again(tmp_path, built).everything()


@pytest.mark.parametrize(("extension", "kept"), [("tables_of_ours:Ours", False), ("markdown.extensions.toc", True)])
def test_only_python_markdowns_own_extensions_are_trusted_to_read_one_file(
    tmp_path: Path, extension: str, kept: bool
) -> None:
    (tmp_path / "tables_of_ours.py").write_text(
        "from markdown.extensions import Extension\n\n\n"
        "class Ours(Extension):\n    def extendMarkdown(self, md):\n        pass\n"
    )
    assert build(tmp_path, TEA_SITE, MARKDOWN={"extensions": [extension]}).code == 0
    assert (_mark(tmp_path) > 0) is kept


def test_dates_tags_and_summaries_are_the_same_from_the_cache(tmp_path: Path) -> None:
    head = "Title: Rich\nDate: 2020-02-03 04:05\nTags: one, two\nAuthors: Ada; Bob\nSummary: A *short* one.\n\nText.\n"
    built = build(tmp_path, {**TEA_SITE, "essays/rich.md": head})
    before = built.everything()
    assert _again(tmp_path, built).everything() == before
    assert "A <em>short</em> one." in before


def test_a_header_given_twice_is_warned_of_in_every_build(tmp_path: Path) -> None:
    essay = "Title: Twice\nDate: 2020-01-01\nSlug: twice\nSlug: again\n\nText.\n"
    built = build(tmp_path, {**TEA_SITE, "essays/twice.md": essay})
    assert "Duplicate definition" in built.log
    assert "Duplicate definition" in _again(tmp_path, built).log


def test_the_reader_of_another_plugin_is_left_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "theirs.py").write_text(
        "from pelican import readers, signals\n\n\n"
        "class Reader(readers.MarkdownReader):\n"
        "    def read(self, path):\n        content, metadata = super().read(path)\n"
        '        return content + "<p>Theirs.</p>", metadata\n\n\n'
        "def add(chosen):\n    chosen.reader_classes['md'] = Reader\n\n\n"
        "def register():\n    signals.readers_init.connect(add)\n"
    )
    built = build(tmp_path, TEA_SITE, PLUGINS=["theirs", "debate"])
    assert "Theirs." in built.read("cup/index.html")
    assert "Theirs." in _again(tmp_path, built).read("cup/index.html")
