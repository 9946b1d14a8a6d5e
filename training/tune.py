"""Train the upper layers of an encoder over cached lower ones, by grouped folds or on all texts.

    python training/tune.py --data FILE --base FOLDER --cache FILE --layer N --out PREFIX [--folds 5 | --all] ...

With folds it writes PREFIX.oof.npz: `scores` (texts x labels), each from a model that saw no text of that site, and
`means` (texts x width) likewise; with --all PREFIX.pt: the weights of the upper layers and the head. Seeded.
`--soft FILE` mixes the scores of a teacher (PREFIX.oof.npz of a larger model, so never from a text's own fold) into the
targets: distillation.
"""

from __future__ import annotations

import argparse
import copy
import os
import time

import numpy as np
import torch
from finetune import LABELS, figures, folds, load, side_matrix
from torch import nn
from transformers import AutoModel


class Upper(nn.Module):
    """The layers from `start` to before `stop`, the mean of all tokens, and a linear layer."""

    def __init__(self, body, start, stop, dropout, samples=4):
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in body.encoder.layer[start:stop])
        self.bias = copy.deepcopy(getattr(body.encoder, "relative_attention_bias", None))
        self.position = body.encoder.compute_position_bias if self.bias is not None else None
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = dropout
        self.head = nn.Linear(body.config.hidden_size, len(LABELS))
        self.drops = nn.ModuleList(nn.Dropout(0.1 + 0.1 * place) for place in range(samples))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def pool(self, hidden, mask):
        extended = (1 - mask)[:, None, None, :].to(hidden.dtype) * -1e4
        bias = self.position(hidden).to(hidden.dtype) if self.position else None
        for layer in self.layers:
            out = layer(hidden, extended, position_bias=bias) if bias is not None else layer(hidden, extended)
            hidden = out[0] if isinstance(out, tuple) else out
        weights = mask.unsqueeze(-1).float()
        return (hidden.float() * weights).sum(1) / weights.sum(1)

    def forward(self, hidden, mask):
        mean = self.pool(hidden, mask)
        return torch.stack([self.head(drop(mean)) for drop in self.drops]).mean(0), mean


def batch(cache, rows):
    """Return padded hidden states and the mask of some texts."""
    starts, hidden = cache["starts"], cache["hidden"]
    parts = [hidden[starts[r] : starts[r + 1]].float() for r in rows]
    mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(p)) for p in parts], batch_first=True)
    return torch.nn.utils.rnn.pad_sequence(parts, batch_first=True), mask


def chunks(rows, lengths, size, random):
    """Return shuffled batches of texts of like length."""
    rows = [rows[i] for i in random.permutation(len(rows))]
    pools = [sorted(rows[s : s + size * 24], key=lambda r: lengths[r]) for s in range(0, len(rows), size * 24)]
    made = [pool[s : s + size] for pool in pools for s in range(0, len(pool), size)]
    random.shuffle(made)
    return made


