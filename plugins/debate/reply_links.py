"""What a reader's Reply opens: a mail or a forge's "new file" page, each with a comment file filled in.

Templates call these; nothing here needs a server or JavaScript. The owner's mail address is published by this, so the
templates ask for it only where the owner set one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from .contents import Essay
from .errors import SettingError
from .frontmatter import one_line
from .languages import ENGLISH, Language, shipped_languages

FORGE_PATTERNS: Mapping[str, str] = {
    "github": "{repository}/new/{branch}?filename={path}&value={text}",
    "forgejo": "{repository}/_new/{branch}/{folder}?filename={name}&value={text}",
    "gitlab": "{repository}/-/new/{branch}/{folder}?file_name={name}&content={text}",
}
"""Addresses of a "new file" page by the kind of forge; Gitea's are Forgejo's."""

ISSUE_PATTERNS: Mapping[str, str] = {
    "github": "{repository}/issues/new?title={title}&body={text}",
    "forgejo": "{repository}/issues/new?title={title}&body={text}",
    "gitlab": "{repository}/-/issues/new?issue[title]={title}&issue[description]={text}",
}
"""Addresses of a "new issue" page; a forge of another kind gets none."""


@dataclass(frozen=True, slots=True)
class ReplyLinks:
    """The links of a site: None wherever its owner set neither a mail address nor a repository."""

    address: str | None = None
    repository: str | None = None
    branch: str = "main"
    path: str = "content/comments"
    forge: str = "github"
    site_url: str = ""
    language: Language = ENGLISH

    def __bool__(self) -> bool:
        """Say whether readers can answer at all."""
        return bool(self.address or self.repository)

    def mail(self, essay: Essay, comment: str | None = None) -> str | None:
        """Return the `mailto:` address of a reply to an essay or to one of its comments."""
        if not self.address:
            return None
        return mailto(self.address, essay.title, essay.slug, comment, language=self.language)

    def file(self, essay: Essay, comment: str | None = None) -> str | None:
        """Return the address of the forge's "new file" page with the reply's file filled in."""
        if not self.repository:
            return None
        name = f"reply-to-{comment or 'essay'}-by-your-name.md"
        pattern = FORGE_PATTERNS.get(self.forge, self.forge)
        path = f"{self.path}/{essay.slug}/{name}"
        text = reply_file(None, comment, text=placeholder(self.language))
        return forge_url(self.repository, self.branch, path, text, pattern)

    def objection(self, essay: Essay, comment: str, label: str) -> str | None:
        """Return the address at which a reader says that a comment's label is wrong: the forge's, else a mail."""
        speak, address = self.language, f"{self.site_url}/{essay.url}#comment-{comment}"
        title = speak.gettext("Wrong label on comment %(comment)s of %(essay)s", comment=comment, essay=essay.slug)
        # Translators: a letter; the address of the comment has a line of its own.
        text = speak.gettext("%(address)s\nis labelled “%(label)s”. I read it as: \n", address=address, label=label)
        pattern = ISSUE_PATTERNS.get(self.forge)
        if self.repository and pattern:
            title, text = quote(title, safe=""), quote(text, safe="")
            return pattern.format(repository=self.repository.rstrip("/"), title=title, text=text)
        if not self.address:
            return None
        body = quote(text.replace("\n", "\r\n"), safe="")
        return f"mailto:{quote(self.address, safe='@')}?subject={quote(title, safe='')}&body={body}"


def placeholder(language: Language = ENGLISH) -> str:
    """Return the text to be written over; `inbox` drops it where a reader left it standing."""
    # Translators: Author is the name of a line above, which stays English.
    return language.gettext("(Write your reply here; your name goes behind Author above.)")


@cache
def placeholders() -> tuple[str, ...]:
    """Return that text in every language that ships: `inbox` need not know the site's."""
    return tuple(placeholder(language) for language in (ENGLISH, *shipped_languages()))


def reply_file(essay_slug: str | None, in_reply_to: str | None = None, *, author: str = "", text: str = "") -> str:
    """Return the text of a comment file to fill in; `in_reply_to` None answers the essay itself.

    Without a slug there is no `Essay:` line: on a forge the folder already names the essay.
    """
    pairs = (("Essay", essay_slug), ("In-Reply-To", in_reply_to))
    head = "".join(f"{name}: {one_line(value)}\n" for name, value in pairs if value)
    return f"{head}Author: {one_line(author)}\n\n{text.strip() or placeholder()}\n"


def subject(essay_title: str, essay_slug: str, in_reply_to: str | None = None) -> str:
    """Return a mail's subject with a token that still names the comment where a reader deleted the head."""
    comment = f", comment {in_reply_to}" if in_reply_to else ""
    return one_line(f"Re: {essay_title} [essay {essay_slug}{comment}]")


def mailto(
    address: str, essay_title: str, essay_slug: str, in_reply_to: str | None = None, *, language: Language = ENGLISH
) -> str:
    """Return a `mailto:` address with subject and body, percent-encoded with CRLF line breaks (RFC 6068)."""
    body = reply_file(essay_slug, in_reply_to, text=placeholder(language)).replace("\n", "\r\n")
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
