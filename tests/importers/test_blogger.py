"""Blogger exports: the classic Atom feed, and the Takeout feed as a file, in a zip archive, unpacked."""

import zipfile
from pathlib import Path

import pytest
from debate.errors import ImportFileError
from debate.importers import import_file

from .helpers import CANARIES, files, head_and_body, imported, tree, written

SHARED = Path(__file__).parents[3] / "shared" / "exports"
KIND = (
    '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
)
AUTHOR = """<author><name>{}</name><uri>https://www.blogger.com/profile/1</uri><email>canary@example.org</email>
<gd:image src="//canary.example.org/a.png"/></author>"""
BLOG = "tag:blogger.com,1999:blog-111111.post-"


def classic(*entries):
    return f"""<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="x"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:gd="http://schemas.google.com/g/2005" xmlns:thr="http://purl.org/syndication/thread/1.0">
<id>tag:blogger.com,1999:blog-111111.archive</id>{"".join(entries)}</feed>"""


def post(
    number=222222, *, kind="post", draft="", labels="", link="http://ada.example.org/2010/11/rain.html", text="Rain."
):
    alternate = f'<link rel="alternate" href="{link}"/>' if link else ""
    return f"""<entry><id>{BLOG}{number}</id><published>2010-11-27T07:12:00.000-08:00</published>
{draft}{KIND.format(kind)}{labels}
<title type="text">Rain at last</title><content type="html">{text}</content>
{alternate}{AUTHOR.format("Ada Low")}</entry>"""


def reply(number, *, to="", text="Nice.", post_number=222222):
    related = f'<link rel="related" href="http://www.blogger.com/feeds/1/222222/comments/default/{to}"/>' if to else ""
    return f"""<entry><id>{BLOG}{number}</id><published>2010-11-29T12:35:44.027-08:00</published>
{KIND.format("comment")}
<title type="text">Nice...</title><content type="html">{text}</content>
{related}{AUTHOR.format("Ben")}
<thr:in-reply-to ref="{BLOG}{post_number}" href="x"/><gd:extendedProperty name="x" value="canary"/></entry>"""


def takeout(*entries):
    return f"""<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:blogger='http://schemas.google.com/blogger/2018'>{"".join(entries)}</feed>"""


def takeout_entry(number, kind, *, status="LIVE", parent="", answers="", text="Text.", name="/2026/06/rain.html"):
    answered = answers and BLOG + answers
    of_comment = f"<blogger:parent>{BLOG}{parent}</blogger:parent><blogger:inReplyTo>{answered}</blogger:inReplyTo>"
    of_post = f"<title>Rain</title><blogger:filename>{name}</blogger:filename>"
    return f"""<entry><id>{BLOG}{number}</id><blogger:type>{kind}</blogger:type>
<blogger:status>{status}</blogger:status>
<author><name>Ada</name><email>canary@example.org</email></author><content type='html'>{text}</content>
<published>2026-06-01T10:00:00Z</published>{of_comment if parent else of_post}</entry>"""


def test_a_classic_feed_gives_posts_and_their_threads(tmp_path):
    report, into = imported(tmp_path, classic(reply(333334, to="333333"), post(), reply(333333)))
    assert (report.format, report.essays, report.comments, report.depth) == ("blogger", 1, 2, 2)
    assert tree(into, "rain") == {"blogger-333333": None, "blogger-333334": "blogger-333333"}
    head, body = head_and_body(into / "comments" / "rain" / "blogger-333333.md")
    assert head == {
        "Author": "Ben",
        "Date": "2010-11-29T12:35:44.027000-08:00",
        "Website": "https://www.blogger.com/profile/1",
    }
    assert body == "Nice."
    assert [canary for canary in CANARIES if canary in written(into)] == []


def test_comments_are_never_written_as_articles(tmp_path):
    _, into = imported(tmp_path, classic(reply(333333, post_number=999999)))
    assert files(into) == {}


def test_settings_and_templates_are_counted_and_left_out(tmp_path):
    report, _ = imported(tmp_path, classic(post(kind="settings"), post(kind="template"), post()))
    assert dict(report.skipped) == {"entry of kind settings": 1, "entry of kind template": 1}


