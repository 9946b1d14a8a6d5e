"""Whole sites in other languages: what a reader of German reads, and what a right-to-left page needs."""

import json
import re
from email.utils import unquote
from urllib.parse import parse_qs, urlsplit

import pytest
from debate.desk.translating import messages_of
from factories import ROOT, Built, build
from lxml import html
from pages import page, paths, text_of, texts
from sites import TEA_HOUSE

# English words that German does not have, as they stand in the plugin's own sentences.
ENGLISH = re.compile(r"\b(?:the|of|and|comments?|stances?|people|takes?|not|by|shares?|guessed|reply|replies)\b")


def _shown(built: Built, path: str) -> str:
    """Return what a person reads or hears of a page, the guests' own words left out."""
    root = page(built, path)
    for part in root.xpath("//script | //*[contains(@class, 'debate-body')] | //blockquote | //a[@download]"):
        part.drop_tree()
    spoken = root.xpath("//@aria-label | //@title")
    return " ".join([text_of(root), *spoken])


def test_no_english_word_is_left_on_any_page_of_a_german_site(german: Built) -> None:
    left = {path: set(ENGLISH.findall(_shown(german, path))) for path in paths(german)}
    assert {path: words for path, words in left.items() if words} == {}


def test_a_german_page_says_its_language_and_direction(german: Built) -> None:
    assert {(page(german, path).get("lang"), page(german, path).get("dir")) for path in paths(german)} == {
        ("de", "ltr")
    }
    assert not page(german, "index.html").get("data-words-in")


def test_sentences_dates_and_figures_are_german(german: Built) -> None:
    words = text_of(page(german, "debate/tee/index.html"))
    assert "37 Kommentare von acht Personen unter zwei Essays." in words
    assert "12 Kommentare vertreten „Milch zuerst“ und 12 „Tee zuerst“; 13 beziehen keine Stellung." in words
    assert "Keine Haltung liegt klar vorn: „Milch zuerst“ und „Tee zuerst“ liegen zu nah beieinander." in words
    assert "12 · 32 %" in words
    assert "Der Gini-Koeffizient beträgt 0," in words
    dates = page(german, "tasse/index.html").xpath('//article[@id="comment-c0"]//time')
    assert [(date.get("datetime"), date.text) for date in dates] == [("2020-01-02T00:00:00+00:00", "2. Januar 2020")]
    assert texts(german, "archiv/2020-03/index.html", "//h1") == ["März 2020"]


def test_plural_forms_are_german(german: Built) -> None:
    assert texts(german, "kanne/index.html", '//h2[@id="comments-heading"]') == ["Ein Kommentar"]
    assert texts(german, "tasse/index.html", '//h2[@id="comments-heading"]') == ["36 Kommentare"]
    assert "Eine Antwort" in texts(german, "tasse/index.html", '//*[@class="shut"]')


def test_a_debates_own_words_are_kept_and_those_it_leaves_out_are_german(german: Built) -> None:
    labels = set(texts(german, "tasse/index.html", '//*[@class="debate-label"]'))
    assert labels == {"Milch zuerst", "Tee zuerst", "bezieht keine Stellung"}


def test_feeds_are_german_and_say_so(german: Built) -> None:
    atom = german.read("feeds/comments/kanne.atom.xml")
    assert 'xml:lang="de"' in atom
    assert "<title>Kommentare zu القهوة والشاي</title>" in atom
    assert "<title>Jemand zu القهوة والشاي</title>" in atom
    feed = json.loads(german.read("feeds/comments.json"))
    assert (feed["language"], feed["title"]) == ("de", "Test: Kommentare")


def test_a_reply_by_mail_begins_with_german_words_in_a_file_that_stays_as_it_is(german: Built) -> None:
    (link,) = page(german, "kanne/index.html").xpath('//article[@id="comment-only"]//a[@class="by-mail"]/@href')
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert body.startswith("Essay: kanne\r\nIn-Reply-To: only\r\nAuthor: \r\n")
    assert "(Hier die Antwort schreiben; der Name gehört oben hinter „Author“.)" in unquote(body)


def test_scripts_get_their_words_from_the_page(german: Built) -> None:
    assert "Verwerfen" in texts(german, "tasse/index.html", '//*[@id="reply-form"]//button')
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins/debate/static").glob("*.js"))
    of_the_page = {message.id for message in messages_of(ROOT / "theme") if isinstance(message.id, str) and message.id}
    assert [words for words in re.findall(r'"([A-Z][^"]+)"', scripts) if words in of_the_page] == []


def test_what_reads_english_alone_is_left_out_elsewhere(german: Built) -> None:
    summary = json.loads(german.read("debate/tee/debate.json"))["summary"]
    assert (summary["tone"], summary["common_ground"]) == ([], [])
    assert not page(german, "debate/tee/index.html").xpath('//*[@id="tone-heading"]')


@pytest.mark.parametrize(
    "path", ["index.html", "tasse/index.html", "debate/tee/index.html", "debate/tee/milk/index.html"]
)
def test_a_right_to_left_page_has_its_direction_and_english_words_for_want_of_others(hebrew: Built, path: str) -> None:
    root = page(hebrew, path)
    assert (root.get("lang"), root.get("dir"), root.get("data-words-in")) == ("he", "rtl", "en")
    assert "בינואר 2020" in text_of(root)
    assert "The debate" in text_of(root)


def test_the_build_tells_the_owner_of_a_missing_catalogue_when_asked(hebrew: Built, tmp_path) -> None:
    assert "catalogue" not in hebrew.log
    built = build(tmp_path, {}, DEFAULT_LANG="xx")
    assert built.code == 0
    assert built.log.count("DEFAULT_LANG: xx is no known language") == 1


def test_names_and_words_of_strangers_keep_their_own_direction(hebrew: Built, german: Built) -> None:
    for built in (hebrew, german):
        root = page(built, "tasse/index.html")
        assert {body.get("dir") for body in root.xpath('//*[contains(@class, "debate-body")]')} == {"auto"}
        names = root.xpath('//*[contains(@class, "author")]//bdi')
        assert len(names) == 36
        assert all(quote.get("dir") == "auto" for quote in root.xpath("//blockquote/p"))


def test_an_owners_catalogue_in_the_theme_wins(tmp_path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    for name in ("templates", "static"):
        (theme / name).symlink_to(ROOT / "theme" / name)
    (theme / "translations").mkdir()
    (theme / "translations/de.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Someone"\nmsgstr "Unbekannt"\n',
        "utf-8",
    )
    built = build(tmp_path, TEA_HOUSE, DEFAULT_LANG="de-AT", THEME=str(theme))
    assert built.code == 0, built.log
    words = html.document_fromstring(built.read("kanne/index.html").encode()).text_content()
    assert "Unbekannt" in words
    assert "Ein Kommentar" in words
