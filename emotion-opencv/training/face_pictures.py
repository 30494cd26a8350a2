"""Pictures with marked faces: reads WIDER boxes, lets a teacher add points and boxes, keeps all in one file.

    python3 face_pictures.py --data DIR --teacher YUNET.onnx --out pictures.pickle

WIDER pictures keep their own boxes; the teacher adds five points to those that it finds, and what it is
sure of but nobody marked is ignored in training. `faces/`, `photos/` and clips have the teacher's boxes. Folders of
`--backgrounds` hold pictures without faces, such as desktop backgrounds; what the teacher takes for one is ignored.
"""
import argparse
import csv
import hashlib
import os
import pickle

import cv2
import numpy as np

SETS = ("train", "aside", "held-out")


def number(name):
    return int.from_bytes(hashlib.sha256(os.path.basename(name).encode()).digest()[:4], "big")


def part(name):
    """A fifth is held out for the report; a twelfth of the rest is set aside to choose the threshold."""
    n = number(name)
    return "held-out" if n % 5 == 0 else "aside" if n // 5 % 12 == 0 else "train"


class Teacher:
    """YuNet through OpenCV's DNN: boxes, points and scores."""

    NAMES = [kind + "_" + str(stride) for stride in (8, 16, 32) for kind in ("cls", "obj", "bbox", "kps")]

    def __init__(self, path):
        self.net = cv2.dnn.readNetFromONNX(path)

    def faces(self, picture, threshold):
        height, width = (-(-side // 32) * 32 for side in picture.shape[:2])
        padded = cv2.copyMakeBorder(picture, 0, height - picture.shape[0], 0, width - picture.shape[1],
                                    cv2.BORDER_CONSTANT)
        self.net.setInput(cv2.dnn.blobFromImage(padded))
        answers = self.net.forward(self.NAMES)
        rows = []
        for level, stride in enumerate((8, 16, 32)):
            cls, obj, box, points = (a[0] for a in answers[4 * level:4 * level + 4])
            score = np.sqrt(np.clip(cls[:, 0], 0, 1) * np.clip(obj[:, 0], 0, 1))
            chosen = np.flatnonzero(score >= threshold)
            y, x = np.divmod(chosen, width // stride)
            anchor = np.stack([x, y], 1).astype(np.float32)
            centre = (anchor + box[chosen, :2]) * stride
            side = np.exp(box[chosen, 2:]) * stride
            five = (anchor[:, None] + points[chosen].reshape(-1, 5, 2)) * stride
            rows.append(np.concatenate([centre - side / 2, centre + side / 2, five.reshape(-1, 10),
                                        score[chosen, None]], 1))
        rows = np.concatenate(rows)
        rows = rows[np.argsort(-rows[:, 14])]
        kept = []
        for row in rows:
            if not kept or overlap(row[None, :4], np.array(kept)[:, :4]).max() < 0.4:
                kept.append(row)
        kept = np.array(kept, np.float32).reshape(-1, 15)
        return kept[:, :4], kept[:, 4:14].reshape(-1, 5, 2), kept[:, 14]


def overlap(a, b):
    """IoU of boxes [A,4] and [B,4] given as left, top, right, bottom."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:4], b[None, :, 2:4])
    shared = np.clip(high - low, 0, None).prod(2)
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return shared / np.maximum(area(a)[:, None] + area(b)[None] - shared, 1e-9)


def entry(name, kind, picture, boxes, ignored, points):
    return {"name": name, "set": kind, "picture": picture, "boxes": np.asarray(boxes, np.float32).reshape(-1, 4),
            "ignored": np.asarray(ignored, bool), "points": np.asarray(points, np.float32).reshape(-1, 5, 2)}


def wider(folder, teacher):
    marked = {}
    with open(os.path.join(folder, "boxes.csv"), newline="") as file:
        for row in csv.DictReader(file):
            marked.setdefault(row["image"], []).append(row)
    for name, rows in sorted(marked.items()):
        picture = cv2.imread(os.path.join(folder, name))
        x, y, w, h = (np.array([float(row[key]) for row in rows], np.float32) for key in "xywh")
        boxes = np.stack([x, y, x + w, y + h], 1)
        ignored = np.array([row["invalid"] == "1" for row in rows]) | (w < 2) | (h < 2)
        points = np.full((len(rows), 5, 2), np.nan, np.float32)
        found, five, sure = teacher.faces(picture, 0.35)
        extra = []
        if len(found):
            shared = overlap(boxes, found)
            for i in range(len(boxes)):
                best = shared[i].argmax()
                if shared[i, best] >= 0.5 and sure[best] >= 0.5 and shared[:, best].argmax() == i:
                    points[i] = five[best]
            extra = [k for k in range(len(found)) if sure[k] >= 0.5 and shared[:, k].max() < 0.3]
        yield entry(name, part(name), picture, np.concatenate([boxes, found[extra]]),
                    np.concatenate([ignored, np.ones(len(extra), bool)]),
                    np.concatenate([points, np.full((len(extra), 5, 2), np.nan, np.float32)]))


def taught(name, kind, picture, teacher, threshold=0.6):
    """A picture with the teacher's boxes; what it is not sure of is ignored."""
    boxes, points, sure = teacher.faces(picture, 0.35)
    return entry(name, kind, picture, boxes, sure < threshold, points)


def portraits(folder, teacher, step=1):
    for name in sorted(os.listdir(folder))[::step]:
        if part(name) == "held-out":
            continue
        picture = cv2.imread(os.path.join(folder, name))
        if picture is None:
            continue
        picture = cv2.copyMakeBorder(picture, 32, 32, 32, 32, cv2.BORDER_CONSTANT, value=(114, 114, 114))
        made = taught("faces/" + name, "faces", picture, teacher, 0.75)
        if (~made["ignored"]).sum() == 1:
            made["boxes"] -= 32
            made["points"] -= 32
            made["picture"] = np.ascontiguousarray(picture[32:-32, 32:-32])
            yield made


def reduced(picture, longest=640):
    scale = longest / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def others(data, teacher):
    folder = os.path.join(data, "photos")
    for name in sorted(os.listdir(folder)):
        picture = cv2.imread(os.path.join(folder, name))
        if picture is not None:
            yield taught("photos/" + name, "photos", reduced(picture), teacher)
    for clip in ("expressions/happy.mp4", "expressions/neutral.mp4", "face-then-none.mov"):
        capture = cv2.VideoCapture(os.path.join(data, "video", clip))
        number = 0
        while True:
            there, picture = capture.read()
            if not there:
                break
            if number % 25 == 0:
                yield taught("video/%s#%d" % (clip, number), "photos", reduced(picture), teacher)
            number += 1


def backgrounds(folder, teacher, longest=960):
    """Each scene once, however many sizes of it there are: the one with the most pixels."""
    largest = {}
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            picture = cv2.imread(os.path.join(place, name))
            if picture is None or max(picture.shape[:2]) < 400:
                continue
            picture = reduced(picture, longest)
            alike = cv2.resize(picture, (8, 8), interpolation=cv2.INTER_AREA).astype(int) // 24
            key = alike.tobytes()
            if key not in largest or largest[key][1].size < picture.size:
                largest[key] = os.path.join(place, name), picture
    for name, picture in largest.values():
        boxes, points, sure = teacher.faces(picture, 0.35)
        yield entry(os.path.relpath(name, folder), "background", picture, boxes, np.ones(len(boxes), bool), points)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--teacher", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--backgrounds", nargs="*", default=[], help="folders of pictures without faces")
    parser.add_argument("--portraits-step", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    teacher = Teacher(options.teacher)
    pictures = list(wider(os.path.join(options.data, "wider-train"), teacher))
    pictures += others(options.data, teacher)
    pictures += portraits(os.path.join(options.data, "faces", "images"), teacher, options.portraits_step)
    for folder in options.backgrounds:
        pictures += backgrounds(folder, teacher)
    with open(options.out, "wb") as file:
        pickle.dump(pictures, file, protocol=4)
    for kind in SETS + ("faces", "photos", "background"):
        chosen = [p for p in pictures if p["set"] == kind]
        print(kind, len(chosen), "pictures", sum((~p["ignored"]).sum() for p in chosen), "faces",
              sum((~np.isnan(p["points"][:, 0, 0]) & ~p["ignored"]).sum() for p in chosen), "with points")


if __name__ == "__main__":
    main()
