"""Train the upper layers of an encoder over cached lower ones, by grouped folds or on all texts.

    python training/tune.py --data FILE --base FOLDER --cache FILE --layer N --out PREFIX [--folds 5 | --all] ...

With folds it writes PREFIX.oof.npz: `scores` (texts x labels), each from a model that saw no text of that site, and
`means` (texts x width) likewise; with --all PREFIX.pt: the weights of the upper layers and the head. Seeded.
`--soft FILE` mixes the scores of a teacher (PREFIX.oof.npz of a larger model, so never from a text's own fold) into the
targets: distillation.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import torch
from common import LABELS, read, threads
from targets import figures, folds, targets_of
from transformers import AutoModel
from upper import fit, predict

OPTIONS = {
    "--stop": (99, "tune the layers before this one"),
    "--folds": (5, "folds over sites"),
    "--take": ("", "run only these folds, as in 0,1"),
    "--epochs": (4, ""),
    "--lr": (1e-4, "rate of the uppermost layer"),
    "--head-lr": (2e-3, "rate of the head"),
    "--decay": (0.8, "rate of a layer by that of the one above"),
    "--batch": (16, ""),
    "--smooth": (0.1, "part of a label handed to its neighbours"),
    "--dropout": (0.1, ""),
    "--weight-decay": (0.01, ""),
    "--written": (0.3, "weight of texts written from scratch"),
    "--second": (0.6, "share of the second annotator where two differ"),
    "--differ": (0.7, "weight of passages on which annotators differ"),
    "--seed": (1, ""),
    "--size": (1.0, "part of the training passages to use"),
    "--soft": ("", "scores of a teacher"),
    "--mix": (0.5, "share of the teacher in the targets"),
    "--heat": (1.0, "temperature of the teacher"),
}


def parser():
    """Return the options."""
    options = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    for name in ("--data", "--base", "--cache", "--out"):
        options.add_argument(name, required=True)
    options.add_argument("--layer", type=int, required=True, help="tune the layers from this one")
    options.add_argument("--all", action="store_true", help="train on all texts and write the weights")
    for name, (default, words) in OPTIONS.items():
        options.add_argument(name, type=type(default), default=default, help=words or " ")
    return options


def some(rows, part, fold):
    """Return `part` of the rows, drawn by a seed of the fold."""
    if part >= 1:
        return rows
    return [rows[place] for place in np.random.default_rng(fold).permutation(len(rows))[: int(part * len(rows))]]


def told(scores, targets, rows):
    """Return the figures on some rows, and on those of them on which annotators agree."""
    same = rows[targets.agreed[rows]]
    return f"{figures(scores[rows], targets.gold[rows])} agreed {figures(scores[same], targets.gold[same])}"


def held_out(args, body, cache, targets):
    """Return scores, means and the fold of every text; a text whose fold was not run has no scores (NaN)."""
    fold, began = folds(targets.sites, args.folds), time.time()
    scores = np.full((len(fold), len(LABELS)), np.nan, np.float32)
    means = np.zeros((len(fold), body.config.hidden_size), np.float16)
    for one in map(int, args.take.split(",")) if args.take else range(args.folds):
        held = np.flatnonzero((fold == one) & ~targets.written)
        rows = some(np.flatnonzero((fold != one) & targets.usable).tolist(), args.size, one)
        model = fit(args, body, cache, targets, rows, args.seed + one)
        scores[held], means[held] = predict(model, cache, held.tolist())
        seconds = f"{time.time() - began:.0f}s"
        print("fold", one, f"{len(rows)}/{len(held)}", told(scores, targets, held), seconds, flush=True)
    return {"scores": scores, "means": means, "fold": fold}


def main():
    """Train, and write either the weights or what the models said of texts they had not seen."""
    args = parser().parse_args()
    torch.set_num_threads(threads())
    targets = targets_of(read(args.data), args)
    cache, body = torch.load(args.cache), AutoModel.from_pretrained(args.base)
    if args.all:
        model = fit(args, body, cache, targets, np.flatnonzero(targets.usable).tolist(), args.seed)
        torch.save(model.state_dict(), args.out + ".pt")
        return
    found = held_out(args, body, cache, targets)
    print("ALL", told(found["scores"], targets, np.flatnonzero(~np.isnan(found["scores"][:, 0]))), vars(args))
    np.savez(args.out + ".oof.npz", **found)


if __name__ == "__main__":
    main()
