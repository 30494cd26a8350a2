"""Trains a small temporal network that finds events in curves, to compare it with the library's rules.

    python3 train_events.py --curves CURVES [--more TRAINING-CURVES] [--film FILM-CURVES] --out FOUND

The curves are those that org.emotion4j.benchmarks.EventFigures writes with --curves: of films whose every time is known. Each
person of CURVES is read by a network that was trained on the others (folds by person) and on everybody of TRAINING-CURVES; films
of FILM-CURVES by one that was trained on all. What it finds goes to FOUND, which EventFigures --replay CURVES --found FOUND
counts as it counts the rules.

A TCN (Bai et al. 2018) that sees a second to either side, or a GRU (Cho et al. 2014) that has seen what was before and half a second of what comes.
"""
import argparse
import csv
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

RATE = 30
EXPRESSIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
MOVEMENTS = ["AU%d" % n for n in (1, 2, 4, 5, 6, 7, 9, 10, 12, 15, 17, 20, 24, 25, 26)]
NAMES = ([("EXPRESSION", name) for name in EXPRESSIONS[:6]] + [("MOVEMENT", name) for name in MOVEMENTS]
         + [("BLINK", "blink")])
REST_SECONDS = 30
LOOK_AHEAD = RATE // 2
WIDTH = 32
SHORTEST = {"EXPRESSION": 0.2, "MOVEMENT": 0.2, "BLINK": 0.03}


def read(path):
    """Times, features at RATE a second, and what there is to find."""
    truths, rows = [], []
    with open(path) as file:
        for cells in csv.reader(file):
            if cells[0] == "#truth":
                truths.append((cells[1], cells[2], float(cells[3]), float(cells[4])))
            else:
                rows.append([float(cell) for cell in cells])
    rows = np.array(rows)
    times = rows[:, 0] / 1e9
    scores = np.clip(rows[:, 1:8], 1e-3, 1 - 1e-3)
    values = np.concatenate([np.log(scores / (1 - scores)) / 4, rows[:, 8:25], rows[:, 25:27] / 30], 1)
    grid = np.arange(times[0], times[-1], 1 / RATE)
    values = np.stack([np.interp(grid, times, column) for column in values.T], 1)
    rest = np.stack([np.median(values[max(0, i - REST_SECONDS * RATE):i + 1], 0) for i in range(len(values))])
    return grid, np.concatenate([values, values - rest], 1).astype(np.float32), truths


def wanted(grid, truths):
    goal = np.zeros((len(grid), len(NAMES)), np.float32)
    for kind, name, onset, offset in truths:
        if (kind, name) in NAMES:
            goal[(grid >= onset) & (grid <= offset), NAMES.index((kind, name))] = 1
    return goal


