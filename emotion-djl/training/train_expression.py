"""Trains the expression net on FER2013 labels and FER+ votes together.

    python3 train_expression.py --data DIR --out RUN --epochs 80 --deadline 20:20

Every epoch writes RUN/checkpoint.pt (atomically; the same command resumes from it) and appends one
JSON line to RUN/log.jsonl with the PublicTest figures of the averaged (EMA) weights. PrivateTest is
never touched here. With --deadline the schedule's progress is the larger of epochs done / planned and
time spent / time given, so that the rate has always come down to zero by the deadline, however busy
the machine is; the log says which it was.

The cores work as processes of one thread each on shared weights, without waiting for each other
(Hogwild; Recht et al. 2011). On a machine that others use as well this is twice as fast as one process
whose threads wait for the slowest of them at every layer.
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
from torch.nn import functional as F

import fer_data
from augment import DETECTOR_CROPS, Augmentation
from expression_net import ExpressionNet
from metrics import scores, softmax


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="folder with FER2013")
    parser.add_argument("--out", required=True, help="folder of this run")
    parser.add_argument("--epochs", type=int, default=80)
    parser.add_argument("--deadline", help="UTC time HH:MM by which the schedule has ended")
    parser.add_argument("--rate", type=float, default=0.03)
    parser.add_argument("--warm-up", type=float, default=0.02, help="share of the schedule")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--decay", type=float, default=5e-4)
    parser.add_argument("--ema", type=float, default=0.999)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--mixup", type=float, default=0.2, help="share of batches")
    parser.add_argument("--erasing", type=float, default=0.3, help="share of pictures")
    parser.add_argument("--remembered", type=float, default=0.0,
                        help="share of the target that is the net's own averaged earlier answer to the picture")
    parser.add_argument("--keep", type=int, default=0,
                        help="keep the averaged weights of every so many passes of the last 40 %%")
    parser.add_argument("--growing", type=float, nargs=2, default=(0.45, 0.70), metavar=("TO40", "TO48"),
                        help="progress at which 32x32 pictures become 40x40, and these 48x48")
    parser.add_argument("--votes-weight", type=float, default=1.0)
    parser.add_argument("--disgust", type=int, default=3, help="times each disgust row is shown an epoch")
    parser.add_argument("--rotation", type=float, default=15)
    parser.add_argument("--shift", type=float, default=0.10)
    parser.add_argument("--finish", type=float, default=1.0,
                        help="progress from which crops vary only as the default detector's do")
    parser.add_argument("--from", dest="start", help="start from the averaged weights of this checkpoint")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--float32", action="store_true", help="no bfloat16 in the convolutions")
    return parser.parse_args()


def seconds_of(clock):
    now = datetime.datetime.utcnow()
    hour, minute = map(int, clock.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if end < now - datetime.timedelta(hours=12):
        end += datetime.timedelta(days=1)
    return time.time() + (end - now).total_seconds()


def mixed_precision(options):
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=not options.float32)


def predict(net, pixels, options=None, batch=256):
    """Logits of both heads for uint8 [R,48,48]."""
    net.eval()
    labels, votes = [], []
    with torch.no_grad():
        for start in range(0, len(pixels), batch):
            x = torch.from_numpy(pixels[start:start + batch]).unsqueeze(1).float().div_(255)
            x = x.contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", dtype=torch.bfloat16,
                                enabled=options is not None and not options.float32):
                a, b = net(x)
            labels.append(a.float())
            votes.append(b.float())
    return torch.cat(labels).numpy(), torch.cat(votes).numpy()


def public_test(net, data, options):
    rows = data.rows(fer_data.PUBLIC_TEST)
    labels, votes = predict(net, data.pixels[rows], options)
    majority, kept = fer_data.vote_majority(data.votes[rows])
    blend = (softmax(labels) + softmax(votes)) / 2
    figures = {"labels_head": scores(data.labels[rows], labels.argmax(1))}
    for name, guess in (("labels_head", labels), ("votes_head", votes), ("half_blend", blend)):
        guess = guess.argmax(1)
        figures.setdefault(name, {})["fer2013"] = float((guess == data.labels[rows]).mean())
        figures[name]["ferplus"] = float((guess == majority)[kept].mean())
    return figures


@torch.no_grad()
def average(mean, net, decay):
    for ours, theirs in zip(mean.state_dict().values(), net.state_dict().values()):
        if ours.dtype.is_floating_point:
            ours.lerp_(theirs, 1 - decay)
        else:
            ours.copy_(theirs)


class Schedule:
    """Progress in 0..1 and the learning rate that belongs to it."""

    def __init__(self, options, steps_per_epoch, began=None):
        self.total = options.epochs * steps_per_epoch
        self.began = began or time.time()
        self.end = seconds_of(options.deadline) if options.deadline else None
        self.rate, self.warm_up, self.growing = options.rate, options.warm_up, options.growing

    def progress(self, step):
        by_steps = step / self.total
        by_time = (time.time() - self.began) / (self.end - self.began) if self.end else 0.0
        return min(1.0, max(by_steps, by_time)), by_time > by_steps

    def size_at(self, progress):
        """Small pictures first (progressive resizing): 32 cost 0.44 of 48."""
        return 32 if progress < self.growing[0] else 40 if progress < self.growing[1] else 48

    def rate_at(self, progress):
        if progress < self.warm_up:
            return self.rate * (0.05 + 0.95 * progress / self.warm_up)
        return self.rate * 0.5 * (1 + math.cos(math.pi * (progress - self.warm_up) / (1 - self.warm_up)))


def chosen_rows(data, folder):
    """fer_data.training_rows, kept beside the run so that resuming is quick."""
    place = os.path.join(folder, "rows.npz")
    if not os.path.exists(place):
        rows, counts = fer_data.training_rows(data)
        np.savez(place, rows=rows, counts=json.dumps(counts))
    kept = np.load(place)
    return kept["rows"], json.loads(str(kept["counts"]))


def save(state, path):
    torch.save(state, path + ".part")
    os.replace(path + ".part", path)


class TrainingSet:
    def __init__(self, data, rows, disgust):
        self.pixels, self.labels = data.pixels[rows], torch.from_numpy(data.labels[rows])
        votes, weight = fer_data.vote_distribution(data.votes[rows])
        self.votes = torch.from_numpy(votes * weight[:, None]).float()
        again = np.flatnonzero(data.labels[rows] == fer_data.LABELS.index("disgust"))
        self.order = np.concatenate([np.arange(len(rows))] + [again] * (disgust - 1))
        self.memory = Memory(len(rows))
        self.taught = None  # [R,7], what a teacher says of each, where there is one


class Memory:
    """What the net answered to each row, averaged over the passes (temporal ensembling; Laine and Aila
    2017), so that part of a target can be its own earlier answer: a label that contradicts all that was
    learned from the others then weighs less, and is not learned by heart (bootstrapping; Reed et al. 2014)."""

    def __init__(self, rows, momentum=0.85, heads=2):
        self.momentum = momentum
        self.answers = torch.zeros(heads, rows, 7).share_memory_()
        self.weight = torch.zeros(rows).share_memory_()

    def state(self):
        return {"answers": self.answers.half(), "weight": self.weight.half()}

    def restore(self, state):
        self.answers.copy_(state["answers"])
        self.weight.copy_(state["weight"])

    def learn(self, chosen, *heads):
        for mean, logits in zip(self.answers, heads):
            mean[chosen] = self.momentum * mean[chosen] + (1 - self.momentum) * F.softmax(logits, 1)
        self.weight[chosen] = self.momentum * self.weight[chosen] + (1 - self.momentum)

    def recall(self, chosen, share, *targets):
        """The targets, moved towards the answers by at most ``share``: less while few were heard."""
        share = share * self.weight[chosen].unsqueeze(1)
        answers = self.answers[:, chosen] / self.weight[chosen].clamp_min(1e-3).unsqueeze(1)
        return [(1 - share) * target + share * target.sum(1, keepdim=True) * answer
                for target, answer in zip(targets, answers)]


class Worker:
    """One thread's share of the training, on weights that all workers share."""

    def __init__(self, number, options, net, mean, optimizer, training, schedule, steps):
        self.options, self.net, self.mean, self.optimizer = options, net, mean, optimizer
        self.training, self.schedule, self.steps = training, schedule, steps
        seed = options.seed + 17 * number + 1000 * steps.value
        torch.manual_seed(seed)
        self.random = np.random.default_rng(seed)
        self.augment = Augmentation(options.rotation, options.shift, erasing=options.erasing, seed=seed)
        self.finishing = Augmentation(seed=seed, **DETECTOR_CROPS)
        self.loss, self.hits, self.seen = 0.0, 0, 0

    def batches(self):
        size = self.options.batch
        while True:
            order = self.random.permutation(self.training.order)
            for start in range(0, len(order) - size + 1, size):
                yield order[start:start + size]

    def targets(self, x, chosen, progress):
        y = F.one_hot(self.training.labels[chosen], 7).float()
        smooth = y * (1 - self.options.smoothing) + self.options.smoothing / 7
        v = self.training.votes[chosen]
        if self.options.remembered:
            smooth, v = self.training.memory.recall(chosen, self.options.remembered, smooth, v)
        # mixed pictures delay the start, and the last stretch sees plain ones
        mixed = 0.05 < progress < 0.92 and self.random.random() < self.options.mixup
        if mixed:
            share = float(self.random.beta(0.4, 0.4))
            other = torch.from_numpy(self.random.permutation(len(chosen)))
            x, y, smooth, v = (share * t + (1 - share) * t[other] for t in (x, y, smooth, v))
        return x, y, smooth, v, mixed

    def train(self, chosen, progress):
        options, net = self.options, self.net
        for group in self.optimizer.param_groups:
            group["lr"] = self.schedule.rate_at(progress)
        augment = self.finishing if progress >= options.finish else self.augment
        x = augment(self.training.pixels[chosen], self.schedule.size_at(progress))
        x, y, smooth, v, mixed = self.targets(x, chosen, progress)
        net.train()
        self.optimizer.zero_grad(set_to_none=True)
        with mixed_precision(options):
            a, b = net(x.contiguous(memory_format=torch.channels_last))
        a, b = a.float(), b.float()
        loss = -(smooth * F.log_softmax(a, 1)).sum(1).mean()
        loss = loss - options.votes_weight * (v * F.log_softmax(b, 1)).sum(1).mean()
        if options.remembered and not mixed:
            self.training.memory.learn(chosen, a.detach(), b.detach())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        self.optimizer.step()
        with self.steps.get_lock():
            self.steps.value += 1
            step = self.steps.value
        average(self.mean, net, min(options.ema, (1 + step) / (10 + step)))
        self.loss += float(loss.detach()) * len(chosen)
        self.hits += int((a.detach().argmax(1) == y.argmax(1)).sum())
        self.seen += len(chosen)

    def run(self, each_step=lambda: None):
        for chosen in self.batches():
            progress, _ = self.schedule.progress(self.steps.value)
            if progress >= 1:
                return
            self.train(chosen, progress)
            each_step()


