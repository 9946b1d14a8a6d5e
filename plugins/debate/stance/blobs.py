"""TextBlob with our own tokenizers and classifier: the same object, nothing to download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from textblob import TextBlob
from textblob.base import BaseTokenizer
from textblob.blob import Sentence

from .text import sentences, words

if TYPE_CHECKING:
    from .tagger import Tagger


class Classifies(Protocol):
    """Whatever names one label for one text: the part of a classifier that TextBlob calls."""

    def classify(self, text: str) -> str:
        """Return the label of a text."""


class OfflineSentences(BaseTokenizer):
    """Cut a text into sentences by `text.sentences`; may be handed to any TextBlob as its tokenizer."""

    def tokenize(self, text: str) -> list[str]:
        """Return the sentences, exact substrings of the text."""
        return list(sentences(text))


class OfflineWords(BaseTokenizer):
    """Cut a text into words by `text.words`; may be handed to any TextBlob as its tokenizer."""

    def tokenize(self, text: str) -> list[str]:
        """Return the words in lower case."""
        return list(words(text))


class StanceClassifier:
    """Let a tagger stand where TextBlob wants a classifier: `TextBlob(text, classifier=...).classify()`."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def classify(self, text: object) -> str:
        """Return the label that is shown for the text, or "not sure"."""
        return self._tagger.tag([str(text)])[0].stance or "not sure"


class OfflineBlob(TextBlob):
    """A TextBlob whose sentences and words come from our tokenizers; tone and `classify()` work on each sentence."""

    def __init__(self, text: str, tokenizer: Any = None, classifier: Classifies | None = None) -> None:
        make: Any = super().__init__
        make(text, tokenizer=tokenizer or OfflineWords(), classifier=classifier)

    def _create_sentence_objects(self) -> list[Any]:
        """Return one Sentence a sentence; TextBlob's own method asks for a corpus."""
        blob: Any = self
        text, found, position = str(blob.raw), [], 0
        for part in sentences(text):
            start = text.index(part, position)
            position = start + len(part)
            found.append(_sentence(part, start, position, blob))
        return found


def blob(text: str, classifier: Classifies | None = None) -> TextBlob:
    """Return the text as a TextBlob whose sentences, words, sentiment and `classify()` need no download."""
    return OfflineBlob(text, classifier=classifier)


def _sentence(text: str, start: int, end: int, blob: Any) -> Any:
    make: Any = Sentence
    return make(text, start_index=start, end_index=end, tokenizer=blob.tokenizer, classifier=blob.classifier)
