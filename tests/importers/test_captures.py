"""Captured pages saved as text: every shape gives its title, date, authors, comments and nothing else."""

from datetime import date, datetime
from pathlib import Path

import pytest
from debate.importers import import_file
from debate.importers.captures import page_of

from . import replicas
from .helpers import head_and_body, imported

SHARED = Path(__file__).parents[3] / "shared" / "discussions"

SHAPES = {
    "thoughts": (replicas.THOUGHTS, "Why compost beats fertiliser", None, [None, None], 2),
    "responses": (replicas.RESPONSES, "Is a lawn a garden?", None, ["Berta Voss", "Carl", "Dora"], 2),
    "said": (replicas.SAID, "Tools I no longer lend", date(2009, 5, 4), ["Emil Gruber", "gardenfan"], 2),
    "threaded": (
        replicas.THREADED,
        "Rain - Yes - Rain Sounds Better",
        date(2009, 6, 7),
        ["Frieeda", "Gustav", None],
        1,
    ),
    "none": (replicas.NONE, "New Age Pruning", None, [], 2),
}
FURNITURE = (
    "Skip to content",
    "Share",
    "Twitter",
    "Leave a",
    "Fill in",
    "Connecting",
    "Recent",
    "Zed",
    "PostHeaderIcon",
    "Reply",
    "CommentLuv",
    "Post a Comment",
    "Newer Post",
    "Bookmark",
    "Add comment",
    "Load more",
    "email address",
    "Delete",
    "thoughts on",
)


def page(text):
    return page_of(text.split("\n"))


@pytest.mark.parametrize(("text", "title", "day", "authors", "paragraphs"), SHAPES.values(), ids=SHAPES)
def test_every_shape_gives_its_title_date_authors_and_text(text, title, day, authors, paragraphs):
    found = page(text)
    assert (found.title, found.date) == (title, day)
    assert [entry.author for entry in found.entries] == authors
    assert len([line for line in found.body if line]) == paragraphs


@pytest.mark.parametrize("text", [shape[0] for shape in SHAPES.values()], ids=SHAPES)
def test_no_menu_form_or_button_is_left_in_any_text(text):
    found = page(text)
    lines = [*found.body, *(line for entry in found.entries for line in entry.lines)]
    assert [line for line in lines for mark in FURNITURE if mark in line] == []


def test_comments_keep_all_their_paragraphs_and_the_order_of_the_page():
    first, second = page(replicas.THOUGHTS).entries
    assert first.lines[0].startswith("I have kept")
    assert first.lines[-1] == "And my neighbours agree, mostly."
    assert second.lines == ("Hi Ada, fertiliser has its place: 1. in pots, 2. on sandy soil.",)


def test_a_date_under_the_name_or_under_the_text_is_the_comments_date():
    assert [entry.date for entry in page(replicas.RESPONSES).entries] == [
        datetime(2010, 3, 3, 16, 5),
        datetime(2010, 3, 4, 9, 0),
        None,
    ]
    assert page(replicas.SAID).entries[0].date == datetime(2009, 5, 4, 9, 12)


def test_a_bare_time_is_no_date_and_is_not_left_in_the_text():
    last = page(replicas.SAID).entries[1]
    assert (last.date, last.lines) == (None, ("Buy two of each.",))


@pytest.mark.parametrize(("text", "levels"), [(replicas.RESPONSES, [0, 1, 0]), (replicas.THREADED, [0, 1, 0])])
def test_nested_entries_answer_the_entry_above(text, levels):
    assert [entry.level for entry in page(text).entries] == levels


