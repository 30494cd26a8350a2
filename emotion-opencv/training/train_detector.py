"""Trains the single-shot face detector.

    python3 train_detector.py --pictures pictures.pickle --out RUN --deadline 22:45

Every report writes RUN/checkpoint.pt (atomically; the same command resumes from it) and appends one JSON
line to RUN/log.jsonl with the figures of the averaged (EMA) weights on the pictures that were set aside. The
held-out fifth is never looked at here. The rate falls as a cosine to zero at the deadline.

The cores work as processes of one thread each on shared weights, without waiting for each other (Hogwild;
Recht et al. 2011).
"""
import argparse
import copy
import datetime
import json
import math
import os
import pickle
import time

import cv2
import numpy as np
import torch
from torch import multiprocessing

from detector_figures import measure
from detector_loss import DetectorLoss
from detector_samples import Samples
from single_shot_net import SingleShotNet


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pictures", required=True, help="made by face_pictures.py")
    parser.add_argument("--out", required=True, help="folder of this run")
    end = parser.add_mutually_exclusive_group(required=True)
    end.add_argument("--deadline", help="UTC time HH:MM at which the schedule ends")
    end.add_argument("--steps", type=int, help="number of batches after which the schedule ends")
    parser.add_argument("--side", type=int, default=320, help="pixels of the square views")
    parser.add_argument("--growing", type=float, default=0.5, metavar="PROGRESS",
                        help="views are 0.8 times as large until then")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--warm-up", type=float, default=0.02, help="share of the schedule")
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--ema", type=float, default=0.999)
    parser.add_argument("--box", type=float, default=2.0)
    parser.add_argument("--points", type=float, default=8.0)
    parser.add_argument("--from", dest="start", help="start from the averaged weights of this checkpoint")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--report", type=float, default=120, help="seconds between reports")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def seconds_of(clock):
    now = datetime.datetime.utcnow()
    hour, minute = map(int, clock.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return time.time() + (end - now).total_seconds()


class Schedule:
    def __init__(self, options, began):
        self.options, self.began = options, began
        self.end = seconds_of(options.deadline) if options.deadline else None

    def progress(self, step):
        done = (time.time() - self.began) / (self.end - self.began) if self.end else step / self.options.steps
        return min(1.0, done)

    def rate_at(self, progress):
        rate, warm_up = self.options.rate, self.options.warm_up
        if progress < warm_up:
            return rate * (0.02 + 0.98 * progress / warm_up)
        return rate * (0.001 + 0.4995 * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up))))


@torch.no_grad()
def average(mean, net, decay):
    for ours, theirs in zip(mean.state_dict().values(), net.state_dict().values()):
        if ours.dtype.is_floating_point:
            ours.lerp_(theirs, 1 - decay)
        else:
            ours.copy_(theirs)


class Worker:
    """One thread's share of the training, on weights that all workers share."""

    def __init__(self, number, options, net, mean, pictures, schedule, steps):
        seed = options.seed + 17 * number + 1000 * steps.value
        torch.manual_seed(seed)
        self.options, self.net, self.mean, self.schedule, self.steps = options, net, mean, schedule, steps
        self.samples = Samples(pictures, options.side, seed)
        self.losses = {side: DetectorLoss(side) for side in (options.side, options.side * 4 // 5)}
        decayed = [p for p in net.parameters() if p.ndim > 1]
        plain = [p for p in net.parameters() if p.ndim <= 1]
        self.optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": options.decay},
                                            {"params": plain, "weight_decay": 0.0}], lr=options.rate)
        self.sums, self.count = {}, 0

    def step(self, progress):
        options = self.options
        for group in self.optimizer.param_groups:
            group["lr"] = self.schedule.rate_at(progress)
        side = options.side if progress >= options.growing else options.side * 4 // 5
        self.samples.side = side
        batch = self.samples.batch(options.batch)
        pixels = torch.from_numpy(np.stack([b[0] for b in batch])).flip(3).permute(0, 3, 1, 2)
        targets = [tuple(torch.from_numpy(np.ascontiguousarray(part)) for part in b[1:]) for b in batch]
        self.net.train()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            answers = self.net(pixels.float().contiguous(memory_format=torch.channels_last))
        parts, positives = self.losses[side](answers, targets)
        loss = parts["score"] + options.box * parts["box"] + options.points * parts["points"]
        if not torch.isfinite(loss):
            return
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimizer.step()
        with self.steps.get_lock():
            self.steps.value += 1
            step = self.steps.value
        average(self.mean, self.net, min(options.ema, (1 + step) / (10 + step)))
        for name, value in parts.items():
            self.sums[name] = self.sums.get(name, 0.0) + float(value.detach())
        self.sums["positives"] = self.sums.get("positives", 0) + positives
        self.count += 1

    def run(self, each_step=lambda: None):
        while True:
            progress = self.schedule.progress(self.steps.value)
            if progress >= 1:
                return
            self.step(progress)
            each_step()


