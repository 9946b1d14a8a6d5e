"""What is done with damaged input of each kind, and what must hold of the outcome whatever the input was."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from debate.contents import Comment, Essay
from debate.debates import read_debate
from debate.desk.files import read_files
from debate.desk.inbox import read_inbox
from debate.desk.moderate import _publish
from debate.errors import DebateError
from debate.feeds import FeedHead, comment_feed, feed_items
from debate.importers import import_file
from debate.importers.importing import READERS
from debate.json_ld import Publication, discussion_json_ld
from debate.readers import read_comments
from debate.settings import DebateSettings
from debate.stance.storage import from_bytes, load
from debate.threads import build_thread
from factories import TEA, debate, essay_file
from harmless import faults
from lxml import etree
from markdown import Markdown

LABELS = ("milk", "tea", "none")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FILE = re.compile(r"(?:essays|pages)/[^/]+\.md|comments/[^/]+/[A-Za-z0-9][A-Za-z0-9._-]*\.md|comments/mails-seen\.txt")
_SETTINGS = DebateSettings()

Target = Callable[[bytes, Path], None]


def comment(data: bytes, folder: Path) -> None:
    """Read the data as a comment file; what is made of it harms nobody."""
    _put(folder / "comments/cup/fuzz.md", data)
    _put(folder / "comments/cup/c1.md", b"Author: Ann\n\nFirst.\n")
    _check_comments(folder)


def debate_file(data: bytes, folder: Path) -> None:
    """Read the data as a debate file: a debate or a DebateError."""
    _put(folder / "tea.toml", data)
    try:
        found = read_debate(folder / "tea.toml")
    except DebateError:
        return
    assert re.fullmatch(r"[a-z0-9-]+", found.key)


def inbox(data: bytes, folder: Path) -> None:
    """Take the data in as a mail; nothing is published by it, and what an owner then publishes harms nobody."""
    _site(folder)
    _put(folder / "mail.eml", data)
    try:
        report = read_inbox(folder / "mail.eml", folder, _SETTINGS)
    except DebateError:
        return
    finally:
        (folder / "mail.eml").unlink()
    _check_files(folder)
    files = [file for file in read_files(folder / "comments") if file.id != "c1"]
    assert sorted(file.id for file in files) == sorted(report.written)
    for file in files:
        assert file.pending
        assert file.get("Stance") is None
        assert not _MAIL.search(file.path.read_text(encoding="utf-8"))
        _publish(file.path)
    _check_comments(folder, all_read=True)


def model(data: bytes, folder: Path) -> None:
    """Read the data as a trained tagger: one that tags, or a DebateError."""
    _put(folder / "m.stance", data)
    try:
        found = load(folder / "m.stance")
    except DebateError:
        return
    assert from_bytes(data).version == found.version
    (tag,) = found.tag(["Milk goes in first, whatever you say."])
    assert tag.stance is None or tag.stance in found.labels


def importer(kind: str) -> Target:
    """Return the target that imports data as a format, or as whatever it is recognised as ("auto")."""

    def run(data: bytes, folder: Path) -> None:
        _site(folder)
        (folder / "essays/soil.md").write_text(essay_file("Soil", Slug="rain"), encoding="utf-8")
        source = folder.parent / f"{folder.name}-source"
        _put(source / ("cup/1.md" if kind == "comment-folder" else "export"), data)
        path = source if kind == "comment-folder" else source / "export"
        try:
            report = import_file(path, folder, format=kind, pending=True)
        except DebateError:
            return
        _check_files(folder)
        _check_comments(folder, all_read=True)
        _check_essays(folder)
        again = import_file(path, folder, format=kind, pending=True)
        assert (again.comments, again.essays, again.pending) == (0, 0, 0), (report.text, again.text)

    return run


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "comment": comment,
        "debate": debate_file,
        "inbox": inbox,
        "model": model,
        **{name: importer(name) for name in READERS},
        "zip": importer("auto"),
        "auto": importer("auto"),
    }
)
"""Each kind of `seeds` and what takes it; "auto" takes any of the formats."""


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _site(folder: Path) -> None:
    _put(folder / "essays/cup.md", essay_file(Slug="cup", Debate="tea").encode())
    _put(folder / "debates/tea.toml", TEA.encode())
    _put(folder / "comments/cup/c1.md", b"Author: Ann\n\nFirst.\n")


def _check_files(folder: Path) -> None:
    """See that files lie where they may, and are whole."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert [name for name in names if not _FILE.fullmatch(name) and name != "debates/tea.toml"] == []
    assert [name for name in names if len(Path(name).name.encode()) > 120] == []
    assert [name for name in names if (folder / name).read_bytes()[-1:] != b"\n"] == []


def _check_comments(folder: Path, *, all_read: bool = False) -> None:
    """See that what the readers make of comment files can do no harm in a page, a feed, JSON-LD or CSV."""
    heard = _Heard()
    logging.getLogger("debate.readers").addHandler(heard)
    try:
        found = read_comments(folder / "comments", lambda _: LABELS)
    finally:
        logging.getLogger("debate.readers").removeHandler(heard)
    files = list(folder.glob("comments/*/*.md"))
    read = [each for comments in found.values() for each in comments]
    assert len(read) == len(files) or (heard.texts and not all_read), heard.texts
    for slug, comments in found.items():
        for each in comments:
            _check_comment(each)
        _check_outputs(slug, comments)


def _check_comment(comment: Comment) -> None:
    assert faults(comment.html) == []
    shown = f"{comment.html}{comment.text}{comment.author}"
    assert not _FORBIDDEN.search(shown)
    assert not _MAIL.search(f"{comment.text} {comment.author}")
    assert comment.website is None or re.match(r"https?://", comment.website, re.IGNORECASE)
    assert comment.author is None or not re.search("[\n\u202e\u200b]", comment.author)


def _check_outputs(slug: str, comments: tuple[Comment, ...]) -> None:
    thread = build_thread(Essay(slug=slug, title="Cup", url=f"{slug}/"), comments)
    pairs = [(thread, entry) for entry in thread.visible]
    head = FeedHead("t", "d", "https://site.example/", "https://site.example/f")
    items = feed_items(pairs, site_url="https://site.example", debate_of={slug: debate()}, language=head.language)
    for kind in ("atom", "rss"):
        text = comment_feed(kind, head, items)
        etree.fromstring(text.encode())
    data = discussion_json_ld(thread, Publication("Site", "https://site.example"))
    assert "<" not in data
    json.loads(data)


def _check_essays(folder: Path) -> None:
    """See that an imported essay, which Pelican renders as its owner's own, brings no script along."""
    markdown = Markdown(extensions=["extra", "sane_lists", "meta"], output_format="html")
    for path in [*folder.glob("essays/*.md"), *folder.glob("pages/*.md")]:
        markdown.reset()
        assert faults(markdown.convert(path.read_text(encoding="utf-8")), images=True) == [], path


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
