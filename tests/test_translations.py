"""What translators rely on: every word a reader sees can be translated, and the languages that ship are whole."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from debate.catalogues import SHIPPED, faults, originals, read_catalogue, translated
from debate.desk.translating import messages_of, untranslated, update_catalogues
from debate.languages import ENGLISH
from debate.speaking import speak
from factories import ROOT
from jinja2 import Environment, nodes

CATALOGUES = sorted(SHIPPED.glob("*.po"))
FOLDERS = (ROOT / "plugins/debate/templates", ROOT / "theme/templates")
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in (".html", ".xsl"))
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:aria-label|title|alt|placeholder|summary)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
FILE = re.compile(r"[\w/]+\.\w+")
THE_SAME_EVERYWHERE = {"(Atom)", "(RSS)", "(JSON)"}


@pytest.fixture(scope="module")
def messages() -> dict[tuple[object, object], Message]:
    return {_key(message): message for message in messages_of(ROOT / "theme") if message.id}


def _key(message: Message) -> tuple[object, object]:
    return (message.id, message.context)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_a_language_that_ships_has_every_message_and_no_other(
    path: Path, messages: dict[tuple[object, object], Message]
) -> None:
    catalog = read_catalogue(path, path.stem)
    assert untranslated(catalog) == []
    assert {_key(message) for message in catalog if message.id} == set(messages)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_translations_keep_placeholders_markup_and_the_spaces_around(path: Path) -> None:
    wrong = [
        (originals(message)[0], form)
        for message in read_catalogue(path, path.stem)
        if message.id
        for form in translated(message)
        if list(faults(message)) or _shape(form) not in [_shape(original) for original in originals(message)]
    ]
    assert wrong == []


def test_no_line_breaks_before_a_percent_sign(messages: dict[tuple[object, object], Message]) -> None:
    shipped = [message for path in CATALOGUES for message in read_catalogue(path, path.stem)]
    texts = [text for message in (*messages.values(), *shipped) for text in (*originals(message), *translated(message))]
    assert len([text for text in texts if "\u00a0%%" in text]) > 4
    assert [text for text in texts if " %%" in text] == []


def _shape(text: str) -> tuple[list[str], bool, bool]:
    """Return what a translation may not change: tags, the placeholders of scripts, spaces at the ends."""
    return (sorted(re.findall(r"<[^>]+>|\{\w+\}", text)), text[:1].isspace(), text[-1:].isspace())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_word_of_a_template_is_marked_for_translation(path: Path) -> None:
    environment = Environment(autoescape=True)
    speak(environment, ENGLISH)
    tree = environment.parse(path.read_text(encoding="utf-8"))
    text = "\0".join(data.data for data in tree.find_all(nodes.TemplateData))
    spoken = " ".join(SPOKEN_ATTRIBUTES.findall(text))
    shown = re.sub(
        r"<[^>]*>|&[#\w]+;|[\w-]+=\"[^\"]*\"", " ", re.sub(r"<!--.*?-->|<\?.*?\?>", " ", text, flags=re.DOTALL)
    )
    words = {word.strip("\0") for word in f"{shown} {spoken}".split() if WORD.search(word)}
    assert {word for word in words if not FILE.fullmatch(word)} - THE_SAME_EVERYWHERE == set()


def test_catalogues_are_what_the_task_makes_of_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = {path: tmp_path / path.name for path in CATALOGUES}
    for path, copy in copies.items():
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr("debate.desk.translating.SHIPPED", tmp_path)
    report = update_catalogues(ROOT / "theme")
    assert [line.split(":")[0] for line in report.splitlines()] == [path.name for path in CATALOGUES]
    assert {path.name: copy.read_text("utf-8") == path.read_text("utf-8") for path, copy in copies.items()} == {
        path.name: True for path in CATALOGUES
    }


def test_the_task_begins_a_new_language_with_every_message_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: dict[tuple[object, object], Message]
) -> None:
    monkeypatch.setattr("debate.desk.translating.SHIPPED", tmp_path)
    assert update_catalogues(ROOT / "theme", "pt-BR") == (
        f"pt_BR.po: {len(messages)} messages, {len(messages)} of them to translate"
    )
    assert "Plural-Forms: nplurals=2; plural=(n > 1);" in (tmp_path / "pt_BR.po").read_text(encoding="utf-8")
