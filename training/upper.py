"""The upper layers of an encoder over the cached states of the lower ones: the model, fitting, predicting."""

from __future__ import annotations

import copy

import numpy as np
import torch
from common import LABELS
from torch import nn
from torch.nn.utils.rnn import pad_sequence

AVERAGED_FROM, AVERAGED_EVERY = 0.6, 8
WARM, LEAST = 10, 0.1
POOL = 24


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
        """Return the mean over a text's own tokens after the last layer."""
        extended = (1 - mask)[:, None, None, :].to(hidden.dtype) * -1e4
        bias = self.position(hidden).to(hidden.dtype) if self.position else None
        for layer in self.layers:
            out = layer(hidden, extended, position_bias=bias) if bias is not None else layer(hidden, extended)
            hidden = out[0] if isinstance(out, tuple) else out
        weights = mask.unsqueeze(-1).float()
        return (hidden.float() * weights).sum(1) / weights.sum(1)

    def forward(self, hidden, mask):
        """Return scores, averaged over several dropouts of the mean, and the mean."""
        mean = self.pool(hidden, mask)
        return torch.stack([self.head(drop(mean)) for drop in self.drops]).mean(0), mean


class Average:
    """The mean of a model's weights at the moments it was shown them."""

    def __init__(self):
        self.mean, self.seen = {}, 0

    def add(self, model):
        """Take the present weights into the mean."""
        self.seen += 1
        for name, value in model.state_dict().items():
            mean = self.mean.setdefault(name, torch.zeros_like(value))
            mean += (value - mean) / self.seen


def lengths_of(cache):
    """Return the number of tokens of each text."""
    return (cache["starts"][1:] - cache["starts"][:-1]).tolist()


def batch(cache, rows):
    """Return padded hidden states and the mask of some texts."""
    starts, hidden = cache["starts"], cache["hidden"]
    parts = [hidden[starts[row] : starts[row + 1]].float() for row in rows]
    mask = pad_sequence([torch.ones(len(part)) for part in parts], batch_first=True)
    return pad_sequence(parts, batch_first=True), mask


def answer(model, cache, rows):
    """Return scores and means of some texts, computed in bfloat16."""
    hidden, mask = batch(cache, rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, means = model(hidden, mask)
    return scores.float(), means.float()


def chunks(rows, lengths, size, random):
    """Return shuffled batches of texts of like length."""
    rows = [rows[place] for place in random.permutation(len(rows))]
    pools = [rows[start : start + size * POOL] for start in range(0, len(rows), size * POOL)]
    pools = [sorted(pool, key=lengths.__getitem__) for pool in pools]
    made = [pool[start : start + size] for pool in pools for start in range(0, len(pool), size)]
    random.shuffle(made)
    return made


def optimizer_of(model, args):
    """Return AdamW with a rate for the head and one for each layer, less the lower it lies; position vectors stay."""
    if model.bias is not None:
        model.bias.requires_grad_(False)
    groups = [{"params": model.head.parameters(), "lr": args.head_lr}]
    groups += [
        {"params": layer.parameters(), "lr": args.lr * args.decay**below}
        for below, layer in zip(reversed(range(len(model.layers))), model.layers, strict=True)
    ]
    return torch.optim.AdamW(groups, weight_decay=args.weight_decay)


def schedule_of(optimizer, steps):
    """Return the schedule: the rate rises over the first tenth, then falls in a line to a tenth."""
    warm = max(1, steps // WARM)
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(LEAST, (steps - step) / max(1, steps - warm)))
    )


def loss_of(scores, shares, weights):
    """Return the weighted mean cross-entropy against soft labels."""
    losses = -(shares * torch.log_softmax(scores, -1)).sum(-1)
    return (losses * weights).sum() / weights.sum()


def descend(model, loss, optimizer, schedule):
    """Take one step down the loss."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def fit(args, body, cache, targets, rows, seed):
    """Return a model fitted on `rows`; its weights are the mean over the last 40 % of the steps."""
    torch.manual_seed(seed)
    random, lengths, average = np.random.default_rng(seed), lengths_of(cache), Average()
    model = Upper(body, args.layer, args.stop, args.dropout).train()
    optimizer = optimizer_of(model, args)
    steps = args.epochs * -(-len(rows) // args.batch)
    schedule = schedule_of(optimizer, steps)
    shares, weights = torch.tensor(targets.shares), torch.tensor(targets.weights)
    shown = (chunk for _ in range(args.epochs) for chunk in chunks(rows, lengths, args.batch, random))
    for step, chunk in enumerate(shown, start=1):
        scores, _ = answer(model, cache, chunk)
        descend(model, loss_of(scores, shares[chunk], weights[chunk]), optimizer, schedule)
        if step > AVERAGED_FROM * steps and step % AVERAGED_EVERY == 0:
            average.add(model)
    if average.seen:
        model.load_state_dict(average.mean)
    return model.eval()


@torch.no_grad()
def predict(model, cache, rows, size=32):
    """Return scores and mean vectors of some texts, in their order."""
    lengths = lengths_of(cache)
    order = sorted(range(len(rows)), key=lambda place: lengths[rows[place]])
    scores = np.zeros((len(rows), len(LABELS)), np.float32)
    means = np.zeros((len(rows), cache["hidden"].shape[1]), np.float32)
    for start in range(0, len(order), size):
        places = order[start : start + size]
        out, mean = answer(model, cache, [rows[place] for place in places])
        scores[places], means[places] = out.numpy(), mean.numpy()
    return scores, means
