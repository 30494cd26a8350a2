"""Pictures of strangers to train on, beside FER2013: RAF-DB, CFEE, UTKFace and web faces, with what is known of each.

``CROPS`` is a folder with ``raf``, ``cfee``, ``utk`` and ``faces``, made by the library itself:

    java -jar emotion-examples.jar crops DATA/rafdb-train/images --size 96 --margin 0.25 --out CROPS/raf

and likewise for ``cfee/images``, ``utkface/images`` and ``faces/images`` (whose own labels are not used). Crops are half as wide again as what the net sees, so that
turning and moving them shows what was really there. ``DATA`` holds the collections with their lists, and
``blendshapes.csv.gz``, a teacher's answers (MediaPipe's FaceLandmarker).

Held out, and never trained on: a tenth of RAF-DB's pictures and 28 of CFEE's people, by the hash of their name.

    python3 face_data.py --data DATA --crops CROPS                  # prints the counts
    python3 face_data.py --data DATA --crops CROPS --lists FOLDER   # and writes raf.csv and cfee.csv: the held-out pictures
                                                                    # with a single label, for the library's own "evaluate"
"""
import argparse
import csv
import gzip
import hashlib
import os

import cv2
import numpy as np

from face_net import ACTION_UNITS, SHAPES
from fer_data import LABELS

SIDE = 96          # of a crop
SPAN = 1 / 1.5     # share of its width that the net sees
HELD_OUT_PEOPLE = 28


def number(name):
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


class Collection:
    """``pixels`` [R,S,S] and, NaN where unknown, ``photo`` [R,7], ``units`` [R,15], ``shapes``, ``pose`` (degrees)
    and ``eyes`` [R,2]; ``label`` [R] is the single label or -1, ``held_out`` [R]."""

    FIELDS = ("pixels", "photo", "label", "units", "shapes", "pose", "eyes", "held_out", "names")

    def __init__(self, **fields):
        for name in self.FIELDS:
            setattr(self, name, fields[name])

    def __len__(self):
        return len(self.pixels)

    def part(self, chosen):
        return Collection(**{name: getattr(self, name)[chosen] for name in self.FIELDS})


