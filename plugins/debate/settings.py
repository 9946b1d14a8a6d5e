"""Every DEBATE_* setting: its default, its check, its error text; read once into a frozen class."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from string import Formatter
from typing import Any

from .errors import SettingError
from .sanitizing import safe_website

_Check = tuple[str, Callable[[Any], bool]]

_FOLDER: _Check = ("a folder inside the content folder", lambda value: isinstance(value, str) and _inside(value))
_KEY_OR_NONE: _Check = ("a debate key or None", lambda value: value is None or (isinstance(value, str) and bool(value)))
_COUNT: _Check = ("a whole number, 0 or more", lambda value: type(value) is int and value >= 0)
_JOBS: _Check = ("a whole number, 1 or more", lambda value: type(value) is int and value >= 1)
_SWITCH: _Check = ("True or False", lambda value: isinstance(value, bool))
_TEXT_OR_NONE: _Check = ("text or None", lambda value: value is None or isinstance(value, str))
_TEXT: _Check = ("text", lambda value: isinstance(value, str) and bool(value))
_ADDRESS: _Check = (
    "a mail address or None",
    lambda value: value is None or (isinstance(value, str) and re.fullmatch(r"[^@\s?&]+@[^@\s?&]+", value) is not None),
)
_WEB_ADDRESS: _Check = (
    "an http or https address or None",
    lambda value: value is None or (isinstance(value, str) and safe_website(value) is not None),
)
FORGES = ("github", "forgejo", "gitlab")
"""The kinds of forge whose addresses `reply_links` knows."""

_FORGE: _Check = (
    f"one of {', '.join(FORGES)}, or a pattern that begins as {{repository}}/new/{{branch}}",
    lambda value: isinstance(value, str) and (value in FORGES or "{" in value),
)


def _inside(path: str) -> bool:
    """Say whether a path stays in its folder on any system: no root, no drive, no way up."""
    return bool(path) and path[0] != "/" and not re.search(r"[\\:\x00-\x1f]", path) and ".." not in path.split("/")


def _pattern(*names: str, folder: bool = False) -> _Check:
    """Return the check of a path pattern that must hold just the placeholders named; a folder's ends in a slash."""
    kind = "a relative address that ends in a slash" if folder else "a relative path"
    words = kind + (", with " + " and ".join(f"{{{name}}}" for name in names) if names else "")
    return words, lambda value: isinstance(value, str) and _fits(value, names, folder)


def _fits(value: str, names: tuple[str, ...], folder: bool) -> bool:
    return _inside(value) and value.endswith("/") is folder and _placeholders(value) == set(names)


def _placeholders(pattern: str) -> set[str] | None:
    """Return the names in braces, None for a pattern that cannot be filled in."""
    try:
        return {name for _, name, *_ in Formatter().parse(pattern) if name is not None}
    except ValueError:
        return None


def _optional(check: _Check) -> _Check:
    words, test = check
    return f"{words}, or None to switch it off", lambda value: value is None or test(value)


@dataclass(frozen=True, slots=True)
class DebateSettings:
    """The plugin's settings as the owner of the site chose them; `read` makes one from Pelican's settings."""

    path: str = "debates"
    comments_path: str = "comments"
    default: str | None = None
    url: str = "debate/{key}/"
    index_url: str = "debate/"
    stance_url: str = "debate/{key}/{stance}/"
    essays_feed_json: str | None = "feeds/essays.json"
    comments_feed_atom: str | None = "feeds/comments.atom.xml"
    comments_feed_rss: str | None = "feeds/comments.rss.xml"
    comments_feed_json: str | None = "feeds/comments.json"
    thread_feed_atom: str | None = "feeds/comments/{slug}.atom.xml"
    thread_feed_rss: str | None = "feeds/comments/{slug}.rss.xml"
    thread_feed_json: str | None = "feeds/comments/{slug}.json"
    stance_feed_atom: str | None = "feeds/debate/{key}/{stance}.atom.xml"
    stance_feed_rss: str | None = "feeds/debate/{key}/{stance}.rss.xml"
    stance_feed_json: str | None = "feeds/debate/{key}/{stance}.json"
    lasting_ids: bool = False
    sitemap: str | None = None
    cards: str | None = "cards/"
    recent_comments: int = 5
    licence: str | None = None
    method_url: str | None = None
    search_url: str | None = None
    reply_address: str | None = None
    repository: str | None = None
    repository_branch: str = "main"
    repository_path: str = "content/comments"
    forge: str = "github"
    webmention: str | None = None
    jobs: int = 1

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> DebateSettings:
        """Return the checked settings; raise SettingError for an unknown DEBATE_* name or a wrong value."""
        known = {setting_name(field.name): field for field in fields(cls)}
        given = {name: value for name, value in settings.items() if name.startswith("DEBATE_")}
        for name in given:
            if name not in known:
                raise _unknown(name, known)
        for name, value in given.items():
            _refuse_wrong(name, value, _CHECKS[known[name].name])
        return cls(**{known[name].name: value for name, value in given.items()})


_CHECKS: Mapping[str, _Check] = {
    "path": _FOLDER,
    "comments_path": _FOLDER,
    "default": _KEY_OR_NONE,
    "url": _pattern("key", folder=True),
    "index_url": _pattern(folder=True),
    "stance_url": _pattern("key", "stance", folder=True),
    "essays_feed_json": _optional(_pattern()),
    **{f"comments_feed_{kind}": _optional(_pattern()) for kind in ("atom", "rss", "json")},
    **{f"thread_feed_{kind}": _optional(_pattern("slug")) for kind in ("atom", "rss", "json")},
    **{f"stance_feed_{kind}": _optional(_pattern("key", "stance")) for kind in ("atom", "rss", "json")},
    "lasting_ids": _SWITCH,
    "sitemap": _optional(_pattern()),
    "cards": _optional(_pattern(folder=True)),
    "recent_comments": _COUNT,
    "licence": _TEXT_OR_NONE,
    "method_url": _TEXT_OR_NONE,
    "search_url": _optional(_pattern(folder=True)),
    "reply_address": _ADDRESS,
    "repository": _WEB_ADDRESS,
    "repository_branch": _TEXT,
    "repository_path": _TEXT,
    "forge": _FORGE,
    "webmention": _WEB_ADDRESS,
    "jobs": _JOBS,
}


def setting_name(field_name: str) -> str:
    """Return the name under which a field stands in pelicanconf.py."""
    return f"DEBATE_{field_name.upper()}"


def _unknown(name: str, known: Mapping[str, object]) -> SettingError:
    return SettingError(
        "unknown setting",
        where=name,
        why="the debate plugin has no setting of that name",
        remedy=f"use one of {', '.join(sorted(known))}",
    )


def _refuse_wrong(name: str, value: Any, check: _Check) -> None:
    words, test = check
    if not test(value):
        raise SettingError(
            f"{value!r} is not {words}",
            where=name,
            why=f"got {type(value).__name__}",
            remedy="correct it in pelicanconf.py or delete the line to get the default",
        )
