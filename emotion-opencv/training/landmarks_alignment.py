"""How alignment and the turn of the head bear on the expression net: on FER2013's PublicTest.

    python3 landmarks_alignment.py --teacher FILE.onnx --fer2013 DIR --expression expression.pt \
        --labels labels-0.npz labels-1.npz [--keep points.npz]

The teacher's points on each 48x48 face give other crops of the same face: by the eyes, by five points, by the box of
the points alone. The expression net sees each; the labels are FER2013's and the majority of FER+. Then the hits of the
crops as they are, by how far the head is turned. The five points are fitted to their own median in the faces.
"""
import argparse
import gzip
import os

import cv2
import numpy as np
import torch

from landmarks_data import Faces
from landmarks_labels import Teacher
from landmarks_mean_face import RIGID, angles, cameras, estimate

EYES = np.array([[0.314, 0.376], [0.686, 0.376]]) * 48
ORDER = ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear"]
LABELS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]


def five_of(points):
    return np.stack([points[:, 36:42].mean(1), points[:, 42:48].mean(1), points[:, 30], points[:, 48], points[:, 54]], 1)


def similarity(source, target):
    """Least-squares similarities of [N,K,2] to [K,2], as 2x3."""
    a, b = source - source.mean(1, keepdims=True), target - target.mean(0)
    squared = (a ** 2).sum((1, 2))
    p = (a * b).sum((1, 2)) / squared
    q = (a[:, :, 0] * b[:, 1] - a[:, :, 1] * b[:, 0]).sum(1) / squared
    m = np.stack([np.stack([p, -q], 1), np.stack([q, p], 1)], 1)
    shift = target.mean(0) - np.einsum("nij,nj->ni", m, source.mean(1))
    return np.concatenate([m, shift[:, :, None]], 2)


def warped(pictures, maps):
    result = []
    for picture, m in zip(pictures, maps):
        m = m.copy()
        m[:, 2] += m[:, :2] @ (0.5, 0.5) - 0.5
        result.append(cv2.warpAffine(picture, m, (48, 48), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    return np.stack(result)


def guesses(net, pictures):
    with torch.no_grad():
        return np.concatenate([net(torch.from_numpy(pictures[i:i + 128].astype(np.float32) / 255)[:, None])[0].argmax(1).numpy()
                               for i in range(0, len(pictures), 128)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for option in ("teacher", "fer2013", "expression"):
        parser.add_argument("--" + option, required=True)
    parser.add_argument("--labels", nargs="+", required=True, help="for the mean face")
    parser.add_argument("--keep", help="the points are kept in this file")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    data = gzip.open(os.path.join(options.fer2013, "fer2013-eval.rec.gz")).read()
    rows = np.frombuffer(data, np.uint8).reshape(-1, 2316)
    rows = rows[(rows[:, 0] == 1) & (rows[:, 11] <= 3)]
    pictures, labels = rows[:, 12:].reshape(-1, 48, 48), rows[:, 1].astype(int)
    votes = rows[:, 2:9].astype(int) * (rows[:, 2:9] > 1)
    majority = np.array([LABELS.index(ORDER[i]) for i in votes.argmax(1)])
    voted = votes.max(1) * 2 > votes.sum(1)

    if options.keep and os.path.exists(options.keep):
        kept = np.load(options.keep)
        points, spread = kept["points"], kept["spread"]
    else:
        teacher, points, spread = Teacher(options.teacher), [], []
        for number, picture in enumerate(pictures):
            label = teacher.label(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), (1, -1, 46, 50), np.random.default_rng(number), 4)
            points.append(label[0] if label else np.full((68, 2), 24.0))
            spread.append(label[1] if label else 9)
        points, spread = np.array(points), np.array(spread)
        if options.keep:
            np.savez(options.keep, points=points, spread=spread)

    good = spread < 0.06
    pictures, labels, majority, voted, points = (x[good] for x in (pictures, labels, majority, voted, points))
    five = five_of(points)
    target = np.median(five, 0)
    mirrored = target[[1, 0, 2, 4, 3]] * (-1, 1) + (48, 0)
    target = (target + mirrored) / 2
    print("faces", len(pictures), "of", len(good), "five points, median, as fractions", (target / 48).round(3).tolist())
    low, high = points.min(1), points.max(1)
    box = np.stack([low, np.stack([high[:, 0], low[:, 1]], 1), high], 1)
    net = torch.jit.load(options.expression).eval()
    plain = guesses(net, pictures)
    tries = {"as it is": pictures,
             "by the eyes": warped(pictures, similarity(five[:, :2], EYES)),
             "by five points": warped(pictures, similarity(five, target)),
             "by five points, eyes at the spec's": warped(pictures, similarity(five, target - target[:2].mean(0) + EYES.mean(0))),
             "by the box of the points": warped(pictures, similarity(box, np.median(box, 0)))}
    for name, crops in tries.items():
        guess = guesses(net, crops)
        print("%-36s FER2013 %.4f  FER+ %.4f  as before %.4f" % (
            name, (guess == labels).mean(), (guess == majority)[voted].mean(), (guess == plain).mean()), flush=True)

    faces = Faces(options.labels)
    shape, weights = estimate(faces.points[faces.rows(False)].astype(np.float64))
    turned = angles(cameras(shape, points, weights)[0])
    away = np.degrees(np.arccos(np.cos(np.radians(turned[:, 0])) * np.cos(np.radians(turned[:, 1]))))
    flipped = guesses(net, np.ascontiguousarray(pictures[:, :, ::-1]))
    for what, value in (("turn", away), ("|yaw|", abs(turned[:, 0])), ("|pitch|", abs(turned[:, 1])), ("|roll|", abs(turned[:, 2]))):
        for a, b in ((0, 7), (7, 13), (13, 20), (20, 27), (27, 33), (33, 40), (40, 90)):
            rows = (value >= a) & (value < b)
            if rows.sum() >= 20:
                print("%-8s %2d..%2d  mean %4.1f  n %4d  FER2013 %.3f  FER+ %.3f  same mirrored %.3f" % (
                    what, a, b, value[rows].mean(), (rows & voted).sum(), (plain == labels)[rows].mean(),
                    (plain == majority)[rows & voted].mean(), (plain == flipped)[rows].mean()))


if __name__ == "__main__":
    main()