@pytest.mark.parametrize("declared", ["", ' xmlns:app="http://purl.org/atom/app#"'])
def test_a_draft_is_a_draft_even_when_nobody_declared_its_prefix(tmp_path, declared):
    draft = f"<app:control{declared}><app:draft>yes</app:draft></app:control>"
    report, into = imported(tmp_path, classic(post(draft=draft, link="")))
    assert (report.drafts, report.warnings) == (1, ())
    assert head_and_body(into / "essays" / "rain-at-last.md")[0]["Status"] == "draft"


def test_labels_become_tags_and_pages_go_to_pages(tmp_path):
    label = '<category scheme="http://www.blogger.com/atom/ns#" term="soil"/>'
    _, into = imported(
        tmp_path, classic(post(labels=label), post(444444, kind="page", link="http://x.example.org/p/about.html"))
    )
    assert head_and_body(into / "essays" / "rain.md")[0]["Tags"] == "soil"
    assert sorted(files(into)) == ["essays/rain.md", "pages/about.md"]


def test_line_breaks_of_the_editor_become_breaks_and_paragraphs(tmp_path):
    _, into = imported(tmp_path, classic(post(text="One&lt;br /&gt;two&lt;br /&gt;&lt;br /&gt;three&amp;nbsp;four")))
    assert head_and_body(into / "essays" / "rain.md")[1] == "One  \ntwo\n\nthree four"


def test_bloggers_own_stand_in_for_a_removed_comment_becomes_a_tombstone(tmp_path):
    removed = reply(333333, text="This comment has been removed by the author.")
    report, into = imported(tmp_path, classic(post(), removed, reply(333334, to="333333")))
    assert (report.tombstones, report.comments, dict(report.skipped)) == (1, 1, {"deleted": 1})
    assert head_and_body(into / "comments" / "rain" / "blogger-333333.md") == (
        {"Date": "2010-11-29T12:35:44.027000-08:00", "Status": "deleted"},
        "",
    )


def takeout_feed():
    return takeout(
        takeout_entry("333334", "COMMENT", parent="222222", answers="333333"),
        takeout_entry("222222", "POST"),
        takeout_entry("333333", "COMMENT", parent="222222"),
        takeout_entry("333335", "COMMENT", parent="222222", status="SPAM"),
        takeout_entry("333336", "COMMENT", parent="222222", status="PENDING"),
        takeout_entry("222223", "PAGE", name="/p/about.html", status="DRAFT"),
        takeout_entry("222224", "POST", name="/2026/06/gone.html", status="SOFT_TRASHED"),
    )


def check_takeout(report, into):
    assert (report.essays, report.pages, report.drafts, report.comments, report.depth) == (1, 1, 1, 2, 2)
    assert dict(report.skipped) == {"pending": 1, "post in status soft_trashed": 1, "spam": 1}
    assert tree(into, "rain") == {"blogger-333333": None, "blogger-333334": "blogger-333333"}
    assert "canary" not in written(into)


def test_a_takeout_feed_gives_posts_pages_and_threads(tmp_path):
    check_takeout(*imported(tmp_path, takeout_feed(), "feed.atom"))


def test_a_takeout_archive_is_read_and_its_names_are_never_paths(tmp_path):
    source, into = tmp_path / "takeout.zip", tmp_path / "content"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/Blogger/Blogs/../../../escape/feed.atom", takeout_feed())
        archive.writestr("/absolute/settings.csv", "canary")
        archive.writestr("Takeout/archive_browser.html", "<html>canary</html>")
    check_takeout(import_file(source, into), into)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "takeout.zip"]


def test_an_unpacked_takeout_folder_is_read(tmp_path):
    feed = tmp_path / "Takeout" / "Blogger" / "Blogs" / "Ada" / "feed.atom"
    feed.parent.mkdir(parents=True)
    feed.write_text(takeout_feed(), encoding="utf-8")
    check_takeout(import_file(tmp_path / "Takeout", tmp_path / "content"), tmp_path / "content")


def test_an_archive_without_a_feed_is_refused_with_a_reason(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("notes.txt", "nothing")
    with pytest.raises(ImportFileError, match="holds nothing to import"):
        import_file(tmp_path / "a.zip", tmp_path / "content")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
def test_the_real_feed_with_its_unbound_prefix_is_read_to_the_end(tmp_path):
    report = import_file(SHARED / "blogger-classic.xml", tmp_path)
    assert (report.essays, report.pages, report.drafts, report.comments, report.warnings) == (2, 2, 2, 1, ())
    assert tree(tmp_path, "the-steel-windpipe") == {"blogger-5590533389087749201": None}
