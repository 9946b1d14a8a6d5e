"""Evidence in its place: the sentences that carried a tag, marked in the comment's own HTML.

Sentences come from the plain text, marks go into the sanitised HTML. Blanks are left out of the comparison, since the
two differ in nothing else, and each run of text between two tags is wrapped by itself, so that no mark ever crosses
a tag: the HTML stays as well formed as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup, escape

_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_CUT_ENTITY = re.compile(r"&[#\w]*\Z")
_LONGEST_ENTITY = 8

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A comment's HTML with its evidence in `<mark class="evidence">`, and the sentences that were not found in it.

    `id` is that of the first mark, None where nothing was found.
    """

    html: Markup
    unmarked: tuple[str, ...] = ()
    id: str | None = None


def mark_evidence(html: Markup, evidence: Sequence[str], id: str = "evidence") -> MarkedText:
    """Return sanitised HTML with every sentence of the evidence marked; the first mark carries `id`.

    What stands in a block quotation is never marked: it is not the writer's own. O(length of the HTML).
    """
    plain = str(html)  # Of Markup every slice and every word would be Markup again, which takes five times as long.
    runs = tuple(_own_runs(plain))
    texts = ["".join(plain[start:end].replace("&nbsp;", " ").split()) for start, end in runs]
    starts = [0, *accumulate(map(len, texts))]
    joined = "".join(texts)
    found = [_find(joined, sentence) for sentence in evidence]
    spans = _merged(piece for span in found if span for piece in _pieces(plain, runs, tuple(pairwise(starts)), span))
    unmarked = tuple(sentence for sentence, span in zip(evidence, found, strict=True) if not span)
    return MarkedText(_wrapped(plain, spans, id), unmarked, id if spans else None)


def _own_runs(html: str) -> Iterator[Span]:
    """Yield start and end of each run of text between tags, block quotations left out."""
    place, quoted = 0, 0
    for tag in _TAG.finditer(html):
        if tag.start() > place and not quoted:
            yield place, tag.start()
        quoted += html.startswith("<blockquote", tag.start())
        quoted -= html.startswith("</blockquote", tag.start())
        place = tag.end()
    if len(html) > place:
        yield place, len(html)


def _find(joined: str, sentence: str) -> Span | None:
    """Return where a sentence stands in text without blanks, never from the middle of an entity (&amp;)."""
    wanted = _escaped("".join(sentence.split()))
    start = joined.find(wanted) if wanted else -1
    while start >= 0 and _CUT_ENTITY.search(joined, max(0, start - _LONGEST_ENTITY), start):
        start = joined.find(wanted, start + 1)
    return (start, start + len(wanted)) if start >= 0 else None


def _escaped(text: str) -> str:
    """Return text as nh3 writes it between tags: quotation marks stay as they are."""
    return str(escape(text)).replace("&#39;", "'").replace("&#34;", '"')


def _pieces(html: str, runs: Sequence[Span], bounds: Sequence[Span], span: Span) -> Iterator[Span]:
    """Yield the parts of the HTML, one a run, that a span of the text without blanks covers."""
    for (start, end), (first, last) in zip(runs, bounds, strict=True):
        begin, stop = max(span[0], first), min(span[1], last)
        if begin < stop:
            text = html[start:end].replace("&nbsp;", " " * 6)
            yield start + _place(text, begin - first), start + _place(text, stop - first - 1) + 1


def _place(text: str, number: int) -> int:
    """Return the index of a character by its number among those that are not blank."""
    place, missing = 0, number
    while missing and place < len(text):
        passed = text[place : place + missing]
        place += len(passed)
        missing -= len("".join(passed.split()))
    return len(text) - len(text[place:].lstrip())


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _wrapped(html: str, spans: Sequence[Span], id: str) -> Markup:
    parts, place = [], 0
    for number, (start, end) in enumerate(spans):
        own = "" if number else f' id="{escape(id)}"'
        parts += [html[place:start], f'<mark class="evidence"{own}>', html[start:end], "</mark>"]
        place = end
    return Markup("".join((*parts, html[place:])))  # noqa: S704 - sanitised HTML and marks between its tags
