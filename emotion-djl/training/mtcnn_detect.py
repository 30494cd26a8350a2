"""The cascade on one picture: pyramid, P-Net, R-Net, O-Net. The detector in Java does the same.

Conventions are those of the authors' code, whose boxes count pixels from 1: the box (x1, y1, x2, y2)
holds the pixels x1 - 1 to x2, not including x2, counted from 0.
"""
import cv2
import numpy as np
import torch
from torch.nn import functional as F

from mtcnn_data import IntegralImage


def nms(boxes, scores, threshold, smaller=False):
    """Greedy non-maximum suppression by IoU, or by the share of the smaller box; indices, best first."""
    if not smaller:
        sides = np.concatenate([boxes[:, :2], boxes[:, 2:4] - boxes[:, :2]], 1).astype(np.float64)
        kept = cv2.dnn.NMSBoxes(sides, np.asarray(scores, np.float32), 0.0, threshold) if len(boxes) else []
        return np.asarray(kept, np.int64).reshape(-1)
    order, kept = np.argsort(-scores, kind="stable"), []
    areas = (boxes[:, 2:4] - boxes[:, :2]).prod(1)
    while len(order):
        first, order = order[0], order[1:]
        kept.append(first)
        left = np.maximum(boxes[first, :2], boxes[order, :2])
        right = np.minimum(boxes[first, 2:4], boxes[order, 2:4])
        shared = np.clip(right - left, 0, None).prod(1)
        order = order[shared <= threshold * np.minimum(areas[first], areas[order])]
    return np.array(kept, np.int64)


def square(boxes):
    """Widens each box to a square around its middle."""
    size = boxes[:, 2:4] - boxes[:, :2]
    side = size.max(1, keepdims=True)
    start = boxes[:, :2] + size * 0.5 - side * 0.5
    return np.concatenate([start, start + side], 1)


def crop_rects(boxes, width, height):
    """The whole pixels of a box within the picture, left, top, right, bottom from 0."""
    whole = np.trunc(boxes).astype(np.int64)
    return np.stack([np.maximum(whole[:, 0], 1) - 1, np.maximum(whole[:, 1], 1) - 1,
                     np.minimum(whole[:, 2], width), np.minimum(whole[:, 3], height)], 1)


def normalised(crops):
    """[n,h,w,3] values to what a net takes."""
    x = torch.from_numpy(np.ascontiguousarray(crops.transpose(0, 3, 1, 2), np.float32))
    return (x - 127.5) * 0.0078125


class Cascade:
    def __init__(self, nets, min_face=40, factor=0.709, thresholds=(0.6, 0.7, 0.7), limits=(500, 500), windows=4000):
        """``nets``: P-Net, and R-Net and O-Net where wanted; ``limits``: how many candidates, the best
        ones, R-Net and O-Net look at; ``windows``: how many of a level are compared."""
        self.windows = windows
        self.nets, self.min_face, self.factor = nets, min_face, factor
        self.thresholds, self.limits = thresholds, limits

    def scales(self, width, height):
        scale, side, scales = 12.0 / self.min_face, min(width, height) * 12.0 / self.min_face, []
        while side >= 12:
            scales.append(scale)
            scale *= self.factor
            side *= self.factor
        return scales

    @torch.no_grad()
    def proposals(self, means):
        """P-Net's boxes [n,4] with their offsets added, not squared, and scores [n]."""
        boxes, offsets, scores = [], [], []
        picture = np.array([[0, 0, means.width, means.height]])
        for scale in self.scales(means.width, means.height):
            level = means.crops(picture, int(means.height * scale + 1), int(means.width * scale + 1))
            logits, shifts = self.nets[0](normalised(level))[:2]
            score = torch.softmax(logits, 1)[0, 1].numpy()
            rows, columns = np.nonzero(score >= self.thresholds[0])
            if len(rows) > self.windows:
                best = np.argsort(-score[rows, columns], kind="stable")[:self.windows]
                rows, columns = rows[best], columns[best]
            cells = np.stack([columns, rows], 1)
            box = np.floor(np.concatenate([(2 * cells + 1) / scale, (2 * cells + 12) / scale], 1))
            kept = nms(box, score[rows, columns], 0.5)
            boxes.append(box[kept])
            offsets.append(shifts[0, :, rows, columns].numpy().T[kept])
            scores.append(score[rows, columns][kept])
        if not boxes:
            return np.zeros((0, 4)), np.zeros(0)
        boxes, offsets, scores = np.concatenate(boxes), np.concatenate(offsets), np.concatenate(scores)
        kept = nms(boxes, scores, 0.7)[:self.limits[0]]
        boxes, offsets, scores = boxes[kept], offsets[kept], scores[kept]
        size = np.tile(boxes[:, 2:] - boxes[:, :2], 2)
        return boxes + offsets * size, scores

    def look(self, stage, means, boxes):
        """Crops and runs R-Net (1) or O-Net (2); drops boxes without a pixel in the picture."""
        rects = crop_rects(boxes, means.width, means.height)
        inside = (rects[:, 2] > rects[:, 0]) & (rects[:, 3] > rects[:, 1])
        boxes, rects = boxes[inside], rects[inside]
        if not len(boxes):
            return boxes, None
        size = 24 if stage == 1 else 48
        with torch.no_grad():
            outputs = self.nets[stage](normalised(means.crops(rects, size)))
        return boxes, [torch.softmax(outputs[0], 1)[:, 1].numpy()] + [part.numpy() for part in outputs[1:]]

    def refined(self, means):
        """R-Net's boxes and scores."""
        boxes, outputs = self.look(1, means, square(self.proposals(means)[0]))
        if outputs is None:
            return boxes, np.zeros(0)
        keep = outputs[0] > self.thresholds[1]
        boxes, scores, offsets = boxes[keep], outputs[0][keep], outputs[1][keep]
        kept = nms(boxes, scores, 0.7)[:self.limits[1]]
        return shifted(boxes[kept], offsets[kept]), scores[kept]

    def detect(self, rgb):
        """Boxes [n,4], scores [n], points [n,5,2]."""
        means = IntegralImage(rgb)
        boxes, outputs = self.look(2, means, square(self.refined(means)[0]))
        if outputs is None:
            return boxes, np.zeros(0), np.zeros((0, 5, 2))
        keep = outputs[0] > self.thresholds[2]
        boxes, scores, offsets, points = (part[keep] for part in (boxes, *outputs))
        size = boxes[:, 2:] - boxes[:, :2] + 1
        points = np.stack([points[:, :5], points[:, 5:]], 2) * size[:, None] + boxes[:, None, :2] - 1
        boxes = shifted(boxes, offsets)
        kept = nms(boxes, scores, 0.7, smaller=True)
        return boxes[kept], scores[kept], points[kept]


def shifted(boxes, offsets):
    return boxes + offsets * np.tile(boxes[:, 2:] - boxes[:, :2] + 1, 2)
