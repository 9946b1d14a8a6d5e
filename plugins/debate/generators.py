"""The only door to Pelican: its essays and settings come in, pages, feeds and exports go out."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import FileSystemLoader
from markupsafe import Markup
from pelican.contents import Article
from pelican.generators import Generator
from pelican.utils import SafeDatetime

from . import charts, exports
from .avatars import avatar
from .contents import Debate, Essay
from .debates import read_debates
from .discussions import DebateState, Topic, discuss
from .errors import DebateError, DebateFileError, SettingError
from .feed_files import KINDS, Site, comments_of, feed_files, replies_of, site_feed, stance_feed, surest, thread_feed
from .feeds import add_replies, newest
from .frontmatter import write_whole
from .json_ld import Publication, breadcrumbs_json_ld, discussion_json_ld, essay_json_ld, site_json_ld
from .languages import Language, read_language, speak
from .layout import lay_out, marked_text
from .readers import read_comments
from .reading_time import reading_minutes
from .reply_links import ReplyLinks
from .search import RECORDS, indexer_installed, search_records, write_records
from .settings import DebateSettings
from .site_files import site_files
from .stylesheets import flatten, reader, static_files
from .summaries import check_export
from .tagging import corrections

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


class DebateGenerator(Generator):  # type: ignore[misc]
    """Give every essay its discussion before any page is written, then write the debates' own pages, feeds and data."""

    def generate_context(self) -> None:
        """Read debates and comments, tag and summarise; leave `discussion` on each article and page.

        Raises SettingError or DebateFileError, which stop the build.
        """
        self.config = DebateSettings.read(self.settings)
        self.search_url = self.config.search_url if indexer_installed() else None
        self.site = _site(self.settings)
        content = Path(self.path)
        language = _language(self)
        debates = read_debates(content / self.config.path, language)
        documents = {document.slug: document for document in self._documents()}
        topics = [_topic(document, debates, self.config.default) for document in documents.values()]
        labels = {topic.essay.slug: topic.debate.labels if topic.debate else None for topic in topics}
        zone = ZoneInfo(self.settings.get("TIMEZONE", "UTC"))
        comments = read_comments(content / self.config.comments_path, labels.get, zone)
        self._warn_of_strays(set(comments) - set(labels) - self._draft_slugs())
        self.discussions, self.states = discuss(
            topics,
            comments,
            debates_path=content / self.config.path,
            cache_path=Path(self.settings["CACHE_PATH"]),
            language=language,
            jobs=self.config.jobs,
        )
        for discussion in self.discussions:
            documents[discussion.thread.essay.slug].discussion = discussion
        self._fill_context()

    def generate_output(self, writer: Any) -> None:
        """Write the pages, feeds and data files of the debates; stop when a quote on disk is not exact."""
        for state in self.states:
            self._write_debate(writer, state)
        if len(self.states) > 1:
            self._write_page(writer, self.config.index_url, "debates", states=self.states)
        self._write_search(writer)
        taken = {value for name, value in self.settings.items() if name.startswith("FEED_") and isinstance(value, str)}
        feeds = feed_files(self.config, self.site, self.discussions, self.states)
        for path, text in chain(feeds, site_files(self.config, self.site, self.states, self.context)):
            _take(path, taken)
            write_whole(self._output(path), text)
        styles = ((f"feed.{kind}", self._feed_style(kind)) for kind in ("xsl", "css"))
        for name, text in chain(static_files(HERE / "static"), styles):
            write_whole(self._output(f"{self.settings['THEME_STATIC_DIR']}/debate/{name}"), text)

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
            "canonical_url": self.site.url,
            "reply_links": _reply_links(self.config, self.site.url, _language(self)),
            "charts": {name: partial(chart, language=_language(self)) for name, chart in CHARTS.items()},
            "lay_out": lay_out,
            "marked_text": marked_text,
            "avatar_of": avatar,
            "reading_minutes": reading_minutes,
            "root_path": _root_path(self.settings),
            "structured_data": _structured_data(self.settings),
            "search_url": self.search_url,
        }

    def _write_debate(self, writer: Any, state: DebateState) -> None:
        debate = state.debate
        url = self.config.url.format(key=debate.key)
        self._write_page(writer, url, "debate", state=state, corrections=corrections(state.threads))
        if not debate.aggregates_only:
            for stance in debate.stances:
                stance_url = self.config.stance_url.format(key=debate.key, stance=stance.key)
                pairs = surest(comments_of(newest(state.threads), stance.key))
                self._write_page(writer, stance_url, "stance", state=state, stance=stance, pairs=pairs)
            write_whole(self._output(f"{url}comments.csv"), exports.comments_csv(state, site_url=self.site.url))
        path = self._output(f"{url}debate.json")
        text = exports.debate_json(state, site_url=self.site.url, url=url, licence=self.config.licence)
        write_whole(path, text)
        check_export(json.loads(path.read_text(encoding="utf-8")))

    def _write_search(self, writer: Any) -> None:
        """Write the search page, and the records of which a task makes the index; leave none where there is no page."""
        records = Path(self.settings["CACHE_PATH"], RECORDS)
        if self.search_url is None:
            records.unlink(missing_ok=True)
            return
        documents = [document for document in self._documents() if getattr(document, "discussion", None)]
        given = [(d.discussion, "essay" if isinstance(d, Article) else "page", d.content) for d in documents]
        write_records(records, search_records(given), self.settings["DEFAULT_LANG"])
        self._write_page(writer, self.search_url, "search")

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
        return Path(self.output_path, path)