def lines(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def teacher(path):
    """name -> (shapes, yaw and pitch, closed eyes at the left and right of the picture), all of one face."""
    answers = {}
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row["yaw"]:
                shapes = np.array([float(row[name]) for name in SHAPES], np.float32)
                # "left" is the person's left, at the right of the picture
                eyes = np.array([float(row["eyeBlinkRight"]), float(row["eyeBlinkLeft"])], np.float32)
                answers[row["image"]] = shapes, np.array([float(row["yaw"]), float(row["pitch"])], np.float32), eyes
    return answers


def crop_of(folder, name):
    stem = os.path.splitext(os.path.basename(name))[0]
    path = os.path.join(folder, stem + "-1.png")
    return cv2.imread(path, cv2.IMREAD_GRAYSCALE) if os.path.exists(path) else None


def collection(rows, folder, prefix, answers, describe):
    """``describe(row)`` gives (photo [7] or None, label, units [15] or None, held out)."""
    kept = {name: [] for name in Collection.FIELDS}
    for row in rows:
        pixels = crop_of(folder, row["image"])
        if pixels is None:  # the detector finds no face
            continue
        photo, label, units, held_out = describe(row)
        shapes, pose, eyes = answers.get(prefix + os.path.basename(row["image"]),
                                         (np.full(len(SHAPES), np.nan, np.float32),) + (np.full(2, np.nan, np.float32),) * 2)
        nothing = np.full(7, np.nan, np.float32)
        values = (pixels, nothing if photo is None else photo, label,
                  np.full(len(ACTION_UNITS), np.nan, np.float32) if units is None else units,
                  shapes, pose, eyes, held_out, row["image"])
        for name, value in zip(Collection.FIELDS, values):
            kept[name].append(value)
    return Collection(**{name: np.array(value) for name, value in kept.items()})


def one_hot(label):
    return np.eye(7, dtype=np.float32)[LABELS.index(label)]


def raf(data, crops, answers):
    return collection(lines(os.path.join(data, "rafdb-train", "labels.csv")), os.path.join(crops, "raf"), "raf/", answers,
                      lambda row: (one_hot(row["label"]), LABELS.index(row["label"]), None,
                                   number(os.path.basename(row["image"])) % 10 == 0))


def raf_uncut(data, size=64):
    """RAF-DB's own pictures, whole, as somebody passes them who has no detector: they are cut tighter."""
    kept = {name: [] for name in Collection.FIELDS}
    for row in lines(os.path.join(data, "rafdb-train", "labels.csv")):
        pixels = cv2.imread(os.path.join(data, "rafdb-train", row["image"]), cv2.IMREAD_GRAYSCALE)
        values = (cv2.resize(pixels, (size, size), interpolation=cv2.INTER_AREA), one_hot(row["label"]),
                  LABELS.index(row["label"]), np.full(len(ACTION_UNITS), np.nan, np.float32),
                  np.full(len(SHAPES), np.nan, np.float32), np.full(2, np.nan, np.float32), np.full(2, np.nan, np.float32),
                  number(os.path.basename(row["image"])) % 10 == 0, row["image"])
        for name, value in zip(Collection.FIELDS, values):
            kept[name].append(value)
    return Collection(**{name: np.array(value) for name, value in kept.items()})


def held_out_people(rows):
    return set(sorted({row["person"] for row in rows}, key=lambda p: (number(p), p))[:HELD_OUT_PEOPLE])


def cfee(data, crops, answers):
    rows = list(lines(os.path.join(data, "cfee", "labels.csv")))
    others = held_out_people(rows)

    def describe(row):
        photo, label = None, -1
        if row["label"] and row["second"]:  # a compound expression; some of them are named in part only
            photo = 0.6 * one_hot(row["label"]) + 0.4 * one_hot(row["second"])
        elif row["label"]:
            photo, label = one_hot(row["label"]), LABELS.index(row["label"])
        coded = any(row["AU%d" % unit] for unit in ACTION_UNITS)
        # a neutral face was not coded, since nothing moves in it
        units = np.array([bool(row["AU%d" % unit]) for unit in ACTION_UNITS], np.float32) \
            if coded or row["label"] == "neutral" else None
        return photo, label, units, row["person"] in others

    return collection(rows, os.path.join(crops, "cfee"), "cfee/", answers, describe)


def utk(data, crops, answers):
    return collection(lines(os.path.join(data, "utkface", "people.csv")), os.path.join(crops, "utk"), "utk/", answers,
                      lambda row: (None, -1, None, number(os.path.basename(row["image"])) % 10 == 0))


def faces(data, crops, answers):
    return collection(({"image": row["image"]} for row in lines(os.path.join(data, "faces", "labels.csv"))),
                      os.path.join(crops, "faces"), "faces/", answers,
                      lambda row: (None, -1, None, number(os.path.basename(row["image"])) % 10 == 0))


def load(data, crops):
    answers = teacher(os.path.join(data, "blendshapes.csv.gz"))
    return {"raf": raf(data, crops, answers), "raf_uncut": raf_uncut(data), "cfee": cfee(data, crops, answers),
            "utk": utk(data, crops, answers), "faces": faces(data, crops, answers)}


def write_lists(data, folder):
    """Lists of whole pictures, also of those in which the library finds no face."""
    os.makedirs(folder, exist_ok=True)
    rows = list(lines(os.path.join(data, "cfee", "labels.csv")))
    others = held_out_people(rows)
    chosen = {"raf": ("rafdb-train", [row for row in lines(os.path.join(data, "rafdb-train", "labels.csv"))
                                      if number(os.path.basename(row["image"])) % 10 == 0]),
              "cfee": ("cfee", [row for row in rows if row["person"] in others and row["label"] and not row["second"]])}
    for name, (place, kept) in chosen.items():
        with open(os.path.join(folder, name + ".csv"), "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("image", "label"))
            writer.writerows((os.path.abspath(os.path.join(data, place, row["image"])), row["label"]) for row in kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--crops", required=True)
    parser.add_argument("--lists")
    options = parser.parse_args()
    if options.lists:
        write_lists(options.data, options.lists)
    for name, part in load(options.data, options.crops).items():
        for held_out in (False, True):
            rows = part.part(part.held_out == held_out)
            print(name, "held out" if held_out else "training", len(rows), "labels",
                  dict(zip(LABELS, np.bincount(rows.label[rows.label >= 0], minlength=7).tolist())),
                  "action units", int(np.isfinite(rows.units[:, 0]).sum()), "teacher", int(np.isfinite(rows.pose[:, 0]).sum()))


if __name__ == "__main__":
    main()
