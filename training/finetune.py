"""Fine-tune a sentence encoder on the labelled passages, by grouped folds or on all of them.

    python training/finetune.py --data FILE --base FOLDER [--folds 5] [--epochs 6] [--out PREFIX] ...

Writes PREFIX.oof.npz (held-out scores a passage) with --folds, PREFIX.pt (weights) with --all.
Runs on two CPU cores in bfloat16; seeded, so the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

LABELS = ("online", "face-to-face", "spectrum", "none")


def load(path, second=0.6):
    """Return texts, soft labels (n, 4), groups, sets, hard labels. Where annotators differ the second counts `second`."""
    records = [json.loads(line) for line in Path(path).read_text().splitlines()]
    soft = np.zeros((len(records), 4), dtype=np.float32)
    for row, record in enumerate(records):
        given = record["labels"]
        if len(given) != 2:
            for label in given:
                soft[row, LABELS.index(label)] += 1 / len(given)
        else:
            soft[row, LABELS.index(given[0])] += 1 - second
            soft[row, LABELS.index(given[1])] += second
    groups = [(urlsplit(r["source"]).hostname or r["id"]).removeprefix("www.") for r in records]
    return records, soft, groups


def folds(groups, count):
    """Return the fold of every text; a group (site) is never on both sides."""
    sizes = defaultdict(int)
    for group in groups:
        sizes[group] += 1
    order = sorted(sizes, key=lambda g: (-sizes[g], g))
    total, fold = [0] * count, {}
    for group in order:
        best = min(range(count), key=lambda f: (total[f], f))
        fold[group] = best
        total[best] += sizes[group]
    return np.array([fold[g] for g in groups])


class Encoder(nn.Module):
    """Sentence encoder, mean pooling, a linear layer on the mean."""

    def __init__(self, base, dropout, samples=4):
        super().__init__()
        self.body = AutoModel.from_pretrained(base)
        for module in self.body.modules():
            if isinstance(module, nn.Dropout):
                module.p = dropout
        self.head = nn.Linear(self.body.config.hidden_size, 4)
        self.drops = nn.ModuleList(nn.Dropout(0.1 + 0.1 * i) for i in range(samples))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def pool(self, ids, mask):
        hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        return (hidden * weights).sum(1) / weights.sum(1)

    def forward(self, ids, mask):
        mean = self.pool(ids, mask)
        if not self.training:
            return self.head(mean)
        return torch.stack([self.head(drop(mean)) for drop in self.drops]).mean(0)


def batches(encoded, order, size):
    """Yield batches of texts of like length, padded."""
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        width = max(len(encoded[r]) for r in rows)
        ids, mask = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.long)
        for place, r in enumerate(rows):
            ids[place, : len(encoded[r])] = torch.tensor(encoded[r])
            mask[place, : len(encoded[r])] = 1
        yield rows, ids, mask


def bucketed(order, encoded, size, random):
    """Return the order with texts of like length side by side, batches shuffled."""
    chunks = [order[s : s + size * 16] for s in range(0, len(order), size * 16)]
    made = []
    for chunk in chunks:
        chunk = sorted(chunk, key=lambda r: len(encoded[r]))
        made += [chunk[s : s + size] for s in range(0, len(chunk), size)]
    random.shuffle(made)
    return made


def side_matrix():
    """Cost-like smoothing: neighbours on the scale online - spectrum - face-to-face share probability, opposites do not."""
    smooth = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]], dtype=np.float32)
    return smooth / smooth.sum(1, keepdims=True)


def train(args, encoded, soft, weight, rows, seed):
    """Return a model fitted on `rows`, its weights the running average of the last part of training."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    model = Encoder(args.base, args.dropout)
    layers = model.body.encoder.layer
    if args.freeze >= 0:
        for p in model.body.embeddings.parameters():
            p.requires_grad = False
        for layer in layers[: args.freeze]:
            for p in layer.parameters():
                p.requires_grad = False
        if hasattr(model.body.encoder, "relative_attention_bias"):
            model.body.encoder.relative_attention_bias.weight.requires_grad = False
    pooler = getattr(model.body, "pooler", None)
    if pooler is not None:
        for p in pooler.parameters():
            p.requires_grad = False
    count = len(layers)
    groups = [{"params": list(model.head.parameters()), "lr": args.head_lr}]
    for place, layer in enumerate(layers):
        ps = [p for p in layer.parameters() if p.requires_grad]
        if ps:
            groups.append({"params": ps, "lr": args.lr * args.decay ** (count - 1 - place)})
    ps = [p for p in model.body.embeddings.parameters() if p.requires_grad]
    if ps:
        groups.append({"params": ps, "lr": args.lr * args.decay**count})
    optimizer = torch.optim.AdamW(groups, weight_decay=args.weight_decay)
    steps = args.epochs * ((len(rows) + args.batch - 1) // args.batch)
    warm = max(1, int(0.1 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.05, (steps - s) / max(1, steps - warm)))
    )
    target = torch.tensor((1 - args.smooth) * soft + args.smooth * soft @ side_matrix())
    weights = torch.tensor(weight)
    average, averaged = None, 0
    step = 0
    model.train()
    for _ in range(args.epochs):
        order = [rows[i] for i in random.permutation(len(rows))]
        for chunk in bucketed(order, encoded, args.batch, random):
            ((chunk, ids, mask),) = batches(encoded, chunk, len(chunk))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(ids, mask)
            scores = scores.float()
            logs = torch.log_softmax(scores, -1)
            loss = (-(target[chunk] * logs).sum(-1) * weights[chunk]).sum() / weights[chunk].sum()
            if args.rdrop:
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    again = model(ids, mask)
                other = torch.log_softmax(again.float(), -1)
                loss = (
                    0.5 * loss + 0.5 * (-(target[chunk] * other).sum(-1) * weights[chunk]).sum() / weights[chunk].sum()
                )
                loss = (
                    loss
                    + args.rdrop
                    * 0.5
                    * ((logs.exp() * (logs - other)).sum(-1) + (other.exp() * (other - logs)).sum(-1)).mean()
                )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step > 0.6 * steps and step % 5 == 0:
                averaged += 1
                state = {k: v.detach().float() for k, v in model.state_dict().items() if v.is_floating_point()}
                if average is None:
                    average = {k: v.clone() for k, v in state.items()}
                else:
                    for k, v in state.items():
                        average[k] += (v - average[k]) / averaged
    if average is not None:
        model.load_state_dict(average, strict=False)
    model.eval()
    return model


