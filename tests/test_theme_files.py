"""The theme's static files are in the output whole, before any page, and as they were where nothing changed."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

from debate.theme_files import copy_theme, theme_files
from factories import build, pelican
from sites import TEA_SITE, write

LONG_AGO = 1_000_000_000
IGNORED = ["*.bak", "drafts"]


def _generator(folder: Path, **settings: object) -> SimpleNamespace:
    stated = {"THEME_STATIC_DIR": "theme", "THEME_STATIC_PATHS": ["static"], "IGNORE_FILES": IGNORED, "OTHER": 1}
    return SimpleNamespace(theme=folder / "look", output_path=folder / "output", settings=stated | settings)


def test_files_are_found_as_pelican_finds_them_and_those_with_ignored_names_are_not(tmp_path: Path) -> None:
    static = write(tmp_path, {"css/a.css": "a{}", "b.js": "b", "c.js.bak": "c", "drafts/d.js": "d"})
    (tmp_path / "linked").symlink_to(tmp_path / "css", target_is_directory=True)
    (tmp_path / "gone.js").symlink_to(tmp_path / "nowhere")
    assert dict(theme_files(static, IGNORED)) == {"css/a.css": b"a{}", "b.js": b"b", "linked/a.css": b"a{}"}
    assert list(theme_files(static / "b.js", IGNORED)) == [("b.js", b"b")]
    assert list(theme_files(static / "nothing", IGNORED)) == []


def test_a_sheet_that_is_not_utf_8_keeps_its_bytes(tmp_path: Path) -> None:
    latin = 'p::after { content: "é" }'.encode("latin-1")
    (tmp_path / "a.css").write_bytes(latin)
    (tmp_path / "b.css").write_bytes(b'@import "debate/debate.css";' + latin)
    found = dict(theme_files(tmp_path, ()))
    assert found["a.css"] == latin
    assert found["b.css"].endswith(latin + b"\n")


def test_pelican_is_left_no_file_of_the_theme_to_copy_and_every_other_setting(tmp_path: Path) -> None:
    write(tmp_path / "look/static", {"css/main.css": '@import "../debate/tokens.css";\nm{}'})
    generator = _generator(tmp_path)
    before = generator.settings
    copy_theme(generator)
    assert "@import" not in (tmp_path / "output/theme/css/main.css").read_text()
    assert generator.settings == before | {"THEME_STATIC_PATHS": []}
    assert before["THEME_STATIC_PATHS"] == ["static"]


def test_a_file_that_stays_as_it_is_keeps_its_times(tmp_path: Path) -> None:
    static, copied = tmp_path / "look/static/a.js", tmp_path / "output/theme/a.js"
    write(static.parent, {"a.js": "a"})
    copy_theme(_generator(tmp_path))
    os.utime(copied, (LONG_AGO, LONG_AGO))
    copy_theme(_generator(tmp_path))
    assert copied.stat().st_mtime == LONG_AGO
    static.write_text("b")
    copy_theme(_generator(tmp_path))
    assert copied.read_text() == "b"


def test_a_file_of_the_themes_own_takes_the_place_of_the_plugins_in_every_build(tmp_path: Path) -> None:
    write(tmp_path / "look/static", {"debate/thread.js": "ours"})
    copied = tmp_path / "output/theme/debate/thread.js"
    times = []
    for _ in range(2):
        copy_theme(_generator(tmp_path))
        times.append(copied.stat().st_mtime_ns)
    assert copied.read_text() == "ours"
    assert copied.with_name("reply.js").is_file()
    assert times[0] == times[1]


def test_a_site_in_a_second_language_shares_the_static_files_of_the_first(tmp_path: Path) -> None:
    assert build(tmp_path, TEA_SITE).code == 0
    shared = {path: path.stat().st_mtime_ns for path in (tmp_path / "output/theme").rglob("*") if path.is_file()}
    assert tmp_path / "output/theme/debate/feed.xsl" in shared
    # As the plugin i18n_subsites sets them
    settings = {"THEME_STATIC_DIR": "../theme", "SITEURL": "https://example.org/de", "DEFAULT_LANG": "de"}
    (tmp_path / "pelicanconf.py").open("a").writelines(f"{name} = {value!r}\n" for name, value in settings.items())
    german = pelican(tmp_path, "pelicanconf.py", tmp_path / "output/de", "--fatal", "errors")
    assert german.code == 0, german.log
    assert 'href="https://example.org/de/../theme/css/' in german.read("cup/index.html")
    assert not (german.output / "theme").exists()
    assert {path for path in (tmp_path / "output/theme").rglob("*") if path.is_file()} == set(shared)


def test_a_theme_of_several_static_paths_has_all_of_them_in_the_output(tmp_path: Path) -> None:
    look = {"static/a.js": "a", "more/b.js": "b", "templates/index.html": ""}
    write(tmp_path / "look", look)
    names = {"THEME_STATIC_PATHS": ["static", "more"], "THEME": str(tmp_path / "look")}
    built = build(tmp_path / "site", TEA_SITE, **names)
    assert (built.code, built.read("theme/a.js"), built.read("theme/b.js")) == (0, "a", "b"), built.log
