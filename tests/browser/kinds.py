"""One page of each kind."""

from __future__ import annotations

import pytest

KINDS = {
    "index": "/",
    "essay": "/essays/two-hundred-strangers/",
    "debate": "/debate/networking/",
    "stance": "/debate/networking/spectrum/",
    "page": "/about/",
}
KIND = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
ESSAY = KINDS["essay"]
