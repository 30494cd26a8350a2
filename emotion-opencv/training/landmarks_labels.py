"""Labels faces with 68 points by a teacher network and keeps them as grey patches.

    python3 landmarks_labels.py --teacher FILE.onnx --detector YUNET.onnx --faces DIR --wider DIR \
        --fer2013 DIR --out labels.npz [--part 0/2]

Each face is looked at several times: from its box, then upright and centred with jittered squares, as it
is and mirrored. The label is the mean of these looks; faces on which they disagree are left out. A face
is held out where the SHA-256 of its picture's file name says so (see held_out).

The teacher wants RGB, (value - mean) / 255 with the mean below, 112x112, and a square as high as a
WIDER-style box. Both were found by experiment: of four normalisations and seven sizes of the square this one
agreed best with itself under jitter (1.3 % of the distance of the eyes on 80 faces).
"""
import argparse
import csv
import glob
import gzip
import hashlib
import os

import cv2
import numpy as np

MEAN = np.array([122.782, 117.001, 104.298], np.float32)
TEACHER_SIDE = 112
# A WIDER-style box against the box of the 68 points, both in units of the latter's longer side (150 faces).
BOX_SIDE, BOX_RAISE = 1.18, 0.115
PATCH, PATCH_SIDE = 144, 2.4
MIRROR = np.array([16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
                   26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28, 29, 30, 35, 34, 33, 32, 31,
                   45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
                   54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65])


