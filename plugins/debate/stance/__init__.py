"""The stance engine: knows texts and labels, nothing of Pelican, files of the site, or pages.

Names are imported when they are first used: a build that finds every tag in the cache needs no arrays.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus import Example, NotEnoughLabels, read_examples
    from .evaluation import Evaluation, evaluate
    from .parallel import SideBySide
    from .reporting import evaluate_command, table
    from .shipped import is_shipped, purpose_of, shipped_tagger
    from .storage import load, save
    from .tagger import Tagger
    from .training import train

__all__ = [
    "Evaluation",
    "Example",
    "NotEnoughLabels",
    "SideBySide",
    "Tagger",
    "evaluate",
    "evaluate_command",
    "is_shipped",
    "load",
    "purpose_of",
    "read_examples",
    "save",
    "shipped_tagger",
    "table",
    "train",
]


def __getattr__(name: str) -> Any:
    homes = {
        "corpus": ("Example", "NotEnoughLabels", "read_examples"),
        "evaluation": ("Evaluation", "evaluate"),
        "parallel": ("SideBySide",),
        "reporting": ("evaluate_command", "table"),
        "shipped": ("is_shipped", "purpose_of", "shipped_tagger"),
        "storage": ("load", "save"),
        "tagger": ("Tagger",),
        "training": ("train",),
    }
    for module, names in homes.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(name)
