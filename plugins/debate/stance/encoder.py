"""Sentence vectors from a small transformer shipped in int8: no network, no framework, one text at a time.

The encoder is the first seven of the twelve layers of all-mpnet-base-v2 (Apache-2.0), its vocabulary cut to 11,000 word
pieces: the middle layers tell stances apart better than the last ones, which were trained to judge subject matter. The
sixth and seventh layer are tuned for one debate; others take the states of the fifth, which is as published.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .text import plain

Array = NDArray[np.float32]

LONGEST_WINDOW = 192
"""Word pieces read at once; longer texts are read in windows of whole sentences."""

MOST_WINDOWS = 8
"""Windows read of one text, so that the cost of a very long one is bounded."""

THREADS = 2
"""Texts read side by side in one process: a graph on one thread each is faster than one graph on two."""

GENERAL, TUNED = "general", "tuned"
"""Whose states are taken: the fifth layer's, as published, for any debate; the seventh's, tuned for networking."""

_FIRST, _LAST = "<s>", "</s>"


@dataclass(frozen=True)
class Encoder:
    """Turn texts (their sentences) into vectors. Frozen: graph and tokenizer are made from the parts when first needed.

    One text is one run of the graph: in a batch the int8 scales would depend on the neighbours, and so would the tags.
    """

    parts: Mapping[str, bytes]
    layer: str = GENERAL
    threads: int = THREADS

    def vectors(self, sentences: Sequence[str]) -> tuple[Array, NDArray[np.intp]]:
        """Return the summed states of each sentence's word pieces (sentences, width), and how many pieces each has.

        Sentences are read together, in windows of at most LONGEST_WINDOW pieces, so that each is understood in place.
        """
        pieces = [self._pieces(sentence) for sentence in sentences]
        sums = np.zeros((len(sentences), self._codes.shape[1]), dtype=np.float32)
        counts = np.zeros(len(sentences), dtype=np.intp)
        for window in windows([len(part) for part in pieces]):
            self._read(pieces, window, sums, counts)
        return sums, counts

    def many(self, texts: Sequence[Sequence[str]]) -> list[tuple[Array, NDArray[np.intp]]]:
        """Return `vectors` of every text, `threads` texts at a time."""
        self.warm()
        if self.threads == 1:
            return [self.vectors(text) for text in texts]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(self.vectors, texts))

    def warm(self) -> None:
        """Make graph and tokenizer before threads ask for them."""
        self.vectors(["."])

    def _read(self, pieces: Sequence[Sequence[int]], window: range, sums: Array, counts: NDArray[np.intp]) -> None:
        first, last = self._edges
        ids = [first, *(piece for place in window for piece in pieces[place]), last]
        owners = [window[0], *(place for place in window for _ in pieces[place]), window[-1]]
        np.add.at(sums, owners, self._states(ids))
        np.add.at(counts, owners, 1)

    def _pieces(self, sentence: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(plain(sentence), add_special_tokens=False).ids
        return ids[: LONGEST_WINDOW - 2]

    def _states(self, ids: Sequence[int]) -> Array:
        summed = self._codes[ids] * self._steps[ids] + self._places[: len(ids)]
        return np.asarray(
            self._graph.run([self.layer], {"summed": summed[None].astype(np.float32)})[0][0], dtype=np.float32
        )

    @cached_property
    def _edges(self) -> tuple[int, int]:
        return self._tokenizer.token_to_id(_FIRST), self._tokenizer.token_to_id(_LAST)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_str(self.parts["tokenizer.json"].decode())

    @cached_property
    def _codes(self) -> NDArray[np.int8]:
        return _array(self.parts["pieces.npy"])

    @cached_property
    def _steps(self) -> Array:
        return _array(self.parts["pieces-steps.npy"])

    @cached_property
    def _places(self) -> NDArray[np.float16]:
        return _array(self.parts["places.npy"])

    @cached_property
    def _graph(self) -> Any:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = 1, 1, 3
        return InferenceSession(self.parts["encoder.onnx"], options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True, slots=True)
class VectorScorer:
    """Score texts by the mean of their word pieces' states times `weights` (width x labels) plus `bias`."""

    encoder: Encoder
    weights: Array
    bias: Array

    def scores(self, texts: Sequence[Sequence[str]]) -> list[Array]:
        """Return for each text (its sentences) an array of rows of labels: the whole, without each one, each alone.

        A sentence is left out of the mean, not of the reading: one pass through the encoder gives all 1 + 2n rows.
        """
        return [means(sums, counts) @ self.weights + self.bias for sums, counts in self.encoder.many(texts)]


def shipped_encoder(layer: str = GENERAL) -> Encoder:
    """Return the encoder that comes with the package, giving the states of the general or the tuned layer."""
    return read_encoder((files(__package__) / "data" / "encoder.zip").read_bytes(), layer)


def read_encoder(content: bytes, layer: str = GENERAL) -> Encoder:
    """Return the encoder of a file's bytes: a zip of zlib streams (Huffman coding alone suits weights)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Encoder({name: zlib.decompress(archive.read(name)) for name in archive.namelist()}, layer)


def encoder_bytes(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of an encoder file, the same for the same parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(parts):
            packer = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY)
            archive.writestr(zipfile.ZipInfo(name), packer.compress(parts[name]) + packer.flush())
    return target.getvalue()


def windows(lengths: Sequence[int]) -> Iterator[range]:
    """Yield ranges of sentences whose pieces fit into one window, at most MOST_WINDOWS of them."""
    start, size, made = 0, 2, 0
    for place, length in enumerate(lengths):
        if size + length > LONGEST_WINDOW and place > start:
            yield range(start, place)
            start, size, made = place, 2, made + 1
            if made == MOST_WINDOWS:
                return
        size += length
    if start < len(lengths):
        yield range(start, len(lengths))


def means(sums: Array, counts: NDArray[np.intp]) -> Array:
    """Return (1 + 2 x sentences, width): the mean over all pieces, then without each sentence's, then of each alone."""
    total, pieces = sums.sum(axis=0), counts.sum()
    rest = (total - sums) / np.maximum(pieces - counts, 1)[:, None]
    alone = sums / np.maximum(counts, 1)[:, None]
    return np.asarray(np.vstack([total / max(pieces, 1), rest, alone]), dtype=np.float32)


def _array(content: bytes) -> NDArray[Any]:
    return np.asarray(np.load(io.BytesIO(content), allow_pickle=False))
