"""Writes the shipped files from a run: expression.onnx and expression.pt (TorchScript).

    python3 export_expression.py --run RUN --out FOLDER

Input ``input`` float32 [N,1,48,48]: grey pixels / 255, that is 0..1; the training set's mean and
deviation are inside the net. Output ``logits`` float32 [N,7]: log-probabilities of angry, disgust, fear,
happy, sad, surprise, neutral (blended, shifted, divided by the temperature); their softmax is the score.
The same net is checked in PyTorch, TorchScript and OpenCV's DNN before anything is kept.
"""
import argparse
import hashlib
import json
import os

import cv2
import numpy as np
import torch

from shipped_net import ShippedNet, fold_normalisation, load_net


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    choice = json.load(open(os.path.join(options.run, "choice.json")))
    checkpoint = os.path.join(options.run, "checkpoint.pt")

    def shipped(fold):
        net = load_net(checkpoint)
        net = fold_normalisation(net) if fold else net
        return ShippedNet(net, choice["blend"], choice["shift"], choice["temperature"]).eval()

    torch.manual_seed(0)
    sample = torch.rand(5, 1, 48, 48)
    model = shipped(fold=True)
    with torch.no_grad():
        expected = shipped(fold=False)(sample)
        traced = torch.jit.trace(model, sample[:1])
        os.makedirs(options.out, exist_ok=True)
        script, onnx = (os.path.join(options.out, "expression" + end) for end in (".pt", ".onnx"))
        traced.save(script)
        torch.onnx.export(model, sample[:1], onnx, opset_version=12, input_names=["input"],
                          output_names=["logits"],
                          dynamic_axes={"input": {0: "batch"}, "logits": {0: "batch"}})
        loaded = torch.jit.load(script)(sample)
    opencv = cv2.dnn.readNetFromONNX(onnx)
    worst = 0.0
    for index in range(len(sample)):
        opencv.setInput(sample[index:index + 1].numpy())
        worst = max(worst, float(np.abs(opencv.forward() - expected[index:index + 1].numpy()).max()))
    together = 0.0
    if tuple(map(int, cv2.__version__.split(".")[:2])) >= (4, 7):  # before, its DNN takes one at a time
        opencv.setInput(sample.numpy())
        together = float(np.abs(opencv.forward() - expected.numpy()).max())
    script_gap = float((loaded - expected).abs().max())
    print("largest difference to the unfolded net: TorchScript %.2g, OpenCV %s DNN %.2g"
          % (script_gap, cv2.__version__, max(worst, together)))
    if max(script_gap, worst, together) > 1e-4:
        raise SystemExit("the exported nets differ from the trained one")
    for path in (script, onnx):
        content = open(path, "rb").read()
        print("%s %d bytes sha256 %s" % (os.path.basename(path), len(content),
                                         hashlib.sha256(content).hexdigest()))


if __name__ == "__main__":
    main()
