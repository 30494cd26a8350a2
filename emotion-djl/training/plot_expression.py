"""Draws the pictures of the model card from what evaluate_expression.py wrote.

    python3 plot_expression.py --run RUN --out FOLDER [--threshold 0.40]

Per split: confusion matrices against both label sets, the reliability diagram, and the coverage and risk
curve of answering "no clear expression" below a confidence.
"""
import argparse
import os

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from fer_data import LABELS
from metrics import calibration_error, confusion

BINS = 15


def draw_confusion(axes, truth, guess, title):
    draw_counts(axes, confusion(truth, guess), title)


def draw_counts(axes, counts, title):
    """A confusion matrix [7,7]: truth down, answers across."""
    shares = counts / np.maximum(1, counts.sum(1, keepdims=True))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row in range(7):
        for column in range(7):
            axes.text(column, row, "%d\n%.0f %%" % (counts[row, column], 100 * shares[row, column]),
                      ha="center", va="center", fontsize=7,
                      color="white" if shares[row, column] > 0.5 else "black")
    axes.set_xticks(range(7), LABELS, rotation=40, ha="right")
    axes.set_yticks(range(7), LABELS)
    axes.set_xlabel("answer")
    axes.set_ylabel("truth")
    axes.set_title(title)


def draw_reliability(axes, truth, probabilities, title):
    confidence, right = probabilities.max(1), probabilities.argmax(1) == truth
    edges = np.linspace(0, 1, BINS + 1)
    place = np.clip(np.digitize(confidence, edges) - 1, 0, BINS - 1)
    for index in range(BINS):
        chosen = place == index
        if chosen.any():
            axes.bar((edges[index] + edges[index + 1]) / 2, right[chosen].mean(), 1 / BINS, color="#4477aa",
                     edgecolor="white", alpha=0.3 + 0.7 * min(1, chosen.mean() * 8))
    axes.plot([0, 1], [0, 1], color="black", linewidth=1, linestyle="--")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("confidence (darker: more pictures)")
    axes.set_ylabel("share that is right")
    axes.set_title("%s: expected calibration error %.3f" % (title, calibration_error(truth, probabilities)))


def coverage_and_risk(truth, probabilities):
    """Thresholds, the share answered at each, and the share of answers that are wrong."""
    confidence, wrong = probabilities.max(1), probabilities.argmax(1) != truth
    order = np.argsort(-confidence)
    coverage = np.arange(1, len(order) + 1) / len(order)
    risk = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    return confidence[order], coverage, risk


def draw_coverage(axes, sets, threshold, title):
    for name, colour, truth, probabilities in sets:
        confidence, coverage, risk = coverage_and_risk(truth, probabilities)
        axes.plot(coverage, risk, color=colour, label=name)
        answered = int((confidence >= threshold).sum())
        if answered:
            axes.plot(coverage[answered - 1], risk[answered - 1], "o", color=colour)
            print("%s, %s: threshold %.2f answers %.1f %%, of these %.1f %% right; the rest would be right in %.1f %%" % (
                title, name, threshold, 100 * coverage[answered - 1], 100 - 100 * risk[answered - 1],
                100 * (probabilities.argmax(1) == truth)[probabilities.max(1) < threshold].mean()))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, None)
    axes.set_xlabel("coverage: share of pictures answered (dot: threshold %.2f)" % threshold)
    axes.set_ylabel("risk: share of answers that are wrong")
    axes.set_title(title)
    axes.legend(loc="upper left")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--threshold", type=float, default=0.40)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    for name, title in (("public", "PublicTest"), ("private", "PrivateTest")):
        path = os.path.join(options.run, name + ".npz")
        if not os.path.exists(path):
            continue
        rows = np.load(path)
        probabilities, truth, majority, kept = (rows[key] for key in ("probabilities", "truth", "majority", "kept"))
        figure, axes = plt.subplots(1, 2, figsize=(11, 5.2))
        draw_confusion(axes[0], truth, probabilities.argmax(1), title + ", FER2013's labels")
        draw_confusion(axes[1], majority[kept], probabilities[kept].argmax(1), title + ", FER+ majority")
        figure.tight_layout()
        figure.savefig(os.path.join(options.out, "expression-confusion-%s.png" % name), dpi=90)
        figure, axes = plt.subplots(1, 2, figsize=(11, 4.4))
        draw_reliability(axes[0], truth, probabilities, title + ", FER2013")
        draw_coverage(axes[1], (("FER2013's labels", "#4477aa", truth, probabilities),
                                ("FER+ majority", "#ee7733", majority[kept], probabilities[kept])),
                      options.threshold, title)
        figure.tight_layout()
        figure.savefig(os.path.join(options.out, "expression-calibration-%s.png" % name), dpi=90)


if __name__ == "__main__":
    main()
