"""Recall, false positives, landmark error and where the eyes lie, of the cascade, on WIDER pictures.

    python3 mtcnn_evaluate.py --run RUN --cache CACHE --wider DIR --faces DIR [--held-out] [--min-face 40]

Without --held-out this reads training pictures (for choosing thresholds), with it the held-out fifth (for
the report). A face counts that is not marked invalid and at least --size pixels high; it is found by a box
with IoU 0.4. A false positive is a detection at least 1.2 times as high that overlaps no marked face by
0.2. Landmarks are compared with the teacher's on found faces that it found too, over the eyes' distance.
"""
import argparse
import json
import os

import cv2
import numpy as np
import torch

from mtcnn_data import iou, taught
from mtcnn_detect import Cascade
from mtcnn_nets import STAGES, folded


def matched(picture, boxes, scores, size):
    """For each detection: the score, whether it finds a face that counts (each once), whether it is false."""
    tall = picture.valid & (picture.boxes[:, 3] - picture.boxes[:, 1] >= size)
    overlap = iou(boxes, picture.boxes) if len(picture.boxes) else np.zeros((len(boxes), 0))
    free, face = tall.copy(), np.full(len(boxes), -1)
    for index in np.argsort(-scores, kind="stable"):
        fitting = np.where(free, overlap[index], 0)
        if len(fitting) and fitting.max() >= 0.4:
            face[index] = fitting.argmax()
            free[face[index]] = False
    height = boxes[:, 3] - boxes[:, 1]
    alone = overlap.max(1) < 0.2 if overlap.shape[1] else np.ones(len(boxes), bool)
    return int(tall.sum()), face, alone & (height >= 1.2 * size)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--wider", required=True)
    parser.add_argument("--faces", required=True)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="every n-th picture")
    parser.add_argument("--min-face", type=float, default=40)
    parser.add_argument("--factor", type=float, default=0.709)
    parser.add_argument("--size", type=float, default=40)
    parser.add_argument("--thresholds", type=float, nargs=3, default=(0.6, 0.7, 0.05))
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    nets = [folded(name, torch.load(os.path.join(options.run, name + ".pt"))) for name in STAGES]
    cascade = Cascade(nets, options.min_face, options.factor, options.thresholds)
    pictures = taught(options.cache, options.wider, options.faces, options.held_out, faces=False)[::options.every]
    faces, scores, hits, false, errors, eyes = 0, [], [], [], [], []
    for picture in pictures:
        boxes, score, points = cascade.detect(picture.rgb)
        count, face, wrong = matched(picture, boxes, score, options.size)
        faces += count
        scores.append(score)
        hits.append(face >= 0)
        false.append(wrong)
        for box, point, index in zip(boxes, points, face):
            if index >= 0 and np.isfinite(picture.points[index]).all():
                known = picture.points[index]
                apart = np.linalg.norm(known[1] - known[0])
                width = np.linalg.norm(known[3] - known[4])
                if apart > 0.25 * (box[2] - box[0]) and width > 0:
                    errors.append(np.linalg.norm(point - known, axis=1).mean() / apart)
                    eyes.append(((known[:2] - box[:2]) / (box[2:] - box[:2])).reshape(-1))
    scores, hits, false = (np.concatenate(part) for part in (scores, hits, false))
    for threshold in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995):
        above = scores > threshold
        print("threshold %.3f recall %.4f false positives a picture %.4f" % (
            threshold, hits[above].sum() / faces, false[above].sum() / len(pictures)))
    order = np.argsort(-scores, kind="stable")
    within = np.cumsum(false[order]) <= 0.1 * len(pictures)
    recall = np.cumsum(hits[order])[within]
    print(json.dumps({
        "pictures": len(pictures), "n": faces, "recallAtFp0.1": round(float(recall.max() / faces), 4),
        "threshold": round(float(scores[order][within][-1]), 4), "landmarkError": round(float(np.mean(errors)), 4),
        "landmarks": len(errors), "eyes": [round(float(value), 4) for value in np.median(eyes, 0)]}))


if __name__ == "__main__":
    main()
