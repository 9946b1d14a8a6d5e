"""Turn trained weights into the int8 encoder that is shipped.

    python training/export.py --base FOLDER --stop 7 [--layer 4 --upper FILE] --data FILE --out FOLDER

The folder then holds `encoder.onnx` (the layers, int8), `pieces.npy` and `pieces-steps.npy` (the word pieces' vectors,
int8 and one step each), `places.npy` (position vectors) and `tokenizer.json` (vocabulary cut to the pieces of use).
Weights are rounded to steps of a column's (or row's) standard deviation divided by FINENESS, not to 1/127 of its largest
value: the codes then take about 3.6 bits when deflated and still run as plain int8.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

FINENESS, PIECE_FINENESS = 3.0, 4.0
POSITIONS = 194
KEPT_PIECES = 11_000


class Layers(nn.Module):
    """From the embedding's sum (before its layer norm) of one text to the states after the last layer, and before layer `middle`."""

    def __init__(self, body, stop, middle):
        super().__init__()
        self.middle = middle
        self.norm, self.layers, self.encoder = body.embeddings.LayerNorm, body.encoder.layer[:stop], body.encoder

    def forward(self, summed):
        hidden = self.norm(summed)
        bias = self.encoder.compute_position_bias(hidden)
        for place, layer in enumerate(self.layers):
            if place == self.middle:
                middle = hidden * 1.0
            out = layer(hidden, None, position_bias=bias)
            hidden = out[0] if isinstance(out, tuple) else out
        return hidden, middle


def rounded(matrix, axis, fineness):
    """Return int8 codes and the step of each column (axis 0) or row (axis 1)."""
    steps = np.maximum(matrix.std(axis=axis, keepdims=True) / fineness, 1e-8).astype(np.float32)
    codes = np.clip(np.round(matrix / steps), -127, 127).astype(np.int8)
    return codes, steps


def export_layers(body, stop, middle, folder):
    """Write the graph; each weight matrix gets our own steps in place of the quantiser's."""
    raw, small = folder / "float.onnx", folder / "encoder.onnx"
    module = Layers(body, stop, middle).eval()
    torch.onnx.export(
        module,
        (torch.randn(1, 20, body.config.hidden_size),),
        raw,
        input_names=["summed"],
        output_names=["tuned", "general"],
        opset_version=17,
        dynamic_axes={"summed": {1: "pieces"}, "tuned": {1: "pieces"}, "general": {1: "pieces"}},
        dynamo=False,
    )
    floats = {t.name: numpy_helper.to_array(t) for t in onnx.load(raw).graph.initializer}
    quantize_dynamic(
        raw,
        small,
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True},
    )
    model = onnx.load(small)
    names = {t.name: t for t in model.graph.initializer}
    for name, tensor in names.items():
        if name.endswith("_quantized"):
            codes, steps = rounded(floats[name.removesuffix("_quantized")], 0, FINENESS)
            tensor.CopyFrom(numpy_helper.from_array(codes, name))
            scale = name.removesuffix("_quantized") + "_scale"
            names[scale].CopyFrom(numpy_helper.from_array(steps[0], scale))
    model.doc_string, model.producer_name, model.producer_version = "", "", ""
    onnx.save(model, small)
    raw.unlink()
    return sum(t.name.endswith("_quantized") for t in model.graph.initializer)


def kept_pieces(tokenizer, texts):
    """Return the pieces to keep: special ones, single characters, those of the texts, then the first of the vocabulary."""
    vocabulary = tokenizer["model"]["vocab"]
    special = {token["content"] for token in tokenizer["added_tokens"]}
    single = {piece for piece in vocabulary if len(piece.removeprefix("##")) == 1 and piece.isascii()}
    words = Counter(word for text in texts for word in text)
    kept = special | single | {piece for piece, _ in words.most_common()}
    for piece, _ in sorted(vocabulary.items(), key=lambda item: item[1]):
        if len(kept) >= KEPT_PIECES:
            break
        if piece.isascii() and not piece.startswith("[unused"):
            kept.add(piece)
    return sorted(kept & set(vocabulary), key=vocabulary.__getitem__)


def main():
    p = argparse.ArgumentParser()
    for name in ("--base", "--upper", "--out", "--data"):
        p.add_argument(name)
    p.add_argument("--layer", type=int, default=0), p.add_argument("--stop", type=int)
    args = p.parse_args()
    torch.manual_seed(0)
    folder = Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    body = AutoModel.from_pretrained(args.base, attn_implementation="eager").eval()
    if args.upper:
        state = torch.load(args.upper)
        for place in range(args.layer, args.stop):
            prefix = f"layers.{place - args.layer}."
            body.encoder.layer[place].load_state_dict(
                {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
            )
        np.savez(folder / "head.npz", weights=state["head.weight"].numpy().T, bias=state["head.bias"].numpy())
    with torch.no_grad():
        print("matrices", export_layers(body, args.stop, args.layer, folder))
    from tokenizers import Tokenizer

    path = Path(args.base) / "tokenizer.json"
    full = Tokenizer.from_file(str(path))
    full.no_truncation(), full.no_padding()
    texts = [full.encode(json.loads(line)["text"]).tokens for line in Path(args.data).read_text().splitlines()]
    described = json.loads(path.read_text())
    kept = kept_pieces(described, texts)
    old = [described["model"]["vocab"][piece] for piece in kept]
    described["model"]["vocab"] = {piece: place for place, piece in enumerate(kept)}
    for token in described["added_tokens"]:
        token["id"] = kept.index(token["content"])
    described["truncation"] = described["padding"] = None
    described["post_processor"] = None
    (folder / "tokenizer.json").write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")))
    codes, steps = rounded(body.embeddings.word_embeddings.weight.detach().numpy()[old], 1, PIECE_FINENESS)
    np.save(folder / "pieces.npy", codes), np.save(folder / "pieces-steps.npy", steps)
    start = body.embeddings.padding_idx + 1
    np.save(
        folder / "places.npy",
        body.embeddings.position_embeddings.weight.detach().numpy()[start : start + POSITIONS].astype(np.float16),
    )
    import zlib

    for name in ("encoder.onnx", "pieces.npy", "tokenizer.json", "places.npy"):
        print(name, (folder / name).stat().st_size, "deflated", len(zlib.compress((folder / name).read_bytes(), 9)))
    print(len(kept), "pieces; first", kept[:6])


if __name__ == "__main__":
    main()
