"""Trains the net with all heads: expressions by three habits of labelling, action units, blendshapes, pose, eyes.

    python3 train_faces.py --fer2013 DIR --data DATA --crops CROPS --from START/checkpoint.pt --out RUN --deadline HH:MM

FER2013 with FER+ as in train_expression.py; the others as face_data.py has them. A batch has a fixed share of each. Where
``--pseudo`` is given, faces without an expression take that of the net begun from, if it is that sure; with ``--taught`` all
others, FER2013's too, teach the photo head what that net says of them and of their mirror image (noisy student, Xie et al.
2020); and like FER2013's, the targets of photographs are partly what the net itself answered before. Choosing is done on what face_data holds out and on PublicTest; PrivateTest is never touched here. Every
``--look`` batches RUN/log.jsonl gets a line with the figures of the averaged weights, and RUN/checkpoint.pt is written
(atomically; the same command resumes from it). Two processes of one thread on shared weights, as train_expression.py.
"""
import argparse
import copy
import datetime
import json
import os
import time

import numpy as np
import torch
from torch import multiprocessing
from torch.nn import functional as F

import face_data
import fer_data
from augment import Augmentation
from cover import Cover
from face_net import ACTION_UNITS, BLINKS, HEADS, SHAPES, FaceNet, mirrored_shapes
from lids import Lids
from metrics import scores
from train_expression import Memory, TrainingSet, average, chosen_rows, mixed_precision, save, seconds_of, sgd

POSE_UNIT = 30.0  # degrees
OTHERS = ("raf", "raf_uncut", "cfee", "utk", "faces")
CLOSED = (0.2, 0.8)  # the teacher's blink at which an eye is surely open, surely closed
MOST_OF_A_CLASS = 1500  # of labels that are not the collection's own


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fer2013", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--crops", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--from", dest="start", help="checkpoint of this net or of the two-headed one")
    parser.add_argument("--steps", type=int, default=20000)
    parser.add_argument("--deadline", help="UTC time HH:MM by which the schedule has ended")
    parser.add_argument("--size", type=int, default=56)
    parser.add_argument("--growing", type=float, default=0.3, help="progress at which 40x40 becomes the full size")
    parser.add_argument("--shares", type=int, nargs=6, default=(32, 34, 6, 12, 8, 4),
                        metavar=("FER2013",) + tuple(name.upper() for name in OTHERS), help="pictures of each in a batch")
    parser.add_argument("--rate", type=float, default=0.02)
    parser.add_argument("--warm-up", type=float, default=0.03)
    parser.add_argument("--decay", type=float, default=1e-3)
    parser.add_argument("--ema", type=float, default=0.999)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--mixup", type=float, default=0.2, help="share of batches whose labelled pictures are mixed")
    parser.add_argument("--erasing", type=float, default=0.2)
    parser.add_argument("--covered", type=float, default=0.12)
    parser.add_argument("--lids", type=float, default=0.08, help="share of photographs whose eyes are drawn closed")
    parser.add_argument("--remembered", type=float, default=0.3)
    parser.add_argument("--pseudo", type=float, help="share from which on the net's own answer is a label")
    parser.add_argument("--taught", type=float, help="temperature at which the net begun from teaches the photo head on "
                                                     "faces without a label of this habit, FER2013's among them")
    parser.add_argument("--agreed", type=float, help="share of FER+'s votes from which on a face of FER2013 whose own label "
                                                     "says the same is one to learn for the photo head too")
    parser.add_argument("--disgust", type=int, default=3)
    parser.add_argument("--weights", type=json.loads, default={}, help="JSON of loss weights that differ")
    parser.add_argument("--look", type=int, default=500, help="batches between two lines of the log")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--float32", action="store_true")
    return parser.parse_args()


LOSS_WEIGHTS = {"fer2013": 0.5, "ferplus": 0.7, "photo": 1.0, "units": 0.5, "shapes": 2.0, "pose": 0.3, "eyes": 0.4,
                "covered": 0.1}


