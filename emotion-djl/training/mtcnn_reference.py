"""What MTCNN with somebody's published weights finds: expected numbers for MtcnnReferenceTest.

    python3 mtcnn_reference.py --weights DIR --out mtcnn-reference.csv [--min-face 40] PICTURE...

``--weights`` holds pnet.pt, rnet.pt and onet.pt, state dicts in facenet-pytorch's layout. This is written
against the paper and that layout alone, one picture at a time and nothing shared with mtcnn_detect.py, so
that two implementations check each other: layers called by hand, "area" interpolation of torch instead of
integral images, and float32 tensors throughout.

Crops begin and end at whole pixels, so a side at 17.00001 may become 16.99999 by another order of additions
and move the next box by a pixel or two; and of two scores of 0.9999999 either may come first. Pictures in
which a thousandth of a pixel or a millionth of a score makes a difference are left out.
"""
import argparse
import csv
import math
import os

import cv2
import torch
from torch.nn import functional as F

THRESHOLDS = (0.6, 0.7, 0.7)
FACTOR = 0.709


def layer(x, weights, name):
    weight, bias = weights[name + ".weight"], weights[name + ".bias"]
    return F.conv2d(x, weight, bias) if weight.dim() == 4 else F.linear(x, weight, bias)


def prelu(x, weights, name):
    return F.prelu(x, weights[name + ".weight"])


def pool(x, kernel):
    return F.max_pool2d(x, kernel, 2, ceil_mode=True)


def columns_first(x):
    # the layout of the published dense layers: column, row, channel
    return x.permute(0, 3, 2, 1).flatten(1)


def pnet(x, w):
    x = pool(prelu(layer(x, w, "conv1"), w, "prelu1"), 2)
    x = prelu(layer(x, w, "conv2"), w, "prelu2")
    x = prelu(layer(x, w, "conv3"), w, "prelu3")
    return F.softmax(layer(x, w, "conv4_1"), 1)[:, 1], layer(x, w, "conv4_2")


def rnet(x, w):
    x = pool(prelu(layer(x, w, "conv1"), w, "prelu1"), 3)
    x = pool(prelu(layer(x, w, "conv2"), w, "prelu2"), 3)
    x = prelu(layer(x, w, "conv3"), w, "prelu3")
    x = prelu(layer(columns_first(x), w, "dense4"), w, "prelu4")
    return F.softmax(layer(x, w, "dense5_1"), 1)[:, 1], layer(x, w, "dense5_2")


def onet(x, w):
    x = pool(prelu(layer(x, w, "conv1"), w, "prelu1"), 3)
    x = pool(prelu(layer(x, w, "conv2"), w, "prelu2"), 3)
    x = pool(prelu(layer(x, w, "conv3"), w, "prelu3"), 2)
    x = prelu(layer(x, w, "conv4"), w, "prelu4")
    x = prelu(layer(columns_first(x), w, "dense5"), w, "prelu5")
    return F.softmax(layer(x, w, "dense6_1"), 1)[:, 1], layer(x, w, "dense6_2"), layer(x, w, "dense6_3")


def suppressed(boxes, scores, threshold, nudge, smaller=False):
    kept = []
    if nudge:
        scores = scores + (torch.rand(len(scores)) - 0.5) * 4e-6
    for candidate in torch.argsort(scores, descending=True, stable=True).tolist():
        a = boxes[candidate]
        for other in kept:
            b = boxes[other]
            one = 1 if smaller else 0
            width = min(a[2], b[2]) - max(a[0], b[0]) + one
            height = min(a[3], b[3]) - max(a[1], b[1]) + one
            if width <= 0 or height <= 0:
                continue
            areas = [(c[2] - c[0] + one) * (c[3] - c[1] + one) for c in (a, b)]
            whole = min(areas) if smaller else areas[0] + areas[1] - width * height
            if width * height / whole > threshold:
                break
        else:
            kept.append(candidate)
    return kept


def squared(boxes):
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    side = torch.maximum(width, height)
    x, y = boxes[:, 0] + width * 0.5 - side * 0.5, boxes[:, 1] + height * 0.5 - side * 0.5
    return torch.stack([x, y, x + side, y + side], 1)


