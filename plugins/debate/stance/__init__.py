"""The stance engine: knows texts and labels, nothing of Pelican, files of the site, or pages."""

from .corpus import Example, NotEnoughLabels, read_examples
from .evaluation import Evaluation, evaluate
from .reporting import evaluate_command, table
from .storage import load, save
from .tagger import Tagger
from .training import train

__all__ = [
    "Evaluation",
    "Example",
    "NotEnoughLabels",
    "Tagger",
    "evaluate",
    "evaluate_command",
    "load",
    "read_examples",
    "save",
    "table",
    "train",
]
