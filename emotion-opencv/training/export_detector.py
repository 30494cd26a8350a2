"""Writes the averaged weights of a run as an ONNX file and a TorchScript file, and describes them.

    python3 export_detector.py RUN/checkpoint.pt --opencv FOLDER --djl FOLDER --threshold 0.42 --version 2026-11-22
"""
import argparse
import hashlib
import os

import torch

import onnx_file
from single_shot_net import SingleShotNet

NOTES = ("trained on four fifths of 1,239 WIDER FACE pictures, their landmarks and further faces by YuNet as teacher;"
         " docs/models/single-shot.md")


def load(checkpoint):
    net = SingleShotNet()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["ema"])
    return net.eval()


def describe(folder, file, options):
    with open(os.path.join(folder, file), "rb") as weights:
        digest = hashlib.sha256(weights.read()).hexdigest()
    with open(os.path.join(folder, "model.properties"), "w") as out:
        out.write("# Checked before loading; see docs/models/single-shot.md\nname=single-shot\nfile=%s\nsha256=%s\nversion=%s\n"
                  "licence=Apache-2.0\nthreshold=%s\nnotes=%s\n"
                  % (file, digest, options.version, options.threshold, NOTES))
    print(os.path.join(folder, file), os.path.getsize(os.path.join(folder, file)), "bytes, SHA-256", digest)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--opencv", required=True, help="folder for single-shot.onnx")
    parser.add_argument("--djl", required=True, help="folder for single-shot.pt")
    parser.add_argument("--threshold", required=True)
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    net = load(options.checkpoint)
    for folder in (options.opencv, options.djl):
        os.makedirs(folder, exist_ok=True)
    onnx_file.write(net, os.path.join(options.opencv, "single-shot.onnx"), 192, 256)
    describe(options.opencv, "single-shot.onnx", options)
    folded = onnx_file.folded(net)
    for parameter in folded.parameters():
        parameter.requires_grad_(False)
    traced = torch.jit.freeze(torch.jit.trace(folded, torch.zeros(1, 3, 192, 256)).eval())
    place = os.path.join(options.djl, "single-shot.pt")
    traced.save(place)
    again = torch.jit.load(place)
    picture = torch.rand(1, 3, 320, 416) * 255
    with torch.no_grad():
        gap = max(float((a - b).abs().max()) for a, b in zip(net(picture), again(picture)))
    print("TorchScript and network differ by", gap)
    describe(options.djl, "single-shot.pt", options)


if __name__ == "__main__":
    main()
