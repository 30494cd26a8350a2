"""Trains the landmark net on what landmarks_labels.py wrote.

    python3 landmarks_train.py --labels labels-0.npz labels-1.npz --out RUN --deadline HH:MM

Each epoch writes RUN/checkpoint.pt (atomically; the same command resumes from it) and one JSON line of
RUN/log.jsonl with the mean error of the averaged weights on held-out faces, over the distance of the eyes.
With --deadline the learning rate has come down to zero by that time (UTC), however busy the machine is. The
cores work as processes of one thread each on shared weights, without waiting for each other (Hogwild).
"""
import argparse
import copy
import datetime
import json
import math
import os
import time

import numpy as np
import torch
from torch import multiprocessing

from landmarks_data import SOURCES, Augmentation, Faces, crops, eye_distance
from landmarks_net import LandmarkNet


def seconds_of(clock):
    now = datetime.datetime.utcnow()
    hour, minute = map(int, clock.split(":"))
    return time.time() + (now.replace(hour=hour, minute=minute, second=0, microsecond=0) - now).total_seconds()


def loss_of(guess, points):
    """The distance of each point in units of the eyes' distance; near 0 a square (pseudo-Huber)."""
    guess = guess.view(-1, 68, 2)
    extent = (points.max(1).values - points.min(1).values).max(1).values
    unit = torch.maximum(eye_distance(points), 0.25 * extent)
    squared = ((guess - points) / unit[:, None, None]).pow(2).sum(2)
    return ((squared + 1e-4).sqrt() - 1e-2).mean()


def errors(net, faces, rows, batch=256):
    """Mean error of each face's 68 points over the distance of its eyes, from the detectors' own boxes."""
    net.eval()
    result = []
    with torch.no_grad():
        for start in range(0, len(rows), batch):
            part = rows[start:start + batch]
            x, points = crops(faces.patches[part], faces.points[part], *faces.squares(part))
            guess = net(x.contiguous(memory_format=torch.channels_last)).view(-1, 68, 2)
            result.append((guess - points).norm(dim=2).mean(1) / eye_distance(points))
    return torch.cat(result).numpy()


def held_out_errors(net, faces):
    figures = {}
    for source in SOURCES:
        rows = faces.rows(True, source)
        if len(rows):
            error = errors(net, faces, rows)
            figures[source] = {"n": len(rows), "mean": round(float(error.mean()), 4),
                               "median": round(float(np.median(error)), 4)}
    return figures


@torch.no_grad()
def average(mean, net, decay):
    for ours, theirs in zip(mean.state_dict().values(), net.state_dict().values()):
        if ours.dtype.is_floating_point:
            ours.lerp_(theirs, 1 - decay)
        else:
            ours.copy_(theirs)


class Run:
    """What the workers share: weights, their average, the number of steps and the schedule."""

    def __init__(self, options, faces):
        self.options, self.faces = options, faces
        self.rows = faces.rows(False)
        # WIDER's turned and small faces are few
        wider = faces.rows(False, "wider")
        self.order = np.concatenate([self.rows] + [wider] * (options.wider - 1))
        self.epoch_steps = len(self.order) // options.batch
        self.steps = multiprocessing.Value("q", 0)
        self.began, self.end = time.time(), seconds_of(options.deadline) if options.deadline else None
        torch.manual_seed(options.seed)
        self.net = LandmarkNet()
        _, points = crops(faces.patches[self.rows[:512]], faces.points[self.rows[:512]],
                          *faces.squares(self.rows[:512]))
        with torch.no_grad():
            self.net.points.bias.copy_(points.mean(0).flatten() - 0.5)
        self.mean = copy.deepcopy(self.net)
        self.path = os.path.join(options.out, "checkpoint.pt")
        if os.path.exists(self.path):
            kept = torch.load(self.path)
            self.net.load_state_dict(kept["net"])
            self.mean.load_state_dict(kept["ema"])
            self.steps.value, self.began = kept["step"], kept["began"]
        for net in (self.net, self.mean):
            net.to(memory_format=torch.channels_last).share_memory()

    def progress(self):
        by_steps = self.steps.value / (self.options.epochs * self.epoch_steps)
        by_time = (time.time() - self.began) / (self.end - self.began) if self.end else 0.0
        return min(1.0, max(by_steps, by_time))

    def rate(self):
        progress, warm_up = self.progress(), 0.03
        if progress < warm_up:
            return self.options.rate * (0.05 + 0.95 * progress / warm_up)
        return self.options.rate * 0.5 * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up)))

    def save(self):
        torch.save({"net": self.net.state_dict(), "ema": self.mean.state_dict(), "step": self.steps.value,
                    "began": self.began, "options": vars(self.options)}, self.path + ".part")
        os.replace(self.path + ".part", self.path)


