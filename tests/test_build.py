"""The whole way from content files to a site: bad input, empty sites, and the site that ships here."""

from __future__ import annotations

import json
import logging
import re
import shutil
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from debate.hooks import without_traceback
from factories import ROOT, TEA, Built, build, comment_file, essay_file, pelican
from pages import broken_links, page, paths, text_of

SITE_URL = "http://localhost:8000"
GOOD = {"debates/tea.toml": TEA, "essays/cup.md": essay_file(Slug="cup", Debate="tea")}


def _words(log: str) -> str:
    return " ".join(log.split())


def _published() -> list[Path]:
    files = sorted((ROOT / "content/comments").glob("*/*.md"))
    return [file for file in files if not re.search(r"^Status: (pending|deleted)", file.read_text(), re.MULTILINE)]


# Bad input


BAD = {
    "headless": ("Just words, no head.\n", 1, "the file has no head"),
    "broken-head": ("Author: Bob\nno header\n\nHi.\n", 2, "a line of the head is no header"),
    "stance": (comment_file(Stance="coffee"), 3, "unknown stance"),
    "date": (comment_file(date="yesterday"), 2, "this is no date"),
    "parent": (comment_file(In_Reply_To="nobody"), 3, "the comment answered, 'nobody', is not there"),
    "website": (comment_file(Website="ftp://example.org"), 3, "this website is left out"),
    "status": (comment_file(Status="spam"), 3, "unknown status"),
    "key": (comment_file(Mood="good"), 3, "unknown key"),
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site in which every comment file but one is wrong in a way of its own."""
    comments = {f"comments/cup/{name}.md": text for name, (text, _, _) in BAD.items()}
    return build(tmp_path_factory.mktemp("bad"), GOOD | comments | {"comments/cup/good.md": comment_file("Fine.")})


@pytest.mark.parametrize("name", BAD)
def test_a_bad_comment_file_is_one_warning_with_file_line_and_remedy(bad: Built, name: str) -> None:
    _, line, words = BAD[name]
    (warning,) = [part for part in _words(bad.log).split("WARNING") if f"comments/cup/{name}.md" in part]
    assert f"comments/cup/{name}.md:{line}:" in warning
    assert words in warning
    assert "Remedy: " in warning


def test_the_build_goes_on_past_bad_comment_files(bad: Built) -> None:
    assert bad.code == 0
    shown = set(page(bad, "cup/index.html").xpath("//main//li/article/@id"))
    assert shown == {f"comment-{id}" for id in ("good", "stance", "date", "parent", "website", "key")}


def test_a_comment_that_is_not_utf8_is_skipped_with_a_warning(tmp_path: Path) -> None:
    bad = tmp_path / "content/comments/cup/bad.md"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"Author: Bob\n\nGr\xfc\xdfe\n")
    built = build(tmp_path, GOOD)
    assert built.code == 0
    assert "comments/cup/bad.md:3: comment skipped, the file is not UTF-8" in _words(built.log)
    assert 'id="comment-bad"' not in built.read("cup/index.html")


@pytest.mark.parametrize(
    "files",
    [
        {"comments/cup/bad.md": "Just words.\n"},
        {"comments/cup/bad.md": comment_file(In_Reply_To="nobody")},
        {"comments/nowhere/c1.md": comment_file()},
    ],
    ids=["headless", "parent", "stray folder"],
)
def test_where_warnings_are_fatal_bad_input_fails_the_build(tmp_path: Path, files: dict[str, str]) -> None:
    assert build(tmp_path, GOOD | files, fatal="warnings").code != 0


def test_a_folder_of_comments_without_an_essay_is_a_warning(tmp_path: Path) -> None:
    built = build(tmp_path, GOOD | {"comments/nowhere/c1.md": comment_file("Lost.")})
    assert built.code == 0
    assert "comments/nowhere: no essay or page has this slug. Remedy: " in _words(built.log)
    assert "Lost." not in built.everything()


def test_comments_below_the_folder_of_a_slug_are_a_warning(tmp_path: Path) -> None:
    files = {
        "essays/one.md": essay_file(Slug="notes/one", Debate="none"),
        "comments/notes/one/c1.md": comment_file("Lost."),
        "comments/cup/pictures/a.txt": "no comment",
    }
    built = build(tmp_path, GOOD | files)
    assert built.code == 0
    assert "comments/notes/one: comments this deep are not read. Remedy: put them into " in _words(built.log)
    assert "comments/cup" not in _words(built.log)
    assert "Lost." not in built.everything()


def test_an_owner_sees_where_no_machine_tags_and_may_publish_so(tmp_path: Path) -> None:
    said = "Debate tea: only people's tags are shown; it names no model, and too few comments have a Stance line"
    silent = build(tmp_path, GOOD, fatal="warnings")
    young = build(tmp_path, GOOD | {"comments/cup/c1.md": comment_file(Stance="tea")}, fatal="warnings")
    assert (silent.code, young.code) == (0, 0)
    assert (said in silent.log, said in young.log) == (False, True)


@pytest.mark.parametrize(
    ("files", "settings", "parts"),
    [
        ({"debates/tea.toml": "key = 3\n"}, {}, ["debates/tea.toml", "Remedy: "]),
        ({"debates/tea.toml": "not toml"}, {}, ["debates/tea.toml", "no TOML file"]),
        ({"debates/tea.toml": 'model = "networking"' + TEA}, {}, ["tea.toml:1", "has milk, tea.", "Remedy: give"]),
        ({"debates/b.toml": TEA}, {}, ["debates/tea.toml", '"tea" is used twice']),
        ({"essays/x.md": essay_file(Slug="x", Debate="coffee")}, {}, ["essays/x.md", 'no debate "coffee"', "tea"]),
        ({"essays/x.md": essay_file(Slug="x")}, {"DEBATE_DEFAULT": "coffee"}, ['no debate "coffee"', "DEBATE_DEFAULT"]),
        ({}, {"DEBATE_RECENT_COMMENTS": "five"}, ["DEBATE_RECENT_COMMENTS", "a whole number", "Remedy: "]),
        ({}, {"DEBATE_URL": "/debate/"}, ["DEBATE_URL", "{key}"]),
        ({}, {"DEBATE_COLOR": "red"}, ["DEBATE_COLOR", "unknown setting"]),
    ],
    ids=[
        "debate",
        "toml",
        "another debate's model",
        "twice",
        "missing debate",
        "missing default",
        "count",
        "pattern",
        "unknown setting",
    ],
)
def test_a_wrong_debate_or_setting_stops_the_build_with_one_clear_error_and_no_page(
    tmp_path: Path, files: dict[str, str], settings: dict[str, Any], parts: list[str]
) -> None:
    built = build(tmp_path, GOOD | files, **settings)
    assert built.code != 0
    log = _words(built.log)
    assert [part for part in parts if part not in log] == []
    assert (log.count("CRITICAL"), log.count("Traceback"), log.count("Done:")) == (1, 0, 0)
    assert not list(tmp_path.glob("output/**/*.html"))


@pytest.mark.parametrize(
    "files",
    [
        {"essays/a.md": essay_file(Slug="one"), "essays/b.md": essay_file(Slug="one", Lang="de")},
        {"pages/archives.md": "Title: Archives\nSlug: archives\n\nOld.\n"},
    ],
    ids=["two essays", "a page and one of the site's own"],
)
def test_two_documents_of_one_address_stop_the_build_with_the_remedy(tmp_path: Path, files: dict[str, str]) -> None:
    settings = {"ARTICLE_LANG_SAVE_AS": "{slug}/index.html", "PAGE_SAVE_AS": "{slug}.html"}
    log = _words(build(tmp_path, GOOD | files, ARCHIVES_SAVE_AS="archives.html", **settings).log)
    assert "Two essays or pages have this address" in log
    assert 'Remedy: give one of them another "Slug:".' in log
    assert (log.count("CRITICAL"), log.count("Traceback")) == (1, 0)


def test_a_warning_that_stops_the_build_stands_without_a_traceback(tmp_path: Path) -> None:
    for name, comment in {"unusable": "No head.\n", "typo": comment_file(Stance="coffee")}.items():
        built = build(tmp_path / name, GOOD | {"comments/cup/c1.md": comment}, fatal="warnings")
        assert built.code != 0
        assert "comments/cup/c1.md:" in _words(built.log)
        assert "Traceback" not in built.log
    bare = build(tmp_path / "bare", GOOD | {"essays/pot.md": essay_file(body="![](pot.png)")}, fatal="warnings")
    assert "essays/pot.md" in _words(bare.log)
    assert "Traceback" not in bare.log


def test_a_traceback_that_alone_tells_the_reason_stays() -> None:
    try:
        try:
            raise KeyError("the reason")
        except KeyError:
            raise RuntimeError("Warning or error encountered")  # noqa: B904 - as Pelican does
    except RuntimeError:
        record = logging.LogRecord("pelican", logging.CRITICAL, "", 1, "%s", ("x",), sys.exc_info())
    assert without_traceback(record)
    assert record.exc_info


def test_an_empty_site_builds_without_a_warning(tmp_path: Path) -> None:
    built = build(tmp_path, {}, fatal="warnings")
    assert built.code == 0, built.log
    assert "Nothing is published yet." in built.read("index.html")
    assert not [path for path in built.files() if path.startswith(("debate/", "feeds/comments"))]


def test_the_sample_can_be_deleted_to_begin_a_site_of_ones_own(tmp_path: Path) -> None:
    for name in ("pages", "extra", "debates"):
        shutil.copytree(ROOT / "content" / name, tmp_path / "content" / name)
    for name in ("theme", "plugins"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    built = pelican(tmp_path, "pelicanconf.py", tmp_path / "output", "--fatal", "warnings")
    assert built.code == 0, built.log
    assert {path: found for path in paths(built) if (found := list(broken_links(built, path, SITE_URL)))} == {}


def test_an_essay_without_comments_or_date_builds_without_a_warning(tmp_path: Path) -> None:
    built = build(
        tmp_path,
        {"debates/tea.toml": TEA, "essays/cup.md": essay_file(date=None, Debate="tea", Slug="cup")},
        fatal="warnings",
    )
    assert built.code == 0, built.log
    assert json.loads(built.read("debate/tea/debate.json"))["essays"][0]["date"] is None


def test_a_file_without_a_date_that_no_line_makes_an_essay_is_skipped_as_by_pelican_alone(tmp_path: Path) -> None:
    slides = "<html><head><title>Slides</title></head><body>One.</body></html>"
    files = {
        "extra/slides.html": slides,
        "notes.md": "Title: Notes\n\nTo do.\n",
        "essays/cup.md": essay_file(Slug="cup", date=None, Debate="none"),
        "essays/soon.md": essay_file("Soon", Slug="soon", date=None, Status="draft"),
    }
    assert build(tmp_path, files, ARTICLE_PATHS=[""], STATIC_PATHS=["extra"]).code != 0
    built = pelican(tmp_path, "pelicanconf.py", tmp_path / "output")
    assert built.log.count("could not find information about 'date'") == 2
    assert "slides" not in built.read("index.html")
    assert [path for path in built.files() if "slides" in path or "notes" in path] == []
    assert "cup/" in built.read("index.html")
    assert "9999" not in built.read("drafts/soon.html")


def test_a_second_build_finds_no_essays_in_an_output_that_lies_in_the_content(tmp_path: Path) -> None:
    files = {"debates/tea.toml": TEA, "essays/cup.md": essay_file(Slug="cup", Debate="tea")}
    built = build(tmp_path, files, ARTICLE_PATHS=[""])
    shutil.copytree(built.output, tmp_path / "content/output")
    assert "Processed 1 article," in pelican(tmp_path, "pelicanconf.py", built.output).log


def test_a_second_build_over_the_first_takes_back_what_is_gone(tmp_path: Path) -> None:
    files = GOOD | {"comments/cup/c1.md": comment_file("First."), "comments/cup/c2.md": comment_file("Second.")}
    build(tmp_path, files)
    (tmp_path / "content/comments/cup/c2.md").unlink()
    again = build(tmp_path, GOOD)
    assert "First." in again.read("cup/index.html")
    assert "Second." not in again.read("cup/index.html") + again.read("feeds/comments.atom.xml")


# The site that ships


def test_the_shipped_site_has_five_essays_and_seventy_comments_on_them(shipped: Built) -> None:
    data = json.loads(shipped.read("debate/networking/debate.json"))
    assert len(data["essays"]) == 5
    assert sum(len(essay["comments"]) for essay in data["essays"]) == len(_published()) >= 70
    assert all(essay["date"] and essay["author"] for essay in data["essays"])


def test_every_stance_and_no_side_and_not_sure_stand_among_the_shipped_tags(shipped: Built) -> None:
    data = json.loads(shipped.read("debate/networking/debate.json"))
    tags = Counter(comment["stance"] for essay in data["essays"] for comment in essay["comments"])
    assert {"online", "spectrum", "face-to-face", "none"} <= set(tags)
    assert min(tags.values()) >= 3


def test_shipped_threads_reach_a_depth_of_four_answers(shipped: Built) -> None:
    data = json.loads(shipped.read("debate/networking/debate.json"))
    depths = []
    for essay in data["essays"]:
        parents = {comment["id"]: comment["in_reply_to"] for comment in essay["comments"]}
        depths += [_depth(id, parents) for id in parents]
    assert max(depths) >= 4


def _depth(id: str, parents: dict[str, str | None]) -> int:
    parent = parents.get(id)
    return 0 if parent is None else 1 + _depth(parent, parents)


def test_two_shipped_comments_are_by_authors_of_essays_and_one_parent_is_deleted(shipped: Built) -> None:
    pages = [shipped.read(path) for path in paths(shipped)]
    assert sum(text.count("author of this essay") for text in pages) >= 2
    assert sum(text.count("This comment was deleted") for text in pages) == 1


def test_a_shipped_comment_held_for_moderation_appears_nowhere(shipped: Built) -> None:
    held = [f for f in (ROOT / "content/comments").glob("*/*.md") if "Status: pending" in f.read_text()]
    assert held
    everything = shipped.everything()
    for file in held:
        body = file.read_text().split("\n\n", 1)[1].strip()
        assert f"comment-{file.stem}" not in everything
        assert body[:40] not in everything


def test_every_shipped_comment_has_a_date_and_an_author_of_its_own_making() -> None:
    for file in _published():
        head = file.read_text().split("\n\n", 1)[0]
        assert "Author: " in head, file
        assert "Date: " in head, file


def test_no_link_inside_the_shipped_site_leads_nowhere(shipped: Built) -> None:
    assert len(paths(shipped)) >= 12
    broken = {path: list(broken_links(shipped, path, SITE_URL)) for path in paths(shipped)}
    assert {path: links for path, links in broken.items() if links} == {}


def test_every_shipped_page_has_title_language_description_heading_and_feeds(shipped: Built) -> None:
    for path in paths(shipped):
        root = page(shipped, path)
        assert root.get("lang") == "en", path
        assert len(text_of(root.find(".//title"))) > 5, path
        (description,) = root.xpath('//meta[@name="description"]/@content')
        assert len(description) > 20, path
        assert len(root.xpath("//h1")) == 1, path
        assert root.xpath('//meta[@name="viewport"]'), path
        feeds = root.xpath('//link[@rel="alternate"]')
        kinds = {f"application/{name}" for name in ("atom+xml", "rss+xml", "feed+json")}
        assert {feed.get("type") for feed in feeds} == kinds, path
        assert all(feed.get("title") for feed in feeds), path


def test_shipped_pages_have_titles_of_their_own(shipped: Built) -> None:
    titles = Counter(text_of(page(shipped, path).find(".//title")) for path in paths(shipped))
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_shipped_page_starts_with_a_skip_link_to_its_one_main(shipped: Built) -> None:
    for path in paths(shipped):
        root = page(shipped, path)
        assert root.xpath("//body//a[@href]")[0].get("href") == "#main", path
        assert len(root.xpath("//main[@id='main']")) == 1, path


def test_no_id_is_used_twice_on_a_shipped_page(shipped: Built) -> None:
    for path in paths(shipped):
        ids = Counter(page(shipped, path).xpath("//@id"))
        assert [id for id, count in ids.items() if count > 1] == [], path


def test_headings_on_shipped_pages_skip_no_level(shipped: Built) -> None:
    for path in paths(shipped):
        levels = [int(heading.tag[1]) for heading in page(shipped, path).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1, path
        assert all(below <= above + 1 for above, below in pairwise(levels)), (path, levels)


def test_an_essay_links_to_the_feeds_of_its_own_comments(shipped: Built) -> None:
    feeds = page(shipped, "essays/leave-the-social-in/index.html").xpath('//link[@rel="alternate"]/@href')
    assert [feed for feed in feeds if "leave-the-social-in" in feed]


def test_the_same_input_gives_the_same_bytes_from_another_folder(shipped: Built, shipped_again: Built) -> None:
    assert shipped.files() == shipped_again.files()
    differing = [
        path
        for path in shipped.files()
        if (shipped.output / path).read_bytes() != (shipped_again.output / path).read_bytes()
    ]
    assert differing == []


def test_a_rebuild_from_the_cache_gives_the_same_bytes(shipped_again: Built) -> None:
    before = {path: (shipped_again.output / path).read_bytes() for path in shipped_again.files()}
    folder = shipped_again.output.parent
    assert (folder / ".cache").is_dir()
    again = pelican(folder, "pelicanconf.py", folder / "output", "--fatal", "warnings")
    assert again.code == 0
    assert {path: (again.output / path).read_bytes() for path in again.files()} == before


def test_the_published_site_carries_its_full_address(
    shipped_again: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEURL", "https://handshake.example")
    folder = shipped_again.output.parent
    (folder / "publishconf.py").write_bytes((ROOT / "publishconf.py").read_bytes())
    built = pelican(folder, "publishconf.py", tmp_path / "published", "--fatal", "warnings")
    assert built.code == 0, built.log
    assert "localhost" not in built.everything()
    assert [link for path in paths(built) for link in broken_links(built, path, "https://handshake.example")] == []
    assert "https://handshake.example/essays/" in built.read("feeds/essays.atom.xml")


def test_a_draft_without_a_category_is_built_by_this_sites_own_settings(tmp_path: Path) -> None:
    draft = tmp_path / "content/essays/draft.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("Title: Not yet\nDate: 2020-01-01\nStatus: draft\nDebate: none\n\nSoon.\n", encoding="utf-8")
    aside = ("--extra-settings", f"CACHE_PATH={json.dumps(str(tmp_path / 'cache'))}")
    built = pelican(tmp_path, str(ROOT / "pelicanconf.py"), tmp_path / "output", *aside, "--fatal", "errors")
    assert built.code == 0, built.log
