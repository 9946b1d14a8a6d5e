"""Names that are safe on every file system: slugs, comment ids, authors and websites from hostile files."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markupsafe import Markup
from unidecode import unidecode

LONGEST_NAME_BYTES = 96
# Windows takes superscript digits for digits here.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin|conout|com[\d¹²³]|lpt[\d¹²³])(?:\..*)?", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_ADDRESS = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.IGNORECASE)
ADDRESS_REMOVED = "(address removed)"
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_FILE_ENDINGS = re.compile(r"\.(?:html?|php|aspx?|md|txt)$", re.IGNORECASE)


def safe_slug(slug: str, fallback: str) -> str:
    """Return the slug as it is if it can name a file, else the nearest name that can.

    Percent-encoding and look-alikes (full-width letters and dots, ligatures) are undone.
    """
    return _safe(re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKC", unquote(slug)))) or _safe(slugify(fallback))


def is_one_name(slug: str) -> bool:
    """Say whether a slug that somebody else chose names a folder right here, on any system."""
    return bool(slug) and slug.strip(". ") == slug and not re.search(r"[/\\:\x00-\x1f]", slug)


def folded(name: str) -> str:
    """Return a name as file systems compare names that ignore case and the way accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def marked(name: str) -> str:
    """Return a name with a mark of its own, for one that another name would be taken for."""
    return f"{name}-{_mark(name)}"


def safe_id(prefix: str, source_id: str) -> str:
    """Return a comment id in the letters that comment files allow; ids that lose something keep a mark of their own."""
    name = f"{prefix}-{source_id}" if prefix else source_id
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-_")
    marked = plain if plain == name else f"{plain}-{_mark(name)}"
    return _safe(marked) or f"comment-{_mark(name)}"


def slugify(text: str) -> str:
    """Return a slug made of a title: ASCII letters where there are any, lower case, hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    kept = ascii_text if re.search(r"[A-Za-z0-9]", ascii_text) else unicodedata.normalize("NFC", text)
    return re.sub(r"[-\s_]+", "-", re.sub(r"[^\w\s-]", "", kept).strip().lower()).strip("-")


def slug_of_file(path: Path) -> str:
    """Return the slug Pelican makes of the name of a file without a `Slug:` line, where SLUGIFY_SOURCE is "basename".

    Its rules are those of Pelican's own SLUG_REGEX_SUBSTITUTIONS.
    """
    text = unidecode(unicodedata.normalize("NFKC", Markup(path.stem).striptags()))  # noqa: S704 - to be stripped, never shown
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip()).lower()


def slugs_of(address: str) -> tuple[str, ...]:
    """Return the slug an address or path can name: its last part, without `index` and without a file ending."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ()
    parts = [part for part in (_FILE_ENDINGS.sub("", part) for part in path.split("/")) if part and part != "index"]
    return tuple(parts[-1:])


def person(name: str | None) -> str | None:
    """Return a name as one clean line; a name that is nothing but an e-mail address is nobody's to publish."""
    text = html.unescape(_TAG.sub("", html.unescape((name or "")[:500])))
    clean = " ".join(without_addresses(_INVISIBLE.sub(" ", text)).replace(ADDRESS_REMOVED, " ").split())
    return clean[:120] or None


def title_text(title: str | None) -> str:
    """Return a title as one line of plain text."""
    return " ".join(_INVISIBLE.sub(" ", html.unescape(_TAG.sub("", (title or "")[:2000]))).split())


def without_tags(text: str | None) -> str | None:
    """Return a text in which no "<" opens a tag: many themes print titles, authors and tags as they are."""
    return _TAG_START.sub("‹", text) if text else None


def website(address: str | None) -> str | None:
    """Return an author's website if it is an http(s) address with a host and no user in it, else None."""
    text = (address or "").strip()
    if len(text) > 500 or re.search(r"[\s\x00-\x20\"'<>\\]", text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname and "@" not in text else None


def without_addresses(text: str) -> str:
    """Return the text with e-mail addresses taken out; the lengths in the pattern keep the search linear."""
    return _ADDRESS.sub(ADDRESS_REMOVED, text) if "@" in text else text


def _safe(name: str) -> str:
    """Return a name without leading dots and dashes, not reserved by any system, and not too long; or nothing."""
    bare = re.sub(r"-{2,}", "-", name).strip(".-_ ") if name.startswith((".", "-", "_")) or ".." in name else name
    bare = bare.replace("..", "-").strip(".-_ ")
    if _RESERVED.fullmatch(bare):
        bare = f"{bare.replace('.', '-')}-essay"
    if len(bare.encode()) <= LONGEST_NAME_BYTES:
        return bare
    cut = bare.encode()[: LONGEST_NAME_BYTES - 9].decode("utf-8", "ignore").strip(".-_")
    return f"{cut}-{_mark(bare)}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
