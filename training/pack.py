"""Pack an exported encoder: `PYTHONPATH=plugins python training/pack.py FOLDER plugins/debate/stance/data/encoder.zip`."""

from __future__ import annotations

import sys
from pathlib import Path

from debate.stance.encoder import encoder_bytes

NAMES = ("encoder.onnx", "pieces.npy", "pieces-steps.npy", "places.npy", "tokenizer.json")

if __name__ == "__main__":
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.write_bytes(encoder_bytes({name: (folder / name).read_bytes() for name in NAMES}))
    print(out.stat().st_size, "bytes")
