"""Everyday comments: words, a word *stressed*, a link, a quotation; their HTML without Markdown and a clean-up."""

from __future__ import annotations

import re
from html import escape

LINK_REL = "nofollow ugc noopener"

_PICTURES = "\u2600-\u27bf\ufe0f\U0001f300-\U0001faff"
_WORDS = r"\w[\w ,'’-]*+(?<=\w)"
_STRESS = rf"\*(?<!\S\*)({_WORDS})\*(?![\w*])"
_LABEL = "[a-z0-9]++(?:-[a-z0-9]++)*+"
_ADDRESS = rf"https?://(?:{_LABEL}\.)+[a-z]{{2,}}+(?:/[A-Za-z0-9/.~-]*+)?+"
_LINK = rf"\[(?<!\S\[)({_WORDS})\]\(({_ADDRESS})\)(?![\w*(\[])"
_START = rf"(?!\d+\.)(?:[\w\"'“‘«¿¡({_PICTURES}]|{_STRESS}|{_LINK})"
_MORE = rf"(?:[\w \"'“”‘’«»¿¡().,:;!?/+=~#$€£°…–—、。，！？：；「」،؟{_PICTURES}-]++|%(?!40)|{_STRESS}|{_LINK})*+"
_LINE = rf"{_START}{_MORE}(?<! )"
_BLOCK = rf"(?:{_LINE}(?:\n{_LINE})*+|> {_LINE}(?:\n> {_LINE})*+(?!\n++>))"
_EVERYDAY = re.compile(rf"(?!.*_){_BLOCK}(?:\n\n++{_BLOCK})*+", re.DOTALL)
_STRESSED, _LINKED = re.compile(_STRESS), re.compile(_LINK)
_BETWEEN_BLOCKS = re.compile(r"\n{2,}")
_SPACES = re.compile(" {2,}")


def everyday(body: str) -> tuple[str, str] | None:
    """Return the HTML and the plain text of an everyday body; None where anything in it could mean something else.

    Why no clean-up is needed: the whole body has to consist of what is listed above, so every tag in the HTML is
    written here, and its only attribute is an http(s) address of letters, digits, and "/", ".", "~", "-". No listed
    character can open a tag or an entity ("<", "&"), other markup ("_", "`", "\\"), or an address of a person ("@",
    "%40"); none is invisible, turns the text or is a blank but the space. No line begins as a heading, a list, a rule,
    a fence or an indented block does, and none ends with a space. In doubt None: what is not listed goes the long way.
    """
    lines = body.strip("\n")
    if not _EVERYDAY.fullmatch(lines):
        return None
    blocks = _BETWEEN_BLOCKS.split(lines)
    text = _SPACES.sub(" ", "\n\n".join(blocks))
    return "\n".join(map(_block, blocks)), _LINKED.sub(r"\1", _STRESSED.sub(r"\1", text))


def _block(block: str) -> str:
    if not block.startswith("> "):
        return _paragraph(block)
    quoted = _paragraph(block[2:].replace("\n> ", "\n"))
    return f"<blockquote>\n{quoted}\n</blockquote>"


def _paragraph(lines: str) -> str:
    # There is nothing to escape; a character added to the list one day could still not become a tag.
    stressed = _STRESSED.sub(r"<em>\1</em>", escape(lines, quote=False))
    linked = _LINKED.sub(rf'<a href="\2" rel="{LINK_REL}">\1</a>', stressed)
    return "<p>{}</p>".format(linked.replace("\n", "<br>\n"))
