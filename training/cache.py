"""Run the frozen lower layers of an encoder once: `python training/cache.py --data FILE --base FOLDER --layer N --out FILE`.

Keeps for every text the mean vector after each layer (`means`, texts x layers x width) and the hidden states after layer
N of all its tokens (`hidden`, tokens x width, `starts`), from which `tune.py` trains the upper layers only.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import torch
from common import read, threads
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModel, AutoTokenizer

BATCH, LONGEST = 16, 192


def parser():
    """Return the options."""
    options = argparse.ArgumentParser()
    options.add_argument("--data", required=True, help="passages, JSON Lines")
    options.add_argument("--base", required=True, help="folder of the published encoder")
    options.add_argument("--layer", type=int, required=True, help="keep the hidden states after this layer")
    options.add_argument("--layers", type=int, default=99, help="leave out the layers above")
    options.add_argument("--out", required=True)
    return options


def padded(pieces, padding):
    """Return the piece numbers of some texts side by side, and the mask of what is no padding."""
    rows = [torch.tensor(text) for text in pieces]
    mask = pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
    return pad_sequence(rows, batch_first=True, padding_value=padding), mask


def states_of(model, ids, mask):
    """Return the hidden states before the first and after each layer."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states


def mean_of(state, mask):
    """Return the mean over a text's own tokens."""
    weights = mask.unsqueeze(-1).float()
    return (state.float() * weights).sum(1) / weights.sum(1)


@torch.no_grad()
def cached(model, encoded, padding, kept):
    """Return means, and the hidden states after layer `kept`, of all texts; texts of like length run together."""
    lengths = [len(text) for text in encoded]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    width = model.config.hidden_size
    means = np.zeros((len(encoded), len(model.encoder.layer) + 1, width), np.float16)
    hidden = torch.zeros(int(starts[-1]), width, dtype=torch.bfloat16)
    order, began = sorted(range(len(encoded)), key=lengths.__getitem__), time.time()
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        ids, mask = padded([encoded[row] for row in rows], padding)
        states = states_of(model, ids, mask)
        means[rows] = np.stack([mean_of(state, mask).numpy() for state in states], axis=1)
        for place, row in enumerate(rows):
            hidden[starts[row] : starts[row + 1]] = states[kept][place, : lengths[row]].bfloat16()
        if start % (20 * BATCH) == 0:
            print(start, f"{time.time() - began:.0f}s", flush=True)
    return {"hidden": hidden, "starts": torch.tensor(starts), "means": torch.tensor(means)}


def main():
    """Run the layers over all texts and write what they gave."""
    args = parser().parse_args()
    torch.set_num_threads(threads())
    tokenizer, model = AutoTokenizer.from_pretrained(args.base), AutoModel.from_pretrained(args.base)
    model.encoder.layer = model.encoder.layer[: args.layers]
    texts = [record["text"] for record in read(args.data)]
    encoded = tokenizer(texts, truncation=True, max_length=LONGEST)["input_ids"]
    torch.save(cached(model.eval(), encoded, tokenizer.pad_token_id, args.layer), args.out)


if __name__ == "__main__":
    main()
