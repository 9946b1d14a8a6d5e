"""Read built pages and feeds the way a machine would: elements, addresses, what a browser would fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from factories import Built
from lxml import html
from lxml.html import HtmlElement

_FETCHED = (
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("use", "href"),
)
_CSS_FETCHES = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


def paths(built: Built) -> list[str]:
    """Return the paths of all built pages."""
    return [path for path in built.files() if path.endswith(".html")]


def page(built: Built, path: str) -> HtmlElement:
    """Return the root element of a built page."""
    return html.document_fromstring(built.read(path).encode())


def text_of(element: HtmlElement) -> str:
    """Return an element's text with single spaces."""
    return " ".join(element.text_content().split())


def texts(built: Built, path: str, xpath: str) -> list[str]:
    """Return the texts of the elements an XPath finds on a page."""
    return [text_of(element) for element in page(built, path).xpath(xpath)]


def comment_on(built: Built, path: str, id: str) -> HtmlElement:
    """Return the element of a comment on a page."""
    (found,) = page(built, path).xpath(f'//article[@id="comment-{id}"]')
    return found


def fetched(built: Built, path: str) -> set[str]:
    """Return every address a browser would fetch for a page, links to other formats left out."""
    root = page(built, path)
    found = {
        value
        for tag, attribute in _FETCHED
        for element in root.iter(tag)
        if (value := element.get(attribute)) and element.get("rel") not in ("alternate", "canonical", "prev", "next")
    }
    styles = [element.text_content() for element in root.iter("style")] + root.xpath("//@style")
    return found | {address for style in styles for address in fetched_by_css(style)}


def fetched_by_css(style: str) -> set[str]:
    """Return the addresses a stylesheet would fetch."""
    return {first or second for first, second in _CSS_FETCHES.findall(style)}


def broken_links(built: Built, path: str, site_url: str) -> Iterator[str]:
    """Yield the internal addresses on a page that lead to no file or no element of the output."""
    here = f"{site_url}/{path}"
    for address in set(page(built, path).xpath("//@href | //@src")):
        target = urlsplit(urljoin(here, address))
        if f"{target.scheme}://{target.netloc}" == site_url and not _leads_somewhere(
            built, target.path, target.fragment
        ):
            yield address


def _leads_somewhere(built: Built, path: str, fragment: str) -> bool:
    file = built.output / unquote(path).lstrip("/")
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return False
    return not fragment or unquote(fragment) in page(built, str(file.relative_to(built.output))).xpath("//@id")
