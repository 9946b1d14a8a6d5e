"""Essays of a content folder, read without Pelican."""

from functools import partial
from pathlib import Path

import pytest
from debate.desk.moderate import moderate_command
from debate.desk.review import review_command
from debate.desk.site import read_topics
from debate.errors import DebateError, DebateFileError
from debate.settings import DebateSettings
from factories import ROOT

from .factories import Typed, make_site, write


def topics(content, **settings):
    found = read_topics(content, DebateSettings(**settings))
    return {topic.essay.slug: (topic.essay.title, topic.debate.key if topic.debate else None) for topic in found}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "Title: A Cup\nSlug: cup\nDebate: tea\n\nSlug: other\n", {"cup": ("A Cup", "tea")}),
        ("a.md", "Title: Crème & Milk, first?\n\nText", {"a": ("Crème & Milk, first?", None)}),
        ("My Cup.md", "Title: Milk first?\n\nText", {"my-cup": ("Milk first?", None)}),
        ("a.md", "---\ntitle: 'A Cup'\nslug: cup\n---\n\nText", {"cup": ("A Cup", None)}),
        ("a.rst", "A Cup\n#####\n\n:slug: cup\n:debate: tea\n\nText", {"cup": ("A Cup", "tea")}),
        ("a.md", "no head at all", {"a": ("a", None)}),
        ("a.txt", "Title: A Cup\n\nText", {}),
    ],
    ids=["markdown", "slug from the name of the file", "made of it", "yaml", "rst", "no head", "another kind of file"],
)
def test_slug_title_and_debate_are_read(tmp_path, name, text, expected):
    content = make_site(tmp_path, {"cups/ada-1": "Author: Ada\n\nText.\n"}, essays=())
    write(content / "essays" / name, text)
    assert topics(content) == expected


def test_an_essay_without_a_debate_takes_the_default_of_the_settings_and_a_page_does_not(tmp_path):
    content = make_site(tmp_path, {}, essays=())
    write(content / "essays" / "a.md", "Title: A\n\nText")
    write(content / "pages" / "b.md", "Title: B\n\nText")
    write(content / "pages" / "c.md", "Title: C\nDebate: tea\n\nText")
    assert topics(content, default="tea") == {"a": ("A", "tea"), "b": ("B", None), "c": ("C", "tea")}


@pytest.mark.parametrize("command", [moderate_command, partial(review_command, cache=Path("cache"))])
def test_a_content_folder_that_is_not_there_is_named_with_the_remedy(tmp_path, command):
    with pytest.raises(DebateError, match=r"/nowhere: there is no such content folder\. Remedy: .*--content"):
        command(tmp_path / "nowhere")


def test_a_model_of_another_debate_stops_the_review_before_anything_is_asked(tmp_path):
    content = make_site(tmp_path, {"cups/a": "Author: Ada\n\nMilk goes in first, I say.\n"})
    debate = content / "debates/tea.toml"
    write(debate, debate.read_text().replace('model = "tea"', 'model = "networking"'))
    typed = Typed("a")
    with pytest.raises(DebateFileError, match=r'tea\.toml:5: the model "networking" was made for other stances'):
        review_command(content, tmp_path / "cache", terminal=typed.terminal)
    shipped = (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8")
    write(debate, shipped.replace('opposites = ["online", "face-to-face"]', 'opposites = ["online", "spectrum"]'))
    with pytest.raises(DebateFileError, match="was made for other opposites"):
        review_command(content, tmp_path / "cache", terminal=typed.terminal)
    assert typed.text == ""
