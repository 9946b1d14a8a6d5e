"""A made-up site of any size: essays and comments in the words of the shipped ones, seeded, so always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 1_964
FIRST_DAY = datetime(2010, 1, 1, 9, tzinfo=UTC)
REPLIES = 0.45
"""The part of the comments that answer another one; half of these answer one of the last five."""
LABELLED = 0.05
"""The part of the comments whose stance a person has set."""
STANCES = ("online", "spectrum", "face-to-face", "none")


@dataclass(frozen=True, slots=True)
class Words:
    """A Markov chain of order two over words: `after` maps two words to all words that follow them in the model."""

    after: dict[tuple[str, str], list[str]]
    starts: list[tuple[str, str]]

    def sentence(self, chance: random.Random) -> str:
        """Return one made-up sentence of at most 60 words."""
        words = list(chance.choice(self.starts))
        while len(words) < 60 and not words[-1].endswith((".", "!", "?")):
            words.append(chance.choice(self.after[words[-2], words[-1]]))
        return " ".join(words)

    def paragraph(self, chance: random.Random, sentences: int) -> str:
        """Return a paragraph of so many sentences."""
        return " ".join(self.sentence(chance) for _ in range(sentences))


def words_of(content: Path) -> Words:
    """Return the word model of a content folder's essays and comments."""
    after: dict[tuple[str, str], list[str]] = {}
    starts = []
    for path in [*sorted(content.glob("essays/*.md")), *sorted(content.glob("comments/*/*.md"))]:
        body = path.read_text(encoding="utf-8").split("\n\n", 1)[-1]
        for sentence in _sentences(body.split()):
            starts.append((sentence[0], sentence[1]))
            for first, second, third in zip(sentence, sentence[1:], sentence[2:], strict=False):
                after.setdefault((first, second), []).append(third)
    return Words(after, starts)


def _sentences(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the plain sentences, words only: what Markdown means by other signs would leave its place."""
    sentence: list[str] = []
    for word in words:
        sentence.append(word)
        if word.endswith((".", "!", "?")):
            if len(sentence) > 2 and all(not set(part) & set("*_`[]<>#|\\") for part in sentence):
                yield sentence
            sentence = []


def write_site(folder: Path, shipped: Path, essays: int, comments: int) -> None:
    """Write `content/` with a debate, so many essays, and so many comments under them, spread evenly."""
    words = words_of(shipped)
    debate = (shipped / "debates" / "networking.toml").read_text(encoding="utf-8")
    write_text(folder / "content" / "debates" / "networking.toml", debate)
    for number in range(essays):
        chance = random.Random(SEED + number)
        slug = f"essay-{number:05}"
        day = FIRST_DAY + timedelta(days=3 * number)
        write_text(folder / "content" / "essays" / f"{slug}.md", _essay(words, chance, slug, day))
        size = comments * (number + 1) // essays - comments * number // essays
        write_comments(folder, words, chance, slug, day, size)


def write_comments(folder: Path, words: Words, chance: random.Random, slug: str, day: datetime, size: int) -> None:
    """Write the comments of one essay, a reply tree in which threads of any depth occur."""
    for place in range(size):
        date = day + timedelta(minutes=37 * place)
        parent = _parent(chance, place)
        write_text(folder / "content" / "comments" / slug / f"c{place}.md", comment(words, chance, date, parent))


def comment(words: Words, chance: random.Random, date: datetime, parent: str | None) -> str:
    """Return the file of one comment."""
    head = [f"Author: Person {int(chance.expovariate(1 / 400))}", f"Date: {date.isoformat()}"]
    head += [f"In-Reply-To: {parent}"] if parent else []
    head += [f"Stance: {chance.choice(STANCES)}", "Stance-By: editor"] if chance.random() < LABELLED else []
    paragraphs = [words.paragraph(chance, chance.randint(1, 4)) for _ in range(chance.choice((1, 1, 2)))]
    return "\n".join(head) + "\n\n" + "\n\n".join(_dressed(chance, text) for text in paragraphs) + "\n"


def _dressed(chance: random.Random, text: str) -> str:
    """Return the paragraph with some of the Markdown people write: emphasis, a link, a quotation, a list."""
    first, _, rest = text.partition(" ")
    dress = chance.choices(("", "emphasis", "link", "quote", "list"), (70, 12, 6, 8, 4))[0]
    forms = {
        "emphasis": f"*{first}* {rest}",
        "link": f"[{first}](https://example.org/{len(rest)}) {rest}",
        "quote": f"> {text}\n\n{first}, indeed.",
        "list": f"- {text}\n- {first}, again.",
    }
    return forms.get(dress, text)


def _parent(chance: random.Random, place: int) -> str | None:
    if not place or chance.random() > REPLIES:
        return None
    return f"c{chance.randrange(max(0, place - 5), place) if chance.random() < 0.5 else chance.randrange(place)}"


def _essay(words: Words, chance: random.Random, slug: str, day: datetime) -> str:
    paragraphs = [words.paragraph(chance, chance.randint(3, 8)) for _ in range(9)]
    title = words.sentence(chance).split()[:6]
    head = f"Title: {' '.join(title)}\nDate: {day.isoformat()}\nAuthor: Writer\nTags: one, two\nSlug: {slug}\n"
    return f"{head}\n{paragraphs[0]}\n\n## {' '.join(title[:3])}\n\n" + "\n\n".join(paragraphs[1:]) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
