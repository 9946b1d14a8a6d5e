"""The one writer: items of any source to essay and comment files, each written whole, none ever overwritten.

A file that is there stays as it is (it may carry a stance, a correction or a moderator's decision), so a second run
changes nothing and a run after a killed one writes what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from ..frontmatter import amend, join, one_line, split
from ..leftovers import sweep
from .disk import Disk
from .essays import Essays
from .fitting import NO_DEBATE, DebateOf
from .names import folded, marked, safe_slug, without_tags
from .report import Tally
from .threads import Thread
from .values import PENDING, PUBLISHED, Closed, ImportedComment, Item, Media, Notice, Post, Skipped, Target

LONGEST_COMMENT = 100_000
"""Characters of a comment; the systems it comes from allow 65,535 bytes at most, and pages must stay readable."""

OWN_PAGES = frozenset({"archive", "search", "debate"})
"""Slugs of the pages that a site makes by itself (pelicanconf.py): a page with one of them would stop the build."""

NO_ESSAY = "comments without an essay"


@dataclass(slots=True)
class Place:
    """Where the comments of one post go: the folder of its essay, and the thread so far.

    `names` maps ids as a file system may compare them to the ids that came; `renamed` the others to what they became.
    """

    folder: Path
    thread: Thread = field(default_factory=Thread)
    names: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def apart(self, comment: ImportedComment) -> ImportedComment:
        """Return the comment under an id that no file system takes for that of another one."""
        if self.names.setdefault(folded(comment.id), comment.id) != comment.id:
            self.renamed[comment.id] = marked(comment.id)
        if not self.renamed:
            return comment
        parent = comment.parent and self.renamed.get(comment.parent, comment.parent)
        return replace(comment, id=self.renamed.get(comment.id, comment.id), parent=parent)


class Writer:
    """Write items below `into` as they come; `close` settles the threads that are still open.

    `debate_of` gives the essays' `Debate:` line, `pending` keeps comments that wait for moderation. In a dry run
    everything is counted and nothing is written. What must be read again is mended in `close`, when all is on the disk.
    """

    def __init__(
        self, into: Path, tally: Tally, disk: Disk, *, debate_of: DebateOf, dry_run: bool, pending: bool
    ) -> None:
        self._into, self._tally, self._disk = into, tally, disk
        self._debate_of, self._dry_run, self._pending = debate_of, dry_run, pending
        self._places: dict[str, Place] = {}
        self._slugs: dict[str, str] = {}
        self._posts: set[str] = set()
        self._unmatched: dict[str, str] = {}
        self._essays: Essays | None = None
        self._damaged = False
        self._orphans: list[Path] = []
        self._folders = {into / "essays", into / "pages"}

    def take(self, item: Item) -> None:
        """Write or count one item."""
        match item:
            case ImportedComment():
                self._comment(item)
            case Post():
                self._post(item)
            case Target():
                self._target(item)
            case Closed(key):
                self._close(key)
            case Skipped(reason):
                self._tally.skipped[reason] += 1
            case Media(url):
                self._tally.found_media(url)
            case Notice(text, line, damage):
                self._damaged |= damage
                self._tally.warn(text, line)

    def close(self) -> None:
        """Settle every thread that is still open."""
        for key in list(self._places):
            self._close(key)
        self._disk.settle()
        for path in self._orphans:
            self._promote(path)
        self._disk.settle()
        for folder in sorted(self._folders):
            self._sweep(folder)

    def _post(self, post: Post) -> None:
        if post.key in self._posts:
            self._tally.skipped["posts given twice"] += 1
            return
        self._posts.add(post.key)
        slug = self._free_slug(post)
        self._places[post.key] = Place(self._into / "comments" / slug)
        path = self._into / ("pages" if post.kind == "page" else "essays") / f"{slug}.md"
        if self._disk.exists(path):
            self._tally.counts["posts_kept_before"] += 1
            return
        self._tally.counts["pages" if post.kind == "page" else "essays"] += 1
        self._tally.counts["drafts"] += post.draft
        debate = self._debate_of(f"{post.title}\n{post.body}") if post.kind == "essay" else None
        self._write(path, join(_essay_head(post, slug, debate), post.body))

    def _free_slug(self, post: Post) -> str:
        """Return the post's slug, numbered where another post of this file or the site itself has it already."""
        wanted = safe_slug(post.slug, post.title) or safe_slug(f"post-{post.key}", "post")
        slug, number = wanted, 1
        taken = OWN_PAGES if post.kind == "page" else frozenset()
        while folded(slug) in self._slugs or folded(slug) in taken:
            number += 1
            slug = f"{wanted}-{number}"
        self._slugs[folded(slug)] = post.key
        if slug != wanted:
            self._tally.warn(f'the slug "{wanted}" is taken, this one becomes "{slug}"', post.line)
        return slug

    def _target(self, target: Target) -> None:
        if self._essays is None:
            self._disk.settle()
            self._essays = Essays(self._into)
        slug = self._essays.find(target.candidates)
        if slug is None:
            self._unmatched[target.key] = one_line(target.name)[:200]
            self._tally.unmatched.setdefault(self._unmatched[target.key], 0)
            return
        # Threads of the same article (http and https, a preview host) share one place, so replies may cross.
        first = self._slugs.setdefault(folded(slug), target.key)
        self._places[target.key] = self._places.get(first) or Place(self._into / "comments" / slug)

    def _comment(self, comment: ImportedComment) -> None:
        place = self._places.get(comment.essay)
        if place is None:
            self._lost(comment)
            return
        comment = place.apart(comment)
        if place.thread.has(comment.id):
            self._tally.skipped["comments given twice"] += 1
        elif comment.state == PUBLISHED or (comment.state == PENDING and self._pending):
            place.thread.keep(comment)
            self._keep(place, comment)
        else:
            self._tally.skipped[comment.state] += 1
            place.thread.leave_out(comment)

    def _keep(self, place: Place, comment: ImportedComment) -> None:
        path = place.folder / f"{comment.id}.md"
        if self._disk.exists(path):
            self._tally.counts["comments_kept_before"] += 1
            return
        self._tally.counts["pending" if comment.state == PENDING else "comments"] += 1
        if len(comment.body) > LONGEST_COMMENT:
            text = f"comment {comment.id} is longer than {LONGEST_COMMENT} characters and was cut"
            self._tally.warn(text, comment.line)
        self._write(path, join(_comment_head(comment), comment.body[:LONGEST_COMMENT]))

    def _lost(self, comment: ImportedComment) -> None:
        self._tally.skipped[NO_ESSAY] += 1
        if name := self._unmatched.get(comment.essay):
            self._tally.unmatched[name] += 1

    def _close(self, key: str) -> None:
        """Give removed parents their places, make orphans roots, measure the depth."""
        place = self._places.pop(key, None)
        if place is None or not (place.thread.parents or place.thread.left_out):
            return
        self._folders.add(place.folder)
        settled = place.thread.settle(lambda name: self._disk.exists(place.folder / f"{name}.md"))
        self._tally.depth = max(self._tally.depth, settled.depth)
        for stone in settled.tombstones:
            self._tombstone(place.folder / f"{stone.id}.md", stone)
        # Behind damage a missing parent may come with a whole copy of the file: its replies keep pointing at it.
        for name, reason in () if self._damaged else settled.promoted.items():
            self._tally.warn(f"comment {name} {reason}: it stands as a root")
            self._orphans.append(place.folder / f"{name}.md")
        place.thread = Thread()

    def _tombstone(self, path: Path, stone: ImportedComment) -> None:
        self._tally.counts["tombstones"] += 1
        if not self._disk.exists(path):
            date = stone.date.isoformat() if stone.date else None
            self._write(path, join((("Date", date), ("In-Reply-To", stone.parent), ("Status", "deleted")), ""))

    def _promote(self, path: Path) -> None:
        """Take the parent that is not there out of a comment's head, so that no build has to warn of it again."""
        if self._dry_run:
            return
        text = path.read_text(encoding="utf-8")
        amended = amend(text, {"In-Reply-To": None})
        if not split(amended)[0]:
            amended = join((("Status", PUBLISHED),), amended)
        if amended != text:
            self._disk.write(path, amended)

    def _sweep(self, folder: Path) -> None:
        """Remove what a killed run left beside the files it was writing."""
        if not self._dry_run:
            sweep(folder)

    def _write(self, path: Path, text: str) -> None:
        if not self._dry_run:
            self._disk.write(path, text)


