"""The inbox: mails to pending comment files, with a report of what became of each.

A comment's id is made from a digest of the mail's Message-ID, so a second run finds what the first one wrote. It is
no digest of an address: nothing of the sender is kept, and nothing of the sender could be guessed from it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..frontmatter import join, write_whole
from ..leftovers import sweep
from ..settings import DebateSettings
from .letters import Letter, read_letters
from .replies import LONGEST_TEXT, Reply, find_reply
from .site import read_topics
from .terminal import open_terminal, printable

SEEN_FILE = "mails-seen.txt"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DIGEST_DIGITS = 10


@dataclass(slots=True)
class InboxReport:
    """What became of the mails: ids written, ids met again, and a line for each of the others."""

    written: list[str] = field(default_factory=list)
    duplicates: int = 0
    no_reply: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = [
            f"Pending comments written: {len(self.written)}",
            f"Mails known already: {self.duplicates}",
            f"Mails that are no replies: {len(self.no_reply)}",
            f"Mails left out: {len(self.left_out)}",
        ]
        return printable("\n".join([*counts, *self.no_reply, *self.left_out, *self.notes])) + "\n"


def inbox_command(path: Path, content: Path, settings: DebateSettings | None = None) -> int:
    """Turn the mails at a path into pending comments, print the report, and return the exit code 0.

    Raises ImportFileError when the path holds no mails.
    """
    open_terminal().write(str(read_inbox(path, content, settings or DebateSettings())))
    return 0


def read_inbox(path: Path, content: Path, settings: DebateSettings) -> InboxReport:
    """Write a pending comment file for each new reply among the mails, and report the rest.

    The ids of all mails ever taken in stand in `SEEN_FILE` of the comments' folder: a comment that was moderated away
    must not come back from a mailbox that still holds its mail.
    """
    comments = content / settings.comments_path
    sweep(comments)
    slugs = {topic.essay.slug for topic in read_topics(content, settings)}
    inbox = _Inbox(comments, slugs)
    try:
        inbox.take(read_letters(path))
    finally:
        inbox.save()
    return inbox.report


class _Inbox:
    """Letters taken one after the other, those of earlier runs known by name; `report` says what became of each."""

    def __init__(self, comments: Path, slugs: Collection[str]) -> None:
        self._comments, self._slugs = comments, slugs
        self._seen_path = comments / SEEN_FILE
        known = self._seen_path.read_text(encoding="utf-8").split() if self._seen_path.exists() else []
        self._seen = {*known, *(path.stem for path in comments.glob("*/mail-*.md"))}
        self.report = InboxReport()

    def take(self, letters: Iterable[Letter]) -> None:
        """Write a held comment for every letter that is a reply to an essay and was not taken before."""
        for letter in letters:
            self._take_one(letter)

    def save(self) -> None:
        """Write down the names of all letters taken, so that no later run takes them again."""
        if self._seen:
            write_whole(self._seen_path, "".join(f"{name}\n" for name in sorted(self._seen)))

    def _take_one(self, letter: Letter) -> None:
        if letter.fault:
            return self.report.left_out.append(f"{letter.place}: {letter.fault}")
        reply = find_reply(letter.subject, letter.text)
        if reply is None:
            return self.report.no_reply.append(f"{letter.place}: no reply: neither text nor subject names an essay")
        id = comment_id(letter)
        if id in self._seen:
            self.report.duplicates += 1
            return None
        if fault := self._fault(reply):
            return self.report.left_out.append(f"{letter.place}: {fault}")
        return self._write(id, letter, reply)

    def _fault(self, reply: Reply) -> str | None:
        # A slug from a mail becomes a path only after it was found among the site's own.
        if reply.essay not in self._slugs:
            return f"there is no essay {reply.essay[:100]!r}"
        if not reply.text:
            return "the reply is empty"
        length = len(reply.text)
        return f"the reply has {length} characters" if length > LONGEST_TEXT else None

    def _write(self, id: str, letter: Letter, reply: Reply) -> None:
        headers = [
            ("Author", reply.author),
            ("Date", letter.date.isoformat() if letter.date else None),
            ("In-Reply-To", self._parent(letter, reply)),
            ("Website", reply.website),
            ("Status", "pending"),
        ]
        write_whole(self._comments / reply.essay / f"{id}.md", join(headers, reply.text))
        self._seen.add(id)
        self.report.written.append(id)

    def _parent(self, letter: Letter, reply: Reply) -> str | None:
        """Return the comment answered if it is there; a reply to one that is not is held as one to the essay."""
        parent = reply.in_reply_to
        if parent is None:
            return None
        if _ID.fullmatch(parent) and (self._comments / reply.essay / f"{parent}.md").is_file():
            return parent
        self.report.notes.append(f"{letter.place}: there is no comment {parent[:100]!r}, held as a reply to the essay")
        return None


def comment_id(letter: Letter) -> str:
    """Return the id of the comment a mail becomes; without a Message-ID its date and text stand for it."""
    named = letter.message_id or f"{letter.date}\0{letter.text}"
    return f"mail-{hashlib.sha256(named.encode('utf-8', 'surrogateescape')).hexdigest()[:_DIGEST_DIGITS]}"
