"""Comments without any markup, as most are: their HTML and plain text without Markdown and without a clean-up."""

from __future__ import annotations

import re
from html import escape

_PICTURES = "\u2600-\u27bf\ufe0f\U0001f300-\U0001faff"
_FIRST = rf"[\w\"'“‘«¿¡({_PICTURES}]"
_MORE = rf"(?:[\w \"'“”‘’«»¿¡().,:;!?/+=~#$€£°…–—、。，！？：；「」،؟{_PICTURES}-]|%(?!40))*+"
_LINE = rf"(?!\d+\.){_FIRST}{_MORE}(?<! )"
_UNMARKED = re.compile(rf"(?!.*_){_LINE}(?:\n+{_LINE})*+", re.DOTALL)
_BETWEEN_PARAGRAPHS = re.compile(r"\n{2,}")
_SPACES = re.compile(" {2,}")


def unmarked(body: str) -> tuple[str, str] | None:
    """Return the HTML and the plain text of a body without any markup; None where anything in it could be some.

    Why no clean-up is needed: the whole body has to consist of the listed characters, and none of them can open a tag,
    an entity or an attribute ("<", "&", ">"), markup ("*", "_", "`", "[", "\\"), or an address of a person ("@",
    "%40"); none is invisible, turns the text or is a blank but the space. A line starts with none that makes a
    heading, a list, a rule, a fence or an indented block, and ends without a space. Such a text means itself: Markdown
    only puts paragraphs and line breaks around it. "When in doubt, None": what is not listed goes the long way.
    """
    lines = body.strip("\n")
    if not _UNMARKED.fullmatch(lines):
        return None
    paragraphs = _BETWEEN_PARAGRAPHS.split(lines)
    html = "\n".join(f"<p>{_broken(paragraph)}</p>" for paragraph in paragraphs)
    return html, _SPACES.sub(" ", "\n\n".join(paragraphs))


def _broken(paragraph: str) -> str:
    # There is nothing to escape; a character added to the list one day could still not become a tag.
    return escape(paragraph, quote=False).replace("\n", "<br>\n")
