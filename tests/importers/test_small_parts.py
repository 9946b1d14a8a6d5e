"""The parts below the formats: names, dates, threads, JSON stream, recognition, report."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from debate.importers import dates, names
from debate.importers.essays import Essays
from debate.importers.jsonstream import items
from debate.importers.paragraphs import markdown_of
from debate.importers.recognition import recognise
from debate.importers.report import HELD, Report, Tally
from debate.importers.sources import of_file
from debate.importers.threads import Thread
from debate.importers.values import ImportedComment
from debate.importers.xmlstream import Element, records
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify


@pytest.mark.parametrize(
    ("slug", "safe"),
    [
        ("why-compost", "why-compost"),
        ("Why_Compost.2", "Why_Compost.2"),
        ("%d0%b4%d0%b0", "да"),
        ("a b/c", "a-b-c"),
        ("../x", "x"),
        ("con", "con-essay"),
        ("", "a-title"),
        ("...", "a-title"),
    ],
)
def test_slugs_stay_as_they_are_where_they_can_name_a_file(slug, safe):
    assert names.safe_slug(slug, "A title") == safe


def test_long_slugs_are_cut_and_stay_apart():
    first, second = (names.safe_slug("x" * 300 + end, "") for end in "ab")
    assert first != second
    assert len(first) <= names.LONGEST_NAME_BYTES


@pytest.mark.parametrize(("number", "safe"), [("12", "wp-12"), ("a.b_c", "wp-a.b_c")])
def test_plain_ids_keep_their_spelling(number, safe):
    assert names.safe_id("wp", number) == safe


def test_ids_that_lose_a_letter_stay_apart():
    assert names.safe_id("wp", "a/b") != names.safe_id("wp", "a:b") != names.safe_id("wp", "a-b")


@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        ("https://x.example.org/2010/01/rain.html?m=1#c", ("rain",)),
        ("/rain/index.html", ("rain",)),
        ("rain", ("rain",)),
        ("https://x.example.org/", ()),
        ("https://x.example.org/?p=4", ()),
        ("http://[bad", ()),
        ("/%D0%B4/", ("д",)),
    ],
)
def test_the_slug_of_an_address_is_its_last_part(address, slugs):
    assert names.slugs_of(address) == slugs


NAMES = ("my-post", "My Post", "snake_case", "a.b, c & d!", " -x  - y- ", "Grüße", "日本 語", "ﬁne", "<b>x", "_", "!!")


@pytest.mark.parametrize("name", NAMES)
def test_the_slug_of_a_file_is_the_one_pelican_makes_of_its_name(tmp_path, name):
    expected = slugify(name, DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])
    assert names.slug_of_file(tmp_path / f"{name}.md") == expected


def test_comments_find_an_essay_by_the_name_of_its_file_whatever_its_title(tmp_path):
    (tmp_path / "essays").mkdir()
    (tmp_path / "essays/My Post.md").write_text("Title: Something Else\n\nText.\n", encoding="utf-8")
    essays = Essays(tmp_path)
    assert (essays.find(["my-post"]), essays.find(["something-else"])) == ("my-post", None)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Ada", "Ada"),
        ("a@example.org", None),
        ("Ada <ada@example.org>", "Ada"),
        ("  ", None),
        (None, None),
        ("A\u202eb", "A b"),
    ],
)
def test_names_carry_no_address_and_no_invisible_signs(name, clean):
    assert names.person(name) == clean


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Monday, January 21, 2008", date(2008, 1, 21)),
        ("Posted on 3rd of March 2010", date(2010, 3, 3)),
        ("Sept. 5, 2011", date(2011, 9, 5)),
        ("March 3, 2010 at 12:05 am", datetime(2010, 3, 3, 0, 5)),
        ("3 May 2010 @ 14:05", datetime(2010, 5, 3, 14, 5)),
        ("2010-03-03 10:00 UTC", datetime(2010, 3, 3, 10, 0, tzinfo=UTC)),
        ("February 30, 2010", None),
        ("03/04/2010", None),
        ("soon", None),
    ],
)
def test_written_dates_are_read_and_ambiguous_ones_are_not(text, found):
    assert dates.written(text) == found


@pytest.mark.parametrize(
    ("local", "gmt", "found"),
    [
        (
            "2012-05-06 15:46:06",
            "2012-05-06 20:46:06",
            datetime(2012, 5, 6, 15, 46, 6, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("2012-05-06 15:46:06", "0000-00-00 00:00:00", datetime(2012, 5, 6, 15, 46, 6)),
        ("0000-00-00 00:00:00", "2012-05-06 20:46:06", datetime(2012, 5, 6, 20, 46, 6, tzinfo=UTC)),
        ("2012-05-06 15:46:06", "2012-06-06 20:46:06", datetime(2012, 6, 6, 20, 46, 6, tzinfo=UTC)),
        ("2012-05-06 15:46:06", "2012-05-06 20:46:07", datetime(2012, 5, 6, 20, 46, 7, tzinfo=UTC)),
        ("", "", None),
        ("-0001-11-30 00:00:00", "1970-01-01 00:00:00", None),
    ],
)
def test_the_offset_of_a_wordpress_date_comes_from_its_gmt_twin(local, gmt, found):
    assert dates.local(local, gmt) == found


@pytest.mark.parametrize("seconds", [None, "x", 1e300, float("nan"), -1e20])
def test_a_time_stamp_that_is_none_gives_no_date(seconds):
    assert dates.epoch(seconds) is None


def test_rss_dates_are_read_and_the_epoch_is_missing():
    assert dates.rfc822("Sat, 04 Feb 2012 03:17:33 +0000") == datetime(2012, 2, 4, 3, 17, 33, tzinfo=UTC)
    assert dates.rfc822("Thu, 01 Jan 1970 00:00:00 +0000") is None
    assert dates.rfc822("nonsense") is None


def thread_of(text):
    """Read "a", "b<a" (b answers a), "-c<b" (left out) into a thread."""
    thread = Thread()
    for word in text.split():
        name, _, parent = word.lstrip("-").partition("<")
        add = thread.leave_out if word.startswith("-") else thread.keep
        add(ImportedComment(name, "e", "", parent=parent or None))
    return thread


@pytest.mark.parametrize(
    ("text", "depth", "tombstones", "promoted"),
    [
        ("", 0, [], []),
        ("a b", 1, [], []),
        ("a b<a c<b", 3, [], []),
        ("c<b b<a a", 3, [], []),
        ("-a b<a", 2, ["a"], []),
        ("-a", 0, [], []),
        ("-a -b<a c<b", 3, ["a", "b"], []),
        ("b<x", 1, [], ["b"]),
        ("-a<x b<a", 2, ["a"], []),
        ("a<b b<a", 2, [], ["b"]),
        ("a<a", 1, [], ["a"]),
        ("a<b b<c c<a d<a", 4, [], ["c"]),
        ("a<here", 1, [], []),
    ],
)
def test_threads_settle(text, depth, tombstones, promoted):
    settled = thread_of(text).settle(lambda name: name == "here")
    assert settled.depth == depth
    assert sorted(stone.id for stone in settled.tombstones) == tombstones
    assert sorted(settled.promoted) == promoted
    assert all(stone.parent != "x" for stone in settled.tombstones)


def test_a_chain_of_a_hundred_thousand_settles_without_recursion():
    thread = Thread()
    for number in range(100_000):
        thread.keep(ImportedComment(str(number), "e", "", parent=str(number - 1) if number else None))
    assert thread.settle(lambda name: False).depth == 100_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[1, {}]", [("", 1, 1), ("", {}, 1)]),
        ('{"a": [1,\n2], "b": 3}', [("a", 1, 1), ("a", 2, 2), ("b", 3, 2)]),
        ("{}", []),
        ("[]", []),
        ('{"a": []}', []),
        ('["]", "x"]', [("", "]", 1), ("", "x", 1)]),
    ],
)
def test_json_items_come_with_their_key_and_line(tmp_path, text, found):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert list(items(of_file(path), lambda done, total: None)) == found


def test_records_match_by_local_name_and_leave_out_what_is_ignored(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(
        "<r><p:item a:id=' 7 '><q:b>x</q:b><b>y</b><secret>z<b>z</b></secret></p:item></r>", encoding="utf-8"
    )
    (found,) = records(of_file(path), ("item",), ("secret",), lambda done, total: None)
    assert isinstance(found, Element)
    assert (found.value("b"), found.attribute("id"), [child.text for child in found.children]) == ("x", "7", ["x", "y"])
    assert (found.value("none"), found.attribute("none")) == ("", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<rss xmlns:wp="http://wordpress.org/export/1.0/">', "wordpress"),
        ("<rss><channel><wp:wxr_version>", "wordpress"),
        ('<?xml version="1.0"?><!-- x --><feed xmlns="a"><id>tag:blogger.com</id>', "blogger"),
        ("junk <disqus>", "disqus"),
        ("<!DOCTYPE html><html><body>about wordpress.org/export/1.2/", "page"),
        ("A title\n\nAbout <b>disqus</b> and <disqus>.", "page"),
        ('{"children": [', "webmention"),
        ('[{"id": "/a/", "comments": [', "isso-json"),
        ('{"commenters":', "commento"),
        ("[Continued from above]\n\nText.", "capture"),
        ("A title\n\n1 < 2", "capture"),
    ],
)
def test_formats_are_known_by_their_content(tmp_path, text, name):
    path = tmp_path / "file.dat"
    path.write_text(text, encoding="utf-8")
    expected = "capture" if text.startswith("A title") else name
    assert recognise(of_file(path)) == expected


def test_lines_become_paragraphs_lists_and_breaks():
    lines = ["Short line", "next one", "", "  • a", "  • b", "    ", "x" * 70, "goes on"]
    assert markdown_of(lines) == "Short line  \nnext one\n\n- a\n- b\n\n" + "x" * 70 + " goes on"


def test_a_report_names_every_image_and_warning_until_a_hostile_file_has_thousands():
    tally = Tally("file.xml")
    for number in range(HELD + 5):
        tally.warn("odd", number)
    for number in range(113):
        tally.found_media(f"https://ada.example.org/{number % 100}.jpg")
    lines = tally.report("wordpress", "content", dry_run=True).text.split("\n")
    assert "Would import file.xml (wordpress) into content" in lines
    assert [line for line in lines if ".jpg" in line] == [f"    https://ada.example.org/{n}.jpg" for n in range(100)]
    assert [line for line in lines if "odd" in line] == [f"    file.xml:{number}: odd" for number in range(HELD)]
    assert lines[-2:] == ["    and 5 more", "  nothing could be read"]


@pytest.mark.parametrize(
    ("counts", "code"), [({}, 1), ({"comments": 1}, 0), ({"skipped": {"spam": 1}}, 0), ({"comments_kept_before": 1}, 0)]
)
def test_the_exit_code_is_1_only_when_nothing_could_be_read(counts, code):
    assert Report("f", "wordpress", "content", **counts).exit_code == code


@pytest.mark.parametrize(
    ("reason", "one", "two"),
    [
        ("pingback", "1 x pingback", "2 x pingbacks"),
        ("entry of kind settings", "1 x entry of kind settings", "2 x entries of kind settings"),
        ("comments without an essay", "1 x comment without an essay", "2 x comments without an essay"),
        ("pending", "1 x pending", "2 x pending"),
    ],
)
def test_a_reason_has_the_number_of_its_count(reason, one, two):
    for count, words in ((1, one), (2, two)):
        report = Report("f", "wordpress", "content", skipped={reason: count})
        assert f"  left out: {words}\n" in f"{report.text}\n"


def test_threads_and_files_of_an_earlier_run_have_the_number_of_their_count():
    tally = Tally("f")
    tally.unmatched = {"gone": 1, "lost": 2}
    tally.counts.update(posts_kept_before=1, comments_kept_before=2)
    report = tally.report("disqus", "content", dry_run=False)
    assert report.unmatched == ("gone (1 comment)", "lost (2 comments)")
    assert "already here, left as they are: 1 post, 2 comments" in report.text
