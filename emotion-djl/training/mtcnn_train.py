"""Trains one net of MTCNN on the proposals of the nets before it.

    python3 mtcnn_train.py pnet --cache CACHE --wider DIR --faces DIR --out RUN --minutes 12
    python3 mtcnn_train.py rnet ... ; python3 mtcnn_train.py onet ...

Writes RUN/<net>.pt (state, resumable) and appends to RUN/<net>.jsonl. Samples are positive from an IoU of
0.65 on with a face's square, part of a face from 0.4, negative below 0.3 (Zhang et al. 2016); the square
is the face's box widened to its longer side, which is what P-Net sees and what the later nets are given.
The hardest 70 % of a batch's faces and non-faces count (online hard example mining).
"""
import argparse
import json
import os
import time

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from mtcnn_data import IntegralImage, covered, iou, squares, taught
from mtcnn_detect import Cascade, crop_rects, normalised, square
from mtcnn_nets import SIZES, STAGES, folded

NEGATIVE, POSITIVE, PART = 0, 1, 2
SMALLEST = {"pnet": 14, "rnet": 16, "onet": 20}


class Pool:
    """Samples: ``crops`` uint8 [n,s,s,3], ``kind`` [n], ``face`` [n,4] and ``points`` [n,5,2] in units of the
    crop's frame (its corner 0, its side 1), ``pixel`` [n], how large a pixel of the picture is in it."""

    def __init__(self):
        self.parts = []

    def add(self, *part):
        self.parts.append(part)

    def closed(self):
        self.crops, self.kind, self.face, self.points, self.pixel = (
            np.concatenate(part) for part in zip(*self.parts))
        self.parts = []
        self.rows = [np.flatnonzero(self.kind == kind) for kind in (NEGATIVE, POSITIVE, PART)]
        return self


def sampled(net, picture, means, boxes, pool, generator, most):
    """Labels square boxes (counted from 1, see mtcnn_detect) and cuts at most ``most`` of each kind."""
    rects = crop_rects(boxes, means.width, means.height)
    keep = ((rects[:, 2:] - rects[:, :2]) >= 6).all(1)
    boxes, rects = boxes[keep], rects[keep]
    if not len(boxes):
        return
    start = boxes[:, :2] - 1
    frames = np.concatenate([start, boxes[:, 2:]], 1)
    count = len(picture.boxes)
    if count:
        wide = iou(frames, squares(picture.boxes))
        overlap = np.maximum(wide, iou(frames, picture.boxes))
        nearest, best = wide.argmax(1), wide.max(1)
        size = (picture.boxes[:, 2:] - picture.boxes[:, :2]).max(1)
        usable = picture.valid & (size >= SMALLEST[net])
        any_overlap = overlap.max(1)
    else:
        nearest, best = np.zeros(len(boxes), int), np.zeros(len(boxes))
        usable, any_overlap = np.ones(1, bool), best
    kind = np.full(len(boxes), -1)
    kind[(best >= 0.4) & usable[nearest]] = PART
    kind[(best >= 0.65) & usable[nearest]] = POSITIVE
    negative = any_overlap < 0.3
    if (~picture.valid).any():
        negative &= covered(frames, picture.boxes[~picture.valid]).max(1) < 0.3
    if len(picture.others):
        negative &= iou(frames, picture.others).max(1) < 0.2
    if count and (~usable).any():
        negative &= iou(frames, squares(picture.boxes[~usable])).max(1) < 0.2
    kind[negative] = NEGATIVE
    chosen = []
    for wanted, limit in zip((NEGATIVE, POSITIVE, PART), most):
        rows = np.flatnonzero(kind == wanted)
        chosen.append(rows if len(rows) <= limit else generator.choice(rows, limit, replace=False))
    rows = np.concatenate(chosen)
    if not len(rows):
        return
    kind, nearest = kind[rows], nearest[rows]
    width = (frames[rows, 2:] - frames[rows, :2])
    face = np.zeros((len(rows), 4), np.float32)
    points = np.full((len(rows), 5, 2), np.nan, np.float32)
    if count:
        face = (picture.boxes[nearest] - np.tile(frames[rows, :2], 2)) / np.tile(width, 2)
        points = (picture.points[nearest] - frames[rows, None, :2]) / width[:, None]
    points[kind == NEGATIVE] = np.nan
    inside = (points > -0.3).all((1, 2)) & (points < 1.3).all((1, 2))
    points[~inside] = np.nan
    pool.add(np.rint(means.crops(rects[rows], SIZES[net])).astype(np.uint8), kind.astype(np.int8),
             face.astype(np.float32), points.astype(np.float32), (1 / width[:, 0]).astype(np.float32))


