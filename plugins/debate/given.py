"""Pelican's settings and documents as values of this package; like all but the doors, it imports nothing of Pelican."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from .cache import digest_of
from .contents import Debate, Essay, Thread
from .discussions import Topic
from .errors import DebateFileError
from .fragments import Keeper
from .json_ld import Publication, breadcrumbs_json_ld, discussion_json_ld, essay_json_ld, site_json_ld
from .languages import Language
from .reply_links import ReplyLinks
from .settings import DebateSettings


def structured_data(settings: Mapping[str, Any], keeper: Keeper, digests: Mapping[str, str]) -> Mapping[str, Any]:
    """Return by name the makers of a page's data for search engines; `digests` are those of discussions, by slug."""
    site = Publication(
        settings["SITENAME"], settings["SITEURL"], settings.get("SITESUBTITLE") or "", settings["DEFAULT_LANG"]
    )
    return MappingProxyType(
        {
            "essay": partial(_essay_data, site, keeper, digests),
            "discussion": partial(discussion_json_ld, publication=site),
            "site": partial(site_json_ld, site),
            "breadcrumbs": breadcrumbs_json_ld,
        }
    )


def _essay_data(
    site: Publication,
    keeper: Keeper,
    digests: Mapping[str, str],
    article: Any,
    thread: Thread,
    image: str | None = None,
) -> Markup:
    """Return an article's data, kept as long as article and discussion stay: taking the tags out of a text is slow."""
    digest = digests[thread.essay.slug]
    tags = [str(tag) for tag in getattr(article, "tags", ())]
    # Without a summary of its own Pelican cuts one from the content, which takes it some time.
    summary = article.metadata.get("summary"), getattr(article, "_summary", None)
    text = article.content, summary, article.lang, str(getattr(article, "modified", "")), tags, image
    make = partial(essay_json_ld, article, thread, site, image=image)
    return keeper.markup(f"essay data {thread.essay.slug}", digest and digest_of(digest, *text), make)


def reply_links_of(config: DebateSettings, site_url: str, language: Language) -> ReplyLinks:
    """Return the maker of the links by which readers answer."""
    return ReplyLinks(
        address=config.reply_address,
        repository=config.repository,
        branch=config.repository_branch,
        path=config.repository_path,
        forge=config.forge,
        site_url=site_url,
        language=language,
    )


def topic_of(document: Any, debates: Mapping[str, Debate], default: str | None) -> Topic:
    """Return an article or page as a topic; `default` is the debate of one that names none, None for none."""
    essay = Essay(
        slug=document.slug,
        title=Markup(document.title).striptags(),  # noqa: S704 - the owner's own title
        url=str(document.url),
        date=None if getattr(document, "undated", False) else getattr(document, "date", None),
        author=getattr(getattr(document, "author", None), "name", None),
    )
    key = document.metadata.get("debate", default)
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


def settings_text(settings: Mapping[str, Any]) -> str:
    """Return the settings as text that is the same in every build: of an object only what it is, not where."""
    return json.dumps(dict(settings), sort_keys=True, skipkeys=True, default=lambda value: type(value).__qualname__)