def work(number, *state):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    Worker(number, *state).run()


class Diary:
    def __init__(self, options, aside, worker, log, checkpoint):
        self.options, self.aside, self.worker, self.log, self.checkpoint = options, aside, worker, log, checkpoint
        self.last_step, self.last_time = worker.steps.value, time.time()

    def look(self):
        if time.time() - self.last_time >= self.options.report:
            self.write()

    def write(self):
        worker, step = self.worker, self.worker.steps.value
        progress = worker.schedule.progress(step)
        seconds = time.time() - self.last_time
        line = {"step": step, "utc": datetime.datetime.utcnow().strftime("%Y-%m-%d %H:%M:%S"),
                "pictures_per_second": round((step - self.last_step) * self.options.batch / max(seconds, 1e-9), 1),
                "progress": round(progress, 4), "side": worker.samples.side, "rate": round(worker.schedule.rate_at(progress), 6)}
        line.update((name, round(value / max(worker.count, 1), 4)) for name, value in worker.sums.items())
        torch.save({"net": worker.net.state_dict(), "ema": worker.mean.state_dict(), "step": step,
                    "optimizer": worker.optimizer.state_dict(), "began": worker.schedule.began,
                    "options": vars(self.options)}, self.checkpoint + ".part")
        os.replace(self.checkpoint + ".part", self.checkpoint)
        still = copy.deepcopy(worker.mean).eval()
        line["aside"] = [figures.summary() for figures in measure(still, self.aside)]
        self.log.write(json.dumps(line) + "\n")
        worker.sums, worker.count = {}, 0
        self.last_step, self.last_time = worker.steps.value, time.time()


def main():
    options = arguments()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(options.seed)
    with open(options.pictures, "rb") as file:
        pictures = [p for p in pickle.load(file) if p["set"] != "held-out"]
    aside = [p for p in pictures if p["set"] == "aside"]

    net = SingleShotNet()
    checkpoint = os.path.join(options.out, "checkpoint.pt")
    resumed = torch.load(checkpoint) if os.path.exists(checkpoint) else None
    if options.start and not resumed:
        net.load_state_dict(torch.load(options.start)["ema"])
    net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    steps, began = multiprocessing.Value("q", 0), time.time()
    if resumed:
        net.load_state_dict(resumed["net"])
        mean.load_state_dict(resumed["ema"])
        steps.value, began = resumed["step"], resumed["began"]
    net.share_memory()
    mean.share_memory()
    log = open(os.path.join(options.out, "log.jsonl"), "a", buffering=1)
    log.write(json.dumps({"options": vars(options), "resumed_at_step": steps.value,
                          "pictures": {kind: sum(p["set"] == kind for p in pictures)
                                       for kind in ("train", "aside", "faces", "photos")},
                          "parameters": sum(p.numel() for p in net.parameters())}) + "\n")

    state = (options, net, mean, pictures, Schedule(options, began), steps)
    others = [multiprocessing.get_context("fork").Process(target=work, args=(number,) + state, daemon=True)
              for number in range(1, options.workers)]
    for process in others:
        process.start()
    worker = Worker(0, *state)
    if resumed:
        worker.optimizer.load_state_dict(resumed["optimizer"])
    diary = Diary(options, aside, worker, log, checkpoint)
    worker.run(diary.look)
    for process in others:
        process.join(60)
    diary.write()


if __name__ == "__main__":
    main()
