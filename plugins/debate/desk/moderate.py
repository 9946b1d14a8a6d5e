"""The moderation queue: pending comments are published, deleted or edited, each by one key and with undo.

The build shows a comment as soon as its `Status: pending` is gone; that line is all that publishing changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from ..errors import CommentFileError
from ..frontmatter import join
from ..leftovers import sweep
from ..settings import DebateSettings
from .changes import Change, amend_file, read_exact
from .editing import Editor, edit_in_program
from .files import CommentFile, read_file, read_files
from .hints import TextCounts, read_blocked_words, spam_hints
from .queue import Key, Queue, Step
from .site import read_topics
from .terminal import Terminal, open_terminal, printable, screenful, wrapped

PUBLISHED = "published"


def moderate_command(
    content: Path,
    settings: DebateSettings | None = None,
    *,
    blocked_words: Path | None = None,
    terminal: Terminal | None = None,
    editor: Editor | None = None,
) -> int:
    """Ask about every pending comment; return the exit code 0.

    `blocked_words` is a file of one word or phrase a line; it makes hints, it decides nothing. Raises DebateError
    where the folder or that file is not there.
    """
    settings = settings or DebateSettings()
    slugs = {topic.essay.slug for topic in read_topics(content, settings)}
    sweep(content / settings.comments_path)
    files = read_files(content / settings.comments_path)
    desk = Moderation(files, slugs, read_blocked_words(blocked_words), editor or edit_in_program)
    desk.run(terminal or open_terminal())
    return 0


class Moderation:
    """One sitting over the pending comments among `files`."""

    def __init__(
        self, files: Sequence[CommentFile], slugs: Collection[str], blocked: Sequence[str], editor: Editor
    ) -> None:
        self._pending = [file.path for file in files if file.pending]
        self._ids = {(file.path.parent.name, file.id) for file in files}
        self._counts = TextCounts(file.body for file in files)
        self._slugs, self._blocked, self._editor = slugs, blocked, editor

    def run(self, terminal: Terminal) -> None:
        """Walk the pending comments, then say how many still wait."""
        keys = [Key("p", "publish", _publish), Key("d", "delete", _delete), Key("e", "edit", self._edit)]
        Queue(self._pending, partial(self._show, width=terminal.width), keys, terminal).run()
        waiting = sum(map(_waits, self._pending))
        terminal.write(f"{len(self._pending) - waiting} decided, {waiting} still pending.\n")

    def _show(self, path: Path, place: str, *, width: int) -> str:
        file = read_file(path)
        names = ("Author", "Date", "Website", "In-Reply-To", "Status")
        head = [f"{name}: {value}" for name in names if (value := file.get(name))]
        searched = " ".join(head)
        hints = [*spam_hints(file.body, self._counts, self._blocked, searched), *self._gaps(file)]
        title = printable(f"{place} - {file.path.parent.name}/{file.id}")
        marked = [printable(f"! {hint}") for hint in hints]
        lines = ["-" * width, title, *map(printable, head), "", *screenful(wrapped(file.body, width)), "", *marked]
        return "\n".join(lines)

    def _gaps(self, file: CommentFile) -> list[str]:
        """Say what the comment hangs on that is not there."""
        slug, parent = file.path.parent.name, file.get("In-Reply-To")
        return [
            *([f"there is no essay {slug!r}"] if slug not in self._slugs else []),
            *(
                [f"the comment answered, {parent!r}, is not there"]
                if parent and (slug, parent) not in self._ids
                else []
            ),
        ]

    def _edit(self, path: Path) -> Step | None:
        before = read_exact(path)
        after = self._editor(before)
        if after == before:
            return None
        change = Change(path, before, after)
        change.apply()
        try:
            read_file(path)
        except CommentFileError:
            change.undo()
            raise
        return Step("Edited, still pending.", change.undo, stay=True)


def _publish(path: Path) -> Step:
    # A file without any header is no comment file: where nobody gave a name or date, the status stays as its head.
    alone = all(header.name.lower() == "status" for header in read_file(path).headers)
    change = amend_file(path, {"Status": PUBLISHED if alone else None})
    return Step(f"{path.stem}: published.", change.undo)


def _delete(path: Path) -> Step:
    """Remove the file, or leave a tombstone without words and name where replies hang on the comment."""
    file = read_file(path)
    kept = [(name, file.get(name)) for name in ("Date", "In-Reply-To")]
    tombstone = join([*kept, ("Status", "deleted")], "") if _has_replies(path) else None
    change = Change(path, read_exact(path), tombstone)
    change.apply()
    return Step(f"{path.stem}: deleted{', a tombstone keeps its replies in place' if tombstone else ''}.", change.undo)


def _has_replies(path: Path) -> bool:
    others = (file for file in read_files(path.parent, "*.md") if file.path != path)
    return any(file.get("In-Reply-To") == path.stem for file in others)


def _waits(path: Path) -> bool:
    try:
        return path.exists() and read_file(path).pending
    except CommentFileError:
        return True