def around(picture, net, generator, each):
    """Squares around the faces, most of them good ones, counted from 1."""
    size = (picture.boxes[:, 2:] - picture.boxes[:, :2]).max(1)
    boxes = squares(picture.boxes[picture.valid & (size >= SMALLEST[net])])
    boxes = np.repeat(boxes, each, 0)
    side = boxes[:, 2:3] - boxes[:, :1]
    wide = generator.random((len(boxes), 1)) < 0.35
    move = generator.uniform(-1, 1, (len(boxes), 2)) * np.where(wide, 0.35, 0.13)
    grow = np.exp(generator.uniform(-1, 1, (len(boxes), 1)) * np.where(wide, 0.45, 0.2))
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2 + move * side
    half = np.maximum(side * grow, 12) / 2
    return np.concatenate([middle - half + 1, middle + half], 1)


def anywhere(picture, generator, count):
    height, width = picture.rgb.shape[:2]
    most = min(height, width)
    if most <= 14:
        return np.zeros((0, 4))
    side = np.exp(generator.uniform(np.log(12), np.log(most), (count, 1)))
    start = generator.random((count, 2)) * (np.array([[width, height]]) - side)
    return np.concatenate([start + 1, start + side], 1)


def near(picture, generator, each):
    """Squares beside and inside the faces: negatives that share something with one."""
    boxes = np.repeat(squares(picture.boxes), each, 0)
    side = boxes[:, 2:3] - boxes[:, :1]
    grow = np.exp(generator.uniform(-1.1, 1.1, (len(boxes), 1)))
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2 + generator.uniform(-0.8, 0.8, (len(boxes), 2)) * side
    half = np.maximum(side * grow, 12) / 2
    return np.concatenate([middle - half + 1, middle + half], 1)


def is_web(picture):
    return picture.rgb.shape[:2] == (160, 160)


