"""Tagged threads to one summary, for an essay and for a whole debate alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from ..contents import Debate, Thread
from ..languages import ENGLISH, Language
from .common_ground import common_ground_of, contested_of
from .exchanges import exchanges_of
from .headlines import headline_of
from .intervals import Confusion
from .key_points import key_points_of
from .paragraphs import paragraph_of
from .participation import participation_of
from .quotes import quotes_of
from .reading import drawn
from .shares import FLOOR, shares_of
from .similarity import sentences_in
from .tagged import counted_comments, people, tagged_comments
from .tallies import Tally
from .terms import terms_of
from .timeline import timeline_of
from .tone import tone_of, tone_sample
from .values import DebateSummary, Exchanges, Said, TaggedComment, Timeline, Tones

Read = TypeVar("Read", Said, Tones)


class Keep(Protocol):
    """Takes comments and what reads them; returns what was found in these, now or in an earlier build."""

    def __call__(self, kind: type[Read], comments: Sequence[TaggedComment], read: Callable[[], Read]) -> Read:
        """Return it."""
        ...


def keep_nothing(kind: type[Read], comments: Sequence[TaggedComment], read: Callable[[], Read]) -> Read:
    """Return what is read now."""
    del kind, comments
    return read()


def summarize(
    debate: Debate,
    threads: Sequence[Thread],
    *,
    confusion: Confusion | None = None,
    language: Language = ENGLISH,
    brief: bool = False,
    keep: Keep = keep_nothing,
) -> DebateSummary:
    """Summarise one thread or all threads of a debate: only published comments, only those with a tag.

    `confusion[gold][said]` holds the tagger's held-out counts by likeliest label. Where the debate shows aggregates
    only, the result holds nothing that would tell what one comment argues: no quotes, points, words, tone or days, not
    who answers whom, and under tagged.FEWEST comments no shares at all (`shares` is empty). A `brief` summary
    of fewer than shares.FLOOR comments leaves out what rests on words that comments share; otherwise words are read of
    reading.MOST comments, which `keep` may know from before. O(comments).
    """
    tagged = tagged_comments(threads)
    comments = counted_comments(debate, tagged)
    withheld = len(tagged) - len(comments)
    essays = tuple(thread.essay for thread in threads)
    shares = shares_of(debate, comments, confusion) if comments or not withheld else ()
    shown = not debate.aggregates_only
    exchanges = exchanges_of(debate, comments, language) if shown else Exchanges()
    # Among a few comments the words that they have in common are coincidence.
    read = drawn(comments) if shown and not (brief and len(comments) < FLOOR) else ()
    said = keep(Said, read, lambda: _said(debate, read, language)) if read else Said()
    heard = tone_sample(debate, read) if language.is_english else ()
    tones = keep(Tones, heard, lambda: tone_of(debate, heard)) if heard else Tones()
    size, guessed = sum(len(thread) for thread in threads), any(tagged.by_machine for tagged in comments)
    tally = Tally(shares, size, len(comments), people(comments), len(threads), withheld, guessed)
    return DebateSummary(
        debate=debate,
        essays=essays,
        comments=tally.comments,
        tagged=tally.tagged,
        read=len(read),
        commenters=tally.commenters,
        shares=shares,
        quotes=quotes_of(debate, comments) if shown else (),
        headline=headline_of(tally, language),
        words=paragraph_of(tally, exchanges.words, language),
        key_points=said.key_points,
        exchanges=exchanges,
        common_ground=said.common_ground,
        contested=said.contested,
        terms=said.terms,
        timeline=timeline_of(debate, essays, comments) if shown else Timeline(),
        participation=participation_of(comments, language),
        tone=tones.each,
    )


def _said(debate: Debate, comments: Sequence[TaggedComment], language: Language) -> Said:
    """Tone and common ground rest on English words (sour and glad ones, negations), so other languages get none."""
    sentences = sentences_in(comments)
    key_points = key_points_of(debate, sentences, language)
    return Said(
        key_points=key_points,
        common_ground=common_ground_of(debate, sentences, key_points.points) if language.is_english else (),
        contested=contested_of(debate, sentences),
        terms=terms_of(debate, sentences),
    )
