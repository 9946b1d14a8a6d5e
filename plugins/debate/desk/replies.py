"""A mail's text to the reply in it: the filled-in comment file, without quoted mails and signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from ..frontmatter import one_line
from ..reply_links import placeholders
from ..sanitizing import EMAIL_PLACEHOLDER, safe_website, scrub

LONGEST_TEXT = 50_000
LONGEST_AUTHOR = 80
"""Characters; above that a text is no comment and a name no name."""

_LONGEST_MARK = 300

_FIELD = re.compile(r"\s*(?P<name>Essay|In-Reply-To|Author|Website):[ \t]*(?P<value>.*)", re.IGNORECASE)
_OTHER_FIELD = re.compile(r"\s*[A-Za-z][A-Za-z-]{0,40}:(?:[ \t].*)?")
_TOKEN = re.compile(r"\[essay (?P<essay>[^\s,\]]+)(?:, comment (?P<comment>[^\s,\]]+))?\]")
_SIGNATURE = re.compile(r"--\s?")
_PROGRAM = re.compile(r"(sent from my|sent from mail|get outlook for|von meinem .* gesendet|envoyé de mon)\b.*", re.I)
_WROTE = re.compile(
    r"(on\b.*\bwrote|am\b.*\bschrieb\b.*|le\b.*\ba écrit|el\b.*\bescribió|il\b.*\bha scritto|op\b.*\bschreef\b.*)\s*:",
    re.IGNORECASE,
)
_WROTE_LINES = 3
_FORWARDED = re.compile(r"-{2,}\s*(original message|ursprüngliche nachricht|message d'origine)\s*-{2,}|_{20,}", re.I)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reader sent in: the essay and comment as they name them, unchecked, and a text without addresses."""

    essay: str
    in_reply_to: str | None
    author: str | None
    website: str | None
    text: str


def find_reply(subject: str, text: str) -> Reply | None:
    """Return the reply in a mail, None where neither text nor subject names an essay.

    Whatever stands above the head belongs to the text. Only four headers are taken from it, the others are
    left out: a sender cannot publish or tag a comment. Every e-mail address is taken out of name and text.
    """
    lines = without_quotes(text.splitlines())
    start = next((index for index, line in enumerate(lines) if _named(line) == "essay"), None)
    if start is None:
        token = _TOKEN.search(subject)
        fields, body = ({"essay": token["essay"], "in-reply-to": token["comment"] or ""}, lines) if token else ({}, [])
    else:
        fields, end = _head(lines, start)
        body = [*lines[:start], "", *lines[end:]]
    if not fields.get("essay"):
        return None
    return Reply(
        essay=fields["essay"],
        in_reply_to=fields.get("in-reply-to") or None,
        author=_author(fields.get("author", "")),
        website=_website(fields.get("website", "")),
        text=_text(body),
    )


def without_quotes(lines: Sequence[str]) -> list[str]:
    """Return the lines without signature, quoted mails and the lines that introduce them.

    A quotation that the writer goes on to answer is kept, for people quote in comments, too; one that an "On ...
    wrote:" introduces or that ends the mail is cut.
    """
    kept = list(lines[: _end(lines)])
    while (attribution := _attribution(kept)) is not None:
        first, after = attribution
        quoted = next(
            (n for n in range(after, len(kept)) if kept[n].strip() and not kept[n].startswith(">")), len(kept)
        )
        del kept[first : max(after, quoted)]
    return _without_last_quote(kept)


def _end(lines: Sequence[str]) -> int:
    """Return where the signature or a forwarded mail begins."""
    stops = (_SIGNATURE, _PROGRAM, _FORWARDED)
    marks = ((n, line.strip()) for n, line in enumerate(lines) if len(line) <= _LONGEST_MARK)
    return next((n for n, mark in marks if any(stop.fullmatch(mark) for stop in stops)), len(lines))


def _attribution(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the first line of an "On ... wrote:" and the one after it; mail programs break it over up to three."""
    for first, line in enumerate(lines):
        if not re.match(r"(on|am|le|el|il|op)\b", line, re.IGNORECASE):
            continue
        for count in range(1, _WROTE_LINES + 1):
            words = " ".join(lines[first : first + count]).rstrip()
            if len(words) <= _LONGEST_MARK and _WROTE.fullmatch(words):
                return first, first + count
    return None


def _without_last_quote(lines: list[str]) -> list[str]:
    while lines and (not lines[-1].strip() or lines[-1].startswith(">")):
        lines.pop()
    return lines


def _named(line: str) -> str:
    match = _FIELD.fullmatch(line)
    return match["name"].lower() if match else ""


def _head(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """Return the fields from a line on and where they end.

    Empty lines between the fields come from HTML mails. A field of another name is skipped up to the first empty line;
    from there on it is the reader's own words.
    """
    fields: dict[str, str] = {}
    end, in_block = start, True
    for number in range(start, len(lines)):
        line = lines[number]
        match = _FIELD.fullmatch(line)
        if match:
            fields.setdefault(match["name"].lower(), match["value"].strip())
        elif line.strip() and not (in_block and _OTHER_FIELD.fullmatch(line)):
            break
        in_block = in_block and bool(line.strip())
        end = number + 1 if line.strip() else end
    return fields, end


def _author(value: str) -> str | None:
    name = re.sub(r"[<(\[]?\s*" + re.escape(EMAIL_PLACEHOLDER) + r"\s*[>)\]]?", "", scrub(one_line(value)))
    return one_line(name)[:LONGEST_AUTHOR].strip(" \"'<>") or None


def _website(value: str) -> str | None:
    website = safe_website(value.strip())
    return website if website and scrub(website) == website else None


def _text(lines: Sequence[str]) -> str:
    said = reduce(lambda text, words: text.replace(words, ""), placeholders(), "\n".join(lines))
    text = re.sub(r"\n{3,}", "\n\n", said).strip()
    # What is too long is refused by the inbox anyway; searching it for addresses would take minutes.
    return scrub(text) if len(text) <= LONGEST_TEXT else text