def pool_of(net, pictures, cascade, seed, log):
    """Samples of all pictures. ``cascade``: the nets before this one, or P-Net itself for its second round."""
    generator, pool, begin = np.random.default_rng(seed), Pool(), time.time()
    recalled = np.zeros(2, int)
    for picture in pictures:
        means = IntegralImage(picture.rgb)
        web = is_web(picture)
        faces = max(1, len(picture.boxes))
        boxes = [around(picture, net, generator, (8 if web else 24) if net != "onet" else (5 if web else 14))]
        boxes.append(near(picture, generator, 2 if web else max(4, 40 // faces)))
        most = (20, 200, 150) if web else (120, 2000, 1000)
        if cascade is None:
            boxes.append(anywhere(picture, generator, 10 if web else 150))
            most = (20, 200, 150) if web else (220, 2000, 1000)
        elif not web:
            found = (cascade.proposals if len(cascade.nets) == 1 else cascade.refined)(means)[0]
            if len(found) and len(picture.boxes):
                tall = picture.valid & (picture.boxes[:, 3] - picture.boxes[:, 1] >= 40)
                if tall.any():
                    recalled += [int((iou(picture.boxes[tall], found).max(1) >= 0.4).sum()), int(tall.sum())]
            boxes.append(square(found))
            most = (400, 2000, 1000) if net != "onet" else (100, 2000, 1000)
        sampled(net, picture, means, np.concatenate(boxes), pool, generator, most)
    pool.closed()
    log({"pool": [len(rows) for rows in pool.rows], "seconds": round(time.time() - begin),
         "recall_of_the_nets_before": None if cascade is None else round(float(recalled[0] / max(1, recalled[1])), 4)})
    return pool


MIRRORED = [1, 0, 2, 4, 3]


def lit(x, generator):
    """Brightness, contrast, colour cast, noise, and one picture in six grey; 0..255 floats [n,s,s,3]."""
    n = len(x)
    x = x * generator.uniform(0.7, 1.3, (n, 1, 1, 1)).astype(np.float32)
    x += generator.uniform(-30, 30, (n, 1, 1, 1)).astype(np.float32)
    x *= generator.uniform(0.9, 1.1, (n, 1, 1, 3)).astype(np.float32)
    grey = np.flatnonzero(generator.random(n) < 0.17)
    x[grey] = (x[grey] @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    return np.clip(x, 0, 255, out=x)


def batch_of(pool, counts, generator, net):
    rows = np.concatenate([generator.choice(own, count) for own, count in zip(pool.rows, counts)])
    kind, face, points = pool.kind[rows], pool.face[rows].copy(), pool.points[rows].copy()
    x = pool.crops[rows].astype(np.float32)
    flip = generator.random(len(rows)) < 0.5
    x[flip] = x[flip, :, ::-1]
    face[flip, 0], face[flip, 2] = 1 - face[flip, 2], 1 - face[flip, 0]
    points[flip, :, 0] = 1 - points[flip, :, 0]
    points[flip] = points[flip][:, MIRRORED]
    x = lit(x, generator)
    if net == "pnet":
        # P-Net's cell begins at one twelfth of what it saw and ends with it
        offsets = (face - np.array([1 / 12, 1 / 12, 1, 1], np.float32)) / (11 / 12)
    else:
        offsets = face - np.array([0, 0, 1, 1], np.float32)
    if net == "onet":
        # what O-Net answers is read as counted from 0, what it was given as counted from 1
        offsets[:, :2] -= pool.pixel[rows, None]
    return normalised(x), kind, torch.from_numpy(offsets), torch.from_numpy(
        np.concatenate([points[..., 0], points[..., 1]], 1))


def losses(outputs, kind, offsets, points, hard=0.7):
    kind = torch.from_numpy(kind.astype(np.int64))
    outputs = [part.float().flatten(1) for part in outputs]
    judged = kind != PART
    each = F.cross_entropy(outputs[0][judged], kind[judged], reduction="none")
    score = each.topk(int(len(each) * hard)).values.mean()
    located = kind != NEGATIVE
    box = F.smooth_l1_loss(outputs[1][located], offsets[located], beta=0.05)
    point = torch.zeros(())
    if len(outputs) == 3:
        known = torch.isfinite(points).all(1)
        point = F.smooth_l1_loss(outputs[2][known], points[known], beta=0.03)
    return score, box, point


def train(net, state, pool, options, minutes, rate, log):
    torch.manual_seed(options.seed)
    model = STAGES[net](dropout=0.2 if net == "onet" else 0.0)
    if state is not None:
        model.load_state_dict(state)
    model = model.to(memory_format=torch.channels_last)
    ema = {key: value.clone() for key, value in model.state_dict().items()}
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=1e-2 if net == "onet" else 1e-3)
    generator = np.random.default_rng(options.seed + 1)
    counts = {"pnet": (576, 256, 192), "rnet": (288, 128, 96), "onet": (144, 80, 64)}[net]
    begin, step, sums, path = time.time(), 0, np.zeros(3), os.path.join(options.out, net + ".pt")
    while True:
        progress = (time.time() - begin) / (60 * minutes)
        if progress >= 1:
            break
        now = rate * min(1, (step + 1) / 100) * 0.5 * (1 + np.cos(np.pi * progress)) + 1e-6
        for group in optimizer.param_groups:
            group["lr"] = now
        x, kind, offsets, points = batch_of(pool, counts, generator, net)
        with torch.autocast("cpu", torch.bfloat16, enabled=net != "pnet"):
            outputs = model(x.contiguous(memory_format=torch.channels_last))
        parts = losses(outputs, kind, offsets, points)
        loss = parts[0] + 2 * parts[1] + 4 * parts[2]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        keep = min(0.995, 1 - 1 / (step + 1))
        for key, value in model.state_dict().items():
            if value.dtype.is_floating_point:
                ema[key].mul_(keep).add_(value.detach(), alpha=1 - keep)
            else:
                ema[key].copy_(value)
        sums += [float(part.detach()) for part in parts]
        if step % 100 == 0:
            log({"step": step, "progress": round(progress, 3), "samples_per_second":
                 round(step * sum(counts) / (time.time() - begin)),
                 "score": round(sums[0] / 100, 4), "box": round(sums[1] / 100, 5), "points": round(sums[2] / 100, 5)})
            sums[:] = 0
            torch.save(ema, path + ".part")
            os.replace(path + ".part", path)
    torch.save(ema, path + ".part")
    os.replace(path + ".part", path)
    log({"steps": step, "samples": step * sum(counts)})
    return ema


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("net", choices=sorted(STAGES))
    parser.add_argument("--cache", required=True, help="folder with teacher.npz of mtcnn_data.py")
    parser.add_argument("--wider", required=True)
    parser.add_argument("--faces", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, required=True, help="the rate has come down to zero by then")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--min-face", type=float, default=20, help="of the pyramid that gives proposals")
    parser.add_argument("--p-threshold", type=float, default=0.5)
    parser.add_argument("--r-threshold", type=float, default=0.3)
    parser.add_argument("--web-every", type=int, default=1, help="of the web faces every n-th")
    parser.add_argument("--resume", action="store_true", help="start from RUN/<net>.pt")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    os.makedirs(options.out, exist_ok=True)

    def log(line):
        line = {"time": time.strftime("%H:%M:%S", time.gmtime()), **line}
        with open(os.path.join(options.out, options.net + ".jsonl"), "a") as out:
            out.write(json.dumps(line) + "\n")

    def stored(name):
        return torch.load(os.path.join(options.out, name + ".pt"))

    def cascade(*names):
        return Cascade([folded(name, stored(name)) for name in names], options.min_face,
                       thresholds=(options.p_threshold, options.r_threshold, 0), limits=(300, 300), windows=600)

    pictures = taught(options.cache, options.wider, options.faces, False)
    web = [p for p in pictures if is_web(p)][::options.web_every]
    pictures = [p for p in pictures if not is_web(p)] + web
    log({"pictures": len(pictures), "faces": int(sum(p.valid.sum() for p in pictures)),
         "with_points": int(sum(np.isfinite(p.points).all((1, 2)).sum() for p in pictures))})
    state = stored(options.net) if options.resume else None
    if options.net == "pnet":
        # a third of the time on chance negatives, then on what this P-Net takes for faces
        if state is None:
            state = train("pnet", None, pool_of("pnet", pictures, None, options.seed, log), options,
                          options.minutes * 0.35, options.rate, log)
        train("pnet", state, pool_of("pnet", pictures, cascade("pnet"), options.seed + 2, log), options,
              options.minutes * 0.65, options.rate * 0.7, log)
        return
    before = cascade("pnet") if options.net == "rnet" else cascade("pnet", "rnet")
    train(options.net, state, pool_of(options.net, pictures, before, options.seed, log), options,
          options.minutes, options.rate, log)


if __name__ == "__main__":
    main()
