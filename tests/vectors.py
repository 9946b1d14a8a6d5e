"""A site in which every field that a stranger can fill holds each published XSS vector, and its harmless twin."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from debate.frontmatter import join, one_line
from debate.importers import import_file
from factories import ROOT, SETTINGS, Built, essay_file, pelican
from importers.test_wordpress import comment, export, item

FILE = ROOT / "tests/data/xss-vectors.toml"
HARMLESS = (
    "harmless words",
    "Only meeting face to face makes a tie real; online contact is a poor substitute for a handshake.",
    "Friends I made online are real friends, and online networking got me every job I ever had.",
    "It is a spectrum: both count, and which is better depends on the person and the purpose.",
)
AN_ESSAY = 24
LABELS = ("online", "spectrum", "face-to-face")
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})|\\(u200b|u2028)")


def vectors() -> list[tuple[str, str]]:
    """Return (class, vector) for each line of the table; `\\x..` stands for a control character."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [(kind, _ESCAPED.sub(_character, text)) for kind, texts in table.items() for text in texts]


def twin(text: str) -> str:
    """Return harmless words in the place of a vector; they take all sides, so that pages show all that they can."""
    return HARMLESS[len(text) % len(HARMLESS)]


def build_with(folder: Path, of: Callable[[str], str]) -> Built:
    """Build the site with `of(vector)` wherever a stranger's words can stand, from files and from an import."""
    content = folder / "content"
    for name, text in _files(of).items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "export.xml").write_text(_export(of), encoding="utf-8")
    import_file(folder / "export.xml", content, debate="networking")
    settings = SETTINGS | {"SITEURL": "", "RELATIVE_URLS": True, "DEBATE_SEARCH_URL": "search/"}
    lines = (f"{name} = {value!r}\n" for name, value in settings.items())
    (folder / "pelicanconf.py").write_text("".join(lines), encoding="utf-8")
    built = pelican(folder, "pelicanconf.py", folder / "output")
    assert built.code == 0, built.log[-3000:]
    return built


def _files(of: Callable[[str], str]) -> Mapping[str, str]:
    texts = [of(text) for _, text in vectors()]
    files = {
        "debates/networking.toml": _debate("networking", texts[::3], 'model = "networking"\n', LABELS),
        "debates/names.toml": _debate("names", texts, "", [f"s-{number}" for number in range(12)]),
        "essays/names.md": essay_file("Names", Slug="names", Debate="names"),
    }
    for number, text in enumerate(texts):
        slug = f"v-{number // AN_ESSAY}"
        files[f"essays/{slug}.md"] = essay_file(f"Essay {slug}", Slug=slug, Debate="networking")
        files |= {f"comments/{slug}/{number}-{name}.md": file for name, file in _comments(text, number).items()}
    return files


def _comments(text: str, number: int) -> Mapping[str, str]:
    line = one_line(text) or "x"
    plain = (("Author", "Bob"), ("Date", f"2020-01-01T{number // 60:02}:{number % 60:02}:00"))
    links = f'[x]({text})\n\n<{text}>\n\n<a href="{text}" title="{text}">x</a> <b {text}>x</b>\n\n![{text}](x "{text}")'
    hostile = [(name, line) for name in ("Author", "Date", "In-Reply-To", "Website", "Stance-By")]
    return {
        "start": join(plain, f"{text}\n\nMeeting online is real networking, I say. {text}"),
        "links": join([*plain, ("In-Reply-To", f"{number}-start")], f"{links}\n\n> {text}\n\n- {text}\n\n# {text}"),
        "head": join([*hostile, ("Stance", LABELS[number % 3])], "Plain words."),
    }


def _debate(key: str, texts: list[str], more: str, labels: list[str] | tuple[str, ...]) -> str:
    """Return a debate whose question and stances are named by all the texts, a share of them each."""
    share = [texts[number :: len(labels)] for number in range(len(labels))]
    stances = "".join(
        f"\n[[stances]]\nkey = {_toml(label)}\nname = {_toml(' '.join(part))}\nmeaning = {_toml(' | '.join(part))}\n"
        f'colour = "{("sky", "plum", "amber")[number % 3]}"\n'
        for number, (label, part) in enumerate(zip(labels, share, strict=True))
    )
    head = f"key = {_toml(key)}\nquestion = {_toml(' '.join(texts[:40]))}\nopposites = {[labels[0], labels[-1]]!r}\n"
    names = f"none_name = {_toml(texts[0])}\nunsure_name = {_toml(texts[1])}\n"
    return f"{head}{names}{more}{stances}"


def _toml(text: str) -> str:
    """Return a text as TOML; control characters are left out, as a debate's file is refused with them."""
    return json.dumps(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text), ensure_ascii=False)


def _export(of: Callable[[str], str]) -> str:
    """Return a WordPress export with the texts in every field of posts and comments."""
    texts = [of(text) for _, text in vectors()]
    items = [
        item(
            *(comment(number + k, text=_data(text), author=_data(text)) for k, text in enumerate(part)),
            number=number,
            slug=_markup(part[0]),
            title=_markup(" ".join(part)),
            text=_data("\n\n".join(part)),
            extra=f'<category domain="post_tag" nicename="x"><![CDATA[{_data(part[0])}]]></category>',
        )
        for number in range(1, len(texts), AN_ESSAY)
        if (part := texts[number : number + AN_ESSAY])
    ]
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", export(*items))


def _markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _data(text: str) -> str:
    return text.replace("]]>", "]]]]><![CDATA[>")


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2][1:], 16))
