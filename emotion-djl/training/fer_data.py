"""FER2013 pictures, FER2013 labels and FER+ votes, read from one folder, under an honest protocol.

Two layouts of the folder are understood:

* ``fer2013-train-1.rec.gz``, ``fer2013-train-2.rec.gz``, ``fer2013-eval.rec.gz`` (2,316-byte
  records: split, label, ten votes, 48x48 pixels) and, beside them, ``fer2013.flags``;
* the published pair ``fer2013.csv`` and (optional) ``fer2013new.csv`` of FER+.

``training_rows`` leaves out what must not be trained on: Training rows that repeat an evaluation
picture (identical, mirrored or a near copy), pictures that half or more of the raters call "not a
face", and rows whose picture and votes may not belong together.

Run as a program it prints the counts:  ``python3 fer_data.py DIR``
"""
import csv
import gzip
import os
import sys

import numpy as np

LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
TRAINING, PUBLIC_TEST, PRIVATE_TEST = 0, 1, 2

# FER+ writes its votes as neutral, happiness, surprise, sadness, anger, disgust, fear, contempt,
# unknown, not-a-face. Column k of ours is column VOTES_TO_LABELS[k] of theirs.
VOTES_TO_LABELS = (4, 5, 6, 1, 3, 2, 0)
NOT_A_FACE = 9

RECORD = 12 + 48 * 48
RECORD_FILES = ("fer2013-train-1.rec.gz", "fer2013-train-2.rec.gz", "fer2013-eval.rec.gz")


class Fer2013:
    """The rows in their official order: ``pixels`` [R,48,48] uint8, ``labels`` [R], ``votes`` [R,10],
    ``split`` [R] and ``flags`` [R] (0 where nothing is known)."""

    def __init__(self, pixels, labels, votes, split, flags):
        self.pixels, self.labels, self.votes = pixels, labels, votes
        self.split, self.flags = split, flags

    def rows(self, split):
        return np.flatnonzero(self.split == split)


def load(folder):
    if os.path.exists(os.path.join(folder, RECORD_FILES[0])):
        return _load_records(folder)
    if os.path.exists(os.path.join(folder, "fer2013.csv")):
        return _load_csv(folder)
    raise FileNotFoundError(
        "%s holds neither %s nor fer2013.csv" % (folder, RECORD_FILES[0]))


def _load_records(folder):
    raw = b"".join(gzip.open(os.path.join(folder, name)).read() for name in RECORD_FILES)
    if len(raw) % RECORD:
        raise ValueError("%d bytes are no whole number of %d-byte records" % (len(raw), RECORD))
    rows = np.frombuffer(raw, np.uint8).reshape(-1, RECORD)
    flags = np.zeros(len(rows), np.uint8)
    flag_file = os.path.join(folder, "fer2013.flags")
    if os.path.exists(flag_file):
        flags = np.fromfile(flag_file, np.uint8)
        if len(flags) != len(rows):
            raise ValueError("%d flags for %d rows" % (len(flags), len(rows)))
    return Fer2013(rows[:, 12:].reshape(-1, 48, 48).copy(), rows[:, 1].astype(np.int64),
                   rows[:, 2:12].astype(np.int64), rows[:, 0].astype(np.int64), flags)


def _load_csv(folder):
    usage = {"Training": TRAINING, "PublicTest": PUBLIC_TEST, "PrivateTest": PRIVATE_TEST}
    pixels, labels, split = [], [], []
    with open(os.path.join(folder, "fer2013.csv"), newline="") as lines:
        for row in csv.DictReader(lines):
            row = {key.strip(): value for key, value in row.items()}
            pixels.append(np.array(row["pixels"].split(), np.uint8).reshape(48, 48))
            labels.append(int(row["emotion"]))
            split.append(usage[row["Usage"].strip()])
    votes = np.zeros((len(labels), 10), np.int64)
    plus = os.path.join(folder, "fer2013new.csv")
    if os.path.exists(plus):
        with open(plus, newline="") as lines:
            reader = csv.reader(lines)
            next(reader)
            for index, row in enumerate(reader):
                votes[index] = [int(value) for value in row[2:12]]
    return Fer2013(np.stack(pixels), np.array(labels), votes, np.array(split),
                   np.zeros(len(labels), np.uint8))


def vote_distribution(votes):
    """FER+ votes as a distribution over the seven labels, and how much of the vote it stands for.

    Votes of 1 are outliers, as in the FER+ paper, and dropped; so are contempt, unknown and
    not-a-face. Returns ([R,7] rows that sum to 1 or to 0, [R] weight in 0..1).
    """
    kept = np.where(votes > 1, votes, 0)
    seven = kept[:, VOTES_TO_LABELS].astype(np.float64)
    total = seven.sum(1)
    weight = total / np.maximum(kept.sum(1), 1)
    return seven / np.maximum(total, 1)[:, None], weight


