"""What a reader's Reply opens: a mail or a forge's "new file" page, each with a comment file filled in.

Templates call these; nothing here needs a server or JavaScript. The owner's mail address is published by this, so the
templates ask for it only where the owner set one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from ..errors import SettingError
from ..frontmatter import one_line

PLACEHOLDER = "(Write your reply here; your name goes behind Author above.)"
"""The text to be written over; `inbox` drops it where a reader left it standing."""

FORGE_PATTERNS: Mapping[str, str] = {
    "github": "{repository}/new/{branch}?filename={path}&value={text}",
    "forgejo": "{repository}/_new/{branch}/{folder}?filename={name}&value={text}",
    "gitlab": "{repository}/-/new/{branch}/{folder}?file_name={name}&content={text}",
}
"""Addresses of a "new file" page by the kind of forge; Gitea's are Forgejo's."""


def reply_file(essay_slug: str | None, in_reply_to: str | None = None, *, author: str = "", text: str = "") -> str:
    """Return the text of a comment file to fill in; `in_reply_to` None answers the essay itself.

    Without a slug there is no `Essay:` line: on a forge the folder already names the essay.
    """
    pairs = (("Essay", essay_slug), ("In-Reply-To", in_reply_to))
    head = "".join(f"{name}: {one_line(value)}\n" for name, value in pairs if value)
    return f"{head}Author: {one_line(author)}\n\n{text.strip() or PLACEHOLDER}\n"


def subject(essay_title: str, essay_slug: str, in_reply_to: str | None = None) -> str:
    """Return a mail's subject with a token that still names the comment where a reader deleted the head."""
    comment = f", comment {in_reply_to}" if in_reply_to else ""
    return one_line(f"Re: {essay_title} [essay {essay_slug}{comment}]")


def mailto(address: str, essay_title: str, essay_slug: str, in_reply_to: str | None = None) -> str:
    """Return a `mailto:` address with subject and body, percent-encoded with CRLF line breaks (RFC 6068)."""
    body = reply_file(essay_slug, in_reply_to).replace("\n", "\r\n")
    words = quote(subject(essay_title, essay_slug, in_reply_to), safe="")
    return f"mailto:{quote(address, safe='@')}?subject={words}&body={quote(body, safe='')}"


def forge_url(repository: str, branch: str, path: str, text: str, pattern: str = FORGE_PATTERNS["github"]) -> str:
    """Return the address of a forge's "new file" page with path and text filled in.

    `pattern` may hold {repository}, {branch}, {path}, {folder}, {name} and {text}. Raises SettingError for others.
    """
    folder, _, name = path.rpartition("/")
    parts = {"branch": branch, "path": path, "folder": folder, "name": name}
    quoted = {key: quote(value, safe="/") for key, value in parts.items()}
    try:
        return pattern.format(repository=repository.rstrip("/"), text=quote(text, safe=""), **quoted)
    except (KeyError, IndexError, ValueError) as error:
        known = "{repository}, {branch}, {path}, {folder}, {name}, {text}"
        raise SettingError(f"wrong pattern {pattern!r}", why=str(error), remedy=f"use {known} only") from error