@pytest.mark.parametrize(
    "heading",
    [
        "2 comments:",
        "2 Responses",
        "Comments (2)",
        "2 Comments on “A title”",
        "Two thoughts on “A title”",
        "2 Replies to A title",
    ],
)
def test_the_comments_heading_may_take_many_forms(heading):
    text = f"A title\n\nA text that is long enough to be the text of a post.\n\n{heading}\n\n  1. One.\n\n  2. Two.\n"
    assert [entry.lines for entry in page(text).entries] == [("One.",), ("Two.",)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada says:\n\nOne.", "Ben says:\n\nTwo."),
        ("Ada said...\nOne.", "Ben said...\nTwo."),
        ("Ada on March 3, 2010 at 4:05 pm said:\n\nOne.", "Ben on March 4, 2010 at 4:05 pm said:\n\nTwo."),
        ("Ada\nMarch 3, 2010 at 4:05 pm\n\nOne.\n\nReply", "Ben\nMarch 4, 2010 at 4:05 pm\n\nTwo.\n\nReply"),
        (
            "  1. Ada says:\n  March 3, 2010 at 4:05 pm\n\n  One.",
            "  2. Ben says:\n  March 4, 2010 at 4:05 pm\n\n  Two.",
        ),
    ],
)
def test_authors_are_found_in_every_wording(first, second):
    text = (
        f"A title\n\nA text that is long enough to be a post.\n\n2 Comments\n\n{first}\n\n{second}\n\nLeave a Reply\n"
    )
    assert [(entry.author, entry.lines) for entry in page(text).entries] == [("Ada", ("One.",)), ("Ben", ("Two.",))]


@pytest.mark.parametrize(
    ("head", "title", "day", "author"),
    [
        ("A title\n\nPosted on March 3, 2010 by Ada Low", "A title", date(2010, 3, 3), "Ada Low"),
        ("A title\nby Ada Low", "A title", None, "Ada Low"),
        (
            "My Garden Blog\n\nHome | About | Contact\n\nMonday, May 4, 2009\n\nA title",
            "A title",
            date(2009, 5, 4),
            None,
        ),
        ("A title\n\n3 March 2010", "A title", date(2010, 3, 3), None),
        ("A title\n\n03/04/10", "A title", None, None),
    ],
)
def test_title_date_and_author_come_from_the_head_of_the_page(head, title, day, author):
    found = page(
        f"{head}\n\nThe text begins here and goes on for a good while, as posts do on most days.\n\nIt ends.\n"
    )
    assert (found.title, found.date, found.author) == (title, day, author)


def test_labels_and_categories_of_the_foot_become_tags_and_category():
    found = page(
        "A title\n\nA long text about things that grow.\n\nFiled under: Garden\n\nLabels: soil, rain\n\nNo comments:\n"
    )
    assert (found.category, found.tags, found.entries) == ("Garden", ("soil", "rain"), ())


def test_a_sentence_with_said_in_the_post_is_no_comment():
    found = page("A title\n\nMy teacher, who was right about most things in life, once said: dig.\n\nI dug.\n")
    assert (len(found.entries), len([line for line in found.body if line])) == (0, 2)


def test_removed_waiting_and_pinged_entries_have_their_state():
    text = "A title\n\nA text about soil.\n\n4 Responses to A title\n\n  1. Ada says:\n\n    Hm.\n"
    text += "\n  2. Pingback: Other blog\n\n  3. Ben says:\n\n    Your comment is awaiting moderation.\n\n    Held.\n"
    text += "\n  4. Comment deleted\n\n    This post has been removed by the author.\n"
    assert [(entry.state, entry.lines) for entry in page(text).entries] == [
        ("published", ("Hm.",)),
        ("pingback", ("Pingback: Other blog",)),
        ("pending", ("Held.",)),
        ("deleted", ()),
    ]


def test_a_sentence_that_says_said_inside_a_comment_opens_no_other():
    text = "A title\n\nA text about soil.\n\n2 comments:\n\nAda said...\n\n    He said, she said..."
    text += "\n\nHe said: no\n\nBen said...\n\nYes."
    assert [entry.author for entry in page(text).entries] == ["Ada", "Ben"]


@pytest.mark.parametrize("sentence", ["We met on May 3, 2010", "See you there at May 3, 2010 at 9:12 AM"])
def test_a_short_comment_that_ends_with_a_date_keeps_its_words(sentence):
    text = f"A title\n\nA text about soil.\n\n2 thoughts on A title\n\n  1. {sentence}\n\n  2. Two.\n"
    assert [(entry.author, entry.lines) for entry in page(text).entries] == [(None, (sentence,)), (None, ("Two.",))]


