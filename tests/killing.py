"""Work that can be killed: what it starts from, the command that does it, and what may lie there after a kill."""

from __future__ import annotations

import mailbox
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from types import MappingProxyType

from debate.frontmatter import join
from factories import ROOT, SETTINGS, essay_file
from importers.test_wordpress import comment, export, item

SLUGS = ("cup", "pot", "jug")
DEBATE = ROOT / "content/debates/networking.toml"
_WORDS = ("Online friends are real friends, I say.", "Only meeting in person counts.", "Both count; it is a spectrum.")


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: `prepare` fills a folder, `code` works in it, `earliest` is the first moment worth a kill."""

    prepare: Callable[[Path], None]
    code: str
    earliest: float = 0.3

    def command(self, folder: Path) -> list[str]:
        """Return the command that does the work in a folder."""
        paths = [str(ROOT / "plugins"), str(ROOT / "tests")]
        head = f"import sys; sys.path[:0] = {paths!r}; from pathlib import Path; folder = Path({str(folder)!r}); "
        return [sys.executable, "-c", head + self.code]


def prepare(work: Work, folder: Path) -> None:
    """Make the folder that the work starts from."""
    for slug in SLUGS:
        _write(folder / f"content/essays/{slug}.md", essay_file(slug, Slug=slug, Debate="networking"))
    _write(folder / "content/debates/networking.toml", DEBATE.read_text(encoding="utf-8"))
    work.prepare(folder)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but the cache, which may differ and which nobody reads but the next build."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def damage(start: Mapping[str, bytes], left: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    """Return what a kill must not leave: a file gone that should be there, or one that is neither old nor new."""
    lost = [f"{path} is lost" for path in start if path not in left and path in expected]
    half = [
        f"{path} is half-written"
        for path, data in left.items()
        if data not in (start.get(path), expected.get(path)) and not path.endswith(".part")
    ]
    return lost + half


def typed(folder: Path) -> None:
    """Moderate: publish what has an even number, delete the rest, as a person would key by key."""
    from debate.desk.moderate import moderate_command
    from debate.desk.terminal import Terminal

    shown: list[str] = []

    def key() -> str:
        number = next(int(text.split("/n-")[1].split()[0]) for text in reversed(shown) if "/n-" in text)
        return "" if "That was the last one" in shown[-1] else "p" if number % 2 == 0 else "d"

    moderate_command(folder / "content", terminal=Terminal(key, shown.append, 80))


def reviewed(folder: Path) -> None:
    """Review: call every comment a spectrum, as a person would key by key."""
    from debate.desk.review import review_command
    from debate.desk.terminal import Terminal

    keys = iter("c2" * 10_000)
    shown: list[str] = []

    def key() -> str:
        return "" if shown and "That was the last one" in shown[-1] else next(keys)

    review_command(folder / "content", folder / ".cache", terminal=Terminal(key, shown.append, 80))


def _import(folder: Path) -> None:
    posts = (
        item(
            *(comment(number * 100 + k, parent=number * 100 + k - 1 if k > 1 else 0) for k in range(1, 61)),
            number=number,
            slug=f"s-{number}",
        )
        for number in range(1, 13)
    )
    _write(folder / "export.xml", export(*posts))


def _comments(folder: Path, **more: str) -> None:
    for number in range(60):
        pairs = [("Author", "Bo"), ("Date", f"2020-01-01T10:{number:02}:00"), *more.items()]
        parent = [("In-Reply-To", f"n-{number - 9}")] if number > 8 else []
        path = folder / f"content/comments/{SLUGS[number % 3]}/n-{number}.md"
        _write(path, join([*pairs, *parent], _WORDS[number // 3 % 3]))


def _pending(folder: Path) -> None:
    _comments(folder, Status="pending")


def _mails(folder: Path) -> None:
    box = mailbox.mbox(folder / "mails")
    for number in range(250):
        message = EmailMessage()
        message["Message-ID"] = f"<{number}@mail.example.org>"
        message["Date"] = "Fri, 02 Jan 2026 10:00:00 +0100"
        message.set_content(f"Essay: {SLUGS[number % 3]}\nAuthor: Bo\n\nMilk first, {number} times.\n")
        box.add(message)
    box.close()


def _site(folder: Path) -> None:
    _comments(folder)
    values = SETTINGS | {"PATH": str(folder / "content"), "CACHE_PATH": str(folder / ".cache")}
    _write(folder / "pelicanconf.py", "".join(f"{name} = {value!r}\n" for name, value in values.items()))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_PELICAN = "from pelican import main; main([str(folder / 'content'), '-s', str(folder / 'pelicanconf.py'), '-o', "
WORKS: Mapping[str, Work] = MappingProxyType(
    {
        "build": Work(_site, f"{_PELICAN}str(folder / 'output')])", 0.2),
        "import": Work(_import, "from debate.importers import import_file; "
                       "import_file(folder / 'export.xml', folder / 'content', debate='networking')"),
        "review": Work(_comments, "from killing import reviewed; reviewed(folder)", 0.5),
        "moderate": Work(_pending, "from killing import typed; typed(folder)", 0.5),
        "inbox": Work(_mails, "from debate.desk.inbox import read_inbox; from debate.settings import DebateSettings; "
                      "read_inbox(folder / 'mails', folder / 'content', DebateSettings())"),
    }
)  # fmt: skip
