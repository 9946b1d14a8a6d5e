"""The owner's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..errors import CommentFileError
from .changes import read_exact

Editor = Callable[[str], str]
"""From a file's text to the text a person made of it."""


def edit_in_program(text: str) -> str:
    """Return the text after the owner edited it in $VISUAL or $EDITOR; a program that fails leaves it as it was.

    The program gets a copy outside the content folder, so that its backup files never lie among the comments.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "comment.md"
        copy.write_bytes(text.encode())
        try:
            done = subprocess.run([*command, str(copy)], check=False)  # noqa: S603 - the owner's own program
        except OSError as error:
            remedy = "set EDITOR to a program that is installed"
            raise CommentFileError("the editor cannot be started", where=command[0], remedy=remedy) from error
        return text if done.returncode else read_exact(copy)
