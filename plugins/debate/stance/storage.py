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
from .model import Decision, StanceModel, version_of
from .ngrams import NgramScorer

BUILT_IN = ("networking",)
SUFFIX = ".stance"


def load(model: str | Path) -> StanceModel:
    """Return the tagger of a built-in name or of a file; raises LabelError when there is none or it is damaged."""
    try:
        if str(model) in BUILT_IN:
            return from_bytes((files(__package__) / "data" / f"{model}{SUFFIX}").read_bytes())
        return from_bytes(Path(model).read_bytes())
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        names = ", ".join(BUILT_IN)
        raise LabelError(
            "no stance model",
            where=at(model),
            why=str(error),
            remedy=f"name a built-in model ({names}) or a model file",
        ) from error


def save(model: StanceModel, path: Path) -> None:
    """Write the tagger to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_bytes(model))


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
    decision = {name: tuple(value) if isinstance(value, list) else value for name, value in about["decision"].items()}
    return StanceModel(
        about["name"],
        tuple(about["labels"]),
        (_ngrams(parts),),
        Decision(**decision),
        frozenset(about["everyday"]),
        MappingProxyType(json.loads(parts["figures.json"])),
        _version(parts),
    )


def stamped(model: StanceModel) -> StanceModel:
    """Return the model with the version that its file would have."""
    return replace(model, version=_version(_parts(model)))


def _version(parts: Mapping[str, bytes]) -> str:
    return version_of({name: part for name, part in parts.items() if name != "figures.json"})


def _parts(model: StanceModel) -> dict[str, bytes]:
    about = {
        "name": model.name,
        "labels": model.labels,
        "decision": asdict(model.decision),
        "everyday": sorted(model.everyday),
    }
    parts = {"about.json": _json(about), "figures.json": _json(dict(model.figures))}
    for scorer in model.scorers:
        if isinstance(scorer, NgramScorer):
            parts |= {
                "ngrams.json": _json(sorted(scorer.vocabulary, key=scorer.vocabulary.__getitem__)),
                "ngrams-idf.npy": _array(scorer.idf),
                "ngrams-weights.npy": _array(scorer.weights.astype(np.float16)),
                "ngrams-bias.npy": _array(scorer.bias),
            }
    return parts


def _ngrams(parts: Mapping[str, bytes]) -> NgramScorer:
    names = json.loads(parts["ngrams.json"])
    weights = _read(parts["ngrams-weights.npy"]).astype(np.float32)
    return NgramScorer(
        {gram: column for column, gram in enumerate(names)},
        _read(parts["ngrams-idf.npy"]),
        weights,
        _read(parts["ngrams-bias.npy"]),
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _array(array: NDArray[Any]) -> bytes:
    target = io.BytesIO()
    np.save(target, array, allow_pickle=False)
    return target.getvalue()


def _read(content: bytes) -> NDArray[Any]:
    return np.asarray(np.load(io.BytesIO(content), allow_pickle=False))