def auc(truth, score):
    """Area under the ROC curve, ties halved; NaN where one kind is missing."""
    positive, negative = score[truth > 0.5], score[truth <= 0.5]
    if not len(positive) or not len(negative):
        return float("nan")
    both = np.concatenate([positive, negative])
    order = np.argsort(both, kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    for value in np.unique(both):
        same = both == value
        ranks[same] = ranks[same].mean()
    return float((ranks[:len(positive)].sum() - len(positive) * (len(positive) + 1) / 2)
                 / (len(positive) * len(negative)))


def predict(net, pixels, size, span, options=None, batch=256):
    """All heads for uint8 [R,S,S], of which the net sees the middle ``span``."""
    net.eval()
    out = {name: [] for name in HEADS}
    theta = torch.tensor([[[span, 0, 0], [0, span, 0]]])
    with torch.no_grad():
        for start in range(0, len(pixels), batch):
            x = torch.from_numpy(pixels[start:start + batch]).unsqueeze(1).float().div_(255)
            grid = F.affine_grid(theta.expand(len(x), 2, 3), (len(x), 1, size, size), align_corners=False)
            x = F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options is not None and not options.float32):
                answers = net(x.contiguous(memory_format=torch.channels_last))
            for name, answer in answers.items():
                out[name].append(answer.float())
    return {name: torch.cat(parts).numpy() for name, parts in out.items()}


def expression_figures(rows, logits):
    known = rows.label >= 0
    result = scores(rows.label[known], logits[known].argmax(1))
    return {"n": int(known.sum()), "accuracy": round(result["accuracy"], 4), "mean_recall": round(result["mean_recall"], 4),
            "recall": [round(float(r), 3) for r in result["recall"]]}


def held_out_figures(net, held_out, data, size, options=None):
    figures = {}
    for name in ("raf", "raf_uncut", "cfee"):
        rows = held_out[name]
        answers = predict(net, rows.pixels, size, 1.0 if name == "raf_uncut" else face_data.SPAN, options)
        figures[name] = expression_figures(rows, answers["photo"])
        if name == "cfee":
            still = np.isfinite(rows.eyes).all(1) & (rows.eyes < 0.3).all(1)
            drawn = np.stack([Lids(span=face_data.SPAN, seed=k).drawn(p, 1.0) for k, p in enumerate(rows.pixels[still])])
            lids = predict(net, drawn, size, face_data.SPAN, options)
            sides = np.r_[np.ones(2 * len(drawn)), np.zeros(2 * len(drawn))]
            figures["eyes_lids"] = round(auc(sides, np.r_[lids["eyes"].ravel(), answers["eyes"][still].ravel()]), 4)
            figures["shapes_lids"] = round(auc(sides, np.r_[lids["shapes"][:, BLINKS].ravel(),
                                                            answers["shapes"][still][:, BLINKS].ravel()]), 4)
            areas = [auc(rows.units[:, k], answers["units"][:, k]) for k in range(len(ACTION_UNITS))]
            figures["units"] = {"mean": round(float(np.mean(areas)), 4), "least": round(float(np.min(areas)), 4),
                                "each": dict(zip(map(str, ACTION_UNITS), np.round(areas, 3).tolist()))}
            covered = np.stack([Cover(seed=k, span=face_data.SPAN).covered(p, rows.pixels[k - 1], 0)
                                for k, p in enumerate(rows.pixels)])
            lower = predict(net, covered, size, face_data.SPAN, options)
            figures["cfee_lower_covered"] = expression_figures(rows, lower["photo"])
            figures["covered_auc"] = round(auc(np.r_[np.ones(len(rows)), np.zeros(len(rows))],
                                               np.r_[lower["covered"][:, 0], answers["covered"][:, 0]]), 4)
        if name == "raf":
            known = np.isfinite(rows.pose[:, 0])
            figures["raf_ferplus_head"] = expression_figures(rows, answers["ferplus"])["accuracy"]
            gap = np.abs(answers["pose"][known, :2] * POSE_UNIT - rows.pose[known])
            figures["pose"] = {"yaw": round(float(gap[:, 0].mean()), 2), "pitch": round(float(gap[:, 1].mean()), 2)}
            closed = (rows.eyes[known] > 0.5).ravel()
            figures["eyes"] = round(auc(closed, answers["eyes"][known].ravel()), 4)
            figures["eyes_shapes"] = round(auc(closed, answers["shapes"][known][:, BLINKS].ravel()), 4)
            figures["eyes_both"] = round(auc((rows.eyes[known] > 0.5).all(1), answers["eyes"][known].mean(1)), 4)
            figures["eyes_closed"] = [int((rows.eyes[known] > 0.5).sum()), int((rows.eyes[known] > 0.5).all(1).sum()),
                                      int(known.sum())]
            figures["shapes"] = round(float(np.abs(answers["shapes"][known] - rows.shapes[known]).mean()), 4)
    test = data.rows(fer_data.PUBLIC_TEST)
    answers = predict(net, data.pixels[test], size, 1.0, options)
    majority, kept = fer_data.vote_majority(data.votes[test])
    figures["public_test"] = {
        "fer2013": round(float((answers["fer2013"].argmax(1) == data.labels[test]).mean()), 4),
        "ferplus": round(float((answers["ferplus"].argmax(1) == majority)[kept].mean()), 4),
        "photo_by_ferplus": round(float((answers["photo"].argmax(1) == majority)[kept].mean()), 4)}
    return figures


