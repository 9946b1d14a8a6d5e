"""Run the frozen lower layers of an encoder once: `python training/cache.py --data FILE --base FOLDER --layer N --out FILE`.

Keeps for every text the mean vector after each layer (`means`, texts x layers x width) and the hidden states after layer
N of all its tokens (`hidden`, tokens x width, `starts`), from which `tune.py` trains the upper layers only.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer


@torch.no_grad()
def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data"), p.add_argument("--base"), p.add_argument("--layer", type=int), p.add_argument("--out")
    p.add_argument("--layers", type=int, default=99, help="leave out the layers above")
    args = p.parse_args()
    torch.set_num_threads(int(__import__("os").environ.get("OMP_NUM_THREADS", "1")))
    texts = [json.loads(line)["text"] for line in Path(args.data).read_text().splitlines()]
    tokenizer, model = AutoTokenizer.from_pretrained(args.base), AutoModel.from_pretrained(args.base)
    model.encoder.layer = model.encoder.layer[: args.layers]
    model.eval()
    encoded = tokenizer(texts, truncation=True, max_length=192)["input_ids"]
    lengths = [len(e) for e in encoded]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    width, layers = model.config.hidden_size, len(model.encoder.layer)
    means = np.zeros((len(texts), layers + 1, width), np.float16)
    hidden = torch.zeros(int(starts[-1]), width, dtype=torch.bfloat16)
    order = sorted(range(len(texts)), key=lambda r: lengths[r])
    began = time.time()
    for s in range(0, len(order), 16):
        rows = order[s : s + 16]
        span = max(lengths[r] for r in rows)
        ids, mask = (
            torch.full((len(rows), span), tokenizer.pad_token_id),
            torch.zeros(len(rows), span, dtype=torch.long),
        )
        for i, r in enumerate(rows):
            ids[i, : lengths[r]] = torch.tensor(encoded[r])
            mask[i, : lengths[r]] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        weights = mask.unsqueeze(-1).float()
        for layer, state in enumerate(states):
            means[rows, layer] = ((state.float() * weights).sum(1) / weights.sum(1)).numpy()
        for i, r in enumerate(rows):
            hidden[starts[r] : starts[r + 1]] = states[args.layer][i, : lengths[r]].bfloat16()
        if s % 320 == 0:
            print(s, f"{time.time() - began:.0f}s", flush=True)
    torch.save({"hidden": hidden, "starts": torch.tensor(starts), "means": torch.tensor(means)}, args.out)


if __name__ == "__main__":
    main()