def test_a_heading_without_a_number_opens_entries_of_name_and_date():
    text = "A title\n\nA text about soil.\n\nComments\n\nAda Low\n\nMay 3, 2012 at 5:00 pm\n\nYes."
    text += "\n\nReply\n\nLeave a comment\n"
    (entry,) = page(text).entries
    assert (entry.author, entry.date, entry.lines) == ("Ada Low", datetime(2012, 5, 3, 17, 0), ("Yes.",))


def test_a_page_that_announces_more_comments_than_it_shows_is_reported(tmp_path):
    source = tmp_path / "page.txt"
    source.write_text("A title\n\nA text about soil.\n\n5 comments:\n\n  1. One.\n", encoding="utf-8")
    assert "announces 5 comments, 1 were found" in import_file(source, tmp_path / "content").text


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("A shopping list\n\nTea, milk and two cups.\n", True),
        ("A title\n\nPosted on March 3, 2010 by Ann\n\nA text about soil.\n", False),
        ("A title\n\nA text about soil.\n\n1 comment:\n\n  1. One.\n", False),
    ],
)
def test_a_text_without_comments_and_date_is_asked_whether_it_is_a_page(tmp_path, text, warned):
    source = tmp_path / "page.txt"
    source.write_text(text, encoding="utf-8")
    report = import_file(source, tmp_path / "content")
    assert ("no comments and no date found: is this a saved blog page?" in report.text) is warned


def test_files_are_written_with_a_head_and_a_second_run_changes_nothing(tmp_path):
    source, into = tmp_path / "page.txt", tmp_path / "content"
    source.write_text(replicas.THREADED, encoding="utf-8")
    import_file(source, into, debate="garden")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in into.rglob("*.md")}
    again = import_file(source, into, debate="garden")
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in into.rglob("*.md")}
    assert (again.comments, again.comments_kept_before, again.posts_kept_before, again.exit_code) == (0, 2, 1, 0)
    essay = (into / "essays" / "rain-yes-rain-sounds-better.md").read_text(encoding="utf-8")
    assert essay.startswith("Title: Rain - Yes - Rain Sounds Better\nDate: 2009-06-07\nSlug: rain-yes")
    assert "Debate: garden\n\nTonight" in essay
    reply = (into / "comments" / "rain-yes-rain-sounds-better" / "c002.md").read_text(encoding="utf-8")
    assert reply == "Author: Gustav\nDate: 2009-06-08T08:00:00\nIn-Reply-To: c001\n\nIt moves east, so tomorrow.\n"


@pytest.mark.parametrize(("date", "debate"), [("", "none"), ("Posted on March 3, 2010 by Ann\n\n", None)])
def test_an_essay_without_a_date_always_has_the_line_by_which_the_build_knows_it(tmp_path, date, debate):
    _, into = imported(tmp_path, f"A title\n\n{date}A text about soil.\n\n1 comment:\n\n  1. One.\n")
    head, _ = head_and_body(into / "essays" / "a-title.md")
    assert ("Date" in head, head.get("Debate")) == (bool(date), debate)


def test_a_comment_of_which_nothing_is_known_still_has_a_head(tmp_path):
    source = tmp_path / "page.txt"
    source.write_text(replicas.THOUGHTS, encoding="utf-8")
    import_file(source, tmp_path)
    text = (tmp_path / "comments" / "why-compost-beats-fertiliser" / "c001.md").read_text(encoding="utf-8")
    assert text.startswith("Status: published\n\nI have kept")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
def test_the_real_discussions_give_their_titles_dates_and_counts():
    pages = [page(path.read_text(encoding="utf-8")) for path in sorted(SHARED.glob("*.txt"))]
    assert [(found.title, found.date, len(found.entries)) for found in pages] == [
        ("Personal Social Media Behavior: Connect NOT Reference", None, 2),
        ("Is what you are doing really networking?", None, 2),
        ("Social Online Networking vs. Face-to-Face Networking", date(2008, 1, 21), 4),
        ("New Age Networking", None, 0),
        ("Personal Media - Nah - Social Media Sounds Better", date(2009, 3, 14), 3),
    ]
    assert [len([line for line in found.body if line]) for found in pages] == [4, 5, 13, 4, 15]
    bodies = [
        line for found in pages for line in (*found.body, *(line for entry in found.entries for line in entry.lines))
    ]
    assert [line for line in bodies for mark in FURNITURE if mark in line and len(line) < 60] == []
