"""Writes landmarks.onnx from a run, checks it against PyTorch, and reports on the held-out faces.

    python3 landmarks_export.py --run RUN --labels labels-0.npz labels-1.npz --out FOLDER \
        [--portraits DIR --golden FILE]

The report is of the averaged weights: mean error of the 68 points against the teacher's, over the distance of
the eyes' middles (mean of points 36 to 41, and of 42 to 47), from the boxes of YuNet on faces and of WIDER's annotation. With
--portraits, landmarks of the portraits that the tests have are written as CSV, for the golden test.
"""
import argparse
import csv
import hashlib
import json
import os

import cv2
import numpy as np
import torch

from landmarks_data import CROP, SOURCES, Faces, crops, eye_distance
from landmarks_labels import cut, square_map
from landmarks_net import SIDE, LandmarkNet
from landmarks_train import errors

# x, y, width, height of YuNet's boxes, rounded
PORTRAITS = {"user1-128x128.jpg": (43, 33, 39, 50), "user2-160x160.jpg": (67, 31, 61, 79),
             "user3-128x128.jpg": (64, 4, 30, 37), "user4-128x128.jpg": (43, 24, 31, 39),
             "user5-128x128.jpg": (33, 18, 49, 68), "user6-128x128.jpg": (69, 14, 32, 39),
             "user7-128x128.jpg": (33, 17, 86, 106), "user8-128x128.jpg": (48, 24, 31, 42)}


def report(net, faces):
    figures = {}
    for source in SOURCES:
        rows = faces.rows(True, source)
        error = errors(net, faces, rows)
        figures[source] = {"n": len(rows), "mean": float(error.mean()), "median": float(np.median(error)),
                           "p90": float(np.percentile(error, 90)), "over_8_percent": float((error > 0.08).mean())}
    rows = np.concatenate([faces.rows(True, "faces"), faces.rows(True, "wider")])
    figures["faces and wider"] = {"n": len(rows), "mean": float(errors(net, faces, rows).mean())}
    return figures


def points_of(net, picture, box):
    x, y, w, h = box
    m = square_map(x + w / 2, y + h / 2, CROP * max(w, h), SIDE)
    grey = cv2.cvtColor(cut(picture, m, SIDE), cv2.COLOR_BGR2GRAY)
    net.setInput((grey.astype(np.float32) / 255)[None, None])
    fractions = net.forward().reshape(68, 2)
    return (x + w / 2, y + h / 2) + (fractions - 0.5) * CROP * max(w, h)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True)
    parser.add_argument("--labels", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--portraits")
    parser.add_argument("--golden")
    options = parser.parse_args()
    torch.set_num_threads(1)
    kept = torch.load(os.path.join(options.run, "checkpoint.pt"))
    net = LandmarkNet().eval()
    net.load_state_dict(kept["ema"])
    path = os.path.join(options.out, "landmarks.onnx")
    torch.onnx.export(net, torch.zeros(1, 1, SIDE, SIDE), path, opset_version=11, input_names=["crop"],
                      output_names=["points"])
    onnx = cv2.dnn.readNet(path)
    faces = Faces(options.labels)
    rows = faces.rows(True, "faces")[:64]
    x, _ = crops(faces.patches[rows], faces.points[rows], *faces.squares(rows))
    with torch.no_grad():
        expected = net(x).numpy()
    apart = 0.0
    for one, wanted in zip(x.numpy(), expected):
        onnx.setInput(one[None])
        apart = max(apart, float(np.abs(onnx.forward().ravel() - wanted).max()))
    if apart > 1e-4:
        raise SystemExit(f"ONNX and PyTorch differ by {apart}")
    print(json.dumps({"file": path, "bytes": os.path.getsize(path), "onnx_against_pytorch": apart,
                      "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest(),
                      "parameters": sum(p.numel() for p in net.parameters()), "held_out": report(net, faces)}, indent=1))
    if options.portraits:
        with open(options.golden, "w", newline="") as out:
            rows = csv.writer(out, lineterminator="\n")
            for name, box in PORTRAITS.items():
                points = points_of(onnx, cv2.imread(os.path.join(options.portraits, name)), box)
                rows.writerow([name, *box, *np.round(points.ravel(), 2)])


if __name__ == "__main__":
    main()
