"""What a language model proposed for comments, kept by content: a JSON Lines file that may be deleted any time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ..frontmatter import write_whole

FILE_NAME = "proposals.jsonl"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One answer: `text` and `prompt` are digests of what was asked, so an edited comment loses its proposal."""

    model: str
    debate: str
    prompt: str
    text: str
    stance: str
    evidence: str


def digest(text: str) -> str:
    """Return the digest under which a text stands in the file; the text itself is not kept but for the evidence."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_proposals(path: Path) -> list[Proposal]:
    """Return the proposals of a file; a line that cannot be read is left out, for it can be asked again."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    found = (_proposal(line) for line in lines)
    return [proposal for proposal in found if proposal]


def write_proposals(path: Path, proposals: Iterable[Proposal]) -> None:
    """Write the proposals whole, one a line."""
    write_whole(path, "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in proposals))


def by_text(proposals: Iterable[Proposal]) -> Mapping[tuple[str, str], Proposal]:
    """Return the latest proposal for each pair of debate and text digest."""
    return {(proposal.debate, proposal.text): proposal for proposal in proposals}


def _proposal(line: str) -> Proposal | None:
    try:
        row = json.loads(line)
        return Proposal(**{name: str(value) for name, value in row.items()})
    except (ValueError, TypeError, AttributeError):
        return None
