"""Tagging an archive at a terminal: which debate, which tagger, a bar while it runs, a report at its end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ..archive import Archive, Outcome, tag_archive
from ..contents import Debate, Thread
from ..debates import read_debates
from ..discussions import tagger_for
from ..errors import DebateError
from ..readers import read_comments
from ..settings import DebateSettings
from ..stance.model import StanceModel
from ..threads import build_thread
from .progress import bar
from .site import labels_of, read_topics

ALL_TAGGED, SOME_LINES_WRONG, STOPPED = 0, 2, 130
LISTED = 20


def archive_command(
    archive: Archive,
    content: Path,
    settings: DebateSettings | None = None,
    *,
    debate: str | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    out: TextIO = sys.stdout,
) -> int:
    """Tag an archive as the build of `content` would tag its comments, print a report, and return the exit code.

    That is 0 when every comment has a tag, 2 when some lines were no comments, 130 after Ctrl-C. Raises DebateError
    where the work cannot be done; what was finished stays in every case.
    """
    settings = settings or DebateSettings()
    chosen = _debate(debate or settings.default, content, settings)
    model = _model(chosen, content, settings)
    start = time.monotonic()
    try:
        outcome = tag_archive(archive, model, debate=chosen.key, jobs=jobs, scheduler=scheduler, progress=bar(out))
    except KeyboardInterrupt:
        out.write("\nStopped; the parts that are done stay. The same command goes on from there.\n")
        return STOPPED
    out.write("\n".join(_report(archive, model, outcome, time.monotonic() - start)) + "\n")
    return SOME_LINES_WRONG if outcome.errors else ALL_TAGGED


def _debate(key: str | None, content: Path, settings: DebateSettings) -> Debate:
    debates = read_debates(content / settings.path)
    found = debates.get(key or "")
    if found is None:
        raise DebateError(
            f'there is no debate "{key}"' if key else "no debate is named",
            where="--debate",
            why=f"the debates are: {', '.join(debates) or 'none'}",
            remedy="name one of them, and the folder that holds debates/ by --content",
        )
    return found


def _model(debate: Debate, content: Path, settings: DebateSettings) -> StanceModel:
    """Return the debate's tagger: its model, or the one that its labelled comments train, as in a build."""
    threads = () if debate.model else tuple(_threads(debate, content, settings))
    model = tagger_for(debate, threads, content / settings.path)
    if model is None:
        raise DebateError(
            f'the debate "{debate.key}" has no tagger yet',
            why="it names no model and has too few labelled comments to train one",
            remedy="label at least 20 comments a stance, or name a model or examples in its file",
        )
    return model


def _threads(debate: Debate, content: Path, settings: DebateSettings) -> Iterator[Thread]:
    topics = read_topics(content, settings)
    comments = read_comments(content / settings.comments_path, labels_of(topics).get)
    return (build_thread(topic.essay, comments.get(topic.essay.slug, ())) for topic in topics if topic.debate == debate)


def _report(archive: Archive, model: StanceModel, outcome: Outcome, seconds: float) -> Iterator[str]:
    yield f"Tagged {archive.source} by {model.name} {model.version} into {archive.into}"
    yield f"  comments: {outcome.comments:,} in {_parts(outcome.partitions)}"
    yield f"  {', '.join(f'{label}: {count:,}' for label, count in outcome.stances.items())}"
    if outcome.kept:
        yield f"  done before, left as they are: {_parts(outcome.kept)}"
    if outcome.fresh:
        yield f"  tagged now: {outcome.fresh:,} in {seconds:.0f} s, {outcome.fresh / max(seconds, 0.001):,.0f} a second"
    if outcome.errors:
        yield f"  lines that are no comments: {outcome.errors:,} (each has a row with its error)"
        yield from (f"    {line}" for line in outcome.listed[:LISTED])
    if outcome.errors > LISTED:
        yield f"    and {outcome.errors - LISTED:,} more"


def _parts(count: int) -> str:
    return f"{count} part{'' if count == 1 else 's'}"
