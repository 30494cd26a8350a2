"""Writes the shipped files from a run: expression.onnx and expression.pt (TorchScript).

    python3 export_expression.py --run RUN --out FOLDER

Input ``input`` float32 [N,1,48,48]: grey pixels / 255, that is 0..1; the training set's mean and
deviation are inside the net. Outputs ``logits``, ``fer2013``, ``ferplus``, each float32 [N,7]:
log-probabilities of angry, disgust, fear, happy, sad, surprise, neutral. The first are blended, shifted
and divided by the temperature, the others those of one head alone; softmax makes them scores.
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

OUTPUTS = ["logits", "fer2013", "ferplus"]


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
        return ShippedNet(net, choice["blend"], choice["shift"], choice["temperature"],
                          choice["head_temperatures"]).eval()

    torch.manual_seed(0)
    sample = torch.rand(5, 1, 48, 48)
    model = shipped(fold=True)
    with torch.no_grad():
        expected = [output.numpy() for output in shipped(fold=False)(sample)]
        traced = torch.jit.trace(model, sample[:1])
        os.makedirs(options.out, exist_ok=True)
        script, onnx = (os.path.join(options.out, "expression" + end) for end in (".pt", ".onnx"))
        traced.save(script)
        torch.onnx.export(model, sample[:1], onnx, opset_version=12, input_names=["input"], output_names=OUTPUTS,
                          dynamic_axes={name: {0: "batch"} for name in ["input"] + OUTPUTS})
        loaded = [output.numpy() for output in torch.jit.load(script)(sample)]
    opencv = cv2.dnn.readNetFromONNX(onnx)
    batches = tuple(map(int, cv2.__version__.split(".")[:2])) >= (4, 7)  # before, its DNN takes one at a time
    script_gap = opencv_gap = 0.0
    for name, ours, scripted in zip(OUTPUTS, expected, loaded):
        script_gap = max(script_gap, float(np.abs(scripted - ours).max()))
        for rows in [slice(k, k + 1) for k in range(len(sample))] + [slice(None)] * batches:
            opencv.setInput(sample[rows].numpy())
            opencv_gap = max(opencv_gap, float(np.abs(opencv.forward(name) - ours[rows]).max()))
    print("largest difference to the unfolded net: TorchScript %.2g, OpenCV %s DNN %.2g"
          % (script_gap, cv2.__version__, opencv_gap))
    if max(script_gap, opencv_gap) > 1e-4:
        raise SystemExit("the exported nets differ from the trained one")
    for path in (script, onnx):
        content = open(path, "rb").read()
        print("%s %d bytes sha256 %s" % (os.path.basename(path), len(content),
                                         hashlib.sha256(content).hexdigest()))


if __name__ == "__main__":
    main()
