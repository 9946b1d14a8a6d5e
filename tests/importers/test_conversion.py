"""HTML to Markdown: what Markdown can say is kept, what is unsafe is not, whatever the HTML is."""

import time

import pytest
from debate.importers.conversion import markdown_of_html, safe_link
from debate.importers.escaping import plain
from debate.importers.tokens import Token, attributes_of, tokens
from markdown import markdown

CASES = {
    "emphasis": ("<b>bold</b> <em> spaced </em>x", "**bold** *spaced* x"),
    "nothing inside": ("a<b></b>c", "ac"),
    "nested marks": ("<b>a <i>b</i></b>", "**a *b***"),
    "unclosed mark": ("<b>a<p>c", "a\n\nc"),
    "code": ("<code>a`b*</code>", "`` a`b* ``"),
    "pre": ("<pre>x = 1\n  y</pre>", "    x = 1\n      y"),
    "links of pelican's own": (
        '<a href="{static}/x">t</a><a href="|attach|y">u</a>',
        "[t](%7Bstatic%7D/x)[u](%7Cattach%7Cy)",
    ),
    "links": ('<a href="/x y(z)">t</a>', "[t](/x%20y%28z%29)"),
    "link around an image": ('<a href="/big"><img src="/s.png" alt="Bee"></a>', "[Bee](/big)"),
    "list": ("<ul><li>a<ol><li>b<li>c</ol><li>d</ul>e", "- a\n    1. b\n    2. c\n- d\n\ne"),
    "item with paragraphs": ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n    b"),
    "quotation": ("<blockquote>a<br>b<blockquote>c</blockquote></blockquote>d", "> a  \n> b\n\n> > c\n\nd"),
    "headings": ("<h2>A <b>b</b></h2>c<h7>d</h7>", "## A **b**\n\ncd"),
    "rule": ("a<hr>b", "a\n\n* * *\n\nb"),
    "table": ("<table><tr><th>A<th>B</tr><tr><td>1|2</td></tr></table>", "| A | B |\n| --- | --- |\n| 1\\|2 |  |"),
    "table in a table": ("<table><tr><td>a<table><tr><td>b</table></table>", "| a b |\n| --- |"),
    "embed": ('<iframe src="https://v.example.org/1">x</iframe>', "[https://v.example.org/1](https://v.example.org/1)"),
    "script": ("a<script>b</script><style>c</style><!-- d -->e", "ae"),
    "unclosed script": ("a<script>b", "a"),
    "double breaks": ("a<br/><br />b<br>c", "a\n\nb  \nc"),
    "marks of markdown": (
        "*a* _b_ c_d [e](f) `g` <br>1. h<br># i<br>- j",
        "\\*a\\* \\_b\\_ c_d \\[e\\](f) \\`g\\`  \n1\\. h  \n\\# i  \n\\- j",
    ),
    "entities": ("&lt;b&gt; AT&amp;T &amp;amp; &nbsp;x", "&lt;b> AT&T &amp;amp; x"),
    "lone signs": ("a < b > c & d", "a &lt; b > c & d"),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_html_becomes_the_markdown_that_says_the_same(html, expected):
    assert markdown_of_html(html).markdown == expected


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "a*b*c",
        "snake_case _x_",
        "1. one",
        "# no",
        "- no",
        "<b>",
        "&lt;",
        "[a](b)",
        "`c`",
        "a\\*b",
        "x ![y](z)",
        "~~~\nno",
        "a\n===",
        "a\n---",
        "| a |",
    ],
)
def test_escaped_text_reads_the_same_when_markdown_has_read_it(text):
    html = markdown(plain(text), extensions=["fenced_code", "sane_lists", "tables"])
    visible = "".join(token.text for token in tokens(html)).strip()
    assert visible == text
    assert {token.tag for token in tokens(html)} <= {"", "p", "/p"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "java\tscript:x",
        " \x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "mailto:a@example.org",
        "",
        "http://[bad",
        "x" * 3000,
    ],
)
def test_unsafe_addresses_are_no_links(address):
    assert safe_link(address) is None
    assert "](" not in markdown_of_html(f'<a href="{address}">t</a>').markdown


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "/a/b", "#x", "../a", "//example.org/x"])
def test_safe_addresses_stay(address):
    assert safe_link(address) == address


def test_images_are_listed_and_those_of_other_hosts_become_links():
    found = markdown_of_html(
        '<img src="https://example.org/a.png" alt="A"><img src="/b.png"><img src="data:image/png;base64,xx" alt="C">'
    )
    assert found.markdown == "[A](https://example.org/a.png)![image](/b.png)C"
    assert found.media == ("https://example.org/a.png", "/b.png")


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<",
        '<a "',
        "<a '\"",
        "<!--",
        "<![CDATA[",
        "<script></script>",
        "<b>",
        "<b>x</b>",
        "<blockquote>",
        "<ul><li>",
        "</li>",
        "<td>x",
        "&#x",
        "a.",
        "](",
        "*",
        "_",
        "\n",
        " \n",
        "#",
        "=",
        "<pre>",
        "<table><tr><td>",
        "<h1>",
        "@a.",
        "a@b.c",
        "<p title='",
        "[caption ",
    ],
)
def test_time_grows_with_length_and_not_with_its_square(piece):
    text = piece * (400_000 // len(piece))
    start = time.process_time()
    markdown_of_html(text, breaks=True)
    assert time.process_time() - start < 10


def test_deep_nesting_keeps_prefixes_short():
    assert len(markdown_of_html("<blockquote>" * 50_000 + "x").markdown) < 100


def test_tokens_keep_the_first_of_two_attributes_and_survive_odd_quotes():
    assert attributes_of(' href="a" HREF=b title=\'c "d"\' checked x=&amp;') == {
        "href": "a",
        "title": 'c "d"',
        "checked": "",
        "x": "&",
    }
    assert list(tokens('<a href="x>y">z')) == [Token("a", "", {"href": "x>y"}), Token("", "z")]