def _essay_head(post: Post, slug: str, debate: str | None) -> tuple[tuple[str, str | None], ...]:
    return (
        ("Title", without_tags(post.title) or slug),
        ("Date", post.date.isoformat() if post.date else None),
        ("Author", without_tags(post.author)),
        ("Slug", slug),
        ("Category", without_tags(post.category) if post.kind == "essay" else None),
        ("Tags", without_tags(_list(post.tags))),
        ("Status", "draft" if post.draft else None),
        # By this line the build knows an essay that has no date from a file that is none.
        ("Debate", debate or (None if post.date or post.kind == "page" else NO_DEBATE)),
    )


def _comment_head(comment: ImportedComment) -> tuple[tuple[str, str | None], ...]:
    head = (
        ("Author", comment.author),
        ("Date", comment.date.isoformat() if comment.date else None),
        ("In-Reply-To", comment.parent),
        ("Website", comment.website),
        ("Status", comment.state if comment.state != PUBLISHED else None),
    )
    # A comment file needs a head; where the source gives nothing, its status is the one thing known.
    return head if any(value for _, value in head) else (("Status", PUBLISHED),)


def _list(tags: tuple[str, ...]) -> str | None:
    """Return tags as Pelican reads them: commas between, semicolons where a tag has a comma in it."""
    return ("; " if any("," in tag for tag in tags) else ", ").join(tag.replace(";", ",") for tag in tags) or None