class Source:
    """Draws rows of one collection, augmented, with their targets; rare expressions more often than they come."""

    def __init__(self, name, rows, span, options, memory, seed):
        self.rows, self.name, self.options = rows, name, options
        self.random = np.random.default_rng(seed)
        counts = np.bincount(rows.label[rows.label >= 0], minlength=7)
        weight = np.where(rows.label >= 0, 1 / np.sqrt(np.maximum(counts[rows.label], 1)), 0.0)
        if name == "cfee":  # compound expressions, and those that are named in part only, as often as an average one
            weight = np.where(rows.label >= 0, 1.0, np.where(np.isfinite(rows.photo[:, 0]), 0.7, 0.4))
        elif name in ("utk", "faces"):  # a row without a label as often as an average one, if it has a teacher's answer
            known = rows.label >= 0
            weight[~known] = np.where(np.isfinite(rows.pose[~known, 0]), weight[known].mean() if known.any() else 1.0, 0.0)
        self.chances = weight / weight.sum()
        self.memory = memory
        self.augment = Augmentation(15, 0.08, scale=(0.82, 1.2), erasing=options.erasing, span=span, blurring=0.5, seed=seed)
        self.cover = Cover(options.covered, span, seed)
        self.lids = Lids(0.0 if name == "raf_uncut" else options.lids, span, seed)  # whose eyes lie elsewhere

    def draw(self, count, size):
        chosen = self.random.choice(len(self.rows), count, p=self.chances)
        rows = self.rows.part(chosen)
        pixels, closed = self.lids(rows.pixels)
        pixels, covered = self.cover(pixels)
        x = self.augment(pixels, size)
        flipped = self.augment.mirror < 0
        photo, = self.memory.recall(chosen, self.options.remembered, torch.from_numpy(rows.photo))
        targets = {"photo": photo, "units": torch.from_numpy(rows.units),
                   "shapes": torch.from_numpy(rows.shapes), "eyes": torch.from_numpy(((rows.eyes - CLOSED[0]) / (CLOSED[1] - CLOSED[0])).clip(0, 1)),
                   "covered": torch.from_numpy(covered)}
        closed = torch.from_numpy(closed)
        targets["eyes"] = torch.where(closed > 0, torch.fmax(targets["eyes"], closed), targets["eyes"])
        for name in ("units", "shapes"):  # what lids do that were drawn down, nobody saw
            targets[name][closed.any(1)] = np.nan
        targets["shapes"][flipped] = targets["shapes"][flipped][:, mirrored_shapes()]
        targets["eyes"][flipped] = targets["eyes"][flipped].flip(1)
        pose = torch.from_numpy(rows.pose) / POSE_UNIT
        pose[flipped, 0] *= -1
        roll = -self.augment.mirror * self.augment.angle * (180 / np.pi / POSE_UNIT)
        targets["pose"] = torch.cat([pose, torch.where(torch.isfinite(pose[:, :1]), roll[:, None], torch.tensor(np.nan))], 1)
        hidden = torch.from_numpy(covered.any(1))
        for name in ("units", "shapes"):  # what is covered cannot be seen
            targets[name][hidden] = np.nan
        targets["eyes"][targets["covered"][:, 1] > 0] = np.nan
        return x, targets, chosen


