from pathlib import Path

import pytest
from debate.catalogues import SHIPPED, read_catalogue
from debate.errors import CatalogueError
from debate.languages import read_language

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "fr.po"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('msgid "by %(name)s"\nmsgstr "par %(nom)s"\n', "%(nom)s is none of its placeholders"),
        ('msgid "by %(name)s"\nmsgstr "par quelqu’un"\n', "%(name)s is missing"),
        ('msgid "half"\nmsgstr "50 %"\n', "a percent sign is written %%"),
        ('msgid "by %(name)s"\nmsgstr "par %(name)d"\n', "is missing"),
        ('msgid "one"\nmsgid_plural "%(count)s"\nmsgstr[0] "un"\nmsgstr[1] "%(conte)s"\n', "%(conte)s is none"),
        ('msgid "half\n', "fr.po"),
    ],
)
def test_a_translation_that_would_break_a_page_stops_the_build_and_names_its_place(
    tmp_path: Path, text: str, why: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(CatalogueError) as caught:
        read_language("fr", tmp_path)
    assert str(path) in caught.value.message
    assert why in caught.value.message


def test_fuzzy_and_empty_translations_are_not_shown(tmp_path: Path) -> None:
    written(
        tmp_path,
        '#, fuzzy\nmsgid "one"\nmsgstr "peut-être"\n\n'
        'msgid "%(first)s and %(last)s"\nmsgstr ""\n\n'
        'msgid "“%(words)s”"\nmsgstr "« %(words)s »"\n',
    )
    french = read_language("fr", tmp_path)
    assert french.gettext("one") == "one"
    assert french.listed(["a", "b"]) == "a and b"
    assert french.quoted("a") == "« a »"


def test_a_singular_may_leave_out_the_number_and_may_name_it(tmp_path: Path) -> None:
    written(
        tmp_path,
        'msgid "one tag"\nmsgid_plural "%(count)s tags"\n'
        'msgstr[0] "%(count)s étiquette"\nmsgstr[1] "%(count)s étiquettes"\n',
    )
    assert read_language("fr", tmp_path).ngettext("one tag", "%(count)s tags", 1) == "one étiquette"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.po")), ids=lambda path: path.name)
def test_a_shipped_catalogue_can_be_read(path: Path) -> None:
    assert len(read_catalogue(path, read_language(path.stem, SHIPPED).locale))
