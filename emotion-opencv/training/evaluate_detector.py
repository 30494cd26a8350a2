"""Chooses the threshold on the pictures that were set aside, and reports on those that were held out.

    python3 evaluate_detector.py RUN/checkpoint.pt --pictures pictures.pickle --curve single-shot-curve.svg

The threshold is the lowest at which the pictures set aside show at most 0.08 false positives a picture, for faces of
40 pixels and more: a little under the 0.1 that is allowed, since there are only 87 of them.
"""
import argparse
import json
import pickle

import cv2
import numpy as np
import torch

from detector_figures import Figures, detect
from export_detector import load
from face_pictures import overlap

SMALLEST_SEEN = 32


def figures(net, pictures, least, smallest):
    """`smallest`: the smallest face that the detector is asked for, which says how far pictures are reduced."""
    collected = Figures(least)
    for picture in pictures:
        collected.add((picture["boxes"], picture["ignored"], picture["points"]),
                      detect(net, picture["picture"], min(1.0, SMALLEST_SEEN / smallest)))
    return collected


def eyes_in_box(net, pictures):
    """Medians of where the teacher's eyes lie in our boxes: x from the nearer side, and y."""
    x, y = [], []
    for picture in pictures:
        boxes, _, scores = detect(net, picture["picture"], min(1.0, SMALLEST_SEEN / 40), 0.4)
        shared = overlap(boxes, picture["boxes"])
        for k in range(len(boxes)):
            i = shared[k].argmax() if shared.shape[1] else -1
            points = picture["points"][i] if i >= 0 and shared[k, i] >= 0.5 else np.full((5, 2), np.nan)
            width, height = boxes[k, 2:] - boxes[k, :2]
            if np.isnan(points).any() or height < 40 or points[1, 0] - points[0, 0] < 0.3 * width:
                continue
            left, right = (points[:2, 0] - boxes[k, 0]) / width
            x.append((left + 1 - right) / 2)
            y.append(((points[:2, 1] - boxes[k, 1]) / height).mean())
    return {"n": len(x), "x": round(float(np.median(x)), 3), "y": round(float(np.median(y)), 3)}


def polyline(collected, left, top, width, height):
    precision, recall = collected.curve()
    return " ".join("%.1f,%.1f" % (left + width * r, top + height * (1 - p) * 2)
                    for p, r in zip(precision, recall) if p >= 0.5)


def drawing(curves):
    """Precision from 0.5 to 1 over recall, as SVG."""
    left, top, width, height = 60, 20, 480, 320
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 400" font-family="sans-serif" font-size="13">',
             '<rect width="560" height="400" fill="white"/>']
    for i in range(11):
        x = left + width * i / 10
        lines.append('<path d="M%.0f %dV%d" stroke="#ddd"/><text x="%.0f" y="%d" text-anchor="middle">%.1f</text>'
                     % (x, top, top + height, x, top + height + 18, i / 10))
    for i in range(6):
        y = top + height * i / 5
        lines.append('<path d="M%d %.0fH%d" stroke="#ddd"/><text x="%d" y="%.0f" text-anchor="end">%.1f</text>'
                     % (left, y, left + width, left - 8, y + 4, 1 - i / 10))
    lines.append('<text x="%d" y="%d" text-anchor="middle">recall</text>' % (left + width // 2, top + height + 40))
    lines.append('<text x="16" y="%d" transform="rotate(-90 16 %d)" text-anchor="middle">precision</text>'
                 % (top + height // 2, top + height // 2))
    for k, (name, colour, collected) in enumerate(curves):
        lines.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>'
                     % (polyline(collected, left, top, width, height), colour))
        lines.append('<path d="M80 %dh24" stroke="%s" stroke-width="2"/><text x="112" y="%d">%s, AP %.3f</text>'
                     % (300 + 20 * k, colour, 304 + 20 * k, name, collected.average_precision()))
    return "\n".join(lines + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--curve", help="SVG file to draw precision over recall into")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    with open(options.pictures, "rb") as file:
        pictures = pickle.load(file)
    net = load(options.checkpoint).to(memory_format=torch.channels_last)
    parts = {kind: [p for p in pictures if p["set"] == kind] for kind in ("aside", "held-out", "photos")}
    aside = figures(net, parts["aside"], 40, 40)
    threshold = round(aside.threshold_at(0.08) + 5e-4, 3)
    print(json.dumps({"aside": aside.summary(), "chosen_threshold": threshold}))
    print(json.dumps({"eyes_in_box": eyes_in_box(net, parts["aside"])}))
    curves = []
    for least, smallest in ((40, 40), (60, 40), (60, 60)):
        held = figures(net, parts["held-out"], least, smallest)
        recall, false = held.at(threshold)
        print(json.dumps({"held-out": held.summary(), "smallest": smallest, "recall": round(recall, 4),
                          "falsePositivesPerImage": round(false, 4),
                          "medianLandmarkError": round(float(np.median(held.errors)), 4)}))
        if smallest == 40:
            curves.append(("faces of %d px and more" % least, "#1f77b4" if least == 40 else "#d62728", held))
    if options.curve:
        with open(options.curve, "w") as file:
            file.write(drawing(curves))


if __name__ == "__main__":
    main()