def held_out(name):
    """Whether a picture is never trained on: a fifth, by a hash of its file name."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[:4], "big") % 5 == 0


def square_map(cx, cy, side, size, degrees=0.0):
    """The 2x3 map of a turned square of a picture onto size x size pixels; pixel centres lie at halves."""
    scale, angle = size / side, np.deg2rad(degrees)
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    m = np.array([[c, -s, 0.0], [s, c, 0.0]])
    m[:, 2] = size / 2 - m[:, :2] @ (cx, cy)
    return m


def cut(picture, m, size):
    """Warps with the picture's border repeated; shrinks by area first where that is much."""
    shrink = int(1 / np.hypot(m[0, 0], m[1, 0]))
    if shrink >= 2:
        height, width = picture.shape[0] // shrink * shrink, picture.shape[1] // shrink * shrink
        picture = cv2.resize(picture[:height, :width], (width // shrink, height // shrink), interpolation=cv2.INTER_AREA)
        m = m @ np.diag([shrink, shrink, 1.0])
    m = m.copy()
    m[:, 2] += m[:, :2] @ (0.5, 0.5) - 0.5
    return cv2.warpAffine(picture, m, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def back(points, m):
    return (points - m[:, 2]) @ np.linalg.inv(m[:, :2]).T


def eye_distance(points):
    return float(np.linalg.norm(points[36:42].mean(0) - points[42:48].mean(0)))


class Teacher:
    def __init__(self, path):
        self.net = cv2.dnn.readNet(path)

    def look(self, picture, m, mirrored=False):
        crop = cut(picture, m, TEACHER_SIDE)
        if mirrored:
            crop = crop[:, ::-1]
        x = (crop[:, :, ::-1].astype(np.float32) - MEAN) / 255
        self.net.setInput(np.ascontiguousarray(x.transpose(2, 0, 1)[None]))
        points = self.net.forward().reshape(68, 2).astype(np.float64) * TEACHER_SIDE
        if mirrored:
            points[:, 0] = TEACHER_SIDE - points[:, 0]
            points = points[MIRROR]
        return back(points, m)

    def label(self, picture, box, random, looks):
        """Mean of the looks, their spread over the eye distance, and the 68 points of the first look."""
        x, y, w, h = box
        first = self.look(picture, square_map(x + w / 2, y + h / 2, max(w, h), TEACHER_SIDE))
        points, seen = first, []
        for number in range(1 + looks):
            low, high = points.min(0), points.max(0)
            side = max(high - low) * BOX_SIDE
            right = points[42:48].mean(0) - points[36:42].mean(0)
            roll = float(np.degrees(np.arctan2(right[1], right[0])))
            turned = np.deg2rad(roll)
            raised = np.array([np.sin(turned), -np.cos(turned)]) * BOX_RAISE * max(high - low)
            if not 4 < side < 4000:
                return None
            cx, cy = (low + high) / 2 + raised
            if number > 0:
                cx, cy = np.array([cx, cy]) + random.uniform(-0.05, 0.05, 2) * side
                side *= random.uniform(0.93, 1.08)
                roll += random.uniform(-6, 6)
            look = self.look(picture, square_map(cx, cy, side, TEACHER_SIDE, -roll), mirrored=number % 2 == 1)
            if number == 0:
                points = look
            else:
                seen.append(look)
        seen = np.stack(seen)
        mean = seen.mean(0)
        distance = max(eye_distance(mean), 0.2 * float(max(mean.max(0) - mean.min(0))))
        return mean, float(np.linalg.norm(seen - mean, axis=2).mean()) / distance, first


class YuNet:
    """Boxes of a YuNet network in OpenCV DNN."""

    def __init__(self, path, threshold=0.6):
        self.net, self.threshold = cv2.dnn.readNet(path), threshold

    def largest(self, picture):
        height, width = picture.shape[:2]
        padded = np.zeros(((height + 31) // 32 * 32, (width + 31) // 32 * 32, 3), np.uint8)
        padded[:height, :width] = picture
        self.net.setInput(cv2.dnn.blobFromImage(padded))
        names = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox") for stride in (8, 16, 32)]
        output = dict(zip(names, self.net.forward(names)))
        best = None
        for stride in (8, 16, 32):
            score = np.sqrt(output[f"cls_{stride}"].clip(0, 1) * output[f"obj_{stride}"].clip(0, 1)).reshape(-1)
            boxes = output[f"bbox_{stride}"].reshape(-1, 4)
            for index in np.flatnonzero(score > self.threshold):
                row, column = divmod(index, padded.shape[1] // stride)
                cx, cy = (boxes[index, :2] + (column, row)) * stride
                w, h = np.exp(boxes[index, 2:]) * stride
                if best is None or score[index] > best[0]:
                    best = score[index], (cx - w / 2, cy - h / 2, w, h)
        return best[1] if best else None


def faces_of_folder(folder, detector):
    for path in sorted(glob.glob(os.path.join(folder, "images", "*.jpg"))):
        picture = cv2.imread(path)
        box = detector.largest(cv2.copyMakeBorder(picture, 32, 32, 32, 32, cv2.BORDER_REPLICATE))
        if box is not None:
            name = os.path.basename(path)
            yield "faces", held_out(name), picture, (box[0] - 32, box[1] - 32, box[2], box[3])


def faces_of_wider(folder, smallest=40):
    pictures = {}
    with open(os.path.join(folder, "boxes.csv"), encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["invalid"] == "0" and float(row["h"]) >= smallest and float(row["w"]) >= 0.4 * float(row["h"]):
                pictures.setdefault(row["image"], []).append([float(row[k]) for k in "xywh"])
    for name, boxes in sorted(pictures.items()):
        picture = cv2.imread(os.path.join(folder, name))
        for box in boxes:
            yield "wider", held_out(os.path.basename(name)), picture, box


def faces_of_fer2013(folder, every=2):
    """Every second Training row that most voters of FER+ call a face; small grey faces with strong expressions."""
    data = b"".join(gzip.open(os.path.join(folder, f"fer2013-{part}.rec.gz")).read() for part in ("train-1", "train-2"))
    rows = np.frombuffer(data, np.uint8).reshape(-1, 2316)
    flags = np.fromfile(os.path.join(folder, "fer2013.flags"), np.uint8)[:len(rows)]
    good = np.flatnonzero((flags == 0) & (rows[:, 0] == 0) & (rows[:, 11] <= 1) & (rows[:, 10] <= 3))
    for index in good[::every]:
        grey = rows[index, 12:].reshape(48, 48)
        yield "fer2013", held_out(f"fer2013-{index}"), cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), (1.0, -1.0, 46.0, 50.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for option in ("teacher", "detector", "faces", "wider", "fer2013", "out"):
        parser.add_argument("--" + option, required=True)
    parser.add_argument("--looks", type=int, default=6)
    parser.add_argument("--spread", type=float, default=0.05, help="faces with more, over the eye distance, are left out")
    parser.add_argument("--part", default="0/1", help="k/n: every n-th face from the k-th")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    part, parts = map(int, options.part.split("/"))
    teacher = Teacher(options.teacher)
    sources = (faces_of_folder(options.faces, YuNet(options.detector)), faces_of_wider(options.wider),
               faces_of_fer2013(options.fer2013))
    kept = {key: [] for key in ("patches", "points", "boxes", "source", "held_out", "spread")}
    counts = {}
    for source in sources:
        for number, (kind, held, picture, box) in enumerate(source):
            if number % parts != part:
                continue
            count = counts.setdefault(kind, [0, 0, 0])
            count[0] += 1
            random = np.random.default_rng(number)
            label = teacher.label(picture, box, random, options.looks)
            if label is None or label[1] > options.spread:
                count[1] += 1
                continue
            points, spread, _ = label
            low, high = points.min(0), points.max(0)
            side = max(high - low)
            x, y, w, h = box
            apart = np.hypot(x + w / 2 - (low + high)[0] / 2, y + h / 2 - (low + high)[1] / 2) / side
            if not (0.7 < max(w, h) / side < 1.9 and apart < 0.45):
                count[2] += 1
                continue
            m = square_map(*((low + high) / 2 + (0, -BOX_RAISE * side)), side * PATCH_SIDE, PATCH)
            kept["patches"].append(cv2.cvtColor(cut(picture, m, PATCH), cv2.COLOR_BGR2GRAY))
            kept["points"].append(points @ m[:, :2].T + m[:, 2])
            corners = np.array([[x, y], [x + w, y + h]]) @ m[:, :2].T + m[:, 2]
            kept["boxes"].append(np.r_[corners[0], corners[1] - corners[0]])
            kept["source"].append(("faces", "wider", "fer2013").index(kind))
            kept["held_out"].append(held)
            kept["spread"].append(spread)
        print({kind: dict(zip(("faces", "inconsistent", "elsewhere"), count)) for kind, count in counts.items()}, flush=True)
    np.savez(options.out, **{key: np.asarray(value, np.float32 if key in ("points", "boxes", "spread") else None)
                             for key, value in kept.items()})


if __name__ == "__main__":
    main()
