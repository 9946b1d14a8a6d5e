"""The settings files and themes of the builds: the same essays, pages and essay feeds, from the same theme.

All build on Pelican's own theme `simple`. Ours adds the parts that docs/theme.md names; pelican_comment_system's the
loop over comments that its documentation gives. It crashes on Pelican 4.5.2 and later, which renamed a method: the
settings name it anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from made_up import write_text

ROOT = Path(__file__).resolve().parent.parent

_COMMON = """
SITENAME = "Made-up"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["essays"], ["pages"], []
ARTICLE_EXCLUDES, PAGE_EXCLUDES = ["comments"], ["comments"]
MARKDOWN = {"extensions": ["markdown.extensions.extra", "markdown.extensions.meta"], "output_format": "html5"}
DEFAULT_METADATA = {"category": "Essays"}
ARTICLE_URL, ARTICLE_SAVE_AS = "essays/{slug}/", "essays/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
FEED_ALL_ATOM, FEED_ALL_RSS, FEED_MAX_ITEMS = "feeds/essays.atom.xml", "feeds/essays.rss.xml", 100
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""

SETTINGS = {
    "plain": 'PATH, THEME, CACHE_PATH = "content", "simple", ".cache-plain"\n',
    "ours": f"""PATH, THEME, CACHE_PATH = "content", "theme-ours", ".cache"
PLUGIN_PATHS, PLUGINS, DEBATE_DEFAULT = [{str(ROOT / "plugins")!r}], ["debate"], "networking"
""",
    "comments": f"""PATH, THEME, CACHE_PATH = "content-comments", "theme-ours", ".cache-comments"
PLUGIN_PATHS, PLUGINS, DEBATE_CARDS = [{str(ROOT / "plugins")!r}], ["debate"], None
""",
    "pcs": """import pelican
pelican.Pelican.get_writer = pelican.Pelican._get_writer
PATH, THEME, CACHE_PATH = "content-pcs", "theme-pcs", ".cache-pcs"
PLUGINS, PELICAN_COMMENT_SYSTEM = ["pelican_comment_system"], True
""",
}

_THEMES = {
    "theme-ours/templates/base.html": """{% extends "!simple/base.html" %}
{% block head %}{{ super() }}{% include "debate/head.html" %}{% endblock %}
""",
    "theme-ours/templates/article.html": """{% extends "!simple/article.html" %}
{% set discussion = article.discussion %}
{% block content %}{{ super() }}{% include "debate/panel.html" %}{% include "debate/thread.html" %}{% endblock %}
""",
    "theme-pcs/templates/article.html": """{% extends "!simple/article.html" %}
{% block content %}{{ super() }}
<h2>{{ article.comments_count }} comments</h2>
{% for comment in article.comments recursive %}
<article id="comment-{{ comment.slug }}">
<a href="{{ SITEURL }}/{{ article.url }}#comment-{{ comment.slug }}" rel="bookmark">Permalink</a>
<h4>{{ comment.author }}</h4>
<p>Posted on <abbr class="published" title="{{ comment.date.isoformat() }}">{{ comment.locale_date }}</abbr></p>
{{ comment.content }}
{% if comment.replies %}{{ loop(comment.replies) }}{% endif %}
</article>
{% endfor %}
{% endblock %}
""",
}


_REWRITTEN = {
    "content-pcs": (r"^In-Reply-To: (.*)$", r"replyto: \1.md"),
    "content-comments": (r"^Stance.*\n", ""),
}
"""The same comments as the other plugin names an answer, and without the labels of a debate that is not there."""


def write_settings(folder: Path) -> None:
    """Write settings and themes of all builds beside `content/`, and the comments as the other builds read them."""
    for name, text in SETTINGS.items():
        write_text(folder / f"{name}.py", _COMMON + text)
    for name, text in _THEMES.items():
        write_text(folder / name, text)
    for path in (folder / "content").rglob("*.md"):
        for name, (pattern, by) in _REWRITTEN.items():
            text = re.sub(pattern, by, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            write_text(folder / name / path.relative_to(folder / "content"), text)
