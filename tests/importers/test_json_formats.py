"""Commento JSON and webmentions in jf2, and the stream of JSON items below both."""

import json
from pathlib import Path

import pytest
from debate.importers import import_file

from .helpers import CANARIES, files, head_and_body, imported, tree, with_essays, written

SHARED = Path(__file__).parents[3] / "shared" / "exports"


def commento(number, *, parent="root", who="anonymous", page="/blog/rain", **fields):
    return {
        "commentHex": number * 32,
        "url": page,
        "commenterHex": who,
        "markdown": "*Nice.*",
        "html": "",
        "state": "approved",
        "parentHex": parent if parent == "root" else parent * 32,
        "creationDate": "2021-03-12T11:21:56Z",
        "deleted": False,
        **fields,
    }


def commento_export(*comments):
    people = [
        {
            "commenterHex": "c1",
            "email": "canary@example.org",
            "name": "Ben",
            "link": "https://ben.example.org",
            "photo": "canary",
        }
    ]
    return json.dumps({"version": 1, "comments": comments, "commenters": people}, indent=1)


def test_commento_gives_threads_with_the_people_that_stand_behind_them(tmp_path):
    with_essays(tmp_path, "rain")
    report, into = imported(tmp_path, commento_export(commento("ab", who="c1"), commento("cd", parent="ab")))
    assert (report.format, report.comments, report.depth) == ("commento", 2, 2)
    first, second = ("commento-" + name * 8 for name in ("ab", "cd"))
    assert tree(into, "rain") == {first: None, second: first}
    assert head_and_body(into / "comments" / "rain" / f"{first}.md") == (
        {"Author": "Ben", "Date": "2021-03-12T11:21:56+00:00", "Website": "https://ben.example.org"},
        "*Nice.*",
    )
    assert [canary for canary in CANARIES if canary in written(into)] == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"deleted": True}, "deleted"), ({"state": "unapproved"}, "pending"), ({"state": "flagged"}, "spam")],
)
def test_commento_states_are_counted(tmp_path, fields, reason):
    with_essays(tmp_path, "rain")
    assert imported(tmp_path, commento_export(commento("ab", **fields)))[0].skipped == {reason: 1}


def mention(number=1, **fields):
    author = {
        "type": "card",
        "name": "Ben",
        "photo": "https://canary.example.org/a.png",
        "url": "https://ben.example.org/",
    }
    return {
        "type": "entry",
        "author": author,
        "url": "https://ben.example.org/1",
        "published": "2024-05-01T10:00:00+02:00",
        "wm-id": number,
        "wm-received": "2024-05-01T09:00:00Z",
        "wm-property": "in-reply-to",
        "wm-private": False,
        "wm-target": "https://ada.example.org/rain/",
        "wm-source": "https://ben.example.org/1",
        "content": {"html": "<p>Nice <script>canary</script><b>one</b></p>", "text": "Nice one"},
        **fields,
    }


def mentions(tmp_path, *items, **options):
    with_essays(tmp_path, "rain")
    return imported(tmp_path, json.dumps({"type": "feed", "name": "Webmentions", "children": items}), **options)


def test_webmentions_become_comments_with_their_html_cleaned(tmp_path):
    report, into = mentions(tmp_path, mention())
    assert (report.format, report.comments) == ("webmention", 1)
    assert head_and_body(into / "comments" / "rain" / "wm-1.md") == (
        {"Author": "Ben", "Date": "2024-05-01T10:00:00+02:00", "Website": "https://ben.example.org/"},
        "Nice **one**",
    )
    assert "canary" not in written(into)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"wm-private": True}, "private webmention"),
        ({"wm-property": "like-of"}, "webmention of kind like-of"),
        ({"wm-property": "repost-of"}, "webmention of kind repost-of"),
        ({"content": {}}, "webmention without text (in-reply-to)"),
    ],
)
def test_private_ones_likes_and_empty_ones_are_counted(tmp_path, fields, reason):
    report, into = mentions(tmp_path, mention(**fields))
    assert (report.comments, report.skipped) == (0, {reason: 1})
    assert not (into / "comments").exists()


@pytest.mark.parametrize("author", [None, {}, {"name": ""}, "Ben", {"name": 5}])
def test_an_author_may_lack_any_field(tmp_path, author):
    _, into = mentions(tmp_path, mention(author=author))
    assert "Author" not in head_and_body(into / "comments" / "rain" / "wm-1.md")[0]


def test_text_without_html_is_not_read_as_markup(tmp_path):
    _, into = mentions(tmp_path, mention(content={"text": "a <b> & *c*\nnext"}))
    assert head_and_body(into / "comments" / "rain" / "wm-1.md")[1] == "a &lt;b> & \\*c\\*  \nnext"


def test_a_mention_of_a_comments_own_address_is_its_reply(tmp_path):
    target = {"wm-target": "https://ada.example.org/rain/#comment-wm-1"}
    _, into = mentions(tmp_path, mention(), mention(2, **target))
    assert tree(into, "rain") == {"wm-1": None, "wm-2": "wm-1"}


def test_a_mention_without_a_number_is_known_by_its_source(tmp_path):
    first, into = mentions(tmp_path, mention(**{"wm-id": None}))
    again, _ = mentions(tmp_path, mention(**{"wm-id": None}))
    assert (first.comments, again.comments, again.comments_kept_before) == (1, 0, 1)
    assert len(list((into / "comments" / "rain").iterdir())) == 1


def test_a_broken_tail_leaves_what_stands_before_it(tmp_path):
    with_essays(tmp_path, "rain")
    whole = commento_export(commento("ab"), commento("cd"))
    report, into = imported(tmp_path, whole[: whole.index('"commentHex": "cd') + 30])
    assert (len(tree(into, "rain")), report.exit_code) == (1, 0)
    assert "what came before is kept" in report.text


@pytest.mark.parametrize(
    "text",
    [
        '{"comments": [' + "[" * 100_000,
        '{"comments": [{"commentHex": "' + "a" * 20_000_000,
        '{"comments": [}',
        '{"children"',
    ],
)
def test_hostile_json_ends_with_a_clear_message(tmp_path, text):
    report, into = imported(tmp_path, text, format="commento")
    assert (report.exit_code, files(into)) == (1, {})
    assert "what came before is kept" in report.text


def test_items_are_found_in_a_top_level_list_and_in_any_layout(tmp_path):
    with_essays(tmp_path, "rain")
    report, _ = imported(tmp_path, "\ufeff \n" + json.dumps([mention(1), mention(2)]).replace(",", " ,\n\t"))
    assert report.comments == 2


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
def test_the_real_commento_export_goes_onto_its_essays(tmp_path):
    with_essays(tmp_path, "1", "2")
    report = import_file(SHARED / "commento.json", tmp_path / "content")
    assert (report.comments, report.depth, "greatmail" in written(tmp_path / "content")) == (3, 2, False)
