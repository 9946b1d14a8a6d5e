from datetime import date
from pathlib import Path

import pytest
from debate.languages import ENGLISH, read_language
from debate.speaking import speak
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache

FRENCH = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Hello %(name)s"
msgstr "Salut <b>%(name)s</b>"

msgid "half, 50 %%"
msgstr "la moitié, 50 %%"

msgid "One page"
msgid_plural "%(num)s pages"
msgstr[0] "%(num)s page"
msgstr[1] "%(num)s pages"

msgctxt "month"
msgid "May"
msgstr "mai"
"""


def rendered(folder: Path, source: str, *, autoescape: bool = True, **values: object) -> str:
    (folder / "fr.po").write_text(FRENCH, encoding="utf-8")
    environment = Environment(autoescape=autoescape)
    speak(environment, read_language("fr", folder))
    return environment.from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% trans name='<i>' %}Hello {{ name }}{% endtrans %}", "Salut <b>&lt;i&gt;</b>"),
        ("{{ _('Hello %(name)s', name='<i>') }}", "Salut <b>&lt;i&gt;</b>"),
        ("{% autoescape false %}{{ _('Hello %(name)s', name='<i>') }}{% endautoescape %}", "Salut <b><i></b>"),
        ("{{ _('half, 50 %%') }}", "la moitié, 50 %"),
        ("{% trans %}half, 50 %{% endtrans %}", "la moitié, 50 %"),
        ("{{ _('<b>not translated</b>') }}", "<b>not translated</b>"),
        ("{% trans num=0 %}One page{% pluralize %}{{ num }} pages{% endtrans %}", "0 page"),
        ("{{ ngettext('One page', '%(num)s pages', 2) }}", "2 pages"),
        ("{{ pgettext('month', 'May') }} {{ _('May') }}", "mai May"),
        ("{% trans context=1, message=2 %}{{ context }} {{ message }}{% endtrans %}", "1 2"),
        ("{% macro day(d) %}{{ language.day(d) }}{% endmacro %}{{ day(day_given) }}", "3 janvier 2020"),
        ("{{ direction_of('ar') }}", "rtl"),
    ],
)
def test_templates_speak_the_language_and_escape_what_is_filled_in(tmp_path: Path, source: str, words: str) -> None:
    assert rendered(tmp_path, source, day_given=date(2020, 1, 3)) == words


def test_the_same_message_is_markup_in_one_template_and_text_in_another() -> None:
    environment = Environment()
    speak(environment, ENGLISH)
    source = "{{ _('<b>') ~ '<i>' }}"
    assert environment.from_string(source).render() == "<b><i>"
    assert environment.from_string(f"{{% autoescape true %}}{source}{{% endautoescape %}}").render() == "<b>&lt;i&gt;"
    assert environment.from_string(source).render() == "<b><i>"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ _('Who & <b>what</b>') }}", "Who & <b>what</b>"),
        ("{{- _('May') -}}", "May"),
        ("{{ _('May')|upper }}", "MAY"),
        ("{% raw %}{{ _('May') }}{% endraw %}", "{{ _('May') }}"),
        ("{% set _ = given %}{{ _('May', name=1) }}", "given"),
        ("{{ _('%(n)d and %(m)s', n=2, m='<') }}", "2 and &lt;"),
        ("{{ _('%(m)s', m='<b>'|safe) }}", "<b>"),
        ("{{ _('%(m)s', m=missing) }}", ""),
    ],
)
def test_a_message_reads_the_same_wherever_it_stands(source: str, words: str) -> None:
    environment = Environment(autoescape=True)
    speak(environment, ENGLISH)
    assert environment.from_string(source).render(given=lambda *_, **__: "given") == words


def test_a_fixed_message_is_part_of_the_compiled_template() -> None:
    environment = Environment(autoescape=True)
    speak(environment, ENGLISH)
    template = environment.from_string("{{ _('Tea & milk') }} {{ _('%(n)s', n=1) }}")
    assert template.render(_=lambda *_, **__: "asked") == "Tea & milk asked"


def test_a_template_that_is_kept_compiled_speaks_the_language_of_each_build(tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text(FRENCH.replace('msgctxt "month"\n', ""), encoding="utf-8")
    spoken = []
    for language in (ENGLISH, read_language("fr", tmp_path)):
        environment = Environment(
            loader=DictLoader({"a": "{{ _('May') }}"}),
            bytecode_cache=FileSystemBytecodeCache(str(tmp_path)),
            autoescape=True,
        )
        speak(environment, language)
        spoken.append(environment.get_template("a").render())
    assert spoken == ["May", "mai"]
