"""Pictures with faces for the three nets of MTCNN: WIDER FACE pictures with their boxes, tight web faces,
five landmarks from YuNet as the teacher where nobody marked any.

    python3 mtcnn_data.py --wider DIR --faces DIR --teacher yunet_n_640_640.onnx --out CACHE

writes CACHE/teacher.npz. Held out, never trained on: files whose name (with extension) has a SHA-256 that
begins with a big-endian number divisible by five.
"""
import argparse
import csv
import hashlib
import os

import cv2
import numpy as np


def held_out(path):
    digest = hashlib.sha256(os.path.basename(path).encode("utf-8")).digest()
    return int.from_bytes(digest[:4], "big") % 5 == 0


class Picture:
    """``rgb`` [h,w,3]; ``boxes`` [n,4] left, top, right, bottom; ``valid`` [n]; ``points`` [n,5,2], NaN where
    there are none; ``others`` [m,4] what the teacher takes for a face and nobody marked."""

    def __init__(self, name, rgb, boxes, valid):
        self.name, self.rgb = name, rgb
        self.boxes = np.asarray(boxes, np.float32).reshape(-1, 4)
        self.valid = np.asarray(valid, bool).reshape(-1)
        self.points = np.full((len(self.boxes), 5, 2), np.nan, np.float32)
        self.others = np.zeros((0, 4), np.float32)


def read_rgb(path):
    return cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)


def wider(folder, want):
    """The pictures of ``boxes.csv`` whose held_out() is ``want`` (None: all), in order of their names."""
    rows = {}
    with open(os.path.join(folder, "boxes.csv"), newline="") as lines:
        for row in csv.DictReader(lines):
            rows.setdefault(row["image"], []).append(row)
    pictures = []
    for name in sorted(rows):
        if want is not None and held_out(name) != want:
            continue
        boxes, valid = [], []
        for row in rows[name]:
            x, y, w, h = (float(row[key]) for key in "xywh")
            if w > 0 and h > 0:
                boxes.append((x, y, x + w, y + h))
                valid.append(row["invalid"] == "0")
        pictures.append(Picture(name, read_rgb(os.path.join(folder, name)), boxes, valid))
    return pictures


def web_faces(folder, want, limit=None):
    names = sorted(os.listdir(os.path.join(folder, "images")))
    names = [name for name in names if want is None or held_out(name) == want][:limit]
    return [Picture(name, read_rgb(os.path.join(folder, "images", name)), [], []) for name in names]


def iou(a, b):
    """Intersection over union of boxes [n,4] and [m,4], [n,m]."""
    left = np.maximum(a[:, None, :2], b[None, :, :2])
    right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(right - left, 0, None).prod(2)
    area_a = (a[:, 2:] - a[:, :2]).prod(1)
    area_b = (b[:, 2:] - b[:, :2]).prod(1)
    return shared / np.maximum(area_a[:, None] + area_b[None] - shared, 1e-9)


def covered(a, b):
    """How much of each box in a [n,4] lies in each of b [m,4], [n,m]."""
    left = np.maximum(a[:, None, :2], b[None, :, :2])
    right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(right - left, 0, None).prod(2)
    return shared / np.maximum((a[:, 2:] - a[:, :2]).prod(1)[:, None], 1e-9)


def squares(boxes):
    """Each box made square on its longer side around its middle."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(1, keepdims=True) / 2
    return np.concatenate([middle - half, middle + half], 1)


class IntegralImage:
    """Means over areas of one picture, by its integral image. A crop of n pixels at size s has in cell i the
    mean of the pixels floor(i n / s) to ceil((i + 1) n / s), as torch's "area" interpolation."""

    def __init__(self, rgb):
        self.height, self.width = rgb.shape[:2]
        self.sums = cv2.integral(rgb)

    def clipped(self, rects):
        rects = np.asarray(rects, np.int64).copy()
        rects[:, 0::2] = rects[:, 0::2].clip(0, self.width)
        rects[:, 1::2] = rects[:, 1::2].clip(0, self.height)
        return rects

    def crops(self, rects, rows, columns=None):
        """``rects`` [n,4] whole pixels within the picture, not empty; returns float32 [n,rows,columns,3]."""
        columns = rows if columns is None else columns
        rects = np.asarray(rects, np.int64)
        y0, y1 = _cells(rects[:, 1], rects[:, 3], rows)
        x0, x1 = _cells(rects[:, 0], rects[:, 2], columns)
        flat = self.sums.reshape(-1, 3)
        stride = self.width + 1

        def corner(y, x):
            return flat[y[:, :, None] * stride + x[:, None, :]]

        sums = corner(y1, x1) - corner(y0, x1) - corner(y1, x0) + corner(y0, x0)
        count = (y1 - y0)[:, :, None] * (x1 - x0)[:, None, :]
        return sums.astype(np.float32) / count[..., None].astype(np.float32)


def _cells(first, last, size):
    length = (last - first)[:, None]
    index = np.arange(size)[None]
    return first[:, None] + index * length // size, first[:, None] - (-(index + 1) * length // size)


# ------------------------------------------------------------------------------------------- teacher

