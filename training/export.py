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
import zlib
from pathlib import Path

import numpy as np
import onnx
import torch
from common import read
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
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


def write_float(body, stop, middle, path):
    """Write the graph with its weights as they were trained."""
    torch.onnx.export(
        Layers(body, stop, middle).eval(),
        (torch.randn(1, 20, body.config.hidden_size),),
        path,
        input_names=["summed"],
        output_names=["tuned", "general"],
        opset_version=17,
        dynamic_axes={name: {1: "pieces"} for name in ("summed", "tuned", "general")},
        dynamo=False,
    )


def write_quantised(raw, path):
    """Write the graph with its matrices in int8, in the quantiser's steps."""
    quantize_dynamic(
        raw,
        path,
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True},
    )


def with_own_steps(model, floats):
    """Put our own codes and steps in place of the quantiser's; return the number of matrices."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    matrices = [name.removesuffix("_quantized") for name in tensors if name.endswith("_quantized")]
    for name in matrices:
        codes, steps = rounded(floats[name], 0, FINENESS)
        for part, values in (("_quantized", codes), ("_scale", steps[0])):
            tensors[name + part].CopyFrom(numpy_helper.from_array(values, name + part))
    return len(matrices)


@torch.no_grad()
def export_layers(body, stop, middle, folder):
    """Write `encoder.onnx`; return the number of matrices in int8."""
    raw, small = folder / "float.onnx", folder / "encoder.onnx"
    write_float(body, stop, middle, raw)
    write_quantised(raw, small)
    model = onnx.load(small)
    count = with_own_steps(
        model, {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(raw).graph.initializer}
    )
    model.doc_string, model.producer_name, model.producer_version = "", "", ""
    onnx.save(model, small)
    raw.unlink()
    return count


def put_upper(body, upper, start, stop, folder):
    """Put the tuned layers into the encoder, and write their head."""
    state = torch.load(upper)
    for place in range(start, stop):
        prefix = f"layers.{place - start}."
        layer = {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}
        body.encoder.layer[place].load_state_dict(layer)
    np.savez(folder / "head.npz", weights=state["head.weight"].numpy().T, bias=state["head.bias"].numpy())


def pieces_of(path, texts):
    """Return all word pieces of some texts."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation(), tokenizer.no_padding()
    return {piece for text in texts for piece in tokenizer.encode(text).tokens}


def kept_pieces(tokenizer, used):
    """Return the pieces to keep: special ones, single characters, those of the texts, then the first of the vocabulary."""
    vocabulary = tokenizer["model"]["vocab"]
    special = {token["content"] for token in tokenizer["added_tokens"]}
    single = {piece for piece in vocabulary if len(piece.removeprefix("##")) == 1 and piece.isascii()}
    kept = special | single | used
    for piece in sorted(vocabulary, key=vocabulary.__getitem__):
        if len(kept) >= KEPT_PIECES:
            break
        if piece.isascii() and not piece.startswith("[unused"):
            kept.add(piece)
    return sorted(kept & set(vocabulary), key=vocabulary.__getitem__)


def cut_tokenizer(path, texts, folder):
    """Write `tokenizer.json` with the kept pieces; return their places in the whole vocabulary."""
    described = json.loads(path.read_text(encoding="utf-8"))
    kept = kept_pieces(described, pieces_of(path, texts))
    old = [described["model"]["vocab"][piece] for piece in kept]
    described["model"]["vocab"] = {piece: place for place, piece in enumerate(kept)}
    for token in described["added_tokens"]:
        token["id"] = kept.index(token["content"])
    described |= {"truncation": None, "padding": None, "post_processor": None}
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    print(len(kept), "pieces; first", kept[:6])
    return old


@torch.no_grad()
def write_embeddings(embeddings, pieces, folder):
    """Write the vectors of the kept pieces and of the positions."""
    codes, steps = rounded(embeddings.word_embeddings.weight.numpy()[pieces], 1, PIECE_FINENESS)
    np.save(folder / "pieces.npy", codes)
    np.save(folder / "pieces-steps.npy", steps)
    start = embeddings.padding_idx + 1
    places = embeddings.position_embeddings.weight.numpy()[start : start + POSITIONS]
    np.save(folder / "places.npy", places.astype(np.float16))


def parser():
    """Return the options."""
    options = argparse.ArgumentParser()
    options.add_argument("--base", required=True, help="folder of the published encoder")
    options.add_argument("--stop", type=int, required=True, help="leave out this layer and those above")
    options.add_argument("--layer", type=int, default=0, help="the first tuned layer")
    options.add_argument("--upper", help="weights of the tuned layers, from tune.py --all")
    options.add_argument("--data", required=True, help="passages whose word pieces are kept")
    options.add_argument("--out", required=True, help="folder to write to")
    return options


def main():
    """Write the folder and print the sizes."""
    args = parser().parse_args()
    torch.manual_seed(0)
    folder = Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    body = AutoModel.from_pretrained(args.base, attn_implementation="eager").eval()
    if args.upper:
        put_upper(body, args.upper, args.layer, args.stop, folder)
    print("matrices", export_layers(body, args.stop, args.layer, folder))
    texts = [record["text"] for record in read(args.data)]
    write_embeddings(body.embeddings, cut_tokenizer(Path(args.base) / "tokenizer.json", texts, folder), folder)
    for name in ("encoder.onnx", "pieces.npy", "tokenizer.json", "places.npy"):
        data = (folder / name).read_bytes()
        print(name, len(data), "deflated", len(zlib.compress(data, 9)))


if __name__ == "__main__":
    main()
