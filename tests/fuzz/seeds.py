"""Small samples of everything that strangers or other systems hand in, as bytes by kind."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from debate.stance import blobs
from factories import TEA, comment_file
from importers import replicas, test_blogger, test_disqus, test_wordpress
from importers.test_isso import COLUMNS
from importers.test_json_formats import commento, commento_export, mention

MODEL = Path(blobs.__file__).parent / "data" / "networking.stance"

MAIL = b"""From: Bo <bo@example.org>
Message-ID: <1@mail.example.org>
Date: Fri, 02 Jan 2026 10:00:00 +0100
Subject: =?utf-8?q?Re:_Cup?= [essay cup, comment c1]
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

Essay: cup
In-Reply-To: c1
Author: Bo
Website: https://bo.example.org/

Milk *first*, I =
say.

> quoted

On Friday, Ann wrote:
> more
--b
Content-Type: text/html; charset=iso-8859-1

<p>Essay: cup<br>Author: Bo</p><blockquote>Milk</blockquote>
--b--
"""

COMMENT = comment_file(
    'I *agree* with [this](https://a.example/?b=1&c=2 "title"), `code`, <b>bold</b>.\n\n> quoted\n> more\n\n'
    "- one\n- two\n\n1. three\n\n# Head\n\n```\nfence <b>\n```\n\n    indented\n\n![alt](https://b.example/x.png)\n"
    "<https://c.example/>\n\n[ref]: https://d.example/\n\nSee [ref].\n",
    In_Reply_To="c1",
    Website="https://bob.example/",
    Stance="tea",
    Stance_By="editor",
).encode()


@cache
def seeds() -> Mapping[str, bytes]:
    """Return one sample of each kind; the names of importers' formats are those of `READERS`."""
    text = "<p>Fine &amp; <b>bold</b> <a href='https://a.example/'>x</a></p><ul><li>1</li></ul>"
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    wordpress = test_wordpress.export(
        test_wordpress.item(
            test_wordpress.comment(1, text=text), test_wordpress.comment(2, parent=1), text=text, slug="soil"
        ),
        test_wordpress.item(test_wordpress.comment(3, approved="0"), number=8, slug="../con", title="Two"),
    )
    blogger = test_blogger.classic(
        test_blogger.post(text=escaped), test_blogger.reply(333333, text=escaped), test_blogger.reply(4, to="333333")
    )
    disqus = test_disqus.export(
        test_disqus.thread(1, "https://a.example/cup/"),
        test_disqus.post(5, 1, text=escaped),
        test_disqus.post(6, 1, "5"),
    )
    page = "https://a.example/cup/"
    return {
        "comment": COMMENT,
        "debate": TEA.encode(),
        "inbox": MAIL,
        "model": MODEL.read_bytes(),
        "wordpress": wordpress.encode(),
        "blogger": blogger.encode(),
        "disqus": disqus.encode(),
        "isso": _isso(),
        "isso-json": b'[{"id": "/cup/", "title": "Cup", "comments": [{"id": 1, "text": "Hi *you*", "author": "Ben", '
        b'"created": "2020-01-01 10:00:00", "website": "https://b.example", "parent": null}, {"id": 2, "parent": 1}]}]',
        "commento": commento_export(
            commento("ab", who="c1", page=page), commento("cd", parent="ab", page=page)
        ).encode(),
        "webmention": (
            '{"type": "feed", "children": [' + json.dumps(mention(content={"html": text, "text": "Hi"})) + "]}"
        )
        .replace("/rain/", "/cup/")
        .encode(),
        "comment-folder": b"author: Ben\ndate: 2020-01-02 10:00\nreplyto: 1md\nwebsite: https://b.example\n\nHi *you*.\n",
        "capture": replicas.THOUGHTS.encode(),
        "page": replicas.WORDPRESS_PAGE.encode(),
        "zip": _zipped("Takeout/Blogger/Blogs/x/feed.atom", test_blogger.takeout_feed().encode()),
    }


def _zipped(name: str, data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _isso() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "comments.db")
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))")
        connection.execute(f"CREATE TABLE comments ({COLUMNS}, modified, likes, dislikes, voters, notification)")
        connection.execute("INSERT INTO threads VALUES (1, '/cup/', 'Cup')")
        for number, parent in ((1, None), (2, 1)):
            values = (1, number, parent, 1.6e9, 1, "192.0.2.3", "**Bold** <b>x</b>", "Ben", "x@example.org", "")
            connection.execute(f"INSERT INTO comments ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", values)
        connection.commit()
        connection.close()
        return path.read_bytes()
