"""Collects what a network gets on pictures of its training, for quantize_onnx.py.

    python3 quantize_inputs.py --list DATA                     # names the pictures of RAF-DB and CFEE to cut crops of
    java -jar emotion-examples.jar crops PICTURES --out CROPS
    python3 quantize_inputs.py --crops CROPS --out expression.npz
    python3 quantize_inputs.py --pictures pictures.pickle --out detector.npz

None of the pictures is held out: RAF-DB's by the hash of their name, CFEE's by their person's (as in face_data.py), WIDER FACE's
by face_pictures.py.
"""
import argparse
import csv
import glob
import hashlib
import os
import pickle

import cv2
import numpy as np

RAF, CFEE, HELD_OUT_PEOPLE = 420, 140, 28
VIEWS, SIDE, SEED = 96, 320, 5


def number(name):
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def listed(data):
    def rows(collection):
        with open(os.path.join(data, collection, "labels.csv")) as file:
            return list(csv.DictReader(file))
    raf = [os.path.join(data, "rafdb-train", row["image"]) for row in rows("rafdb-train")]
    raf = [path for path in raf if number(os.path.basename(path)) % 10 and number(os.path.basename(path)) % 27 == 3]
    cfee = rows("cfee")
    people = sorted({row["person"] for row in cfee}, key=lambda name: (number(name), name))[:HELD_OUT_PEOPLE]
    cfee = [os.path.join(data, "cfee", row["image"]) for row in cfee
            if row["person"] not in people and number(row["image"]) % 8 == 1]
    return raf[:RAF] + cfee[:CFEE]


def crops(folder):
    pixels = [cv2.imread(path, cv2.IMREAD_GRAYSCALE) for path in sorted(glob.glob(os.path.join(folder, "*.png")))]
    return np.stack(pixels)[:, None].astype(np.float32) / 255, 16


def views(path):
    from detector_samples import Samples
    with open(path, "rb") as file:
        pictures = [p for p in pickle.load(file) if p["set"] != "held-out"]
    batch = Samples(pictures, SIDE, SEED).batch(VIEWS)
    return np.stack([view[0] for view in batch])[:, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32), 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--list", metavar="DATA")
    source.add_argument("--crops")
    source.add_argument("--pictures")
    parser.add_argument("--out")
    options = parser.parse_args()
    if options.list:
        print("\n".join(listed(options.list)))
        return
    values, together = crops(options.crops) if options.crops else views(options.pictures)
    np.savez(options.out, *[values[i:i + together] for i in range(0, len(values), together)])


if __name__ == "__main__":
    main()
