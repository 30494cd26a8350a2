"""Writes the shipped files of a run of train_faces.py: expression.onnx, expression.pt (TorchScript), checkpoint.

    python3 export_faces.py --run RUN --out FOLDER

RUN/choice.json comes from evaluate_faces.py. Input ``input`` float32 [N,1,56,56]: grey pixels / 255; outputs as
shipped_faces.py says. The same net is checked in PyTorch, TorchScript and OpenCV's DNN before anything is kept.
``float.pt`` is what training can go on from (--from): the averaged weights in half precision, 6 MB.
"""
import argparse
import hashlib
import json
import os

import cv2
import numpy as np
import torch

from shipped_faces import OUTPUTS, ShippedFaces, load_net
from shipped_net import fold_normalisation
from train_expression import save

SIZE = 56


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    choice = json.load(open(os.path.join(options.run, "choice.json")))
    checkpoint = os.path.join(options.run, "checkpoint.pt")

    def shipped(fold):
        net = load_net(checkpoint)
        return ShippedFaces(fold_normalisation(net) if fold else net, choice).eval()

    torch.manual_seed(0)
    sample = torch.rand(5, 1, SIZE, SIZE)
    model = shipped(fold=True)
    with torch.no_grad():
        expected = [output.numpy() for output in shipped(fold=False)(sample)]
        traced = torch.jit.trace(model, sample[:1])
        os.makedirs(options.out, exist_ok=True)
        script, onnx, kept = (os.path.join(options.out, name) for name in ("expression.pt", "expression.onnx", "float.pt"))
        traced.save(script)
        torch.onnx.export(model, sample[:1], onnx, opset_version=12, input_names=["input"], output_names=list(OUTPUTS),
                          dynamic_axes={name: {0: "batch"} for name in ("input",) + OUTPUTS})
        loaded = [output.numpy() for output in torch.jit.load(script)(sample)]
    opencv = cv2.dnn.readNetFromONNX(onnx)
    batches = tuple(map(int, cv2.__version__.split(".")[:2])) >= (4, 7)  # before, its DNN takes one at a time
    gaps = {}
    for name, ours, scripted in zip(OUTPUTS, expected, loaded):
        scale = 30.0 if name == "pose" else 1.0
        gap = float(np.abs(scripted - ours).max())
        for rows in [slice(k, k + 1) for k in range(len(sample))] + [slice(None)] * batches:
            opencv.setInput(sample[rows].numpy())
            gap = max(gap, float(np.abs(opencv.forward(name) - ours[rows]).max()))
        gaps[name] = gap / scale
    print("largest difference to the unfolded net in TorchScript and OpenCV %s:" % cv2.__version__,
          {name: "%.1g" % gap for name, gap in gaps.items()})
    if max(gaps.values()) > 1e-4:
        raise SystemExit("the exported nets differ from the trained one")
    state = torch.load(checkpoint, map_location="cpu")["ema"]
    save({"ema": {name: value.half() if value.dtype.is_floating_point else value for name, value in state.items()}}, kept)
    for path in (script, onnx, kept):
        content = open(path, "rb").read()
        print("%s %d bytes sha256 %s" % (os.path.basename(path), len(content), hashlib.sha256(content).hexdigest()))


if __name__ == "__main__":
    main()
