"""WordPress exports: every trap that real files hold, each with a small replica."""

from pathlib import Path

import pytest
from debate.importers import import_file

from .helpers import CANARIES, files, head_and_body, imported, tree, written

SHARED = Path(__file__).parents[3] / "shared" / "exports"

PERSONAL = """<wp:comment_author_email>canary@example.org</wp:comment_author_email>
<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
<wp:comment_agent>Mozilla/5.0</wp:comment_agent><wp:commentmeta><wp:meta_key>akismet_as_submitted</wp:meta_key>
<wp:meta_value><![CDATA[a:1:{s:5:"email";s:18:"canary@example.org";}]]></wp:meta_value></wp:commentmeta>"""


def comment(
    number=1, parent=0, *, text="Well said.", author="Ben", approved="1", kind="", extra="", gmt="2020-01-02 09:00:00"
):
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[{author}]]></wp:comment_author>
<wp:comment_date>2020-01-02 10:00:00</wp:comment_date><wp:comment_date_gmt>{gmt}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>{PERSONAL}{extra}</wp:comment>"""


def item(
    *comments,
    number=7,
    slug="soil",
    title="Soil &amp; rain",
    text="<p>Text.</p>",
    status="publish",
    kind="post",
    extra="",
):
    return f"""<item><title>{title}</title><link>https://ada.example.org/?p={number}</link><dc:creator>ada</dc:creator>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[canary excerpt]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2020-01-01 10:00:00</wp:post_date>
<wp:post_date_gmt>2020-01-01 09:00:00</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>
<wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type>{extra}
<wp:postmeta><wp:meta_value>canary</wp:meta_value></wp:postmeta>{"".join(comments)}</item>"""


def export(*items, version="1.2", scheme="http", tail="</channel></rss>"):
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress" -->
<rss version="2.0" xmlns:excerpt="{scheme}://wordpress.org/export/{version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="{scheme}://wordpress.org/export/{version}/"><channel><title>Ada's garden</title>
<wp:wxr_version>{version}</wp:wxr_version>
<wp:author><wp:author_id>3</wp:author_id><wp:author_login>ada</wp:author_login>
<wp:author_email>canary@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Ada Low]]></wp:author_display_name></wp:author>
{"".join(items)}{tail}"""


def only_comment(tmp_path, **fields):
    report, into = imported(tmp_path, export(item(comment(**fields))))
    return (*head_and_body(into / "comments" / "soil" / "wp-1.md"), report)


@pytest.mark.parametrize(("version", "scheme"), [("1.0", "http"), ("1.1", "http"), ("1.2", "http"), ("1.2", "https")])
def test_every_version_gives_essay_and_thread(tmp_path, version, scheme):
    report, into = imported(tmp_path, export(item(comment(1), comment(2, parent=1)), version=version, scheme=scheme))
    assert (report.format, report.essays, report.comments, report.depth, report.exit_code) == ("wordpress", 1, 2, 2, 0)
    assert head_and_body(into / "essays" / "soil.md") == (
        {"Title": "Soil & rain", "Date": "2020-01-01T10:00:00+01:00", "Author": "Ada Low", "Slug": "soil"},
        "Text.",
    )
    assert tree(into, "soil") == {"wp-1": None, "wp-2": "wp-1"}


def test_nothing_personal_is_written(tmp_path):
    _, into = imported(tmp_path, export(item(comment(author="canary@example.org", text="Ask canary@example.org."))))
    assert [canary for canary in CANARIES if canary in written(into)] == []
    assert head_and_body(into / "comments" / "soil" / "wp-1.md")[1] == "Ask (address removed)."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"approved": "spam"}, "spam"),
        ({"approved": "trash"}, "trash"),
        ({"approved": "post-trashed"}, "trash"),
        ({"approved": "0"}, "pending"),
        ({"kind": "pingback"}, "pingback"),
        ({"kind": "trackback"}, "trackback"),
        ({"kind": "note"}, "private note"),
        ({"kind": "webmention"}, "comment of type webmention"),
    ],
)
def test_what_nobody_published_is_counted_and_left_out(tmp_path, fields, reason):
    report, into = imported(tmp_path, export(item(comment(**fields))))
    assert (report.comments, report.skipped) == (0, {reason: 1})
    assert f"left out: 1 x {reason}" in report.text
    assert not (into / "comments").exists()