def work(number, *state):
    torch.set_num_threads(1)
    Worker(number, *state).run()


def sgd(net, options):
    decayed = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    return torch.optim.SGD([{"params": decayed, "weight_decay": options.decay},
                            {"params": plain, "weight_decay": 0.0}],
                           lr=options.rate, momentum=0.9, nesterov=True)


class Diary:
    """After each epoch of all workers together: one line of the log and a checkpoint."""

    def __init__(self, options, data, worker, steps_per_epoch, log, checkpoint):
        self.options, self.data, self.worker, self.log = options, data, worker, log
        self.steps_per_epoch, self.checkpoint = steps_per_epoch, checkpoint
        self.epoch = worker.steps.value // steps_per_epoch
        self.last_step, self.last_time = worker.steps.value, time.time()

    def look(self):
        if self.worker.steps.value >= (self.epoch + 1) * self.steps_per_epoch:
            self.write()

    def write(self):
        worker, options = self.worker, self.options
        step = worker.steps.value
        self.epoch = step // self.steps_per_epoch
        progress, by_clock = worker.schedule.progress(step)
        seconds = time.time() - self.last_time
        line = {"epoch": round(step / self.steps_per_epoch, 2),
                "utc": datetime.datetime.utcnow().strftime("%Y-%m-%d %H:%M:%S"),
                "seconds": round(seconds, 1),
                "pictures_per_second": round((step - self.last_step) * options.batch / max(seconds, 1e-9)),
                "progress": round(progress, 4), "progress_by_clock": bool(by_clock),
                "rate": round(worker.schedule.rate_at(progress), 6),
                "size": worker.schedule.size_at(progress),
                "loss": round(worker.loss / max(worker.seen, 1), 4),
                "training_accuracy": round(worker.hits / max(worker.seen, 1), 4)}
        if self.epoch % 4 == 0 or progress > 0.8:
            line["public_test"] = public_test(worker.mean, self.data, options)
        self.log.write(json.dumps(line) + "\n")
        if options.keep and self.epoch % options.keep == 0 and progress > 0.6:
            folder = os.path.join(options.out, "pass-%d" % self.epoch)
            os.makedirs(folder, exist_ok=True)
            save({"ema": worker.mean.state_dict()}, os.path.join(folder, "checkpoint.pt"))
        save({"net": worker.net.state_dict(), "ema": worker.mean.state_dict(),
              "optimizer": worker.optimizer.state_dict(), "step": step, "began": worker.schedule.began,
              "memory": worker.training.memory.state(),
              "options": vars(options)}, self.checkpoint)
        worker.loss, worker.hits, worker.seen = 0.0, 0, 0
        self.last_step, self.last_time = worker.steps.value, time.time()