def register_settings(pelican: Any) -> None:
    """Check the settings before any work, and keep comment files from being read as essays or pages."""
    logging.getLogger("pelican").addFilter(without_traceback)
    config = DebateSettings.read(pelican.settings)
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        pelican.settings[name] = [*pelican.settings[name], config.comments_path]


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep Pelican from printing a traceback under an error whose message names place and remedy (a logging filter)."""
    if record.exc_info and isinstance(record.exc_info[1], DebateError):
        record.exc_info = None
    return True


def add_templates(generator: Any) -> None:
    """Offer the plugin's templates after the theme's own, so that a theme can override each, in the site's language."""
    generator.env.loader.loaders.append(FileSystemLoader(HERE / "templates"))
    speak(generator.env, _language(generator))


def _language(generator: Any) -> Language:
    """Return the build's language, read by the first generator: all of one build share their context."""
    settings, context = generator.settings, generator.context
    if "language" not in context:
        context["language"] = read_language(settings["DEFAULT_LANG"], Path(settings["THEME"], "translations"))
    language: Language = context["language"]
    return language


def date_undated(_: Any, metadata: dict[str, Any]) -> None:
    """Let an essay without a date be built (Pelican would skip it) and mark it, so that no date is shown."""
    if "date" not in metadata:
        metadata |= {"date": SafeDatetime(1970, 1, 1, tzinfo=UTC), "undated": True}


def extend_feed(context: Mapping[str, Any], feed: Any) -> None:
    """Add links to the discussions, and stylesheets, to a feed of essays that Pelican is about to write."""
    add_replies(feed, context.get("feed_replies", {}), _site(context).styles)


def generators(_: Any) -> type[DebateGenerator]:
    """Hand the generator to Pelican."""
    return DebateGenerator


def _take(path: str, taken: set[str]) -> None:
    if path in taken:
        raise SettingError(
            f"{path} is the path of two feeds",
            where="DEBATE_*_FEED_* and FEED_* settings",
            why="one would overwrite the other",
            remedy="give each feed a path of its own",
        )
    taken.add(path)


def _site(settings: Mapping[str, Any]) -> Site:
    return Site(
        settings["SITENAME"],
        settings["SITEURL"],
        settings["FEED_MAX_ITEMS"] or None,
        styles=f"{_root_path(settings)}/{settings['THEME_STATIC_DIR']}/debate/feed",
        language=settings["DEFAULT_LANG"],
    )


def _structured_data(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    site = Publication(
        settings["SITENAME"], settings["SITEURL"], settings.get("SITESUBTITLE") or "", settings["DEFAULT_LANG"]
    )
    return MappingProxyType(
        {
            "essay": partial(essay_json_ld, publication=site),
            "discussion": partial(discussion_json_ld, publication=site),
            "site": partial(site_json_ld, site),
            "breadcrumbs": breadcrumbs_json_ld,
        }
    )


def _root_path(settings: Mapping[str, Any]) -> str:
    """Return where the site starts on its server, without a trailing slash: it holds for a preview on any server."""
    return urlsplit(str(settings["SITEURL"])).path.rstrip("/")


def _reply_links(config: DebateSettings, site_url: str, language: Language) -> ReplyLinks:
    return ReplyLinks(
        address=config.reply_address,
        repository=config.repository,
        branch=config.repository_branch,
        path=config.repository_path,
        forge=config.forge,
        site_url=site_url,
        language=language,
    )


def _topic(document: Any, debates: Mapping[str, Debate], default: str | None) -> Topic:
    essay = Essay(
        slug=document.slug,
        title=Markup(document.title).striptags(),  # noqa: S704 - the owner's own title
        url=str(document.url),
        date=None if getattr(document, "undated", False) else getattr(document, "date", None),
        author=getattr(getattr(document, "author", None), "name", None),
    )
    key = document.metadata.get("debate", default if isinstance(document, Article) else None)
    closed = str(document.metadata.get("comments", "")).strip().lower() == "closed"
    return Topic(essay, _debate(document, key, debates), closed, listed=document.status != "hidden")


def _debate(document: Any, key: str | None, debates: Mapping[str, Debate]) -> Debate | None:
    if not key or str(key).lower() == "none":
        return None
    if key not in debates:
        raise DebateFileError(
            f'there is no debate "{key}"',
            where=str(document.source_path),
            why=f"the debates are: {', '.join(debates) or 'none'}",
            remedy="correct its Debate line (or DEBATE_DEFAULT), or write the debate's file",
        )
    return debates[key]
