"""Values and whole sites for tests, made in one line; everything a test does not name has a plain default."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from debate.contents import Comment, Debate, Essay, Stance, Thread
from debate.sanitizing import CommentMarkdown
from debate.threads import build_thread
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent
START = datetime(2020, 1, 1, 12, tzinfo=UTC)

TEA = """
key = "tea"
question = "Milk first?"
opposites = ["milk", "tea"]

[[stances]]
key = "milk"
name = "Milk first"
meaning = "The milk goes in before the tea."
colour = "sky"

[[stances]]
key = "tea"
name = "Tea first"
meaning = "The tea goes in before the milk."
colour = "amber"
"""

SETTINGS = {
    "SITENAME": "Test",
    "SITEURL": "https://example.org",
    "PATH": "content",
    "ARTICLE_PATHS": ["essays"],
    "TIMEZONE": "UTC",
    "THEME": str(ROOT / "theme"),
    "CACHE_PATH": ".cache",
    "PLUGIN_PATHS": [str(ROOT / "plugins")],
    "PLUGINS": ["debate"],
    "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True},
    "ARTICLE_URL": "{slug}/",
    "ARTICLE_SAVE_AS": "{slug}/index.html",
    "FEED_ALL_ATOM": "feeds/essays.atom.xml",
    "FEED_ALL_RSS": "feeds/essays.rss.xml",
    "CATEGORY_FEED_ATOM": None,
    "TRANSLATION_FEED_ATOM": None,
}


def debate(**changes: Any) -> Debate:
    """Return the debate on tea, with some fields changed."""
    stances = (
        Stance("milk", "Milk first", "The milk goes in before the tea.", "sky"),
        Stance("tea", "Tea first", "The tea goes in before the milk.", "amber"),
    )
    fields = {"key": "tea", "question": "Milk first?", "stances": stances, "opposites": ("milk", "tea")}
    return Debate(**(fields | changes))


def comment(id: str, parent: str | None = None, *, day: int = 0, **changes: Any) -> Comment:
    """Return a published comment of the essay "cup", `day` days after the start."""
    fields = {
        "id": id,
        "essay": "cup",
        "date": START + timedelta(days=day),
        "author": id.title(),
        "in_reply_to": parent,
    }
    return Comment(**(fields | {"in_reply_to": parent} | changes))


def thread(comments: Iterable[Comment], **changes: Any) -> Thread:
    """Return the thread of the essay "cup"."""
    return build_thread(Essay(**({"slug": "cup", "title": "The Cup", "url": "cup/"} | changes)), comments)


def safe_html(markdown: str) -> Markup:
    """Return the HTML of a comment."""
    return CommentMarkdown().rendered(markdown).html


def outline(discussion: Thread) -> str:
    """Return a thread as indented text, so that a test shows the tree's shape."""
    return "\n".join(f"{'  ' * entry.depth}{entry.comment.id}" for entry in discussion.entries)


@dataclass(frozen=True, slots=True)
class Built:
    """The outcome of a real Pelican build."""

    code: int
    log: str
    output: Path

    def read(self, path: str) -> str:
        """Return the text of an output file."""
        return (self.output / path).read_text(encoding="utf-8")

    def files(self) -> list[str]:
        """Return the paths of all output files, sorted."""
        return sorted(str(path.relative_to(self.output)) for path in self.output.rglob("*") if path.is_file())

    def everything(self) -> str:
        """Return all text of the output in one string, to look for what must not be there."""
        return "\n".join(self.read(path) for path in self.files() if not path.endswith((".png", ".ico")))


def build(folder: Path, files: Mapping[str, str], *, fatal: str = "errors", **settings: Any) -> Built:
    """Write a site's content files into a folder and build it with the real Pelican in a process of its own."""
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "content").mkdir(exist_ok=True)
    lines = (f"{name} = {value!r}\n" for name, value in (SETTINGS | settings).items())
    (folder / "pelicanconf.py").write_text("".join(lines), encoding="utf-8")
    return pelican(folder, "pelicanconf.py", folder / "output", "--fatal", fatal)


def pelican(folder: Path, settings: str, output: Path, *arguments: str) -> Built:
    """Run the real Pelican in a folder."""
    command = [sys.executable, "-m", "pelican", "content", "-s", settings, "-o", str(output), *arguments]
    wide = os.environ | {"COLUMNS": "2000"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=wide, check=False)
    return Built(done.returncode, done.stdout + done.stderr, output)


def essay_file(title: str = "The Cup", *, date: str | None = "2020-01-01", body: str = "Tea.", **headers: str) -> str:
    """Return the text of an essay's file."""
    fields = {"Title": title, "Date": date, "Author": "Ann"} | {key.replace("_", "-"): v for key, v in headers.items()}
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value) + f"\n{body}\n"


def comment_file(
    body: str = "I agree.", *, author: str | None = "Bob", date: str = "2020-01-02", **headers: str
) -> str:
    """Return the text of a comment's file."""
    fields = {"Author": author, "Date": date} | {key.replace("_", "-"): value for key, value in headers.items()}
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value) + f"\n{body}\n"