def test_pending_ones_are_kept_for_moderation_on_request(tmp_path):
    report, into = imported(tmp_path, export(item(comment(approved="0"), comment(2, approved="spam"))), pending=True)
    assert (report.pending, report.comments, dict(report.skipped)) == (1, 0, {"spam": 1})
    assert head_and_body(into / "comments" / "soil" / "wp-1.md")[0]["Status"] == "pending"


@pytest.mark.parametrize("approved", ["", "1", "approve"])
@pytest.mark.parametrize("kind", ["", "comment"])
def test_a_missing_or_empty_type_or_approval_is_an_ordinary_comment(tmp_path, approved, kind):
    assert only_comment(tmp_path, approved=approved, kind=kind)[2].comments == 1


def test_fields_that_are_absent_are_left_out_of_the_head(tmp_path):
    bare = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Hm.</wp:comment_content></wp:comment>"
    _, into = imported(tmp_path, export(item(bare)))
    assert head_and_body(into / "comments" / "soil" / "wp-1.md") == ({"Status": "published"}, "Hm.")


def test_a_parent_may_come_after_its_child_and_threads_may_be_deep(tmp_path):
    chain = [comment(number, parent=number - 1) for number in range(9, 0, -1)]
    report, into = imported(tmp_path, export(item(*chain)))
    assert (report.depth, report.warnings) == (9, ())
    assert tree(into, "soil")["wp-9"] == "wp-8"


def test_an_orphan_becomes_a_root_with_a_note(tmp_path):
    report, into = imported(tmp_path, export(item(comment(5, parent=4))))
    assert tree(into, "soil") == {"wp-5": None}
    assert "comment wp-5 answers wp-4, which is not in the file" in report.text


def test_a_removed_parent_stays_as_a_tombstone_and_its_replies_in_place(tmp_path):
    comments = [
        comment(1, approved="trash", text="canary"),
        comment(2, parent=1, approved="spam"),
        comment(3, parent=2),
    ]
    report, into = imported(tmp_path, export(item(*comments, comment(4, approved="trash"))))
    assert tree(into, "soil") == {"wp-1": None, "wp-2": "wp-1", "wp-3": "wp-2"}
    head, body = head_and_body(into / "comments" / "soil" / "wp-1.md")
    assert (head["Status"], "Author" in head, body, report.tombstones, report.depth) == ("deleted", False, "", 2, 3)


def test_comments_that_answer_each_other_are_cut_apart(tmp_path):
    report, into = imported(tmp_path, export(item(comment(1, parent=2), comment(2, parent=1), comment(3, parent=3))))
    assert sum(parent is None for parent in tree(into, "soil").values()) == 2
    assert report.warning_count == 2


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("One\ntwo\n\nthree", "One  \ntwo\n\nthree"),
        ("A &lt;b&gt; &amp; C", "A &lt;b> & C"),
        ("<strong>Yes</strong>, <a href='https://example.org/'>see</a>", "**Yes**, [see](https://example.org/)"),
        ("<a href='javascript:alert(1)'>see</a><script>alert(1)</script>", "see"),
        ("<img src='https://example.org/a.png' alt='A bee'>", "[A bee](https://example.org/a.png)"),
        ("<blockquote>Quoted\nlines</blockquote>\nOwn", "> Quoted  \n> lines\n\nOwn"),
    ],
)
def test_the_html_subset_of_comments_becomes_markdown(tmp_path, text, markdown):
    assert only_comment(tmp_path, text=text)[1] == markdown


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Ren&eacute;", "René"),
        ("<b>Bo</b>", "Bo"),
        ("A\nStatus: pending", "A Status: pending"),
    ],
)
def test_names_are_one_clean_line(tmp_path, given, name):
    assert only_comment(tmp_path, author=given)[0] == {
        "Author": name,
        "Date": "2020-01-02T10:00:00+01:00",
    }


@pytest.mark.parametrize(
    "address", ["mailto:canary@example.org", "javascript:alert(1)", "http://", "https://u:p@example.org/"]
)
def test_a_website_must_be_http_with_a_host_and_no_user(tmp_path, address):
    head, _, _ = only_comment(tmp_path, extra=f"<wp:comment_author_url>{address}</wp:comment_author_url>")
    assert "Website" not in head


