"""XML of any size to records, one at a time, as far as the file can be read.

Names are matched without their prefix, so a prefix that nobody declared does no harm. Entities must not be declared:
exports declare none, and bombs are made of them. Nothing outside the file is ever read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html.entities import html5
from xml.parsers import expat

from .sources import Damaged, Source
from .values import Notice, Progress

LONGEST_FIELD = 4 * 1024 * 1024
"""Characters kept of one element's text; the rest is dropped with a notice."""

LONGEST_TAG = 8 * 1024 * 1024
DEEPEST = 200
MOST_CHILDREN = 10_000
_DECLARATION = re.compile(r"\A<\?xml\b[^>]{0,500}\?>")


class Element:
    """One element of a record: its local name, attributes, text, children; `parent` is the record around it."""

    __slots__ = ("attributes", "children", "line", "name", "parent", "parts", "prefix", "size")

    def __init__(self, name: str, attributes: Mapping[str, str], line: int, parent: Element | None) -> None:
        self.prefix, _, self.name = name.rpartition(":")
        self.attributes, self.line, self.parent = attributes, line, parent
        self.children: list[Element] = []
        self.parts: list[str] = []
        self.size = 0

    @property
    def text(self) -> str:
        """Return the element's own text."""
        return "".join(self.parts)

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children of this local name."""
        return (child for child in self.children if child.name == name)

    def child(self, name: str) -> Element | None:
        """Return the first child of this local name."""
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        """Return the text of the first child of this local name, stripped; "" without one."""
        child = self.child(name)
        return child.text.strip() if child else ""

    def attribute(self, name: str) -> str:
        """Return an attribute by its local name, stripped; "" without one."""
        return next((value.strip() for key, value in self.attributes.items() if key.rpartition(":")[2] == name), "")


def records(
    source: Source,
    wanted: Collection[str],
    ignored: Collection[str],
    progress: Progress,
    *,
    inner: Collection[str] = (),
) -> Iterator[Element | Notice]:
    """Yield every element whose local name is wanted, when it is complete.

    Elements named in `inner` are given out by themselves, before the one around them, which does not hold them; what is
    named in `ignored` is not even collected. The last thing yielded may be a notice of damage.
    """
    notices: list[Notice] = []
    builder = _Builder(frozenset(wanted), frozenset(inner), frozenset(ignored))
    try:
        for text in _from_first_tag(source.text(progress, notices), builder):
            builder.feed(text)
            yield from builder.taken()
        builder.feed("", final=True)
        yield from builder.taken()
    except (expat.ExpatError, Damaged) as error:
        yield from builder.taken()
        yield Notice(f"{_why(error)}; what came before is kept", builder.line, damage=True)
    yield from notices


def _from_first_tag(texts: Iterator[str], builder: _Builder) -> Iterator[str]:
    """Yield the text from the first tag on, without the XML declaration, which is of no use after decoding."""
    stray = ""
    for text in texts:
        stray += text
        start = stray.find("<")
        if start >= 0:
            builder.skipped_lines = stray.count("\n", 0, start)
            if stray[:start].strip():
                builder.notice("stray characters before the XML declaration were skipped", 1)
            yield _DECLARATION.sub("", stray[start:])
            break
    yield from texts


def _why(error: Exception) -> str:
    if not isinstance(error, expat.ExpatError):
        return str(error)
    message = expat.errors.messages.get(error.code, "error")
    return "the file breaks off here" if message in _ENDINGS else f"the XML is damaged here ({message})"


_ENDINGS = frozenset({"no element found", "unclosed token", "unclosed CDATA section", "partial character"})


class _Builder:
    """The handlers of the parser: they keep what stands inside wanted elements and let the rest go."""

    def __init__(self, wanted: frozenset[str], inner: frozenset[str], ignored: frozenset[str]) -> None:
        self.skipped_lines = 0
        self._wanted, self._inner, self._ignored = wanted, inner, ignored
        self._stack: list[Element] = []
        self._depth = self._ignoring = 0
        self._ready: list[Element | Notice] = []
        self._fed = 0
        self._parser = self._new_parser()

    @property
    def line(self) -> int:
        """Return the line of the file at which the parser stands."""
        return int(self._parser.CurrentLineNumber) + self.skipped_lines

    def feed(self, text: str, *, final: bool = False) -> None:
        """Parse more text; raises ExpatError or Damaged."""
        data = text.encode("utf-8", "replace")
        self._fed += len(data)
        self._parser.Parse(data, final)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG:
            raise Damaged("a tag is longer than any export's")

    def taken(self) -> list[Element | Notice]:
        """Return the records completed since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def notice(self, text: str, line: int) -> None:
        """Put a notice among the records."""
        self._ready.append(Notice(text, line))

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        # With a foreign DTD an entity that nobody declared (&nbsp;) is reported and does not end the parse.
        parser.UseForeignDTD(True)
        parser.SkippedEntityHandler = self._entity
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Damaged("elements are nested deeper than in any export")
        if self._ignoring:
            return
        local = name.rpartition(":")[2]
        if local in self._ignored:
            self._ignoring = self._depth
        elif self._stack or local in self._wanted:
            parent = self._stack[-1] if self._stack else None
            self._stack.append(Element(name, attributes, self.line, parent))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._ignoring:
            self._ignoring = self._ignoring if self._depth >= self._ignoring else 0
        elif self._stack:
            self._finish(self._stack.pop())

    def _finish(self, element: Element) -> None:
        if not self._stack or element.name in self._inner:
            self._ready.append(element)
        elif element.parent and len(element.parent.children) < MOST_CHILDREN:
            element.parent.children.append(element)

    def _text(self, data: str) -> None:
        if self._ignoring or not self._stack:
            return
        element = self._stack[-1]
        room = LONGEST_FIELD - element.size
        if room > 0:
            element.parts.append(data[:room])
        if element.size <= LONGEST_FIELD < element.size + len(data):
            self.notice(f"the field {element.name} is longer than {LONGEST_FIELD} characters and was cut", self.line)
        element.size += len(data)

    def _entity(self, name: str, _is_parameter: bool) -> None:
        self._text(html5.get(f"{name};", f"&{name};"))

    def _refuse(self, *_declaration: object) -> None:
        raise Damaged("the file declares entities, which no export does, so it was not read any further")
