"""The only door to Pelican: its essays and settings come in, pages, feeds and exports go out."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican.contents import Article
from pelican.generators import Generator
from pelican.log import console

from . import charts
from .avatars import avatar
from .cache import Cache, code_digest, digest_of
from .card_files import placed_cards, write_cards
from .contents import Entry, Thread
from .debates import read_debates
from .discussions import DebateState, discuss, prepare
from .errors import SettingError
from .exports import DebateData
from .feed_files import (
    KINDS,
    comments_of,
    digest_of_all,
    feed_files,
    replies_of,
    site_feed,
    site_of,
    stance_feed,
    surest,
    thread_feed,
)
from .feeds import newest, newest_first
from .fingerprints import fingerprints_of
from .fragments import Keeper
from .given import reply_links_of, settings_text, structured_data, topic_of
from .hooks import language_of
from .layout import lay_out, marked_text
from .leftovers import sweep
from .memory import collect_rarely
from .outputs import Outputs, output_path, write_changed
from .readers import CommentFolders
from .reading_time import reading_minutes
from .search import indexer_installed, keep_records
from .settings import DebateSettings
from .site_files import site_files
from .stylesheets import flatten, reader
from .tagging import corrections
from .theme_files import static_path

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
CHARTS = MappingProxyType(
    {
        "stances": charts.stance_chart,
        "key_points": charts.key_point_chart,
        "replies": charts.reply_chart,
        "timeline": charts.timeline_chart,
        "tone": charts.tone_chart,
    }
)

FEW = 20
"""Essays with new comments for which a model is loaded ahead; where all are new, their tags may be kept."""

MOST_ON_A_PAGE = 200
"""Comments on the page of a stance: thousands make a page that no one can load; comments.csv has them all."""


class DebateGenerator(Generator):  # type: ignore[misc]
    """Give every essay its discussion before any page is written, then write the debates' own pages, feeds and data."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Read settings and debates, and look at the comment files: a model they need is loaded while Pelican reads.

        Raises SettingError or DebateFileError, which stop the build.
        """
        super().__init__(*args, **options)
        self.config, content = DebateSettings.read(self.settings), Path(self.path)
        self.debates_path = content / self.config.path
        self.debates = read_debates(self.debates_path, language_of(self))
        zone = ZoneInfo(self.settings.get("TIMEZONE", "UTC"))
        self.comments = CommentFolders(content / self.config.comments_path, self._labels_of, zone)
        self.cache = Cache(Path(self.settings["CACHE_PATH"]))
        self.fingerprints = fingerprints_of(self.comments, self.cache)
        if 0 < len(self.fingerprints.changed) <= FEW:
            prepare(self.debates.values(), self.debates_path, self.config.jobs)

    def generate_context(self) -> None:
        """Tag and summarise the comments; leave `discussion` on each article and page."""
        self.search_url = self.config.search_url if indexer_installed() else None
        language = language_of(self)
        self.site = site_of(self.settings, language)
        documents = {document.slug: document for document in self._documents()}
        defaults = {Article: self.config.default}
        topics = [topic_of(document, self.debates, defaults.get(type(document))) for document in documents.values()]
        # Not those of the discussions: an essay that was kept says the same in other words.
        self.essays = [topic.essay for topic in topics]
        self.labels = {topic.essay.slug: topic.debate.labels for topic in topics if topic.debate}
        self._warn_of_strays(set(self.comments) - set(documents) - self._draft_slugs())
        self.cache.touch(self.context.get("kept_essays", ()))
        self.keeper = Keeper(self.cache, self.env, (settings_text(self.settings), language.digest))
        self.discussions, self.states = discuss(
            topics,
            self.comments,
            debates_path=self.debates_path,
            cache=self.cache,
            digests=self.fingerprints.digests,
            language=language,
            jobs=self.config.jobs,
        )
        self._tell_of_untagged()
        for discussion in self.discussions:
            documents[discussion.thread.essay.slug].discussion = discussion
        essays = [document for document in documents.values() if isinstance(document, Article)]
        self.cards = placed_cards(self.config, self.settings, essays, self.states)
        self._fill_context()

    def generate_output(self, writer: Any) -> None:
        """Write the pages, feeds and data files of the debates; stop when a quote on disk is not exact."""
        outputs = Outputs(Path(self.output_path), self.cache, self._surroundings())
        sweep(Path(self.output_path))
        for state in self.states:
            self._write_debate(writer, outputs, state)
        if len(self.states) > 1:
            self._write_page(writer, self.config.index_url, "debates", states=self.states)
        if self.search_url:
            self._write_page(writer, self.search_url, "search")
        keep_records(self.settings, self._documents() if self.search_url else ())
        taken = {value for name, value in self.settings.items() if name.startswith("FEED_") and isinstance(value, str)}
        feeds = feed_files(self.config, self.site, self.discussions, self.states)
        for path, digest, make in feeds:
            _take(path, taken)
            outputs.write(path, digest, make)
        for path, text in site_files(self.config, self.site, self.states, self.context):
            _take(path, taken)
            write_changed(self._output(path), text)
        write_cards(self.cards.values(), outputs, Path(self.settings["CACHE_PATH"], "cards"))
        styles = ((f"feed.{kind}", self._feed_style(kind)) for kind in ("xsl", "css"))
        for name, text in styles:
            write_changed(static_path(self.output_path, self.settings["THEME_STATIC_DIR"], f"debate/{name}"), text)
        self.cache.close()

    def _surroundings(self) -> str:
        """Return the digest of what every output depends on besides comments: settings, and the essays' addresses."""
        return digest_of(code_digest(), self.config, self.site, language_of(self).digest, self.essays)

    def _labels_of(self, slug: str) -> Collection[str] | None:
        return self.labels.get(slug)

    def _documents(self) -> Iterator[Any]:
        """Yield pages, then articles: where both use a slug, the article has the comments."""
        for name in ("hidden_pages", "pages", "hidden_articles", "articles"):
            yield from self.context.get(name, ())

    def _draft_slugs(self) -> set[str]:
        """Return the slugs of unpublished essays and pages: without a discussion, but their comments are no strays."""
        return {draft.slug for name in ("drafts", "draft_pages") for draft in self.context.get(name, ())}

    def _warn_of_strays(self, slugs: Iterable[str]) -> None:
        for slug in sorted(slugs):
            folder = Path(self.path, self.config.comments_path, slug)
            log.warning("%s: no essay or page has this slug. Remedy: rename the folder or the essay.", folder)
        for folder in self.comments.too_deep():
            remedy = "put them into comments/<slug>/; the slug of an essay with comments has no slash"
            log.warning("%s: comments this deep are not read. Remedy: %s.", folder, remedy)

    def _tell_of_untagged(self) -> None:
        """Say where comments wait for a machine to tag them, as Pelican says what it built.

        It is no warning: a young debate is published so, and warnings may be fatal.
        """
        for state in self.states:
            if not state.tagger and any(len(thread) for thread in state.threads):
                why = "it names no model, and too few comments have a Stance line to train one"
                console.print(f"Debate {state.debate.key}: only people's tags are shown; {why}.", soft_wrap=True)

    def _fill_context(self) -> None:
        threads = [discussion.thread for discussion in self.discussions]
        listed = [discussion.thread for discussion in self.discussions if discussion.listed]
        self.context |= {
            "debates": {state.debate.key: state for state in self.states},
            "debate_settings": self.config,
            "comments_feeds": {kind: site_feed(self.config, kind, listed) for kind in KINDS},
            "debate_feeds": {kind: partial(thread_feed, self.config, kind) for kind in KINDS},
            "stance_feeds": {kind: partial(stance_feed, self.config, kind) for kind in KINDS},
            "feed_replies": {
                f"{self.site.url}/{discussion.thread.essay.url}": replies_of(self.config, discussion, self.site)
                for discussion in self.discussions
            },
            "debate_of_essay": {d.thread.essay.slug: d.debate for d in self.discussions},
            "decided_by": {
                (thread.essay.slug, entry.comment.id): entry.tag.by
                for thread in threads
                for entry in thread.visible
                if entry.tag
            },
            "essay_urls": {thread.essay.slug: thread.essay.url for thread in threads},
            "recent_comments": newest(listed)[: self.config.recent_comments],
            "recent_digest": digest_of_all([discussion for discussion in self.discussions if discussion.listed]),
            "debate_keeper": self.keeper,
            "canonical_url": self.site.url,
            "reply_links": reply_links_of(self.config, self.site.url, language_of(self)),
            "charts": {name: partial(chart, language=language_of(self)) for name, chart in CHARTS.items()},
            "lay_out": lay_out,
            "marked_text": marked_text,
            "avatar_of": avatar,
            "reading_minutes": reading_minutes,
            "root_path": self.site.root,
            "social_cards": self.cards,
            "structured_data": structured_data(
                self.settings, self.keeper, {d.thread.essay.slug: d.digest for d in self.discussions}
            ),
            "search_url": self.search_url,
        }

    def _write_debate(self, writer: Any, outputs: Outputs, state: DebateState) -> None:
        debate = state.debate
        url = self.config.url.format(key=debate.key)
        data = DebateData(state, self.cache, site_url=self.site.url, url=url, licence=self.config.licence)
        self._write_page(writer, url, "debate", state=state, corrections=partial(corrections, state.threads))
        if not debate.aggregates_only:
            everything = [(thread, entry) for thread in state.threads for entry in thread.visible]
            for stance in debate.stances:
                stance_url = self.config.stance_url.format(key=debate.key, stance=stance.key)
                pairs = comments_of(everything, stance.key)
                values = {"state": state, "stance": stance, "pairs": pairs, "surest": partial(_shown, pairs)}
                self._write_page(writer, stance_url, "stance", **values)
            outputs.write(f"{url}comments.csv", state.digest, data.csv)
        path = f"{url}debate.json"
        if outputs.write(path, state.digest, data.json):
            data.check(self._output(path))

    def _write_page(self, writer: Any, url: str, template: str, **values: Any) -> None:
        writer.write_file(
            f"{url}index.html",
            self.get_template(f"debate/{template}_page"),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            page_url=url,
            **values,
        )

    def _feed_style(self, kind: str) -> str:
        """Return what makes feeds readable in a browser; its addresses start at the root, as in `Site.styles`."""
        template = self.env.get_template(f"debate/feed.{kind}")
        tokens = Markup(flatten("tokens.css", reader({"": HERE / "static"})))  # noqa: S704 - the plugin's own file
        return str(template.render(self.context | {"SITEURL": self.context["root_path"], "tokens": tokens})) + "\n"

    def _output(self, path: str) -> Path:
        return output_path(self.output_path, path)


def generators(_: Any) -> type[DebateGenerator]:
    """Hand the generator to Pelican, which asks when a build begins: under livereload, each time."""
    collect_rarely()
    return DebateGenerator


def _shown(pairs: Sequence[tuple[Thread, Entry]]) -> list[tuple[Thread, Entry]]:
    """Return what the page of a stance shows: those a person tagged, then the surest, and of equals the newest."""
    return surest(newest_first(pairs))[:MOST_ON_A_PAGE]


def _take(path: str, taken: set[str]) -> None:
    if path in taken:
        raise SettingError(
            f"{path} is the path of two feeds",
            where="DEBATE_*_FEED_* and FEED_* settings",
            why="one would overwrite the other",
            remedy="give each feed a path of its own",
        )
    taken.add(path)
