"""Settings for the published site: only what differs from pelicanconf.py."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403

# Your address; the environment may set another, for a preview on a server of its own.
SITEURL = os.environ.get("SITEURL", "https://example.org")
RELATIVE_URLS = False
DELETE_OUTPUT_DIRECTORY = True
