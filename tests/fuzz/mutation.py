"""Damage that real files take and that enemies do: bytes and pieces moved, and words that mean something to parsers."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Sequence

WORDS: Sequence[bytes] = tuple(
    word.encode("utf-8", "surrogatepass") if isinstance(word, str) else word
    for word in (
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)",
        "[x](javascript:alert(1))", "[x](data:text/html,<script>1</script>)", "<style>*{x:y}</style>", "<form>", "]]>",
        "<![CDATA[", "<!--", "-->", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#x10ffff;", "&lt;script&gt;",
        "&amp;lt;", "<a href='", '" onmouseover="x()', "' style='x:y", "<p", "</", ">", "<", "&", '"', "'", "\\", "`",
        "[", "](", "![", "[[", "> ", "> > > > ", "- ", "1. ", "***", "___", "~~~", "```", "    ", "\t", "\r", "\n\n", "\r\n",
        "\x00", "\x02", "\x03", "\x02klzzwxh:0\x03", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u200b", "\u202e",
        "\ufeff", "\ufffe", "\U0001f600", "\u0130", "\u1e9e", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\xaf",
        "../", "..\\", "/etc/passwd", "C:\\", "con", "NUL.md", "\uff0e\uff0e\uff0f", "%2e%2e%2f", "%00", "~", ":", "a" * 300,
        "0", "-1", "1e999", "NaN", "99999999999999999999", "1970-01-01", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00",
        "Status: published", "Status: pending", "Stance: tea", "Stance-By: editor", "Author:", "In-Reply-To: c1", "\n---\n",
        "null", "true", "[]", "{}", '{"a":', "[[[[[[[[", "{{ SITEURL }}", "{% raw %}", "{static}/x", "mailto:x@example.org",
        "x@example.org", "x&#64;example.org", "From x@example.org\n", "Essay: cup", "Essay: ../x", "boundary=", "--b",
        "=?utf-8?q?=3Cscript=3E?=", "Content-Type: text/html", "Content-Transfer-Encoding: base64", "charset=utf-7", "PK\x03\x04",
    )
)  # fmt: skip
_TOKENS = re.compile(rb"<[^<>]{0,80}>|[\w.-]+|\s+|.", re.DOTALL)
LONGEST = 200_000


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the data with one to eight changes; the same state of `chance` gives the same bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        data = chance.choice(_CHANGES)(data, others, chance)[:LONGEST]
    return data


def repacked(archive: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a zip archive with one member damaged inside: damage to the whole file seldom gets past its checksums."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = mutated(parts[name], others, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for each, data in parts.items():
            new.writestr(zipfile.ZipInfo(each), data)
    return target.getvalue()


def _place(data: bytes, chance: random.Random) -> int:
    """Return a place at the edge of a word or tag three times in four, else anywhere."""
    if chance.random() < 0.25 or len(data) > 50_000:
        return chance.randint(0, len(data))
    edges = [match.start() for match in _TOKENS.finditer(data)]
    return chance.choice(edges) if edges else 0


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    first, second = _place(data, chance), _place(data, chance)
    start, end = min(first, second), max(first, second)
    return start, min(end, start + chance.choice((1, 4, 20, 100, 1000, LONGEST)))


def _insert(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(WORDS) + data[at:]


def _replace(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.choice(WORDS) + data[end:]


def _delete(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 10, 100)) + data[end:]


def _flood(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    """Insert one or two words thousands of times: what takes the square of a length shows itself."""
    at, words = _place(data, chance), chance.choices(WORDS, k=chance.choice((1, 1, 2, 3)))
    return data[:at] + b"".join(words) * (chance.choice((100, 3000, 20_000)) // len(words)) + data[at:]


def _flip(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other, at = chance.choice(others), _place(data, chance)
    start, end = _span(other, chance)
    return data[:at] + other[start:end] + data[at:]


_CHANGES = (_insert, _insert, _insert, _replace, _replace, _delete, _repeat, _flood, _flip, _cut, _splice)
