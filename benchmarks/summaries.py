"""Time the summary of a large made-up debate: python benchmarks/summaries.py [COMMENTS] (default 10,000)."""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import datetime, timedelta

from debate.contents import Comment, Debate, Entry, Essay, Stance, StanceTag, Thread
from debate.stance.text import tone
from debate.summaries import summarize

WORDS = 4_000
SENTENCES = 4
LABELS = ("left", "right", "middle", "none", None)


def main() -> None:
    """Summarise and print seconds and megabytes."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    threads = made_up_threads(size)
    tone("a word")  # imports TextBlob, which every build does once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stances = tuple(Stance(key, key.title(), key, "sky") for key in LABELS[:3] if key)
    confusion = {gold: {said: 40 if said == gold else 10 for said in LABELS[:4]} for gold in LABELS[:4]}
    started = time.process_time()
    summary = summarize(Debate("made-up", "Which?", stances, ("left", "right")), threads, confusion=confusion)
    seconds = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{summary.tagged} comments: {seconds:.2f} s of processor time")
    print(f"{after:.0f} MB at most, {after - before:.0f} of them for the summary")


def made_up_threads(size: int, essays: int = 5) -> list[Thread]:
    """Return threads of comments whose words follow Zipf's law, every second one a reply."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices("aeioubcdfghklmnprst", k=chance.randint(2, 10))) for _ in range(WORDS)]
    weights = [1 / rank for rank in range(1, WORDS + 1)]
    threads = []
    for number in range(essays):
        slug = f"essay-{number}"
        entries = [_entry(chance, vocabulary, weights, slug, place) for place in range(size // essays)]
        threads.append(Thread(Essay(slug, slug, slug, datetime(2020, 1, 1)), tuple(entries)))
    return threads


def _entry(chance: random.Random, vocabulary: list[str], weights: list[float], slug: str, place: int) -> Entry:
    sentences = [" ".join(chance.choices(vocabulary, weights, k=chance.randint(5, 20))) for _ in range(SENTENCES)]
    text = " ".join(f"{sentence.capitalize()}." for sentence in sentences)
    parent = f"c{chance.randrange(place)}" if place and place % 2 else None
    date = datetime(2020, 1, 1) + timedelta(hours=place)
    comment = Comment(f"c{place}", slug, date, f"Person {chance.randrange(3_000)}", parent, text=text)
    return Entry(comment, parent=parent, tag=StanceTag(chance.choice(LABELS), 0.7))


if __name__ == "__main__":
    main()