def moved(boxes, offsets, extra):
    size = boxes[:, 2:] - boxes[:, :2] + extra
    return boxes + offsets * torch.cat([size, size], 1)


def cut(image, boxes, side, nudge):
    height, width = image.shape[2:]
    crops = []
    for x1, y1, x2, y2 in (boxes + nudge).trunc().int().tolist():
        part = image[:, :, max(y1, 1) - 1:min(y2, height), max(x1, 1) - 1:min(x2, width)]
        crops.append(F.interpolate(part, (side, side), mode="area"))
    return (torch.cat(crops) - 127.5) * 0.0078125


@torch.no_grad()
def detect(image, nets, min_face, nudge=0.0):
    height, width = image.shape[2:]
    scale, boxes, scores, offsets = 12.0 / min_face, [], [], []
    side = min(height, width) * scale
    while side >= 12:
        level = F.interpolate(image, (int(height * scale + 1), int(width * scale + 1)), mode="area")
        score, shift = pnet((level - 127.5) * 0.0078125, nets[0])
        cells = (score[0] >= THRESHOLDS[0] + nudge).nonzero()
        corner = cells.flip(1).float() * 2
        box = torch.cat([((corner + 1) / scale).floor(), ((corner + 12) / scale).floor()], 1)
        value = score[0, cells[:, 0], cells[:, 1]]
        kept = suppressed(box.tolist(), value, 0.5, nudge)
        boxes.append(box[kept])
        scores.append(value[kept])
        offsets.append(shift[0][:, cells[:, 0], cells[:, 1]].T[kept])
        scale, side = scale * FACTOR, side * FACTOR
    if not boxes:
        return []
    boxes, scores, offsets = torch.cat(boxes), torch.cat(scores), torch.cat(offsets)
    kept = suppressed(boxes.tolist(), scores, 0.7, nudge)
    if not kept:
        return []
    boxes = squared(moved(boxes[kept], offsets[kept], 0))

    score, offsets = rnet(cut(image, boxes, 24, nudge), nets[1])
    passed = score > THRESHOLDS[1]
    boxes, score, offsets = boxes[passed], score[passed], offsets[passed]
    kept = suppressed(boxes.tolist(), score, 0.7, nudge)
    if not kept:
        return []
    boxes = squared(moved(boxes[kept], offsets[kept], 1))

    score, offsets, points = onet(cut(image, boxes, 48, nudge), nets[2])
    passed = score > THRESHOLDS[2]
    boxes, score, offsets, points = boxes[passed], score[passed], offsets[passed], points[passed]
    size = boxes[:, 2:] - boxes[:, :2] + 1
    x = points[:, :5] * size[:, :1] + boxes[:, :1] - 1
    y = points[:, 5:] * size[:, 1:] + boxes[:, 1:2] - 1
    boxes = moved(boxes, offsets, 1)
    return [boxes[k].tolist() + [float(score[k])] + torch.stack([x[k], y[k]], 1).flatten().tolist()
            for k in suppressed(boxes.tolist(), score, 0.7, nudge, smaller=True)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weights", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--min-face", type=float, default=40)
    parser.add_argument("pictures", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(1)
    nets = [torch.load(os.path.join(options.weights, name + ".pt")) for name in ("pnet", "rnet", "onet")]
    with open(options.out, "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["picture", "x1", "y1", "x2", "y2", "score"] + ["p%d" % i for i in range(10)])
        for path in options.pictures:
            rgb = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)
            image = torch.from_numpy(rgb).permute(2, 0, 1)[None].float()
            faces, *nudged = (torch.tensor(detect(image, nets, options.min_face, nudge)) for nudge in
                              (0, -1e-3, 1e-3, -1e-5, 1e-5))
            if any(other.shape != faces.shape or ((other - faces).abs() > 0.1).any() for other in nudged):
                print("left out:", os.path.basename(path))
                continue
            for face in faces.tolist():
                rows.writerow([os.path.basename(path)] + ["%.4f" % value for value in face])


if __name__ == "__main__":
    main()
