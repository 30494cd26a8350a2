"""What a detector's answers are worth: recall against false positives, as the project counts them.

Faces count that are at least `least` pixels high and not marked invalid; one is found when a detection overlaps it by
an IoU of 0.4. A detection is a false positive when it is at least 1.2 times `least` high and overlaps no marked face,
invalid ones too, by 0.2. Detections choose in the order of their score, each the face it overlaps the most among those
that are free. The command evaluate-detector counts in the same way.
"""
import cv2
import numpy as np
import torch

from detector_loss import boxes_of, flat, points_of
from face_pictures import overlap

NMS = 0.4


def prepared(picture, scale):
    """The picture reduced by `scale`, padded with zeros at the right and below to multiples of 32."""
    height, width = picture.shape[:2]
    if scale < 1:
        picture = cv2.resize(picture, (max(1, round(width * scale)), max(1, round(height * scale))),
                             interpolation=cv2.INTER_AREA)
    high, wide = (-(-side // 32) * 32 for side in picture.shape[:2])
    planes = np.zeros((3, high, wide), np.float32)
    planes[:, :picture.shape[0], :picture.shape[1]] = picture[:, :, ::-1].transpose(2, 0, 1)
    return planes, width / picture.shape[1] if scale < 1 else 1.0, height / picture.shape[0] if scale < 1 else 1.0


def suppressed(boxes, scores, threshold=NMS, most=300):
    order, kept = np.argsort(-scores, kind="stable")[:1000], []
    while len(order) and len(kept) < most:
        kept.append(order[0])
        shared = overlap(boxes[order[:1]], boxes[order[1:]])[0]
        order = order[1:][shared <= threshold]
    return np.array(kept, int)


def detect(net, picture, scale, threshold=0.02):
    """Boxes [D,4], points [D,5,2] in the picture's pixels and scores [D], best first."""
    planes, x, y = prepared(picture, scale)
    with torch.no_grad():
        rows, anchors, strides = flat(net(torch.from_numpy(planes)[None].contiguous(
            memory_format=torch.channels_last)))
    scores = rows[0, :, 0].sigmoid()
    chosen = (scores >= threshold).nonzero()[:, 0]
    rows, anchors, strides = rows[0, chosen], anchors[chosen], strides[chosen]
    factor = np.array([x, y], np.float32)
    boxes = boxes_of(rows, anchors, strides).numpy() * np.tile(factor, 2)
    points = points_of(rows, anchors, strides).numpy() * factor
    scores = scores[chosen].numpy()
    kept = suppressed(boxes, scores)
    return boxes[kept], points[kept], scores[kept]


class Figures:
    """Collects the answers for many pictures."""

    def __init__(self, least=40):
        self.least = least
        self.pictures, self.faces = 0, 0
        self.errors, self.graded = [], []

    def add(self, marked, detected):
        """`marked`: boxes, ignored, points; `detected`: boxes, points, scores, best first."""
        boxes, invalid, points = marked
        answers, five, scores = detected
        self.pictures += 1
        counted = ~invalid & (boxes[:, 3] - boxes[:, 1] >= self.least)
        self.faces += int(counted.sum())
        shared = overlap(answers, boxes) if len(boxes) else np.zeros((len(answers), 0))
        free = set(np.flatnonzero(counted))
        for k in np.argsort(-scores, kind="stable"):
            best = max(free, key=lambda i: shared[k, i], default=None)
            if best is not None and shared[k, best] >= 0.4:
                free.remove(best)
                self.graded.append((scores[k], True))
                eyes = np.linalg.norm(points[best, 0] - points[best, 1])
                if eyes > 0:
                    self.errors.append(np.linalg.norm(five[k] - points[best], axis=1).mean() / eyes)
            elif answers[k, 3] - answers[k, 1] >= 1.2 * self.least and shared[k].max(initial=0) < 0.2:
                self.graded.append((scores[k], False))

    def at(self, threshold):
        """Recall and false positives a picture at this score."""
        chosen = [right for score, right in self.graded if score >= threshold]
        return sum(chosen) / max(self.faces, 1), (len(chosen) - sum(chosen)) / max(self.pictures, 1)

    def threshold_at(self, rate):
        """The lowest score at which there are at most `rate` false positives a picture."""
        false = sorted((score for score, right in self.graded if not right), reverse=True)
        allowed = int(np.floor(rate * self.pictures))
        return float(np.nextafter(false[allowed], 2)) if allowed < len(false) else 0.0

    def average_precision(self):
        precision, recall = self.curve()
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        return float((np.diff(recall, prepend=0) * envelope).sum())

    def curve(self):
        graded = sorted(self.graded, key=lambda g: -g[0])
        hits = np.cumsum([hit for _, hit in graded])
        return hits / np.arange(1, len(graded) + 1), hits / max(self.faces, 1)

    def summary(self, rate=0.1):
        threshold = self.threshold_at(rate)
        return {"least": self.least, "n": self.faces, "recallAtFp0.1": round(self.at(threshold)[0], 4),
                "threshold": round(threshold, 4), "ap": round(self.average_precision(), 4),
                "landmarkError": round(float(np.mean(self.errors)), 4) if self.errors else None}


def measure(net, pictures, target=28, leasts=(40, 60)):
    """Figures for each least height, each at its own scale: a face of that height has `target` pixels then."""
    answers = []
    for least in leasts:
        figures = Figures(least)
        for picture in pictures:
            found = detect(net, picture["picture"], min(1.0, target / least))
            figures.add((picture["boxes"], picture["ignored"], picture["points"]), found)
        answers.append(figures)
    return answers