@torch.no_grad()
def predict(model, encoded, rows):
    """Return the scores (rows, 4) and mean vectors."""
    scores, vectors = np.zeros((len(rows), 4), np.float32), None
    place = {r: i for i, r in enumerate(rows)}
    order = sorted(rows, key=lambda r: len(encoded[r]))
    for chunk, ids, mask in batches(encoded, order, 32):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            mean = model.pool(ids, mask)
        out = model.head(mean.float())
        at = [place[r] for r in chunk]
        scores[at] = out.numpy()
        if vectors is None:
            vectors = np.zeros((len(rows), mean.shape[1]), np.float32)
        vectors[at] = mean.float().numpy()
    return scores, vectors


def figures(scores, gold):
    """Return macro-F1, accuracy and wrong side."""
    said = scores.argmax(1)
    f1 = []
    for label in range(4):
        hit = ((said == label) & (gold == label)).sum()
        f1.append(2 * hit / max(1, (said == label).sum() + (gold == label).sum()))
    wrong = ((said == 0) & (gold == 1) | (said == 1) & (gold == 0)).mean()
    return f"F1 {np.mean(f1):.4f} acc {(said == gold).mean():.4f} wrong {wrong:.4f}"


def parser():
    p = argparse.ArgumentParser()
    a = p.add_argument
    a("--data", required=True), a("--base", required=True), a("--out", required=True)
    a("--folds", type=int, default=5), a("--only-folds", type=int, default=99), a("--all", action="store_true")
    a("--epochs", type=int, default=6), a("--lr", type=float, default=5e-5), a("--head-lr", type=float, default=1e-3)
    a("--decay", type=float, default=0.9), a("--batch", type=int, default=16), a("--smooth", type=float, default=0.1)
    (
        a("--dropout", type=float, default=0.1),
        a("--weight-decay", type=float, default=0.01),
        a("--freeze", type=int, default=0),
    )
    a("--rdrop", type=float, default=0), a("--written", type=float, default=0.3), a("--second", type=float, default=0.6)
    a("--differ", type=float, default=0.7), a("--seed", type=int, default=1), a("--size", type=float, default=1.0)
    a("--teacher", default=""), a("--mix", type=float, default=0.5), a("--prefix", default="")
    return p


def main():
    args = parser().parse_args()
    torch.set_num_threads(2)
    records, soft, groups = load(args.data, args.second)
    tokenizer = AutoTokenizer.from_pretrained(args.base)
    encoded = tokenizer([args.prefix + r["text"] for r in records], truncation=True, max_length=224)["input_ids"]
    gold = np.array([LABELS.index(r["labels"][-1]) for r in records])
    agreed = np.array([len(set(r["labels"])) == 1 for r in records])
    written = np.array([r["set"] == "written" for r in records])
    weight = np.where(written, args.written, np.where(agreed, 1.0, args.differ)).astype(np.float32)
    target = soft
    if args.teacher:
        teacher = np.load(args.teacher)["scores"]
        t = np.exp(teacher - teacher.max(1, keepdims=True))
        t /= t.sum(1, keepdims=True)
        target = (args.mix * t + (1 - args.mix) * soft).astype(np.float32)
    fold = folds(groups, args.folds)
    usable = np.array([not w or args.written > 0 for w in written])
    if args.all:
        rows = [int(r) for r in np.flatnonzero(usable)]
        model = train(args, encoded, target, weight, rows, args.seed)
        torch.save(model.state_dict(), args.out + ".pt")
        return
    scores = np.full((len(records), 4), np.nan, np.float32)
    started = time.time()
    for f in range(min(args.folds, args.only_folds)):
        held = [int(r) for r in np.flatnonzero((fold == f) & ~written)]
        rows = [int(r) for r in np.flatnonzero((fold != f) & usable)]
        if args.size < 1:
            rows = [rows[i] for i in np.random.default_rng(f).permutation(len(rows))[: int(args.size * len(rows))]]
        model = train(args, encoded, target, weight, rows, args.seed + f)
        scores[held], _ = predict(model, encoded, held)
        print(
            f"fold {f} n {len(rows)}/{len(held)} {figures(scores[held], gold[held])} agreed {figures(scores[held][agreed[held]], gold[held][agreed[held]])} {time.time() - started:.0f}s",
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
    np.savez(args.out + ".oof.npz", scores=scores, fold=fold, ids=np.array([r["id"] for r in records]))


if __name__ == "__main__":
    main()