class FerSource:
    def __init__(self, training, options, seed):
        self.training, self.options = training, options
        self.random = np.random.default_rng(seed)
        self.augment = Augmentation(15, 0.10, erasing=options.erasing, seed=seed)
        self.cover = Cover(options.covered / 3, 1.0, seed)
        self.photo = torch.full((len(training.labels), 7), np.nan)
        if options.agreed:
            most, label = training.votes.max(1)
            agreed = (most >= options.agreed) & (label == training.labels)
            often = torch.bincount(label[agreed], minlength=7).clamp_min(1)
            rarer = (MOST_OF_A_CLASS / often).sqrt().clamp_max(1)  # happy and neutral are most of them
            agreed &= torch.rand(len(label), generator=torch.Generator().manual_seed(seed)) < rarer[label]
            self.photo[agreed] = F.one_hot(label[agreed], 7).float()
        if training.taught is not None:
            others = torch.isnan(self.photo[:, 0])
            self.photo[others] = training.taught[others]

    def draw(self, count, size):
        chosen = self.training.order[self.random.integers(0, len(self.training.order), count)]
        pixels, covered = self.cover(self.training.pixels[chosen])
        x = self.augment(pixels, size)
        labels = F.one_hot(self.training.labels[chosen], 7).float()
        labels = labels * (1 - self.options.smoothing) + self.options.smoothing / 7
        votes = self.training.votes[chosen]
        if self.options.remembered:
            labels, votes = self.training.memory.recall(chosen, self.options.remembered, labels, votes)
        return x, {"fer2013": labels, "ferplus": votes, "photo": self.photo[chosen].clone(),
                   "covered": torch.from_numpy(covered)}, chosen


def unknown(name, count):
    return torch.full((count, HEADS[name]), np.nan)


def losses(answers, targets, smoothing):
    """The mean loss of each head over the rows that have a target for it."""
    result = {}
    for name, target in targets.items():
        known = torch.isfinite(target).all(1)
        if not known.any():
            continue
        answer, target = answers[name][known].float(), target[known]
        if name in ("fer2013", "ferplus"):
            value = -(target * F.log_softmax(answer, 1)).sum(1).mean()
        elif name == "photo":
            value = -((target * (1 - smoothing) + smoothing / 7) * F.log_softmax(answer, 1)).sum(1).mean()
        elif name in ("units", "eyes", "covered"):
            value = F.binary_cross_entropy_with_logits(answer, target)
        elif name == "shapes":
            weight = torch.ones(len(SHAPES))
            weight[BLINKS] = 3.0
            value = (F.smooth_l1_loss(answer, target, beta=0.1, reduction="none") * weight).mean() * len(SHAPES) / 10
        else:
            value = F.smooth_l1_loss(answer, target, beta=0.3)
        result[name] = value
    return result


class Progress:
    def __init__(self, options, began):
        self.options, self.began = options, began
        self.end = seconds_of(options.deadline) if options.deadline else None

    def at(self, step):
        by_steps = step / self.options.steps
        by_time = (time.time() - self.began) / (self.end - self.began) if self.end else 0.0
        return min(1.0, max(by_steps, by_time))

    def rate(self, progress):
        warm = self.options.warm_up
        if progress < warm:
            return self.options.rate * (0.05 + 0.95 * progress / warm)
        return self.options.rate * 0.5 * (1 + np.cos(np.pi * (progress - warm) / (1 - warm)))

    def size(self, progress):
        return 40 if progress < self.options.growing else self.options.size