def work(number, run, each_step=lambda loss: None):
    torch.set_num_threads(1)
    options, net = run.options, run.net
    seed = options.seed + 17 * number + 1000 * run.steps.value
    torch.manual_seed(seed)
    random, augment = np.random.default_rng(seed), Augmentation(seed)
    decayed = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": options.decay},
                                   {"params": plain, "weight_decay": 0.0}], lr=options.rate)
    while True:
        order = random.permutation(run.order)
        for start in range(0, len(order) - options.batch + 1, options.batch):
            if run.progress() >= 1:
                return
            for group in optimizer.param_groups:
                group["lr"] = run.rate()
            x, points = augment(run.faces, order[start:start + options.batch])
            net.train()
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not options.float32):
                features = net.features(x.contiguous(memory_format=torch.channels_last))
            loss = loss_of(net.points(features.float()) + 0.5, points)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            with run.steps.get_lock():
                run.steps.value += 1
                step = run.steps.value
            average(run.mean, net, min(options.ema, (1 + step) / (10 + step)))
            each_step(float(loss.detach()))


class Diary:
    def __init__(self, run, log):
        self.run, self.log, self.losses = run, log, []
        self.epoch, self.step, self.time = run.steps.value // run.epoch_steps, run.steps.value, time.time()

    def look(self, loss):
        self.losses.append(loss)
        if self.run.steps.value >= (self.epoch + 1) * self.run.epoch_steps:
            self.write()

    def write(self):
        run, step = self.run, self.run.steps.value
        self.epoch = step // run.epoch_steps
        line = {"epoch": round(step / run.epoch_steps, 2),
                "utc": datetime.datetime.utcnow().strftime("%Y-%m-%d %H:%M:%S"),
                "faces_per_second": round((step - self.step) * run.options.batch / (time.time() - self.time + 1e-9)),
                "progress": round(run.progress(), 4), "rate": round(run.rate(), 6),
                "loss": round(float(np.mean(self.losses or [0])), 5)}
        if self.epoch % 3 == 0 or run.progress() > 0.9:
            line["held_out"] = held_out_errors(run.mean, run.faces)
        self.log.write(json.dumps(line) + "\n")
        run.save()
        self.losses, self.step, self.time = [], step, time.time()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--labels", nargs="+", required=True)
    parser.add_argument("--out", required=True, help="folder of this run")
    parser.add_argument("--epochs", type=int, default=120)
    parser.add_argument("--deadline", help="UTC time HH:MM by which the schedule has ended")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--ema", type=float, default=0.998)
    parser.add_argument("--wider", type=int, default=2, help="times each WIDER face is shown an epoch")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--float32", action="store_true", help="no bfloat16 in the convolutions")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    faces = Faces(options.labels)
    run = Run(options, faces)
    log = open(os.path.join(options.out, "log.jsonl"), "a", buffering=1)
    log.write(json.dumps({"options": vars(options), "resumed_at_step": run.steps.value,
                          "training": {source: len(faces.rows(False, source)) for source in SOURCES},
                          "parameters": sum(p.numel() for p in run.net.parameters())}) + "\n")
    others = [multiprocessing.get_context("fork").Process(target=work, args=(number, run), daemon=True)
              for number in range(1, options.workers)]
    for process in others:
        process.start()
    diary = Diary(run, log)
    work(0, run, diary.look)
    for process in others:
        process.join(60)
    diary.write()


if __name__ == "__main__":
    main()