def fit(args, body, cache, target, weight, rows, seed):
    """Return a model fitted on `rows`; its weights are the mean over the last 40 % of the steps."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    model = Upper(body, args.layer, args.stop, args.dropout)
    if model.bias is not None:
        model.bias.requires_grad_(False)
    count = len(model.layers)
    groups = [{"params": model.head.parameters(), "lr": args.head_lr}]
    groups += [
        {"params": layer.parameters(), "lr": args.lr * args.decay ** (count - 1 - i)}
        for i, layer in enumerate(model.layers)
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=args.weight_decay)
    lengths = (cache["starts"][1:] - cache["starts"][:-1]).tolist()
    steps = args.epochs * (-(-len(rows) // args.batch))
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.1, (steps - s) / max(1, steps - warm)))
    )
    target, weights = torch.tensor(target), torch.tensor(weight)
    average, seen, step = None, 0, 0
    model.train()
    for _ in range(args.epochs):
        for chunk in chunks(rows, lengths, args.batch, random):
            hidden, mask = batch(cache, chunk)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores, _ = model(hidden, mask)
            losses = -(target[chunk] * torch.log_softmax(scores.float(), -1)).sum(-1)
            loss = (losses * weights[chunk]).sum() / weights[chunk].sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step > 0.6 * steps and step % 8 == 0:
                seen += 1
                state = {k: v.detach() for k, v in model.state_dict().items()}
                average = average or {k: torch.zeros_like(v) for k, v in state.items()}
                for k, v in state.items():
                    average[k] += (v - average[k]) / seen
    if average:
        model.load_state_dict(average)
    return model.eval()


@torch.no_grad()
def predict(model, cache, rows):
    """Return scores and mean vectors of some texts."""
    lengths = (cache["starts"][1:] - cache["starts"][:-1]).tolist()
    order = sorted(rows, key=lambda r: lengths[r])
    place = {r: i for i, r in enumerate(rows)}
    scores, means = np.zeros((len(rows), len(LABELS)), np.float32), None
    for s in range(0, len(order), 32):
        chunk = order[s : s + 32]
        hidden, mask = batch(cache, chunk)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out, mean = model(hidden, mask)
        at = [place[r] for r in chunk]
        means = np.zeros((len(rows), mean.shape[1]), np.float32) if means is None else means
        scores[at], means[at] = out.float().numpy(), mean.float().numpy()
    return scores, means


def main():
    p = argparse.ArgumentParser()
    a = p.add_argument
    (
        a("--data", required=True),
        a("--base", required=True),
        a("--cache", required=True),
        a("--layer", type=int, required=True),
    )
    (
        a("--out", required=True),
        a("--folds", type=int, default=5),
        a("--take", default=""),
        a("--all", action="store_true"),
        a("--stop", type=int, default=99),
    )
    a("--epochs", type=int, default=4), a("--lr", type=float, default=1e-4), a("--head-lr", type=float, default=2e-3)
    a("--decay", type=float, default=0.8), a("--batch", type=int, default=16), a("--smooth", type=float, default=0.1)
    (
        a("--dropout", type=float, default=0.1),
        a("--weight-decay", type=float, default=0.01),
        a("--written", type=float, default=0.3),
    )
    a("--second", type=float, default=0.6), a("--differ", type=float, default=0.7), a("--seed", type=int, default=1)
    (
        a("--size", type=float, default=1.0),
        a("--soft", default=""),
        a("--mix", type=float, default=0.5),
        a("--heat", type=float, default=1.0),
    )
    args = p.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    records, soft, groups = load(args.data, args.second)
    cache = torch.load(args.cache)
    body = AutoModel.from_pretrained(args.base)
    gold = np.array([LABELS.index(r["labels"][-1]) for r in records])
    agreed = np.array([len(set(r["labels"])) == 1 for r in records])
    written = np.array([r["set"] == "written" for r in records])
    weight = np.where(written, args.written, np.where(agreed, 1.0, args.differ)).astype(np.float32)
    target = (1 - args.smooth) * soft + args.smooth * soft @ side_matrix()
    if args.soft:
        teacher = np.load(args.soft)["scores"] / args.heat
        share = np.exp(teacher - teacher.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        has = ~np.isnan(share[:, 0])
        target[has] = args.mix * share[has] + (1 - args.mix) * target[has]
    target = target.astype(np.float32)
    usable = ~written | (args.written > 0)
    if args.all:
        model = fit(args, body, cache, target, weight, np.flatnonzero(usable).tolist(), args.seed)
        torch.save(model.state_dict(), args.out + ".pt")
        return
    fold = folds(groups, args.folds)
    scores = np.full((len(records), len(LABELS)), np.nan, np.float32)
    means = np.zeros((len(records), body.config.hidden_size), np.float16)
    began = time.time()
    for f in [int(x) for x in args.take.split(",")] if args.take else range(args.folds):
        held = np.flatnonzero((fold == f) & (~written | bool(args.soft == "written"))).tolist()
        rows = np.flatnonzero((fold != f) & usable).tolist()
        if args.size < 1:
            rows = [rows[i] for i in np.random.default_rng(f).permutation(len(rows))[: int(args.size * len(rows))]]
        model = fit(args, body, cache, target, weight, rows, args.seed + f)
        scores[held], means[held] = predict(model, cache, held)
        same = agreed[held]
        print(
            f"fold {f} {len(rows)}/{len(held)} {figures(scores[held], gold[held])} agreed {figures(scores[held][same], gold[held][same])} {time.time() - began:.0f}s",
            flush=True,
        )
    done = ~np.isnan(scores[:, 0])
    print(
        "ALL",
        figures(scores[done], gold[done]),
        "| agreed",
        figures(scores[done & agreed], gold[done & agreed]),
        vars(args),
        flush=True,
    )
    np.savez(args.out + ".oof.npz", scores=scores, means=means, fold=fold)


if __name__ == "__main__":
    main()
