"""Disqus exports: comments onto the essays that are here."""

import gzip
from pathlib import Path

import pytest
from debate.importers import import_file

from .helpers import CANARIES, files, head_and_body, imported, tree, with_essays, written

SHARED = Path(__file__).parents[3] / "shared" / "exports"


def thread(number, link, identifier="", title="Rain"):
    return f"""<thread dsq:id="{number}"><id>{identifier}</id><forum>f</forum><category dsq:id="1"/><link>{link}</link>
<title>{title}</title><message/><author><name>Ada</name><email>canary@example.org</email></author>
<ipAddress>192.0.2.1</ipAddress></thread>"""


def post(
    number, to, parent="", *, deleted="false", spam="false", text="&lt;p&gt;Nice &lt;b&gt;one&lt;/b&gt;.&lt;/p&gt;"
):
    answered = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f"""<post dsq:id="{number}"><id/><message>{text}</message><createdAt>2013-10-10T19:20:29Z</createdAt>
<isDeleted>{deleted}</isDeleted><isSpam>{spam}</isSpam><author><email>canary@example.org</email><name>Ben</name>
<username>canary-ben</username></author><ipAddress>192.0.2.2</ipAddress><thread dsq:id="{to}"/>{answered}</post>"""


def export(*parts, before="", after="</disqus>"):
    return f"""{before}<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com"
 xmlns:dsq="http://disqus.com/disqus-internals">{"".join(parts)}{after}"""


@pytest.mark.parametrize(
    ("link", "identifier"),
    [
        ("https://ada.example.org/2013/02/rain.html", ""),
        ("http://localhost:4000/blog/rain/index.html", ""),
        ("https://ada.example.org/rain/?utm=x#disqus_thread", ""),
        ("", "rain"),
        ("https://ada.example.org/?p=4", "https://ada.example.org/rain/"),
    ],
)
def test_a_thread_finds_its_essay_by_path_or_slug(tmp_path, link, identifier):
    with_essays(tmp_path, "rain")
    report, into = imported(tmp_path, export(thread(1, link, identifier), post(5, 1)))
    assert (report.format, report.comments, report.unmatched) == ("disqus", 1, ())
    assert head_and_body(into / "comments" / "rain" / "disqus-5.md") == (
        {"Author": "Ben", "Date": "2013-10-10T19:20:29+00:00"},
        "Nice **one**.",
    )
    assert [canary for canary in CANARIES if canary in written(into)] == []


def test_threads_of_one_article_are_merged_and_replies_may_cross(tmp_path):
    with_essays(tmp_path, "rain")
    parts = [
        thread(1, "http://a.example.org/rain/"),
        thread(2, "https://preview.example.org/rain"),
        post(5, 1),
        post(6, 2, parent="5"),
    ]
    report, into = imported(tmp_path, export(*parts))
    assert (tree(into, "rain"), report.warnings) == ({"disqus-5": None, "disqus-6": "disqus-5"}, ())


def test_threads_without_an_essay_are_named_with_their_comments(tmp_path):
    report, into = imported(
        tmp_path, export(thread(1, "https://a.example.org/gone/", title="Gone"), post(5, 1), post(6, 9))
    )
    assert report.unmatched == ("Gone - https://a.example.org/gone/ (1 comment)",)
    assert (report.skipped, report.exit_code, files(into)) == ({"comments without an essay": 2}, 0, {})


@pytest.mark.parametrize(
    ("flags", "reason"), [({"spam": "true"}, "spam"), ({"spam": "123"}, "spam"), ({"deleted": "true"}, "deleted")]
)
def test_spam_and_deleted_ones_are_left_out_whatever_their_flag_says(tmp_path, flags, reason):
    with_essays(tmp_path, "rain")
    report, _ = imported(tmp_path, export(thread(1, "/rain/"), post(5, 1, **flags)))
    assert (report.comments, report.skipped) == (0, {reason: 1})


def test_a_deleted_parent_stays_as_a_tombstone_and_a_parent_elsewhere_makes_a_root(tmp_path):
    with_essays(tmp_path, "rain", "sun")
    parts = [
        thread(1, "/rain/"),
        thread(2, "/sun/"),
        post(5, 1, deleted="true"),
        post(6, 1, parent="5"),
        post(7, 2, parent="6"),
    ]
    report, into = imported(tmp_path, export(*parts))
    assert (tree(into, "rain"), tree(into, "sun")) == ({"disqus-5": None, "disqus-6": "disqus-5"}, {"disqus-7": None})
    assert (report.tombstones, report.warning_count) == (1, 1)


def test_a_thread_may_stand_behind_its_posts(tmp_path):
    with_essays(tmp_path, "rain")
    assert imported(tmp_path, export(post(5, 1), thread(1, "/rain/")))[0].comments == 1


def test_stray_characters_before_and_damage_at_the_end_leave_what_stands_between(tmp_path):
    with_essays(tmp_path, "rain")
    broken = '<post dsq:id="6"><thread dsq:id=1/></post></disqus>'
    report, into = imported(tmp_path, export(thread(1, "/rain/"), post(5, 1), before="`", after=broken))
    assert (tree(into, "rain"), report.exit_code) == ({"disqus-5": None}, 0)
    assert [warning.split(": ")[0] for warning in report.warnings] == ["export:1", "export:6"]


def test_a_post_without_an_id_takes_its_old_one(tmp_path):
    with_essays(tmp_path, "rain")
    text = post(5, 1).replace(' dsq:id="5"', "", 1).replace("<id/>", "<id>777</id>", 1)
    _, into = imported(tmp_path, export(thread(1, "/rain/"), text))
    assert list(tree(into, "rain")) == ["disqus-777"]


def test_the_gzip_file_that_disqus_sends_is_read_as_it_is(tmp_path):
    with_essays(tmp_path, "rain")
    packed = gzip.compress(export(thread(1, "/rain/"), post(5, 1)).encode())
    assert imported(tmp_path, packed, "export.xml.gz")[0].comments == 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
@pytest.mark.parametrize(
    ("name", "essays", "comments", "depth", "skipped"),
    [
        ("disqus-isso.xml", ["redacted"], 1, 1, {"comments without an essay": 5}),
        ("disqus-malformed.xml", ["229_8880", "podcast-229"], 4, 1, {"spam": 1}),
    ],
)
def test_real_exports_go_onto_the_essays_they_name(tmp_path, name, essays, comments, depth, skipped):
    with_essays(tmp_path, *essays)
    report = import_file(SHARED / name, tmp_path / "content")
    assert (report.comments, report.depth, dict(report.skipped)) == (comments, depth, skipped)