class Tcn(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.first = nn.Conv1d(inputs, WIDTH, 3, padding=1)
        self.rest = nn.ModuleList([nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in (2, 4, 8, 16)])
        self.drop = nn.Dropout(0.2)
        self.out = nn.Conv1d(WIDTH, len(NAMES), 1)

    def forward(self, x):
        x = F.relu(self.first(x.transpose(1, 2)))
        for conv in self.rest:
            x = x + self.drop(F.relu(conv(x)))
        return self.out(x).transpose(1, 2)


class Gru(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.gru = nn.GRU(inputs, 48, batch_first=True)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(48, len(NAMES))

    def forward(self, x):
        seen = self.gru(F.pad(x, (0, 0, 0, LOOK_AHEAD)))[0][:, LOOK_AHEAD:]
        return self.out(self.drop(seen))


def train(kind, films, steps, seed):
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    net = {"tcn": Tcn, "gru": Gru}[kind](films[0][1].shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    length = 8 * RATE
    goals = [wanted(grid, truths) for grid, _, truths in films]
    net.train()
    for _ in range(steps):
        x, y = [], []
        for _ in range(24):
            i = random.integers(len(films))
            values = films[i][1]
            start = random.integers(max(1, len(values) - length))
            part, goal = values[start:start + length], goals[i][start:start + length]
            if len(part) < length:
                missing = length - len(part)
                part = np.concatenate([part, np.repeat(part[-1:], missing, 0)])
                goal = np.concatenate([goal, np.repeat(goal[-1:], missing, 0)])
            if random.random() < 0.5:  # another speed: these films know only theirs
                step = np.exp(random.normal(0, 0.25))
                index = np.clip(np.round(np.arange(length) * step).astype(int), 0, length - 1)
                part, goal = part[index], goal[index]
            scale = np.exp(random.normal(0, 0.2, (1, part.shape[1]))).astype(np.float32)
            noise = random.normal(0, 0.02, part.shape).astype(np.float32)
            x.append(part * scale + noise)
            y.append(goal)
        logits = net(torch.from_numpy(np.stack(x)))
        loss = F.binary_cross_entropy_with_logits(logits, torch.from_numpy(np.stack(y)))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        plan.step()
    return net.eval()


@torch.no_grad()
def probabilities(nets, values):
    return torch.stack([net(torch.from_numpy(values[None]))[0].sigmoid() for net in nets]).mean(0).numpy()


def events(grid, shares, high, low):
    """From where the share passes `low` before it reaches `high`, to where it falls below `low`."""
    found = []
    for column, (kind, name) in enumerate(NAMES):
        above = shares[:, column] >= low
        edges = np.flatnonzero(np.diff(np.concatenate([[False], above, [False]]).astype(int)))
        for start, end in zip(edges[::2], edges[1::2]):
            if shares[start:end, column].max() >= high and (end - start) / RATE >= SHORTEST[kind]:
                found.append((kind, name, grid[start], grid[end - 1]))
    return found


def f1(found, truths, overlap=0.5):
    """Of expressions and movements, counted as EventMatches counts."""
    pairs = sorted(((min(b, d) - max(a, c)) / (max(b, d) - min(a, c)), i, j)
                   for i, (k, n, a, b) in enumerate(found) for j, (l, m, c, d) in enumerate(truths) if (k, n) == (l, m))
    left, right = set(), set()
    for share, i, j in reversed(pairs):
        if share >= overlap and i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left), len(found), len(truths)


def folder(path):
    return {name[:-4]: read(os.path.join(path, name)) for name in sorted(os.listdir(path))} if path else {}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--curves", required=True)
    parser.add_argument("--more")
    parser.add_argument("--film")
    parser.add_argument("--out", required=True)
    parser.add_argument("--net", choices=["tcn", "gru"], default="tcn")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seeds", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(1)
    os.makedirs(options.out, exist_ok=True)
    films, more = folder(options.curves), folder(options.more)
    people = sorted({name.rsplit("-", 1)[0] for name in films})

    def nets_of(those):
        return [train(options.net, those, options.steps, seed) for seed in range(options.seeds)]

    seen = {}
    for fold in range(options.folds):
        tested = people[fold::options.folds]
        nets = nets_of([film for name, film in films.items() if name.rsplit("-", 1)[0] not in tested] + list(more.values()))
        if fold == 0:
            print("%s of %d numbers" % (options.net, sum(p.numel() for p in nets[0].parameters())))
        for name, (grid, values, truths) in films.items():
            if name.rsplit("-", 1)[0] in tested:
                seen[name] = probabilities(nets, values)
    # the edges are chosen on each fold's other people
    choices = [(high, low) for high in (0.4, 0.5, 0.6, 0.7) for low in (0.2, 0.3, 0.4, 0.5) if low <= high]
    counts = {choice: {name: f1(events(films[name][0], seen[name], *choice), films[name][2]) for name in films}
              for choice in choices}

    def best(names):
        def figure(choice):
            right, found, there = np.sum([counts[choice][name] for name in names], 0)
            return 2 * right / max(1, found + there)
        return max(choices, key=figure)

    for fold in range(options.folds):
        tested = people[fold::options.folds]
        high, low = best([name for name in films if name.rsplit("-", 1)[0] not in tested])
        for name in films:
            if name.rsplit("-", 1)[0] in tested:
                write(options.out, name, events(films[name][0], seen[name], high, low))
    if options.film:
        high, low = best(list(films))
        nets = nets_of(list(films.values()) + list(more.values()))
        print("edges for films: %.1f and %.1f" % (high, low))
        for name, (grid, values, truths) in folder(options.film).items():
            write(options.out, name, events(grid, probabilities(nets, values), high, low))


def write(path, name, found):
    with open(os.path.join(path, name + ".csv"), "w") as file:
        for kind, what, onset, offset in found:
            file.write("%s,%s,%.4f,%.4f\n" % (kind, what, onset, offset))


if __name__ == "__main__":
    main()
