"""Properties that hold for any input: examples found by Hypothesis, the same ones on every machine.

Exactness of a comment's text: every character is kept but for line ends (CRLF and CR become LF), runs of spaces inside
a line, spaces around lines, more than one empty line in a row, control characters, and e-mail addresses.
"""

from __future__ import annotations

import random
import re
import string
from pathlib import Path

import pytest
from debate.contents import Essay
from debate.desk.replies import find_reply
from debate.errors import DebateError
from debate.frontmatter import amend, join, one_line, split
from debate.importers.conversion import markdown_of_html
from debate.importers.escaping import plain
from debate.readers import read_comment
from debate.reply_links import reply_file
from debate.sanitizing import plain_text, safe_name, safe_website
from debate.settings import DebateSettings
from debate.threads import build_thread
from factories import comment, safe_html
from fuzz.mutation import WORDS, mutated, repacked
from fuzz.seeds import seeds
from fuzz.targets import TARGETS
from harmless import faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MANY = settings(
    derandomize=True, max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
FEW = settings(MANY, max_examples=40)
PIECES = st.one_of(
    st.sampled_from([word.decode("utf-8", "replace") for word in WORDS]),
    st.text(max_size=12),
    st.sampled_from(string.punctuation + " \n\t"),
)
HOSTILE = st.lists(PIECES, max_size=25).map("".join)
LETTERS = st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="@\xa0")
LINES = st.text(LETTERS, min_size=1, max_size=60).map(lambda text: " ".join(text.split()))
PARAGRAPHS = st.lists(st.lists(LINES.filter(bool), min_size=1, max_size=3).map("\n".join), min_size=1, max_size=4)


@MANY
@given(HOSTILE)
def test_no_text_becomes_html_that_acts(text: str) -> None:
    html = safe_html(text)
    assert faults(html) == []
    assert faults(safe_html(str(html))) == []


@MANY
@given(HOSTILE)
def test_no_imported_html_becomes_a_comment_that_acts(text: str) -> None:
    assert faults(safe_html(markdown_of_html(text).markdown)) == []


@MANY
@given(HOSTILE)
def test_no_name_and_no_address_breaks_out_of_its_line(text: str) -> None:
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", safe_name(text))
    website = safe_website(text)
    assert website is None or (
        re.match(r"https?://[^/]", website, re.IGNORECASE) and not re.search(r"[\s\"'<>\\]", website)
    )


@MANY
@given(st.dictionaries(st.sampled_from(["Author", "Date", "Website", "X-Y"]), HOSTILE, min_size=1), HOSTILE)
def test_a_comment_file_is_read_as_it_was_written(headers: dict[str, str], body: str) -> None:
    written = {name: one_line(value) for name, value in headers.items() if one_line(value)}
    read, text = split(join(headers, body))
    if written:
        assert {header.name: header.value for header in read} == written
        assert text == "\n".join(body.strip().replace("\r\n", "\n").split("\n"))


@MANY
@given(HOSTILE, st.sampled_from(["Status", "Stance"]), st.one_of(st.none(), LINES))
def test_changing_a_header_leaves_every_other_byte(body: str, name: str, value: str | None) -> None:
    before = f"Author: Bo\nStatus: pending\n\n{body}"
    after = amend(before, {name: value})
    assert after.endswith(f"\n\n{body}")
    assert amend(after, {name: value}) == after
    assert ("Status: pending\n" in after) == (name != "Status" or one_line(value) == "pending")


@MANY
@given(PARAGRAPHS)
def test_plain_text_survives_being_written_and_read_again_exactly(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    unquoted = re.sub(r"^>", "›", text, flags=re.MULTILINE)  # a ">" that opens a line is a quotation
    assert plain_text(safe_html(plain(unquoted))) == unquoted


@FEW
@given(PARAGRAPHS)
def test_a_reply_by_mail_arrives_word_for_word(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"I say {paragraph}" for paragraph in paragraphs)
    reply = find_reply("", reply_file("cup", "c1", author="Bo", text=text))
    assert reply is not None
    assert (reply.essay, reply.in_reply_to, reply.author, reply.text) == ("cup", "c1", "Bo", text)


@FEW
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 40))), max_size=40, unique_by=lambda t: t[0]
    )
)
def test_no_web_of_replies_loses_a_comment_or_runs_in_a_ring(pairs: list[tuple[int, int | None]]) -> None:
    comments = [comment(f"c{id}", None if parent is None else f"c{parent}") for id, parent in pairs]
    thread = build_thread(Essay(slug="cup", title="", url=""), comments)
    assert sorted(entry.comment.id for entry in thread) == sorted(each.id for each in comments)
    seen: set[str] = set()
    for entry in thread:
        assert entry.parent is None or entry.parent in seen
        seen.add(entry.comment.id)


@FEW
@given(st.dictionaries(st.sampled_from(["DEBATE_PATH", "DEBATE_URL", "DEBATE_RECENT_COMMENTS", "DEBATE_X"]), HOSTILE))
def test_no_setting_does_more_than_be_refused(values: dict[str, str]) -> None:
    try:
        DebateSettings.read(values)
    except DebateError as error:
        assert error.where
        assert error.remedy


@FEW
@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader_of_comments(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("c") / "c1.md"
    path.write_bytes(data)
    try:
        assert faults(read_comment(path, None).html) == []
    except DebateError as error:
        assert "c1.md" in error.message


@pytest.mark.parametrize("kind", TARGETS)
def test_damaged_samples_crash_nothing_and_harm_nobody(tmp_path: Path, kind: str) -> None:
    chance = random.Random(f"tests {kind}")
    samples = seeds()
    for number in range(12):
        sample = samples[kind if kind != "auto" else "disqus"]
        damage = repacked if sample[:2] == b"PK" and number % 2 else mutated
        TARGETS[kind](damage(sample, list(samples.values()), chance)[:40_000], tmp_path / str(number))