def main():
    options = arguments()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    log = open(os.path.join(options.out, "log.jsonl"), "a", buffering=1)

    data = fer_data.load(options.data)
    rows, counts = chosen_rows(data, options.out)
    training = TrainingSet(data, rows, options.disgust)
    steps_per_epoch = len(training.order) // options.batch

    net = ExpressionNet(mean=training.pixels.mean() / 255, deviation=training.pixels.std() / 255)
    checkpoint = os.path.join(options.out, "checkpoint.pt")
    resumed = torch.load(checkpoint) if os.path.exists(checkpoint) else None
    if options.start and not resumed:
        net.load_state_dict(torch.load(options.start)["ema"])
    net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    optimizer = sgd(net, options)
    steps, began = multiprocessing.Value("q", 0), time.time()
    if resumed:
        net.load_state_dict(resumed["net"])
        mean.load_state_dict(resumed["ema"])
        optimizer.load_state_dict(resumed["optimizer"])
        training.memory.restore(resumed["memory"])
        steps.value, began = resumed["step"], resumed["began"]
    net.share_memory()
    mean.share_memory()
    log.write(json.dumps({"options": vars(options), "data": counts, "resumed_at_step": steps.value,
                          "parameters": sum(p.numel() for p in net.parameters())}) + "\n")

    schedule = Schedule(options, steps_per_epoch, began)
    state = (options, net, mean, optimizer, training, schedule, steps)
    others = [multiprocessing.get_context("fork").Process(target=work, args=(number,) + state, daemon=True)
              for number in range(1, options.workers)]
    for process in others:
        process.start()
    worker = Worker(0, *state)
    diary = Diary(options, data, worker, steps_per_epoch, log, checkpoint)
    worker.run(diary.look)
    for process in others:
        process.join(60)
    diary.write()


if __name__ == "__main__":
    main()
