"""Who answers whom: stance by stance, against what chance would give."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..contents import Debate
from ..languages import ENGLISH, Language
from .tagged import labels_in_order
from .values import Exchange, Exchanges, Label, TaggedComment

FLOOR = 20
"""Fewer replies than this are counted, not compared."""
ROW_FLOOR = 5
"""Fewer replies to one stance than this get no sentence."""
DEALS = 999
SIGNIFICANT = 0.05
SEED = 1_964

Codes = NDArray[np.intp]
Pair = tuple[TaggedComment, TaggedComment]


def reply_pairs(comments: Sequence[TaggedComment]) -> tuple[Pair, ...]:
    """Return (comment, reply) for every reply to somebody else's tagged comment. O(comments)."""
    by_key = {tagged.key: tagged for tagged in comments}
    pairs = ((by_key.get((reply.comment.essay, reply.parent or "")), reply) for reply in comments)
    return tuple((parent, reply) for parent, reply in pairs if parent and parent.person != reply.person)


def exchanges_of(debate: Debate, comments: Sequence[TaggedComment], language: Language = ENGLISH) -> Exchanges:
    """Return every pair of labels with the replies seen and, from the floor on, those expected.

    Expected is the mean over DEALS seeded deals in which the answering labels are shuffled among the replies of the
    same essay: chance with each essay's mixture kept. O(DEALS * replies).
    """
    labels, pairs = labels_in_order(debate), reply_pairs(comments)
    observed = _table(_codes(labels, pairs, 0), _codes(labels, pairs, 1), len(labels))
    deals = _deals(labels, pairs) if len(pairs) >= FLOOR else None
    cells = tuple(
        _cell((answered, answering), int(observed[i, j]), None if deals is None else deals[:, i, j])
        for i, answered in enumerate(labels)
        for j, answering in enumerate(labels)
    )
    return Exchanges(len(pairs), cells, _sentences(debate, cells, language) if deals is not None else ())


def _codes(labels: Sequence[Label], pairs: Sequence[Pair], side: int) -> Codes:
    return np.array([labels.index(pair[side].label) for pair in pairs], dtype=np.intp)


def _table(answered: Codes, answering: Codes, size: int) -> Codes:
    return np.bincount(answered * size + answering, minlength=size * size).reshape(size, size)


def _deals(labels: Sequence[Label], pairs: Sequence[Pair]) -> Codes:
    """Return DEALS tables, each with the answering labels shuffled within essays."""
    random = np.random.default_rng(SEED)
    answered, answering = _codes(labels, pairs, 0), _codes(labels, pairs, 1)
    essays = np.unique([reply.comment.essay for _, reply in pairs], return_inverse=True)[1]
    order = np.argsort(essays, kind="stable")
    dealt = (_dealt(answering[order], essays[order], random) for _ in range(DEALS))
    return np.stack([_table(answered[order], one, len(labels)) for one in dealt])


def _dealt(answering: Codes, essays: Codes, random: np.random.Generator) -> Codes:
    """Return the labels shuffled within essays, whose numbers ascend: sorted by essay and, within it, by chance."""
    return answering[np.argsort(essays + random.random(len(essays)))]


def _cell(pair: tuple[Label, Label], observed: int, dealt: Codes | None) -> Exchange:
    if dealt is None:
        return Exchange(*pair, observed)
    expected = float(dealt.mean())
    as_far = np.abs(dealt - expected) >= abs(observed - expected) - 1e-9
    return Exchange(*pair, observed, round(expected, 2), round(float((as_far.sum() + 1) / (len(dealt) + 1)), 3))


def _sentences(debate: Debate, cells: Sequence[Exchange], language: Language) -> tuple[str, ...]:
    names = {stance.key: stance.name for stance in debate.stances}
    rows = ([cell for cell in cells if cell.answered == key and cell.observed] for key in names)
    said = [*(_row_sentence(names, row, len(cells), language) for row in rows), _nothing_found(cells, language)]
    return tuple(sentence for sentence in said if sentence)


def _nothing_found(cells: Sequence[Exchange], language: Language) -> str:
    """Return a sentence where no pair is significant, but none where so many cells never could be."""
    resolved = len(cells) / (DEALS + 1) <= SIGNIFICANT
    found = any(cell.p_value is not None and cell.p_value * len(cells) <= SIGNIFICANT for cell in cells)
    return "" if found or not resolved else language.gettext("No pairing stands out from what chance would give.")


def _row_sentence(names: dict[str, str], row: Sequence[Exchange], tests: int, language: Language) -> str:
    """Return a sentence where one stance gave more than half of at least five replies; compare it only if significant.

    The p-value is multiplied by the number of cells (Bonferroni): with many cells something always looks odd.
    """
    total = sum(cell.observed for cell in row)
    most = max(row, key=lambda cell: cell.observed, default=None)
    if most is None or most.answering not in names or total < ROW_FLOOR or 2 * most.observed <= total:
        return ""
    words = {
        "answered": names[str(most.answered)],
        "answering": names[most.answering],
        "observed": language.number(most.observed),
        "total": language.number(total),
        "expected": language.decimal(most.expected or 0.0, 1),
    }
    beyond_chance = most.p_value is not None and most.p_value * tests <= SIGNIFICANT
    difference = most.observed - (most.expected or 0.0) if beyond_chance else 0.0
    tell = _told_of_one_another if most.answering == most.answered else _told_of_others
    return tell(words, difference, language)


def _told_of_one_another(words: dict[str, str], difference: float, language: Language) -> str:
    if not difference:
        return language.gettext(
            "“%(answered)s” comments are answered mostly by one another (%(observed)s of %(total)s).", **words
        )
    if difference > 0:
        return language.gettext(
            "“%(answered)s” comments are answered mostly by one another (%(observed)s of %(total)s), "
            "more often than chance would have it (%(expected)s).",
            **words,
        )
    return language.gettext(
        "“%(answered)s” comments are answered mostly by one another (%(observed)s of %(total)s), "
        "less often than chance would have it (%(expected)s).",
        **words,
    )


def _told_of_others(words: dict[str, str], difference: float, language: Language) -> str:
    if not difference:
        return language.gettext(
            "“%(answered)s” comments are answered mostly by “%(answering)s” ones (%(observed)s of %(total)s).", **words
        )
    if difference > 0:
        return language.gettext(
            "“%(answered)s” comments are answered mostly by “%(answering)s” ones (%(observed)s of %(total)s), "
            "more often than chance would have it (%(expected)s).",
            **words,
        )
    return language.gettext(
        "“%(answered)s” comments are answered mostly by “%(answering)s” ones (%(observed)s of %(total)s), "
        "less often than chance would have it (%(expected)s).",
        **words,
    )
