"""Settings of the kitchen sink: every kind of page that Pelican can make, and every switch of the theme on."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT))
from pelicanconf import *  # noqa: E402, F403

SITENAME = "Kitchen sink"
SITESUBTITLE = "Every part of the theme in every state."
SITEURL = "https://sink.example"
PATH = str(HERE / "content")
STATIC_PATHS = ["images"]
EXTRA_PATH_METADATA = {}
FAVICON = None
THEME = str(ROOT / "theme")
PLUGIN_PATHS = [str(ROOT / "plugins")]
CACHE_PATH = str(ROOT / ".cache/kitchen-sink")
USE_FOLDER_AS_CATEGORY = False
SLUGIFY_SOURCE = "basename"
DEFAULT_DATE_FORMAT = "%Y-%m-%d"
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.sane_lists",
        "markdown.extensions.codehilite",
        "markdown.extensions.meta",
    ],
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.extra": {"tables": {"use_align_attribute": True}},
    },
    "output_format": "html5",
}

ARTICLE_LANG_URL = "essays/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "essays/{slug}/{lang}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
AUTHORS_SAVE_AS = "authors/index.html"
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
CATEGORIES_SAVE_AS = "categories/index.html"
TAGS_SAVE_AS = "tags/index.html"
YEAR_ARCHIVE_URL = "archive/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
DEFAULT_PAGINATION = 3
DISPLAY_CATEGORIES_ON_MENU = True
MENUITEMS = (("A menu item", "https://example.org/menu"),)
LINKS = (("A friend's site", "https://example.org/friend"),)
SOCIAL = (("Fediverse", "https://example.org/@me"), ("Forge", "https://example.org/me"))

DEBATE_DEFAULT = None
DEBATE_METHOD_URL = "method/"
DEBATE_REPLY_ADDRESS = "replies@site.example"
DEBATE_REPOSITORY = "https://forge.example/me/blog"
