"""Settings of this site for local builds; publishconf.py changes what differs when it is published."""

# The site
SITENAME = "The Handshake Question"
SITESUBTITLE = "Essays and their comments on one question: is online networking real networking?"
SITEURL = "http://localhost:8000"
RELATIVE_URLS = True
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
FAVICON = "favicon.svg"

# Content
PATH = "content"
ARTICLE_PATHS = ["essays"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["extra", "images"]
EXTRA_PATH_METADATA = {"extra/favicon.svg": {"path": "favicon.svg"}}
MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.sane_lists", "markdown.extensions.meta"],
    # Columns aligned by attribute: the Content-Security-Policy forbids inline styles
    "extension_configs": {"markdown.extensions.extra": {"tables": {"use_align_attribute": True}}},
    "output_format": "html5",
}
# Pelican gives drafts no category where category pages are off, and then fails on them
DEFAULT_METADATA = {"category": "Essays"}
SLUGIFY_SOURCE = "basename"
USE_FOLDER_AS_CATEGORY = False
CACHE_PATH = ".cache"
DELETE_OUTPUT_DIRECTORY = False

# Addresses: every page is a folder. Those called archive, search and debate are the site's own
ARTICLE_URL = "essays/{slug}/"
ARTICLE_SAVE_AS = "essays/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
TAGS_SAVE_AS = ""
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

# Feeds of essays; the feeds of comments are DEBATE_* settings
FEED_ALL_ATOM = "feeds/essays.atom.xml"
FEED_ALL_RSS = "feeds/essays.rss.xml"
FEED_MAX_ITEMS = 100
DEBATE_LASTING_IDS = True  # a blog that has subscribers already leaves this line out: see docs/settings.md
RSS_FEED_SUMMARY_ONLY = False
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

# Theme: autoescape is off by default in Pelican, and a comment is a stranger's text
THEME = "theme"
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# The debate plugin; docs/settings.md describes every setting
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["debate"]
DEBATE_DEFAULT = "networking"
DEBATE_METHOD_URL = "how-stances-are-tagged/"
DEBATE_SEARCH_URL = "search/"  # shown where Pagefind is installed: see docs/search.md
DEBATE_LICENCE = "CC BY-SA 4.0"  # of the texts that ship; None where you cannot say it of all comments
DEBATE_SITEMAP = "sitemap.xml"

# DEBATE_REPLY_ADDRESS and DEBATE_REPOSITORY, either or both, give every comment Reply links: see docs/replies.md
