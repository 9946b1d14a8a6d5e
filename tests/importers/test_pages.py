"""Saved HTML pages: WordPress and Blogger mark their comments up; other pages are read by their headings."""

from datetime import date, datetime, timedelta, timezone

import pytest
from debate.importers import tree
from debate.importers.page_lines import lines_of
from debate.importers.pages import read
from debate.importers.sources import of_file
from debate.importers.tree import DEEPEST, tree_of
from debate.importers.values import ImportedComment, Notice, Post

from . import replicas
from .helpers import files, head_and_body, imported
from .helpers import tree as thread

ZONE = timezone(timedelta(hours=1))


@pytest.fixture
def items(tmp_path):
    def read_page(html):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        found = list(read(of_file(path), lambda done, total: None))
        return next(item for item in found if isinstance(item, Post)), [
            item for item in found if isinstance(item, ImportedComment)
        ]

    return read_page


def rows(comments):
    return [(item.id, item.parent, item.author, item.body, item.state) for item in comments]


def test_a_wordpress_page_gives_its_post(items):
    post, _ = items(replicas.WORDPRESS_PAGE)
    assert (post.slug, post.title, post.author, post.category, post.tags) == (
        "why-compost",
        "Why compost",
        "Ada Low",
        "Garden",
        ("soil",),
    )
    assert post.date == datetime(2010, 3, 3, 10, 0, tzinfo=ZONE)
    assert post.body == "Compost is *slow*, see [here](https://example.org/x).\n\nIt smells."


def test_a_wordpress_page_gives_its_thread_under_the_ids_of_an_export(items):
    _, comments = items(replicas.WORDPRESS_PAGE)
    assert rows(comments) == [
        ("wp-5", None, "Ben", "One.\n\n1. first\n2. second\n\nTwo.", "published"),
        ("wp-6", "wp-5", "Ada Low", "Reply text.", "published"),
        ("wp-7", None, "Carl", "Old theme text.", "published"),
        ("wp-8", None, None, "Pingback: [other](#)", "pingback"),
    ]
    assert [item.date for item in comments[:3]] == [
        datetime(2010, 3, 4, 11, 0, tzinfo=ZONE),
        None,
        datetime(2010, 3, 5, 16, 5),
    ]
    assert comments[0].website == "https://ben.example.org"


def test_a_threaded_blogger_page_gives_post_and_thread(items):
    post, comments = items(replicas.BLOGGER_THREADED_PAGE)
    assert (post.slug, post.title, post.date, post.author, post.tags) == (
        "rain",
        "Rain",
        date(2009, 6, 7),
        "Ada",
        ("soil", "rain"),
    )
    assert post.body == "Tonight the rain\n\ncame at last."
    assert rows(comments) == [
        ("blogger-1234567", None, "Frieda", "Lucky you.\n\nWe wait.", "published"),
        ("blogger-1234568", "blogger-1234567", "Gustav", "It moves east.", "published"),
    ]


def test_a_classic_blogger_page_gives_post_and_comments(items):
    post, comments = items(replicas.BLOGGER_CLASSIC_PAGE)
    assert (post.title, post.date, post.body) == ("Tools", date(2009, 5, 4), "A spade.")
    assert rows(comments) == [
        ("blogger-1111111", None, "Emil Gruber", "I lend mine.\n\nWith a deposit.", "published"),
        ("blogger-1111112", None, "gardenfan", "Buy two.", "published"),
    ]
    assert [item.date for item in comments] == [datetime(2009, 5, 4, 9, 12), None]


def test_a_page_of_an_unknown_theme_is_read_by_its_headings(items):
    post, comments = items(replicas.UNKNOWN_PAGE)
    assert post.title == "Is a lawn a garden?"
    assert rows(comments) == [
        ("c001", None, "Berta", "A lawn is where.", "published"),
        ("c002", "c001", "Carl", "Children too.", "published"),
    ]


def test_a_page_without_comments_gives_its_post_alone(items):
    post, comments = items(replicas.PAGE_WITHOUT_COMMENTS)
    assert (post.title, post.body, comments) == ("New Age Pruning", "Do you think?\n\nSo I worry.", [])


@pytest.mark.parametrize(
    ("comment", "row"),
    [
        (
            '<li id="comment-9"><cite class="fn"><a href="https://b.example.org">Bo</a></cite> Says:<br>'
            '<small class="commentmetadata"><a>May 1st, 2008</a></small><p>As <cite>Ada</cite> wrote.</p></li>',
            ("wp-9", None, "Bo", "As *Ada* wrote.", "published"),
        ),
        (
            '<div class="comment" id="comment-9"><p class="comment-author">Bo</p>'
            '<em class="comment-awaiting-moderation">'
            'Your comment is awaiting moderation.</em><div class="comment-text"><p>Hm.</p></div></div>',
            ("wp-9", None, "Bo", "Hm.", "pending"),
        ),
        (
            '<li class="comment"><span class="author">Bo</span><div class="comment-content">'
            "This comment has been removed by the author.</div></li>",
            ("c001", None, "Bo", "This comment has been removed by the author.", "deleted"),
        ),
    ],
)
def test_other_themes_mark_comments_up_in_other_ways(items, comment, row):
    page = f'<h1 class="entry-title">T</h1><div class="entry-content"><p>Text.</p></div><ol>{comment}</ol>'
    assert rows(items(page)[1]) == [row]


def test_a_saved_page_becomes_files_and_a_second_run_changes_nothing(tmp_path):
    report, into = imported(tmp_path, replicas.WORDPRESS_PAGE)
    assert (report.format, report.comments, report.depth, dict(report.skipped)) == ("page", 3, 2, {"pingback": 1})
    assert thread(into, "why-compost") == {"wp-5": None, "wp-6": "wp-5", "wp-7": None}
    assert head_and_body(into / "essays" / "why-compost.md")[0]["Date"] == "2010-03-03T10:00:00+01:00"
    before = files(into)
    imported(tmp_path, replicas.WORDPRESS_PAGE)
    assert files(into) == before


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000 + "x",
        "<li class=comment>" * 20_000 + "x",
        "</div>" * 200_000,
        "<p>" * 40_000,
        "<a " * 100_000,
        "\x00<html>\x00",
    ],
)
def test_hostile_pages_end_in_bounded_time(tmp_path, html):
    report, _ = imported(tmp_path, f"<html><body>{html}", format="page")
    assert report.exit_code in (0, 1)


def test_a_tree_is_bounded_in_depth_and_size(monkeypatch):
    deep = tree_of("<div>" * 5000)
    assert max(sum(1 for _ in node.above()) for node in deep.walk()) <= DEEPEST + 1
    monkeypatch.setattr(tree, "MOST_NODES", 100)
    assert sum(1 for _ in tree_of("<br>" * 500).walk()) == 101


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["  1. a", "      • b", "  2. c"]),
        ("<ul><li>a<li>b</ul>", ["  • a", "  • b"]),
        ("<p>One<p>two<br>three", ["One", "two", "three"]),
        ("<dl><dt>a<dd>b</dl><script>x</script>", ["a", "b"]),
    ],
)
def test_a_page_as_lines_marks_and_indents_its_lists(html, lines):
    assert [line for line in lines_of(tree_of(html)) if line] == lines


def test_bytes_that_are_not_utf_8_are_read_as_windows_1252(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"<h1>Caf\xe9</h1><article><p>Tea.</p></article>")
    found = list(read(of_file(path), lambda done, total: None))
    assert isinstance(found[0], Notice)
    assert found[1].title == "Café"