class Worker:
    def __init__(self, number, options, net, mean, optimizer, training, collections, memories, schedule, steps):
        self.options, self.net, self.mean, self.optimizer = options, net, mean, optimizer
        self.schedule, self.steps, self.memory = schedule, steps, training.memory
        seed = options.seed + 17 * number + 1000 * steps.value
        torch.manual_seed(seed)
        self.random = np.random.default_rng(seed)
        self.fer = FerSource(training, options, seed)
        self.others = [Source(name, collections[name], 1.0 if name == "raf_uncut" else face_data.SPAN, options,
                              memories[name], seed + k) for k, name in enumerate(OTHERS)]
        self.weights = {**LOSS_WEIGHTS, **options.weights}
        self.sums, self.batches = {}, 0

    def batch(self, size):
        x, targets, chosen = self.fer.draw(self.options.shares[0], size)
        pictures, rows, chosen = [x], [targets], [chosen]
        for source, count in zip(self.others, self.options.shares[1:]):
            x, targets, drawn = source.draw(count, size)
            pictures.append(x)
            rows.append(targets)
            chosen.append(drawn)
        targets = {name: torch.cat([part.get(name, unknown(name, len(x))) for x, part in zip(pictures, rows)]).float()
                   for name in HEADS}
        return torch.cat(pictures), targets, chosen

    def mixed(self, x, targets):
        """Mixes pictures of one habit of labelling; what their faces do is then not asked for."""
        share = float(self.random.beta(0.4, 0.4))
        other = torch.arange(len(x))
        ours = torch.isfinite(targets["fer2013"][:, 0])
        for group in (ours, ~ours & torch.isfinite(targets["photo"][:, 0])):
            places = torch.nonzero(group).flatten()
            other[places] = places[torch.from_numpy(self.random.permutation(len(places)))]
        moved = other != torch.arange(len(x))
        x = share * x + (1 - share) * x[other]
        for name, target in targets.items():
            if name in ("fer2013", "ferplus", "photo"):
                targets[name] = share * target + (1 - share) * target[other]
            else:
                target[moved] = np.nan
        return x, targets

    def train(self, progress):
        options, net = self.options, self.net
        for group in self.optimizer.param_groups:
            group["lr"] = self.schedule.rate(progress)
        x, targets, chosen = self.batch(self.schedule.size(progress))
        mixed = 0.05 < progress < 0.92 and self.random.random() < options.mixup
        if mixed:
            x, targets = self.mixed(x, targets)
        net.train()
        self.optimizer.zero_grad(set_to_none=True)
        with mixed_precision(options):
            answers = net(x.contiguous(memory_format=torch.channels_last))
        if options.remembered and not mixed:
            kept = {name: answers[name].detach().float().split(options.shares) for name in ("fer2013", "ferplus", "photo")}
            self.memory.learn(chosen[0], kept["fer2013"][0], kept["ferplus"][0])
            for source, drawn, answer in zip(self.others, chosen[1:], kept["photo"][1:]):
                source.memory.learn(drawn, answer)
        parts = losses(answers, targets, options.smoothing)
        sum(self.weights[name] * value for name, value in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        self.optimizer.step()
        with self.steps.get_lock():
            self.steps.value += 1
            step = self.steps.value
        average(self.mean, net, min(options.ema, (1 + step) / (10 + step)))
        for name, value in parts.items():
            self.sums[name] = self.sums.get(name, 0.0) + float(value.detach())
        self.batches += 1

    def run(self, each_step=lambda: None):
        while True:
            progress = self.schedule.at(self.steps.value)
            if progress >= 1:
                return
            self.train(progress)
            each_step()


def work(number, *state):
    torch.set_num_threads(1)
    Worker(number, *state).run()


class Diary:
    def __init__(self, options, data, held_out, worker, log):
        self.options, self.data, self.held_out, self.worker, self.log = options, data, held_out, worker, log
        self.next = (worker.steps.value // options.look + 1) * options.look
        self.last_step, self.last_time = worker.steps.value, time.time()

    def look(self):
        if self.worker.steps.value >= self.next:
            self.write()
            self.next = (self.worker.steps.value // self.options.look + 1) * self.options.look

    def write(self):
        worker, options = self.worker, self.options
        step = worker.steps.value
        seconds = time.time() - self.last_time
        progress = worker.schedule.at(step)
        save({"net": worker.net.state_dict(), "ema": worker.mean.state_dict(), "optimizer": worker.optimizer.state_dict(),
              "step": step, "began": worker.schedule.began, "memory": worker.memory.state(),
              "memories": {source.name: source.memory.state() for source in worker.others}, "options": vars(options)},
             os.path.join(options.out, "checkpoint.pt"))
        line = {"step": step, "utc": datetime.datetime.utcnow().strftime("%Y-%m-%d %H:%M:%S"),
                "pictures_per_second": round((step - self.last_step) * sum(options.shares) / max(seconds, 1e-9)),
                "progress": round(progress, 4), "rate": round(float(worker.schedule.rate(progress)), 6),
                "size": worker.schedule.size(progress),
                "losses": {name: round(value / max(worker.batches, 1), 4) for name, value in worker.sums.items()},
                "held_out": held_out_figures(worker.mean, self.held_out, self.data, options.size, options)}
        self.log.write(json.dumps(line) + "\n")
        worker.sums, worker.batches = {}, 0
        self.last_step, self.last_time = worker.steps.value, time.time()


def started(path, net):
    """Loads a checkpoint of this net, or of the two-headed one, whose FER+ head the photo head begins from."""
    state = torch.load(path, map_location="cpu")["ema"]
    if "labels_head.weight" in state:
        for kind in ("weight", "bias"):
            state["heads.fer2013." + kind] = state.pop("labels_head." + kind)
            state["heads.ferplus." + kind] = state.pop("votes_head." + kind)
            state["heads.photo." + kind] = state["heads.ferplus." + kind].clone()
    missing, unexpected = net.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith("heads.") for name in missing):
        raise SystemExit("%s is of another net" % path)


def pseudo_labelled(net, rows, least, options):
    """The rows, those without an expression with the net's own answer where it is at least ``least`` sure."""
    shares = torch.softmax(torch.from_numpy(predict(net, rows.pixels, options.size, face_data.SPAN, options)["photo"]),
                           1).numpy()
    for label in range(7):
        sure = np.flatnonzero((rows.label < 0) & (shares.argmax(1) == label) & (shares.max(1) >= least))
        sure = sure[np.argsort(-shares[sure, label], kind="stable")][:MOST_OF_A_CLASS]
        rows.photo[sure] = np.eye(7, dtype=np.float32)[label]
        rows.label[sure] = label
    return rows


def taught(net, pixels, span, options):
    """What the net says of faces, in the mean of each and its mirror image."""
    logits = [predict(net, np.ascontiguousarray(view), options.size, span, options)["photo"]
              for view in (pixels, pixels[:, :, ::-1])]
    return torch.softmax(torch.from_numpy(logits[0] + logits[1]) / (2 * options.taught), 1)


def main():
    options = arguments()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    data = fer_data.load(options.fer2013)
    rows, counts = chosen_rows(data, options.out)
    training = TrainingSet(data, rows, options.disgust)
    collections = face_data.load(options.data, options.crops)
    held_out = {name: part.part(part.held_out) for name, part in collections.items()}
    collections = {name: part.part(~part.held_out) for name, part in collections.items()}
    net = FaceNet(mean=training.pixels.mean() / 255, deviation=training.pixels.std() / 255)
    checkpoint = os.path.join(options.out, "checkpoint.pt")
    resumed = torch.load(checkpoint) if os.path.exists(checkpoint) else None
    net = net.to(memory_format=torch.channels_last)
    if options.start:  # also where a run is resumed: pseudo-labels are those of the net begun from
        started(options.start, net)
    if options.pseudo:
        for name in ("utk", "faces"):
            pseudo_labelled(net, collections[name], options.pseudo, options)
    if options.taught:
        training.taught = taught(net, training.pixels, 1.0, options)
        for name in ("utk", "faces"):
            rows = collections[name]
            unlabelled = rows.label < 0
            rows.photo[unlabelled] = taught(net, rows.pixels[unlabelled], face_data.SPAN, options).numpy()
    memories = {name: Memory(len(part), heads=1) for name, part in collections.items()}
    mean = copy.deepcopy(net)
    optimizer = sgd(net, options)
    steps, began = multiprocessing.Value("q", 0), time.time()
    if resumed:
        net.load_state_dict(resumed["net"])
        mean.load_state_dict(resumed["ema"])
        optimizer.load_state_dict(resumed["optimizer"])
        training.memory.restore(resumed["memory"])
        for name, state in resumed["memories"].items():
            memories[name].restore(state)
        steps.value, began = resumed["step"], resumed["began"]
    net.share_memory()
    mean.share_memory()
    log = open(os.path.join(options.out, "log.jsonl"), "a", buffering=1)
    log.write(json.dumps({"options": vars(options), "fer2013": counts, "resumed_at_step": steps.value,
                          "training": {name: len(part) for name, part in collections.items()},
                          "labels": {name: np.bincount(part.label[part.label >= 0], minlength=7).tolist()
                                     for name, part in collections.items()},
                          "held_out": {name: len(part) for name, part in held_out.items()},
                          "parameters": sum(p.numel() for p in net.parameters())}) + "\n")
    schedule = Progress(options, began)
    state = (options, net, mean, optimizer, training, collections, memories, schedule, steps)
    others = [multiprocessing.get_context("fork").Process(target=work, args=(number,) + state, daemon=True)
              for number in range(1, options.workers)]
    for process in others:
        process.start()
    worker = Worker(0, *state)
    diary = Diary(options, data, held_out, worker, log)
    worker.run(diary.look)
    for process in others:
        process.join(120)
    diary.write()


if __name__ == "__main__":
    main()
