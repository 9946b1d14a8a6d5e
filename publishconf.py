"""Settings for the published site: only what differs from pelicanconf.py."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403

# Your address, such as "https://blog.example.org"; the environment may set another, for a preview on its own server.
SITEURL = os.environ.get("SITEURL", "").rstrip("/")
RELATIVE_URLS = False
DELETE_OUTPUT_DIRECTORY = True

# Feeds, canonical links, the sitemap and data files carry the address: a wrong one would only show in other programs.
if not SITEURL.startswith(("https://", "http://")):
    sys.exit(
        f'publishconf.py: SITEURL is "{SITEURL}", and a site cannot be published without its full address.\n'
        'Remedy: write it into publishconf.py (SITEURL = "https://blog.example.org"), or set it for one run:\n'
        "SITEURL=https://blog.example.org python3 start.py publish"
    )