def vote_majority(votes):
    """The evaluation rule for FER+: votes of 1 or less are dropped, and a row is kept when one of the
    seven labels has more than half of the votes that are left; rows won by contempt, unknown or
    not-a-face go out with it (3,137 PrivateTest rows). Returns ([R] label, [R] kept)."""
    left = np.where(votes > 1, votes, 0)
    seven = left[:, VOTES_TO_LABELS]
    return seven.argmax(1), seven.max(1) * 2 > left.sum(1)


# ---------------------------------------------------------------------------------- honest protocol

def _signature(pixels, size):
    """Pictures averaged down to size x size, without mean, of length 1."""
    step = 48 // size
    small = pixels.reshape(-1, size, step, size, step).mean((2, 4), dtype=np.float32)
    small = small.reshape(len(small), -1)
    small -= small.mean(1, keepdims=True)
    norm = np.linalg.norm(small, axis=1, keepdims=True)
    return small / np.maximum(norm, 1e-3)


def _shifted(pixels, dx, dy):
    padded = np.pad(pixels, ((0, 0), (2, 2), (2, 2)), mode="edge")
    return padded[:, 2 + dy:50 + dy, 2 + dx:50 + dx]


def repeats(training, evaluation, coarse=0.90, fine=0.95):
    """Which training pictures repeat an evaluation picture. Returns [T] of
    0 no, 1 identical, 2 mirrored, 3 near copy (mirrored or not).

    A near copy is found by the normalised correlation at 12x12 (``coarse`` gives candidates) and
    confirmed at 48x48, smoothed to 24x24, at the best shift of up to two pixels (``fine``).
    """
    kind = np.zeros(len(training), np.uint8)
    straight = {picture.tobytes() for picture in evaluation}
    mirrored = {picture[:, ::-1].tobytes() for picture in evaluation}
    for index, picture in enumerate(training):
        key = picture.tobytes()
        kind[index] = 1 if key in straight else 2 if key in mirrored else 0

    both = np.concatenate([evaluation, evaluation[:, :, ::-1]])
    coarse_evaluation = _signature(both, 12)
    open_rows = np.flatnonzero(kind == 0)
    for start in range(0, len(open_rows), 2048):
        rows = open_rows[start:start + 2048]
        likeness = _signature(training[rows], 12) @ coarse_evaluation.T
        near, other = np.nonzero(likeness > coarse)
        if not len(near):
            continue
        best = np.zeros(len(near), np.float32)
        ours = _signature(training[rows[near]], 24)
        for dy in (-2, -1, 0, 1, 2):
            for dx in (-2, -1, 0, 1, 2):
                theirs = _signature(_shifted(both[other], dx, dy), 24)
                best = np.maximum(best, (ours * theirs).sum(1))
        kind[rows[near[best > fine]]] = 3
    return kind


def training_rows(data):
    """The rows to train on and a dict of what was left out."""
    rows = data.rows(TRAINING)
    evaluation = np.flatnonzero(data.split != TRAINING)
    kind = repeats(data.pixels[rows], data.pixels[evaluation])
    votes = data.votes[rows]
    no_face = 2 * votes[:, NOT_A_FACE] >= np.maximum(votes.sum(1), 1)
    no_face |= data.pixels[rows].reshape(len(rows), -1).std(1) < 1
    unsure = data.flags[rows] == 3
    keep = (kind == 0) & ~no_face & ~unsure
    counts = {
        "training_rows": int(len(rows)),
        "identical_to_evaluation": int((kind == 1).sum()),
        "mirrored_evaluation": int((kind == 2).sum()),
        "near_copy_of_evaluation": int((kind == 3).sum()),
        "not_a_face": int((no_face & (kind == 0)).sum()),
        "picture_and_votes_apart": int((unsure & (kind == 0) & ~no_face).sum()),
        "kept": int(keep.sum()),
        "kept_per_label": dict(zip(LABELS, np.bincount(data.labels[rows[keep]], minlength=7).tolist())),
    }
    return rows[keep], counts


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: fer_data.py DIR")
    data = load(sys.argv[1])
    for name, value in training_rows(data)[1].items():
        print(name, value)
    for name, split in (("PublicTest", PUBLIC_TEST), ("PrivateTest", PRIVATE_TEST)):
        rows = data.rows(split)
        majority, kept = vote_majority(data.votes[rows])
        print(name, len(rows), "FER+ majority", int(kept.sum()),
              "of these as FER2013's label %.3f" % (majority == data.labels[rows])[kept].mean())


if __name__ == "__main__":
    main()
