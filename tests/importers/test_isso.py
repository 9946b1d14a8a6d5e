"""Isso: its database, read-only and without its personal columns, and its generic JSON."""

import json
import sqlite3
from pathlib import Path

import pytest
from debate.importers import import_file

from .helpers import CANARIES, head_and_body, imported, tree, with_essays, written

SHARED = Path(__file__).parents[3] / "shared" / "exports"
COLUMNS = "tid, id, parent, created, mode, remote_addr, text, author, email, website"


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "comments.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))")
        connection.execute(f"CREATE TABLE comments ({COLUMNS}, modified, likes, dislikes, voters, notification)")
        connection.execute("INSERT INTO threads VALUES (1, '/essays/rain/', 'Rain'), (2, '/gone/', 'Gone')")
        rows = [
            (1, 1, None, 1600000000.5, 1, "**Bold** of you.", "Ben", "https://ben.example.org"),
            (1, 2, 1, 1600000100.0, 1, "Yes.", None, None),
            (1, 3, None, 1600000200.0, 2, "Held.", "Cleo", "javascript:alert(1)"),
            (1, 4, None, 1600000300.0, 4, "", None, None),
            (1, 5, 4, 1600000400.0, 1, "To the deleted one.", "Dora", ""),
            (2, 6, None, 1600000500.0, 1, "Lost.", "Emil", ""),
        ]
        for tid, number, parent, created, mode, text, author, website in rows:
            values = (tid, number, parent, created, mode, "192.0.2.3", text, author, "canary@example.org", website)
            connection.execute(f"INSERT INTO comments ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", values)
    connection.close()
    return path


def test_a_database_gives_its_threads(tmp_path, database):
    with_essays(tmp_path, "rain")
    before = database.read_bytes()
    report, into = import_file(database, tmp_path / "content"), tmp_path / "content"
    assert (report.format, report.comments, report.depth, report.tombstones) == ("isso", 3, 2, 1)
    assert dict(report.skipped) == {"comments without an essay": 1, "deleted": 1, "pending": 1}
    assert report.unmatched == ("Gone - /gone/ (1 comment)",)
    assert tree(into, "rain") == {"isso-1": None, "isso-2": "isso-1", "isso-4": None, "isso-5": "isso-4"}
    assert head_and_body(into / "comments" / "rain" / "isso-1.md") == (
        {"Author": "Ben", "Date": "2020-09-13T12:26:40+00:00", "Website": "https://ben.example.org"},
        "**Bold** of you.",
    )
    assert [canary for canary in CANARIES if canary in written(into)] == []
    assert database.read_bytes() == before


def test_an_import_on_a_timer_brings_only_what_is_new(tmp_path, database):
    with_essays(tmp_path, "rain")
    import_file(database, tmp_path / "content")
    with sqlite3.connect(database) as connection:
        connection.execute(
            f"INSERT INTO comments ({COLUMNS}) VALUES (1, 9, 1, 1600000900.0, 1, '', 'New.', 'Fay', '', '')"
        )
    connection.close()
    report = import_file(database, tmp_path / "content")
    assert (report.comments, report.comments_kept_before) == (1, 3)


def test_held_comments_are_kept_on_request(tmp_path, database):
    with_essays(tmp_path, "rain")
    assert import_file(database, tmp_path / "content", pending=True).pending == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE comments",
        "DROP TABLE comments; CREATE VIEW comments AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL"
        " SELECT id + 1 FROM n) SELECT id, 1 AS tid, 0 AS parent, 0 AS created, 4 AS mode, '' AS author, '' AS website,"
        " '' AS text FROM n",
    ],
)
def test_a_hostile_or_foreign_database_is_reported_and_ends(tmp_path, database, statement):
    with sqlite3.connect(database) as connection:
        connection.executescript(statement)
    connection.close()
    with_essays(tmp_path, "rain")
    report = import_file(database, tmp_path / "content")
    assert (report.comments, report.exit_code) == (0, 1)
    assert "the database cannot be read any further" in report.text


def test_generic_json_gives_its_threads(tmp_path):
    with_essays(tmp_path, "0001")
    comment = {
        "id": 0,
        "author": "Ben",
        "email": "canary@example.org",
        "remote_addr": "192.0.2.1",
        "website": "",
        "text": "Hm.\n",
    }
    data = [
        {
            "id": "/posts/0001/",
            "title": "Test+post",
            "comments": [{**comment, "created": "2005-02-24 04:03:37"}, "nonsense"],
        }
    ]
    report, into = imported(tmp_path, json.dumps(data))
    assert (report.format, report.comments, dict(report.skipped)) == ("isso-json", 1, {"comment without fields": 1})
    assert head_and_body(into / "comments" / "0001" / "isso-0.md") == (
        {"Author": "Ben", "Date": "2005-02-24T04:03:37+00:00"},
        "Hm.",
    )
    assert [canary for canary in CANARIES if canary in written(into)] == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
def test_the_real_generic_json_goes_onto_its_essays(tmp_path):
    with_essays(tmp_path, "0001", "0007")
    report = import_file(SHARED / "isso-generic.json", tmp_path / "content")
    assert (report.comments, report.unmatched, "87750645" in written(tmp_path / "content")) == (2, (), False)
