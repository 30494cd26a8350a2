"""Looks for what a detector takes for a face in pictures of the training, so that it sees more of it.

    python3 detector_mistakes.py CHECKPOINT --pictures pictures.pickle --out pictures-2.pickle

A mistake has a score of 0.25 or more, at the whole picture or a reduced one, and overlaps nothing that anybody marked
by a fifth. The held-out fifth and the pictures set aside are not looked at.
"""
import argparse
import pickle

import cv2
import numpy as np
import torch

from detector_figures import detect
from export_detector import load
from face_pictures import overlap

LEAST = 0.25


def mistakes(net, picture):
    found = []
    for scale in (1.0, 0.7, 0.45):
        boxes, _, scores = detect(net, picture["picture"], scale, LEAST)
        marked = picture["boxes"]
        for box in boxes:
            shared = overlap(box[None], marked).max() if len(marked) else 0
            inside = np.clip(box, 0, np.tile(picture["picture"].shape[1::-1], 2))
            if shared < 0.2 and box[3] - box[1] >= 14 and (inside[2:] - inside[:2]).prod() > 0.6 * (box[2:] - box[:2]).prod():
                # a box around marked faces, or within one, is not quite wrong
                centre = (box[:2] + box[2:]) / 2
                if not len(marked) or not ((marked[:, :2] < centre) & (centre < marked[:, 2:])).all(1).any():
                    found.append(box)
    return np.array(found, np.float32).reshape(-1, 4)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    torch.set_num_threads(2)
    cv2.setNumThreads(1)
    with open(options.pictures, "rb") as file:
        pictures = pickle.load(file)
    net = load(options.checkpoint).to(memory_format=torch.channels_last)
    for picture in pictures:
        if picture["set"] in ("train", "photos", "background"):
            picture["mistakes"] = mistakes(net, picture)
    with open(options.out, "wb") as file:
        pickle.dump(pictures, file, protocol=4)
    for kind in ("train", "photos", "background"):
        chosen = [p["mistakes"] for p in pictures if p["set"] == kind]
        print(kind, len(chosen), "pictures", sum(map(len, chosen)), "mistakes in", sum(len(m) > 0 for m in chosen))


if __name__ == "__main__":
    main()
