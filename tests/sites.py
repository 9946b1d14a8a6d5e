"""Whole sites as dictionaries from file name to text: an ordinary one, a hostile one, and a bare theme."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from factories import TEA, comment_file, essay_file

TEA_SITE: Mapping[str, str] = {
    "debates/tea.toml": TEA,
    "essays/cup.md": essay_file("The Cup", Slug="cup", Debate="tea"),
    "essays/pot.md": essay_file("The Pot & the Kettle", Slug="pot", Debate="tea", date="2020-02-01", Comments="closed"),
    "essays/spoon.md": essay_file("The Spoon", Slug="spoon", date="2020-03-01"),
    "essays/undated.md": essay_file("No Day", Slug="undated", date=None, Debate="none"),
    "essays/unfinished.md": essay_file("Unfinished", Slug="unfinished", Status="draft", Debate="tea"),
    "pages/guest-book.md": "Title: Guest book\nSlug: guest-book\n\nWrite.\n",
    "comments/cup/c1.md": comment_file("Tea goes in *first*, always.", author="Bob", Stance="tea"),
    "comments/cup/c2.md": comment_file(
        "I put the milk in first.", author="Ann", date="2020-01-03", In_Reply_To="c1", Stance="milk", Stance_By="author"
    ),
    "comments/cup/c3.md": comment_file("Gone.", author="Mallory", date="2020-01-04", Status="deleted"),
    "comments/cup/c4.md": comment_file("That was rude.", author="Cleo", date="2020-01-05", In_Reply_To="c3"),
    "comments/cup/c5.md": comment_file("Do not tag me.", author="Dan", date="2020-01-06", Stance="off"),
    "comments/cup/secret-7.md": comment_file(
        "Pendingword.", author="Hiddenname", date="2020-01-07", Status="pending", Website="https://hidden.example/"
    ),
    "comments/pot/c1.md": comment_file("Neither matters.", author=None, date="2020-02-02", Stance="none"),
    "comments/guest-book/c1.md": comment_file("Nice site.", author="Eve", date="2020-02-03"),
    "comments/unfinished/c1.md": comment_file("Draftword.", author="Eve", date="2020-02-04"),
}

ATTACKS = (
    "<script>alert('body')</script>",
    "<img src=x onerror=alert(1)>",
    "![pixel](https://tracker.example/pixel.gif)",
    "[click](javascript:alert(1))",
    "[click](JaVa&#x09;ScRiPt:alert(1))",
    "<a href='vbscript:x' onclick='x()' style='position:fixed'>y</a>",
    "<svg onload=alert(1)></svg><iframe src=https://tracker.example></iframe>",
    "<style>@import url(https://tracker.example/x.css);</style>",
    "</article></li></ol></section><h1>Fake</h1><form action=https://tracker.example><input name=q></form>",
    "<p id=main class=panel>x</p><base href=https://tracker.example/><meta http-equiv=refresh content=0>",
    "]]> <!-- --> &lt;script&gt;alert(2)&lt;/script&gt; \x0b\ufffe",
    "{{ SITENAME }} {% raw %} {static}/x {filename}/essays/cup.md",
    "Write to mallory@mail.example or <mallory@mail.example>.",
)
_EVIL_NAME = "<img src=x onerror=alert(1)> & \"Q\" 'q' <script>alert(3)</script> ]]> mallory@mail.example"

HOSTILE_SITE: Mapping[str, str] = {
    "debates/tea.toml": TEA.replace(
        '"Milk first?"', "'Milk & <i>tea</i> \"first\"? <script>alert(4)</script>'"
    ).replace('"Milk first"', "'Milk & <b>more</b> \"<script>alert(5)</script>\"'"),
    "essays/cup.md": essay_file(
        "Tea & <Biscuits> \"now\" 'then' 1 < 2", Slug="cup", Debate="tea", Summary='Say "tea" & <b>smile</b>'
    ),
    "debates/wine.toml": TEA.replace('"tea"', '"wine"').replace('"Milk first?"', "'Red? <script>alert(9)</script>'"),
    "essays/jug.md": essay_file("Jug", Slug="jug", Debate="wine", date="2020-03-01"),
    "essays/pot.md": essay_file("Pot", Slug="pot", Debate="tea", Author="O'Hara & <b>Sons</b>", date="2020-02-01"),
    "comments/cup/good.md": comment_file("Harmless words here.", Stance="tea", Website="https://bob.example/?a=1&b=2"),
    "comments/pot/formula.md": comment_file("=HYPERLINK(1) and more", author="@SUM(1)", Stance="milk"),
    "comments/pot/minus.md": comment_file("-1+1 is a sum", author="+cmd|calc", In_Reply_To="mallory@mail.example"),
    "comments/pot/link.md": comment_file(
        "See <https://fine.example/a?b=1&c=2>.", author="Zoë – 漢字 🫖", Stance="none"
    ),
} | {
    f"comments/cup/evil-{number}.md": comment_file(
        attack, author=_EVIL_NAME, Stance=("milk", "tea", "none")[number % 3], Website=website
    )
    for number, (attack, website) in enumerate(
        zip(
            ATTACKS,
            [
                "javascript:alert(6)",
                "https://mallory:pass@tracker.example/",
                'https://tracker.example/"onmouseover="alert(7)',
                "mailto:mallory@mail.example",
                "data:text/html,<script>alert(8)</script>",
                *["//tracker.example/"] * len(ATTACKS),
            ],
            strict=False,
        )
    )
}

_BARE_BASE = """<!DOCTYPE html><html lang="en"><head><title>{% block title %}t{% endblock %}</title>
{% block head %}{% include "debate/head.html" %}{% endblock %}</head>
<body>{% block content %}{% endblock %}{% include "debate/recent.html" %}</body></html>"""
_BARE_ARTICLE = """{% extends "base.html" %}{% set discussion = article.discussion %}
{% block content %}{% include "debate/panel.html" %}{% include "debate/thread.html" %}{% endblock %}"""
_BARE_LIST = '{% extends "base.html" %}'

BARE_THEME: Mapping[str, str] = {
    "base.html": _BARE_BASE,
    "article.html": _BARE_ARTICLE,
    **{
        f"{name}.html": _BARE_LIST
        for name in ("index", "page", "tag", "tags", "author", "authors", "category", "categories", "archives")
    },
}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _guest(number: int) -> tuple[str, str]:
    """Return the name and the words of a guest of TEA_HOUSE, in many scripts and both directions."""
    names = ("Jürgen Groß", "محمد العربي", "דנה כהן", "李小龙", "Ольга Иванова", "Zoë – 漢字 🫖", "Ngô Thị Hương")
    words = (
        "Die Milch gehört zuerst in die Tasse.",
        "الحليب أولاً ثم الشاي، [اقرأ](https://a.example/).",
        "החלב קודם, כי הכוס דקה.",
    )
    return names[number % len(names)], words[number % len(words)]


TEA_HOUSE: Mapping[str, str] = {
    "debates/tee.toml": """
key = "tee"
question = "Milch zuerst?"
opposites = ["milk", "tea"]
stances = [
  {key = "milk", name = "Milch zuerst", meaning = "Die Milch kommt vor dem Tee.", colour = "sky"},
  {key = "tea", name = "Tee zuerst", meaning = "Der Tee kommt vor der Milch.", colour = "amber"},
]
""",
    "essays/tasse.md": essay_file("Die Tasse", Slug="tasse", Debate="tee", Author="דנה כהן"),
    "essays/kanne.md": essay_file("القهوة والشاي", Slug="kanne", Debate="tee", date="2020-03-01"),
    "comments/kanne/only.md": comment_file("Kanne.", author=None, Stance="none"),
} | {
    f"comments/tasse/c{number}.md": comment_file(
        _guest(number)[1],
        author=_guest(number)[0],
        date=f"2020-01-{number // 2 + 2:02d}",
        Stance=("milk", "tea", "none")[number % 3],
        **({"In_Reply_To": f"c{number - 1}"} if number % 4 else {}),
    )
    for number in range(36)
}