def test_a_zero_gmt_date_leaves_the_local_one_and_a_zero_local_date_the_gmt_one(tmp_path):
    assert only_comment(tmp_path, gmt="0000-00-00 00:00:00")[0]["Date"] == "2020-01-02T10:00:00"
    text = export(item(comment())).replace("2020-01-02 10:00:00", "0000-00-00 00:00:00")
    _, into = imported(tmp_path / "b", text) if (tmp_path / "b").mkdir() is None else (None, tmp_path)
    assert head_and_body(into / "comments" / "soil" / "wp-1.md")[0]["Date"] == "2020-01-02T09:00:00+00:00"


def test_the_account_of_the_essays_author_gives_the_essays_name(tmp_path):
    own = comment(author="ada_admin", extra="<wp:comment_user_id>3</wp:comment_user_id>")
    other = comment(2, author="Cleo", extra="<wp:comment_user_id>9</wp:comment_user_id>")
    _, into = imported(tmp_path, export(item(own, other)))
    names = [head_and_body(into / "comments" / "soil" / f"wp-{number}.md")[0]["Author"] for number in (1, 2)]
    assert names == ["Ada Low", "Cleo"]


@pytest.mark.parametrize(
    ("status", "draft"), [("publish", False), ("draft", True), ("pending", True), ("future", True), ("private", True)]
)
def test_what_was_not_public_becomes_a_draft(tmp_path, status, draft):
    report, into = imported(tmp_path, export(item(status=status)))
    assert head_and_body(into / "essays" / "soil.md")[0].get("Status") == ("draft" if draft else None)
    assert report.drafts == draft


def test_a_protected_post_is_a_draft_and_is_named_in_the_report(tmp_path):
    report, into = imported(tmp_path, export(item(extra="<wp:post_password>canary</wp:post_password>")))
    assert head_and_body(into / "essays" / "soil.md")[0]["Status"] == "draft"
    assert "protected by a password" in report.text


def test_pages_go_to_pages_and_other_items_are_counted(tmp_path):
    menu, trashed = item(number=8, slug="menu", kind="nav_menu_item"), item(number=9, slug="old", status="trash")
    report, into = imported(tmp_path, export(item(comment(), kind="page"), menu, trashed))
    assert (report.pages, report.essays, dict(report.skipped)) == (
        1,
        0,
        {"item of type nav_menu_item": 1, "post in status trash": 1},
    )
    assert sorted(files(into)) == ["comments/soil/wp-1.md", "pages/soil.md"]


def test_attachments_and_images_are_listed_and_not_fetched(tmp_path):
    attachment = item(
        number=8,
        kind="attachment",
        status="inherit",
        extra="<wp:attachment_url>https://ada.example.org/a.jpg</wp:attachment_url>",
    )
    report, into = imported(
        tmp_path, export(item(text="<img src='https://ada.example.org/b.jpg' alt='Bee'>"), attachment)
    )
    assert report.media == ("https://ada.example.org/b.jpg", "https://ada.example.org/a.jpg")
    assert head_and_body(into / "essays" / "soil.md")[1] == "[Bee](https://ada.example.org/b.jpg)"


def test_categories_and_tags_are_kept_in_pelicans_way(tmp_path):
    terms = "".join(
        f'<category domain="{domain}" nicename="x"><![CDATA[{name}]]></category>'
        for domain, name in [
            ("category", "Garden"),
            ("category", "Water"),
            ("post_tag", "rain, mostly"),
            ("post_format", "Aside"),
        ]
    )
    _, into = imported(tmp_path, export(item(extra=terms)))
    head, _ = head_and_body(into / "essays" / "soil.md")
    assert (head["Category"], head["Tags"]) == ("Garden", "Water; rain, mostly")


def test_a_slug_missing_from_the_item_is_made_of_the_title_and_a_missing_title_of_the_number(tmp_path):
    _, into = imported(tmp_path, export(item(slug=""), item(number=8, slug="", title="")))
    assert sorted(files(into)) == ["essays/post-8.md", "essays/soil-rain.md"]


