"""Essays of a content folder, read without Pelican."""

import pytest
from debate.desk.site import read_topics
from debate.settings import DebateSettings

from .factories import make_site, write


def topics(content, **settings):
    found = read_topics(content, DebateSettings(**settings))
    return {topic.essay.slug: (topic.essay.title, topic.debate.key if topic.debate else None) for topic in found}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "Title: A Cup\nSlug: cup\nDebate: tea\n\nSlug: other\n", {"cup": ("A Cup", "tea")}),
        ("a.md", "Title: Crème & Milk, first?\n\nText", {"creme-milk-first": ("Crème & Milk, first?", None)}),
        ("a.md", "---\ntitle: 'A Cup'\nslug: cup\n---\n\nText", {"cup": ("A Cup", None)}),
        ("a.rst", "A Cup\n#####\n\n:slug: cup\n:debate: tea\n\nText", {"cup": ("A Cup", "tea")}),
        ("a.md", "no head at all", {"a": ("a", None)}),
        ("a.txt", "Title: A Cup\n\nText", {}),
    ],
    ids=["markdown", "slug from the title", "yaml", "restructured text", "no head", "another kind of file"],
)
def test_slug_title_and_debate_are_read(tmp_path, name, text, expected):
    content = make_site(tmp_path, {"cups/ada-1": "Author: Ada\n\nText.\n"}, essays=())
    write(content / "essays" / name, text)
    assert topics(content) == expected


def test_an_essay_without_a_debate_takes_the_default_of_the_settings(tmp_path):
    content = make_site(tmp_path, {}, essays=())
    write(content / "essays" / "a.md", "Title: A\n\nText")
    assert topics(content, default="tea") == {"a": ("A", "tea")}
