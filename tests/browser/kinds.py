"""One page of each kind."""

from __future__ import annotations

import pytest

KINDS = {
    "index": "/",
    "essay": "/essays/two-hundred-strangers/",
    "debate": "/debate/networking/",
    "stance": "/debate/networking/spectrum/",
    "page": "/about/",
    "search": "/search/",
    "method": "/how-stances-are-tagged/",
    "tag": "/tags/networking/",
}
KIND = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
ESSAY = KINDS["essay"]

# Every kind of page that a theme can make, in the kitchen sink.
PAGES = {
    "index": "/",
    "second page": "/page/2/",
    "text": "/essays/typography/",
    "translation": "/essays/typography/de/",
    "threads": "/essays/threads/",
    "big panel": "/essays/many/",
    "tiny panel": "/essays/one/",
    "no comments": "/essays/empty/",
    "right to left": "/essays/right-to-left/ar/",
    "ideographs": "/essays/japanese/ja/",
    "draft": "/drafts/draft.html",
    "page": "/about/",
    "method": "/method/",
    "debates": "/debate/",
    "debate": "/debate/tea/",
    "long names": "/debate/networking/",
    "counts only": "/debate/quiet/",
    "stance": "/debate/networking/face-to-face/",
    "archive": "/archive/",
    "year": "/archive/2021/",
    "tags": "/tags/",
    "tag": "/tags/type/",
    "categories": "/categories/",
    "category": "/categories/parts/",
    "authors": "/authors/",
    "author": "/authors/kim-ohara/",
    "search": "/search/",
    "lost": "/404.html",
}
PAGE = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
