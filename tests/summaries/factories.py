"""Small debates for tests, written as rows: (author, stance, text) and, where it matters, more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from debate.contents import MACHINE, Comment, Debate, Entry, Essay, Stance, StanceTag, Thread

START = datetime(2009, 3, 1, 12)


def make_debate(**changes: object) -> Debate:
    debate = Debate(
        key="tea",
        question="Milk in first?",
        stances=(
            Stance("first", "milk first", "Milk goes in before the tea.", "blue"),
            Stance("last", "milk last", "Milk goes in after the tea.", "orange"),
            Stance("either", "either way", "It makes no difference.", "green"),
        ),
        opposites=("first", "last"),
    )
    return replace(debate, **changes)


def make_tag(stance: str | None, confidence: float | None = 0.8, evidence: Sequence[str] = (), by: str = MACHINE):
    return StanceTag(stance, confidence, evidence=tuple(evidence), by=by)


def make_entry(number: int, author: str | None, stance: str | None, text: str, essay: str = "pot", **changes) -> Entry:
    """A tagged comment `c<number>`, a day after the one before; `parent`, `tag` and comment fields may be given."""
    parent, tag = changes.pop("parent", None), changes.pop("tag", make_tag(stance))
    date = changes.pop("date", START + timedelta(days=number))
    comment = Comment(f"c{number}", essay, date, author, parent, text=text, **changes)
    return Entry(comment, parent=parent, tag=tag)


def make_essay(slug: str = "pot", **changes) -> Essay:
    return replace(Essay(slug, f"On the {slug}", f"essays/{slug}/", START), **changes)


def make_thread(*rows: tuple, slug: str = "pot") -> Thread:
    """Rows are (author, stance, text) or (author, stance, text, parent id)."""
    entries = (
        make_entry(number, *row[:3], essay=slug, parent=row[3] if len(row) > 3 else None)
        for number, row in enumerate(rows, start=1)
    )
    return Thread(make_essay(slug), tuple(entries))


def counted_thread(slug: str = "pot", **counts: int) -> Thread:
    """A thread with so many comments of each label (`unsure` for None), each by a person of their own."""
    labels = [None if label == "unsure" else label for label, count in counts.items() for _ in range(count)]
    return make_thread(
        *((f"Person {n}", label, f"I am sure of point {n}.") for n, label in enumerate(labels)), slug=slug
    )
