"""Chooses blend, shift and temperature on PublicTest, and reports.

    python3 evaluate_expression.py --data DIR --run RUN                    # choose on PublicTest
    python3 evaluate_expression.py --data DIR --run RUN --private-test     # once, at the end

The first writes RUN/choice.json; the second reads it, changes nothing and writes RUN/private.json. Both
write the scores of every row beside it (.npz), for plot_expression.py.
Accuracy is over all 3,589 rows of the split against FER2013's labels; the FER+ figure follows
fer_data.vote_majority. The jitter figure is the mean over --views random crops, each moved by up to
10 % of the width, scaled by up to 10 % and turned by up to 10 degrees, edges repeated.
"""
import argparse
import json
import os

import cv2
import numpy as np
import torch

import fer_data
from metrics import calibration_error, confusion, scores, softmax
from shipped_net import load_net
from train_expression import predict


def jittered(pixels, seed):
    random = np.random.default_rng(seed)
    out = np.empty_like(pixels)
    for index, picture in enumerate(pixels):
        turn = cv2.getRotationMatrix2D((23.5, 23.5), random.uniform(-10, 10), random.uniform(0.9, 1.1))
        turn[:, 2] += random.uniform(-4.8, 4.8, 2)
        out[index] = cv2.warpAffine(picture, turn, (48, 48), flags=cv2.INTER_LINEAR,
                                    borderMode=cv2.BORDER_REPLICATE)
    return out


def blended(labels, votes, blend, shift):
    mixed = (1 - blend) * softmax(labels) + blend * softmax(votes)
    return np.log(mixed + 1e-7) + shift


def likelihood_temperature(logits, truth):
    """The temperature of the least negative log-likelihood."""
    grid = np.exp(np.linspace(np.log(0.3), np.log(3), 200))
    loss = [-np.log(softmax(logits / t)[np.arange(len(truth)), truth] + 1e-12).mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def shift_for(prior, strength):
    """Adds ``strength`` times what the rare labels lack in training; mean 0."""
    shift = -strength * np.log(prior)
    return shift - shift.mean()


class Split:
    def __init__(self, data, split):
        rows = data.rows(split)
        self.pixels, self.truth = data.pixels[rows], data.labels[rows]
        self.majority, self.kept = fer_data.vote_majority(data.votes[rows])

    def figures(self, logits):
        guess, probabilities = logits.argmax(1), softmax(logits)
        result = scores(self.truth, guess)
        result["ferplus"] = float((guess == self.majority)[self.kept].mean())
        result["ferplus_rows"] = int(self.kept.sum())
        plus = scores(self.majority[self.kept], guess[self.kept])
        result["ferplus_mean_recall"] = plus["mean_recall"]
        result["ferplus_recall"] = plus["recall"]
        result["ece"] = calibration_error(self.truth, probabilities)
        result["ece_ferplus"] = calibration_error(self.majority[self.kept], probabilities[self.kept])
        return result


def choose(split, labels, votes, prior, ferplus_floor, blend=None):
    """The blend and shift that do best by both sets of labels, which count the same, accuracy and what is
    found of each expression likewise, of all blends or of one; every candidate is reported."""
    table = []
    for share in np.linspace(0, 1, 21):
        for strength in np.linspace(0, 0.6, 13):
            logits = blended(labels, votes, share, shift_for(prior, strength))
            result = split.figures(logits)
            value = (result["accuracy"] + (result["macro_f1"] + result["mean_recall"]) / 2
                     + result["ferplus"] + result["ferplus_mean_recall"]
                     + 4 * min(0.0, result["ferplus"] - ferplus_floor))
            table.append({"blend": round(float(share), 3), "strength": round(float(strength), 3),
                          "value": value, "accuracy": result["accuracy"],
                          "macro_f1": result["macro_f1"], "mean_recall": result["mean_recall"],
                          "ferplus": result["ferplus"]})
    best = max((row for row in table if blend in (None, row["blend"])), key=lambda row: row["value"])
    return best, table


def fall(net, split, choice, plain, views):
    falls = {"accuracy": [], "ferplus": []}
    for seed in range(views):
        labels, votes = predict(net, jittered(split.pixels, seed))
        moved = split.figures(blended(labels, votes, choice["blend"], np.array(choice["shift"])))
        for name in falls:
            falls[name].append(plain[name] - moved[name])
    return {name: float(np.mean(values)) for name, values in falls.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--private-test", action="store_true")
    parser.add_argument("--views", type=int, default=3)
    parser.add_argument("--ferplus-floor", type=float, default=0.0)
    parser.add_argument("--blend", type=float, choices=np.linspace(0, 1, 21).round(3).tolist(), metavar="X",
                        help="of the FER+ head, in steps of 0.05; else the best is taken")
    options = parser.parse_args()
    torch.set_num_threads(2)
    data = fer_data.load(options.data)
    net = load_net(os.path.join(options.run, "checkpoint.pt"))
    place = os.path.join(options.run, "choice.json")
    split = Split(data, fer_data.PRIVATE_TEST if options.private_test else fer_data.PUBLIC_TEST)
    labels, votes = predict(net, split.pixels)
    if options.private_test:
        choice = json.load(open(place))
    else:
        prior = np.bincount(data.labels[data.rows(fer_data.TRAINING)], minlength=7).astype(float)
        best, table = choose(split, labels, votes, prior / prior.sum(), options.ferplus_floor, options.blend)
        shift = shift_for(prior / prior.sum(), best["strength"])
        logits = blended(labels, votes, best["blend"], shift)
        choice = {"blend": best["blend"], "strength": best["strength"], "shift": shift.tolist(),
                  "temperature": likelihood_temperature(logits, split.truth),
                  "head_temperatures": [likelihood_temperature(labels, split.truth),
                                        likelihood_temperature(votes[split.kept], split.majority[split.kept])],
                  "trade": table}
        json.dump(choice, open(place, "w"), indent=1)
    shift = np.array(choice["shift"])
    final = blended(labels, votes, choice["blend"], shift) / choice["temperature"]
    plain = split.figures(final)
    by_labels, by_votes = (logits / t for logits, t in zip((labels, votes), choice["head_temperatures"]))
    report = {"choice": {k: value for k, value in choice.items() if k != "trade"},
              "shipped": plain, "labels_head": split.figures(by_labels), "votes_head": split.figures(by_votes),
              "blend_without_shift": split.figures(blended(labels, votes, choice["blend"], 0)),
              "fall_under_jitter": fall(net, split, choice, plain, options.views),
              "confusion": confusion(split.truth, final.argmax(1)).tolist(),
              "confusion_ferplus": confusion(split.majority[split.kept],
                                             final.argmax(1)[split.kept]).tolist()}
    name = "private" if options.private_test else "public"
    json.dump(report, open(os.path.join(options.run, name + ".json"), "w"), indent=1)
    np.savez_compressed(os.path.join(options.run, name + ".npz"), probabilities=softmax(final).astype(np.float32),
                        truth=split.truth, majority=split.majority, kept=split.kept)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