def test_posts_of_the_same_slug_get_numbers_and_the_same_ones_in_a_second_run(tmp_path):
    text = export(item(comment(1)), item(comment(2), number=8, title="Other"))
    _, into = imported(tmp_path, text)
    before = files(into)
    again, _ = imported(tmp_path, text)
    assert sorted(before) == ["comments/soil-2/wp-2.md", "comments/soil/wp-1.md", "essays/soil-2.md", "essays/soil.md"]
    assert (files(into), again.comments, again.comments_kept_before) == (before, 0, 2)


def test_a_post_whose_shortcodes_stay_as_text_is_named(tmp_path):
    text = '[gallery columns="2"] [caption]A[/caption] [caption id="b"]B[/caption] and [sic]'
    report, into = imported(tmp_path, export(item(text=text), item(number=8, slug="b", text="[sic]")))
    assert [line.partition(": ")[2] for line in report.warnings] == [
        '"Soil & rain" keeps shortcodes of WordPress as text: gallery, caption'
    ]
    assert "gallery" in (into / "essays/soil.md").read_text(encoding="utf-8")


def test_a_page_does_not_take_the_address_of_one_that_the_site_makes_and_an_essay_may(tmp_path):
    items = (
        item(slug="archive", kind="page"),
        item(number=8, slug="Search", kind="page"),
        item(number=9, slug="debate"),
    )
    report, into = imported(tmp_path, export(*items))
    assert sorted(files(into)) == ["essays/debate.md", "pages/Search-2.md", "pages/archive-2.md"]
    assert 'the slug "archive" is taken, this one becomes "archive-2"' in report.text


def test_a_file_edited_by_hand_is_left_as_it_is(tmp_path):
    _, into = imported(tmp_path, export(item(comment())))
    path = into / "comments" / "soil" / "wp-1.md"
    path.write_text("Author: Ben\nStance: complement\n\nMine.\n", encoding="utf-8")
    imported(tmp_path, export(item(comment(), comment(2))))
    assert path.read_text(encoding="utf-8") == "Author: Ben\nStance: complement\n\nMine.\n"
    assert sorted(tree(into, "soil")) == ["wp-1", "wp-2"]


def test_a_dry_run_writes_nothing_and_reports_the_same(tmp_path):
    text = export(item(comment(1, approved="trash"), comment(2, parent=1), comment(3, parent=99)))
    dry, into = imported(tmp_path, text, dry_run=True)
    assert not into.exists()
    wet, _ = imported(tmp_path, text)
    same = ("essays", "comments", "tombstones", "depth", "skipped", "warnings", "media", "exit_code")
    assert [getattr(dry, name) for name in same] == [getattr(wet, name) for name in same]


def test_classic_text_keeps_its_paragraphs_and_block_text_its_own(tmp_path):
    classic = item(text="One\n\nTwo\nthree\n\n[caption id='a']<img src='/b.png' alt='Bee'> A bee[/caption]")
    blocks = item(number=8, slug="b", text="<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->")
    _, into = imported(tmp_path, export(classic, blocks))
    assert head_and_body(into / "essays" / "soil.md")[1] == "One\n\nTwo  \nthree\n\n![Bee](/b.png) A bee"
    assert head_and_body(into / "essays" / "b.md")[1] == "One two"


def test_the_debate_named_stands_in_every_essay(tmp_path):
    _, into = imported(tmp_path, export(item()), debate="networking")
    assert head_and_body(into / "essays" / "soil.md")[0]["Debate"] == "networking"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
@pytest.mark.parametrize(
    ("name", "essays", "pages", "comments", "depth", "skipped"),
    [
        ("wordpress-theme-unit-test.xml", 58, 21, 26, 10, {"pending": 3, "pingback": 2, "trackback": 2}),
        ("wordpress-pelican.xml", 11, 2, 3, 2, {"pingback": 1}),
    ],
)
def test_real_exports_keep_their_published_comments_with_their_depth(
    tmp_path, name, essays, pages, comments, depth, skipped
):
    report = import_file(SHARED / name, tmp_path)
    assert (report.essays, report.pages, report.comments, report.depth) == (essays, pages, comments, depth)
    assert {
        reason: count for reason, count in report.skipped.items() if "item" not in reason and "att" not in reason
    } == skipped
    assert "@mail.test" not in written(tmp_path)
