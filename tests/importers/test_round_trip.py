"""What an import writes, the site's own readers read, without a warning; progress is told on the way."""

import logging

import pytest
from debate.importers import import_file
from debate.readers import read_comments

from . import replicas
from .helpers import imported
from .test_blogger import classic, post, reply
from .test_wordpress import comment, export, item

SOURCES = {
    "thoughts": replicas.THOUGHTS,
    "responses": replicas.RESPONSES,
    "threaded": replicas.THREADED,
    "wordpress page": replicas.WORDPRESS_PAGE,
    "blogger": classic(post(), reply(333333), reply(333334, to="333333")),
    "wordpress": export(
        item(comment(1, approved="trash"), comment(2, parent=1), comment(3, parent=77), comment(4, approved="0")),
        item(comment(5, text="> *odd* <b>x</b>\n\n# y", author="Key: value"), number=8, slug="../con"),
    ),
}


@pytest.mark.parametrize("text", SOURCES.values(), ids=SOURCES)
def test_imported_comments_are_read_without_a_warning(tmp_path, caplog, text):
    report, into = imported(tmp_path, text, pending=True)
    with caplog.at_level(logging.WARNING):
        found = read_comments(into / "comments", lambda slug: None)
    assert caplog.records == []
    statuses = [note.status for notes in found.values() for note in notes]
    assert statuses.count("published") == report.comments > 0
    assert (statuses.count("pending"), statuses.count("deleted")) == (report.pending, report.tombstones)


def test_the_readers_find_every_parent(tmp_path, caplog):
    _, into = imported(tmp_path, SOURCES["wordpress"])
    notes = read_comments(into / "comments", lambda slug: None)["soil"]
    ids = {note.id for note in notes}
    assert {note.in_reply_to for note in notes} - {None} <= ids


@pytest.mark.parametrize("text", SOURCES.values(), ids=SOURCES)
def test_progress_never_runs_backwards_and_never_past_the_whole(tmp_path, text):
    seen = []
    source = tmp_path / "export"
    source.write_text(text, encoding="utf-8")
    import_file(source, tmp_path / "content", progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert all(0 <= done <= total for done, total in seen)
    assert seen[-1][0] == seen[-1][1]
