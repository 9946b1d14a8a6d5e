"""Time what no static generator can save: looking at the files, reading them, Markdown, templates, writing.

    python benchmarks/floor.py FOLDER

FOLDER holds a site that `benchmarks/builds.py --folder FOLDER` has made and built. Each step runs alone, with the
library that a build uses for it and nothing around it; processor's and wall seconds, the best of three.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markdown import Markdown


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    files = [*(folder / "content").rglob("*.md")]
    essays = [_body(path) for path in files if path.parent.name == "essays"]
    comments = [_body(path) for path in files if "comments" in path.parts]
    pages = [path.read_bytes() for path in (folder / "output-ours").rglob("*.*") if path.suffix != ".png"]
    steps: dict[str, Callable[[], Any]] = {
        f"state of {len(files):,} files": lambda: [os.stat(path) for path in files],  # noqa: PTH116
        f"reading {len(files):,} files": lambda: [path.read_bytes() for path in files],
        f"Markdown of {len(essays):,} essays": lambda: _converted(essays),
        f"Markdown of {len(comments):,} comments": lambda: _converted(comments),
        f"templates of {len(essays):,} pages of text alone": lambda: _rendered(essays),
        f"writing {len(pages):,} files": lambda: _written(pages),
    }
    for name, step in steps.items():
        walls, processors = zip(*(_timed(step) for _ in range(3)), strict=True)
        print(f"{name:45} {min(processors):6.2f} s of processor, {min(walls):6.2f} s by the clock")


def _timed(step: Callable[[], Any]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    step()
    return time.perf_counter() - wall, time.process_time() - processor


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n\n")[2]


def _converted(texts: list[str]) -> list[str]:
    converter = Markdown(extensions=["extra"])
    return [converter.reset().convert(text) for text in texts]


def _rendered(texts: list[str]) -> list[str]:
    """Render Pelican's smallest page around each text."""
    environment = Environment(loader=PackageLoader("pelican", "themes/simple/templates"))
    page = '{% extends "base.html" %}{% block content %}{{ text }}{% endblock %}'
    template = environment.from_string(page)
    return [template.render(SITENAME="Made-up", DEFAULT_LANG="en", SITEURL="", text=text) for text in texts]


def _written(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            Path(folder, str(number)).write_bytes(content)


if __name__ == "__main__":
    main()
