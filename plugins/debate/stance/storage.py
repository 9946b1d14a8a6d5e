"""The file of a trained tagger: one zip of JSON and plain arrays, no pickle, the same bytes for the same tagger."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LabelError, at
from ..frontmatter import write_whole
from .card import BUILT_IN
from .encoder import VectorScorer, shipped_encoder
from .model import Decision, StanceModel, version_of
from .ngrams import NgramScorer

SUFFIX = ".stance"


def load(model: str | Path) -> StanceModel:
    """Return the tagger of a built-in name or of a file; raises LabelError when there is none or it is damaged."""
    try:
        if str(model) in BUILT_IN:
            return from_bytes((files(__package__) / "data" / f"{model}{SUFFIX}").read_bytes())
        return from_bytes(Path(model).read_bytes())
    except Exception as error:  # a damaged file fails anywhere in the parsers of zip, JSON and arrays
        names = ", ".join(BUILT_IN)
        raise LabelError(
            "no stance model",
            where=at(model),
            why=str(error),
            remedy=f"name a built-in model ({names}) or a model file",
        ) from error


def save(model: StanceModel, path: Path) -> None:
    """Write the tagger to a file, whole or not at all."""
    write_whole(path, to_bytes(model))


def to_bytes(model: StanceModel) -> bytes:
    """Return the tagger as the bytes of its file: members in alphabetical order, without dates."""
    parts = _parts(model)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def from_bytes(content: bytes) -> StanceModel:
    """Return the tagger of a file's bytes; its version is the digest of what decides its answers."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    about = json.loads(parts["about.json"])
    sides = about["decision"]["opposites"]
    tuples = {"mixture": tuple(about["decision"]["mixture"]), "bias": tuple(about["decision"]["bias"])}
    decision = Decision(**about["decision"] | tuples | {"opposites": tuple(sides) if sides else None})
    return stamped(
        StanceModel(
            about["name"],
            tuple(about["labels"]),
            (_vectors(parts, about["layer"]), _ngrams(parts)),
            decision,
            frozenset(about["everyday"]),
            MappingProxyType(json.loads(parts["figures.json"])),
        )
    )


def stamped(model: StanceModel) -> StanceModel:
    """Return the model with its version: the digest of everything that decides its answers, the encoder too."""
    parts = {name: part for name, part in _parts(model).items() if name != "figures.json"}
    return replace(model, version=version_of({**parts, **model.scorers[0].encoder.parts}))


def _parts(model: StanceModel) -> dict[str, bytes]:
    vectors, ngrams = model.scorers
    return {
        "about.json": _json(
            {
                "name": model.name,
                "labels": model.labels,
                "layer": vectors.encoder.layer,
                "decision": asdict(model.decision),
                "everyday": sorted(model.everyday),
            }
        ),
        "figures.json": _json(dict(model.figures)),
        "vectors-weights.npy": _array(vectors.weights),
        "vectors-bias.npy": _array(vectors.bias),
        "ngrams.json": _json(sorted(ngrams.vocabulary, key=ngrams.vocabulary.__getitem__)),
        "ngrams-idf.npy": _array(ngrams.idf.astype(np.float16)),
        "ngrams-weights.npy": _array(ngrams.weights.astype(np.float16)),
        "ngrams-bias.npy": _array(ngrams.bias),
    }


def _vectors(parts: Mapping[str, bytes], layer: str) -> VectorScorer:
    return VectorScorer(shipped_encoder(layer), _floats(parts, "vectors-weights"), _floats(parts, "vectors-bias"))


def _ngrams(parts: Mapping[str, bytes]) -> NgramScorer:
    vocabulary = {gram: column for column, gram in enumerate(json.loads(parts["ngrams.json"]))}
    return NgramScorer(vocabulary, *(_floats(parts, f"ngrams-{name}") for name in ("idf", "weights", "bias")))


def _floats(parts: Mapping[str, bytes], name: str) -> NDArray[np.float32]:
    return np.asarray(np.load(io.BytesIO(parts[f"{name}.npy"]), allow_pickle=False), dtype=np.float32)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _array(array: NDArray[Any]) -> bytes:
    target = io.BytesIO()
    np.save(target, array, allow_pickle=False)
    return target.getvalue()
