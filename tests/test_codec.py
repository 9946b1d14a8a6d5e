from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

from debate.codec import Codec
from debate.contents import Comment, Debate, Entry, Essay, StanceTag, Thread
from debate.discussions import Discussion
from debate.summaries import summarize
from debate.summaries.values import DebateSummary
from factories import debate
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
DATES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7, minutes=-30))]))
TAGS = st.builds(
    StanceTag,
    st.none() | TEXT,
    st.none() | st.floats(0, 1),
    st.dictionaries(TEXT, st.floats(0, 1)).map(MappingProxyType),
    st.lists(TEXT).map(tuple),
    TEXT,
)
COMMENTS = st.builds(
    Comment, TEXT, TEXT, st.none() | DATES, st.none() | TEXT, html=TEXT.map(Markup), text=TEXT, stance=st.none() | TEXT
)
ENTRIES = st.builds(
    Entry, COMMENTS, st.integers(0, 9), st.none() | TEXT, tag=st.none() | TAGS, machine=st.none() | TAGS
)
THREADS = st.builds(
    Thread, st.builds(Essay, TEXT, TEXT, TEXT, st.none() | DATES), st.lists(ENTRIES, max_size=4).map(tuple)
)


def _through(codec: Codec, kind: type, value: object) -> object:
    return codec.decode(kind, json.loads(json.dumps(codec.encode(value))))


@settings(deadline=None)
@given(THREADS)
def test_a_thread_comes_back_as_it_was(thread: Thread) -> None:
    back = _through(Codec(), Thread, thread)
    assert back == thread
    assert all(type(entry.comment.html) is Markup for entry in back.entries)


@settings(deadline=None)
@given(THREADS, st.booleans(), st.none() | st.just(debate()))
def test_a_discussion_comes_back_with_its_debate_put_in_again(
    thread: Thread, closed: bool, held: Debate | None
) -> None:
    discussion = Discussion(thread, held, None, closed)
    codec = Codec({Debate: held})
    assert "Milk" not in json.dumps(codec.encode(Discussion(Thread(thread.essay), held)))
    assert _through(codec, Discussion, discussion) == discussion


def test_a_summary_comes_back_as_it_was() -> None:
    one = debate()
    entries = [
        Entry(
            Comment(f"c{n}", "cup", datetime(2020, 1, 1 + n % 9), f"P{n % 20}", text="Tea goes in first, always."),
            parent=f"c{n - 1}" if n % 2 else None,
            tag=StanceTag(("milk", "tea", "none", None)[n % 4], 0.7),
        )
        for n in range(60)
    ]
    summary = summarize(one, [Thread(Essay("cup", "The Cup", "cup/", datetime(2020, 1, 1)), tuple(entries))])
    assert summary.key_points.points
    assert summary.exchanges.cells
    assert _through(Codec({Debate: one}), DebateSummary, summary) == summary