class YuNet:
    """YuNet's ONNX file (input 640x640) in OpenCV's DNN, decoded here, since FaceDetectorYN of OpenCV 4.6
    does not know this file's outputs."""

    def __init__(self, path):
        self.net = cv2.dnn.readNetFromONNX(path)
        self.names = [kind + "_%d" % stride for stride in (8, 16, 32) for kind in ("cls", "obj", "bbox", "kps")]

    def detect(self, rgb, threshold=0.6, overlap=0.4):
        """``rgb`` at most 640x640; returns boxes [n,4], points [n,5,2], scores [n]."""
        canvas = np.zeros((640, 640, 3), np.uint8)
        canvas[:rgb.shape[0], :rgb.shape[1]] = rgb[:, :, ::-1]
        self.net.setInput(cv2.dnn.blobFromImage(canvas))
        outputs = dict(zip(self.names, self.net.forward(self.names)))
        boxes, points, scores = [], [], []
        for stride in (8, 16, 32):
            side = 640 // stride
            cells = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2)
            parts = [outputs["%s_%d" % (kind, stride)].reshape(side * side, -1)
                     for kind in ("cls", "obj", "bbox", "kps")]
            score = np.sqrt(parts[0][:, 0].clip(0, 1) * parts[1][:, 0].clip(0, 1))
            keep = score >= threshold
            middle = (cells[keep] + parts[2][keep, :2]) * stride
            half = np.exp(parts[2][keep, 2:]) * stride / 2
            boxes.append(np.concatenate([middle - half, middle + half], 1))
            points.append((parts[3][keep].reshape(-1, 5, 2) + cells[keep][:, None]) * stride)
            scores.append(score[keep])
        boxes, points, scores = (np.concatenate(part) for part in (boxes, points, scores))
        order, kept = np.argsort(-scores), []
        while len(order):
            kept.append(order[0])
            order = order[1:][iou(boxes[order[:1]], boxes[order[1:]])[0] < overlap]
        return boxes[kept], points[kept], scores[kept]


def teach(picture, found):
    """Gives marked faces the points of the teacher's box that overlaps them most, by 0.5 or more."""
    boxes, points, _ = found
    if not len(boxes):
        return
    overlap = iou(picture.boxes, boxes)
    for face in range(len(picture.boxes)):
        best = overlap[face].argmax()
        if overlap[face, best] >= 0.5:
            picture.points[face] = points[best]
    free = overlap.max(0) < 0.3 if len(picture.boxes) else np.ones(len(boxes), bool)
    picture.others = boxes[free].astype(np.float32)


def taught(cache, wider_folder, faces_folder, want, faces=True):
    """WIDER pictures, and web faces with the teacher's boxes, with the teacher's points."""
    stored = np.load(os.path.join(cache, "teacher.npz"))
    pictures = wider(wider_folder, want)
    for picture in pictures:
        rows = stored[picture.name]
        teach(picture, (rows[:, :4], rows[:, 4:14].reshape(-1, 5, 2), rows[:, 14]))
    if faces:
        for picture in web_faces(faces_folder, want):
            rows = stored["faces/" + picture.name]
            if len(rows) == 1 and rows[0, 14] >= 0.8:
                picture.boxes, picture.valid = rows[:, :4], np.ones(1, bool)
                picture.points = rows[:, 4:14].reshape(-1, 5, 2)
                pictures.append(picture)
    return pictures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wider", required=True)
    parser.add_argument("--faces", required=True)
    parser.add_argument("--teacher", required=True, help="YuNet's ONNX file with 640x640 input")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    teacher, rows = YuNet(options.teacher), {}
    for picture in wider(options.wider, None):
        boxes, points, scores = teacher.detect(picture.rgb)
        rows[picture.name] = np.concatenate([boxes, points.reshape(-1, 10), scores[:, None]], 1).astype(np.float32)
    faces = web_faces(options.faces, None)
    for start in range(0, len(faces), 9):
        # nine to a picture, each in a frame of its own, so that none grows over its neighbour
        canvas = np.full((640, 640, 3), 127, np.uint8)
        group = faces[start:start + 9]
        for index, picture in enumerate(group):
            y, x = 26 + index // 3 * 213, 26 + index % 3 * 213
            canvas[y:y + 160, x:x + 160] = picture.rgb
        boxes, points, scores = teacher.detect(canvas)
        row = np.concatenate([boxes, points.reshape(-1, 10), scores[:, None]], 1).astype(np.float32)
        middle = (row[:, :2] + row[:, 2:4]) / 2
        for index, picture in enumerate(group):
            y, x = 26 + index // 3 * 213, 26 + index % 3 * 213
            own = row[((middle - (x, y) >= 0) & (middle - (x, y) < 160)).all(1)].copy()
            own[:, 0:14:2] -= x
            own[:, 1:14:2] -= y
            rows["faces/" + picture.name] = own
    os.makedirs(options.out, exist_ok=True)
    np.savez(os.path.join(options.out, "teacher.npz"), **rows)
    print("%d pictures, %d boxes" % (len(rows), sum(map(len, rows.values()))))


if __name__ == "__main__":
    main()
