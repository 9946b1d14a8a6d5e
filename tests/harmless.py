"""What HTML may hold that a stranger had a hand in, judged by what a parser makes of it, never by its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

_ACTIVE = (
    "script style form input button select textarea iframe frame frameset object embed applet base meta link svg",
    "math video audio source track portal template noscript xmp plaintext listing marquee isindex dialog img picture",
    "map area",
)
ACTIVE_TAGS = frozenset(" ".join(_ACTIVE).split())
_ADDRESSES = ("href", "src", "action", "formaction", "cite", "poster", "data", "background", "xlink:href", "srcset")
_SAFE_ADDRESS = re.compile(r"(?:https?:|mailto:|#|/|\.{0,2}/|[\w%.-]+/|[\w%.-]*$)", re.IGNORECASE)


def faults(text: str, *, images: bool = False) -> list[str]:
    """Return what is wrong with a piece of HTML: active elements, handlers, style, addresses that run or fetch.

    `images` allows `<img>`, which essays may have.
    """
    if not text.strip():
        return []
    root = html.fragment_fromstring(text, create_parent="div")
    return [fault for element in root.iter() for fault in element_faults(element, images=images)]


def element_faults(element: HtmlElement, *, images: bool = False) -> Iterator[str]:
    """Yield what is wrong with one element."""
    tag = element.tag if isinstance(element.tag, str) else "#comment"
    if tag.lower() in ACTIVE_TAGS - ({"img"} if images else set()):
        yield f"<{tag}>"
    for name, value in element.attrib.items():
        low = name.lower()
        if low.startswith("on") or low in ("style", "srcdoc", "http-equiv", "ping", "autofocus"):
            yield f"<{tag} {name}={value[:60]!r}>"
        if low in _ADDRESSES and not _SAFE_ADDRESS.match(re.sub(r"[\x00-\x20]", "", value)):
            yield f"<{tag} {name}={value[:60]!r}>"
