from __future__ import annotations

import pytest
from debate.sanitizing import EMAIL_PLACEHOLDER, CommentMarkdown, plain_text, safe_name, safe_website, scrub
from factories import safe_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='vbscript:x' onclick='x()'>y</a>",
    "<svg onload=alert(1)><use href=x></svg>",
    "<iframe src=https://example.org></iframe>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed">x</p>',
    "<form action=/x><input name=y></form>",
    "<math><mi xlink:href='data:x'>",
    "![pixel](https://example.org/pixel.gif)",
    "<video src=https://example.org/v autoplay>",
    "<base href=https://example.org/>",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_that_acts_or_fetches_survives(markdown: str) -> None:
    html = safe_html(markdown).lower()
    forbidden = ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", "<math", "<video", "<base")
    assert not any(tag in html for tag in forbidden)
    assert not any(word in html for word in ("onerror", "onclick", "onload", "style=", 'href="javascript', "vbscript:"))
    assert 'href="data' not in html


def test_ordinary_markdown_is_kept() -> None:
    html = safe_html("A *word*, `code`,\nnext line\n\n- one\n- two\n\n> said\n\n```\nx = 1\n```")
    for part in ("<em>word</em>", "<code>code</code>", "<br>", "<li>one</li>", "<blockquote>", "<pre><code>x = 1"):
        assert part in html


def test_every_link_says_that_a_stranger_set_it() -> None:
    html = safe_html('[a](https://example.org/ "t") <a href="https://example.org/b" rel="me">b</a>')
    assert html.count('rel="nofollow ugc noopener"') == 2
    assert 'rel="me"' not in html


def test_an_image_becomes_a_link_that_nothing_fetches() -> None:
    assert '<a href="https://example.org/cat.png" rel="nofollow ugc noopener">a cat</a>' in safe_html(
        "![a cat](https://example.org/cat.png)"
    )


def test_a_heading_becomes_a_bold_paragraph_outside_of_the_page_outline() -> None:
    assert safe_html("# Big *news*") == "<p><strong>Big <em>news</em></strong></p>"


@pytest.mark.parametrize(
    "text",
    [
        "me@example.org",
        "<me@example.org>",
        "[me@example.org](mailto:me@example.org)",
        "ME+x@mail.example.org",
        "me&#64;example.org",
        "me&commat;example.org",
        "m*e*@example.**org**",
        "me\u200b@example.org",
        "https://example.com/?to=me%40example.org",
        "[x](https://example.com/?to=me@example.org)",
    ],
)
def test_no_email_address_reaches_the_output(text: str) -> None:
    assert "example.org" not in safe_html(f"Write to {text} now")
    assert EMAIL_PLACEHOLDER in safe_html(f"Write to {text} now")


def test_a_mail_link_leaves_its_words() -> None:
    assert safe_html("Write to [me](mailto:me@example.org) now") == "<p>Write to me now</p>"


def test_looking_for_addresses_takes_no_longer_on_hostile_text() -> None:
    assert scrub("a." * 200_000) == "a." * 200_000


def test_a_name_can_neither_turn_the_text_around_it_nor_hide_letters() -> None:
    assert safe_name("An\u200bn \u202eevil\u2069 me@example.org") == f"Ann evil {EMAIL_PLACEHOLDER}"


def test_relative_links_are_dropped_as_they_would_break_in_feeds() -> None:
    assert "href" not in safe_html("[a](/etc) [b](//example.org/x) [c](../x)")


def test_characters_that_xml_forbids_are_taken_out() -> None:
    assert scrub("a\x00b\x0bc\ufffed\ne\tf") == "abcd\ne\tf"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One\n\nTwo", "One\n\nTwo"),
        ("One  \nTwo", "One\nTwo"),
        ("*a* & <b>c</b> &lt;d&gt;", "a & c <d>"),
        ("> quoted\n> more\n\nown", "> quoted\n> more\n\nown"),
        ("> > twice\n\nown", "> > twice\n\nown"),
        ("- a\n- b", "a\n\nb"),
        ("```\nx = 1\n  y\n```", "x = 1\n  y"),
        ("", ""),
    ],
)
def test_plain_text_keeps_paragraphs_and_marks_quotations(markdown: str, text: str) -> None:
    assert plain_text(safe_html(markdown)) == text


@pytest.mark.parametrize("address", ["https://example.org/", "http://example.org/~ann?x=1", "https://bücher.example/"])
def test_a_web_address_is_kept(address: str) -> None:
    assert safe_website(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        None,
        "javascript:alert(1)",
        "example.org",
        "//example.org",
        "ftp://example.org",
        "https://",
        "https://a b/",
        "https://user:pass@example.org/",
        'https://example.org/"onclick="x',
        "http://[::1",
        "mailto:me@example.org",
    ],
)
def test_what_is_no_plain_web_address_is_left_out(address: str | None) -> None:
    assert safe_website(address) is None


def test_a_thousand_nested_quotes_do_no_harm() -> None:
    assert "deep" in safe_html("> " * 1000 + "deep")


@pytest.mark.parametrize("marker", ["- ", "1. ", "* "])
def test_lists_nested_too_deeply_for_markdown_are_shown_as_they_were_typed(marker: str) -> None:
    said = f"So *be* it\n{marker * 900}<script>alert(1)</script> & write to ann@mail.example\n\nEnd"
    rendered = CommentMarkdown().rendered(f"{marker * 900}deep\n\n{said}")
    assert rendered.html.startswith(f"<p>{(marker * 900)}deep</p>")
    assert "So *be* it<br>\n" in rendered.html
    harmless = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; write to (address removed)"
    assert rendered.html.endswith(f"{harmless}</p>\n<p>End</p>")
    assert rendered.text.count(marker.strip()) >= 1800
