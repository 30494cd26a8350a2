"""What the crops vary by that the detector's own points align, against crops aligned by the teacher's points.

    python3 crop_variation.py RUN/checkpoint.pt --pictures pictures.pickle

Both sets of five points are carried to the average face of FivePointFaceAligner by least squares; the figures are of the
similarity from one crop to the other. Faces of 40 pixels and more, of the pictures held out. The expression net's last
stretch of training moves its crops by such amounts.
"""
import argparse
import json
import pickle

import cv2
import numpy as np
import torch

from detector_figures import detect
from evaluate_detector import SMALLEST_SEEN
from export_detector import load
from face_pictures import overlap
from landmarks_alignment import similarity

# as in FivePointFaceAligner, in distances of the eyes; CropSpec.fer2013() has these at 0.372 of its width
AVERAGE_FACE = np.array([[-0.5, 0], [0.5, 0], [0, 0.589], [-0.395, 1.032], [0.395, 1.032]])
EYES_APART, EYES_MIDDLE = 0.372, np.array([0.5, 0.376])


def moved(ours, teachers):
    """Shift of the crop's middle as a fraction of its width (x, y), scale and angle in degrees."""
    places = AVERAGE_FACE * EYES_APART + EYES_MIDDLE
    back, forth = similarity(places[None], ours)[0], similarity(teachers[None], places)[0]
    x, y = forth[:, :2] @ (back[:, :2] @ [0.5, 0.5] + back[:, 2]) + forth[:, 2] - 0.5
    turn = forth[:, :2] @ back[:, :2]
    return x, y, np.hypot(*turn[:, 0]), np.degrees(np.arctan2(turn[1, 0], turn[0, 0]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--pictures", required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    with open(options.pictures, "rb") as file:
        pictures = [p for p in pickle.load(file) if p["set"] == "held-out"]
    net = load(options.checkpoint).to(memory_format=torch.channels_last)
    rows = []
    for picture in pictures:
        boxes, points, _ = detect(net, picture["picture"], min(1.0, SMALLEST_SEEN / 40), 0.4)
        shared = overlap(boxes, picture["boxes"])
        for k in range(len(boxes)):
            i = shared[k].argmax() if shared.shape[1] else -1
            if i < 0 or shared[k, i] < 0.5 or boxes[k, 2] - boxes[k, 0] < 40:
                continue
            teachers = np.asarray(picture["points"][i], float)
            apart = np.hypot(*(teachers[1] - teachers[0])) if len(teachers) else np.nan
            if np.isfinite(teachers).all() and apart > 0.3 * (boxes[k, 2] - boxes[k, 0]):
                rows.append(moved(points[k].astype(float), teachers))
    rows = np.array(rows)
    for name, values in zip(("shift x", "shift y", "scale", "degrees"), rows.T):
        print(json.dumps({"of": name, "faces": len(values), "median": round(float(np.median(values)), 4),
                          "p5": round(float(np.percentile(values, 5)), 4),
                          "p95": round(float(np.percentile(values, 95)), 4)}))


if __name__ == "__main__":
    main()
