"""How blur, size and light bear on the expression net: what FaceQualityEstimator's curves are read off.

    python3 landmarks_quality.py --fer2013 DIR --expression expression.pt

Faces of FER2013's PublicTest are made worse in one way at a time; "agree" is the share for which the expression net says the
same as for the original. The measures are those of FaceQuality: median, and for sharpness the 5th and 95th
percentile. Darkened and flattened faces get the noise of a sensor, 2 grey values.
"""
import argparse
import gzip
import os

import cv2
import numpy as np
import torch


def measures(pictures):
    x = pictures.astype(np.float64)
    inner = x[:, 4:44, 4:44] / 255
    laplacian = 4 * x[:, 1:-1, 1:-1] - x[:, :-2, 1:-1] - x[:, 2:, 1:-1] - x[:, 1:-1, :-2] - x[:, 1:-1, 2:]
    dx, dy = (x[:, 1:-1, 2:] - x[:, 1:-1, :-2]) / 2, (x[:, 2:, 1:-1] - x[:, :-2, 1:-1]) / 2
    sharpness = np.sqrt((laplacian ** 2).mean((1, 2)) / ((dx ** 2 + dy ** 2).mean((1, 2)) + 1e-9))
    return inner.mean((1, 2)), inner.std((1, 2)), sharpness


def as_bytes(x):
    return np.clip(np.round(x), 0, 255).astype(np.uint8)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fer2013", required=True)
    parser.add_argument("--expression", required=True)
    parser.add_argument("--faces", type=int, default=900)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    rows = np.frombuffer(gzip.open(os.path.join(options.fer2013, "fer2013-eval.rec.gz")).read(), np.uint8)
    rows = rows.reshape(-1, 2316)
    rows = rows[(rows[:, 0] == 1) & (rows[:, 11] <= 1) & (rows[:, 10] <= 3)]
    rows = rows[np.random.default_rng(0).permutation(len(rows))[:options.faces]]
    pictures, labels = rows[:, 12:].reshape(-1, 48, 48), rows[:, 1]
    net = torch.jit.load(options.expression).eval()

    def guesses(x):
        with torch.no_grad():
            return np.concatenate([net(torch.from_numpy(x[i:i + 100].astype(np.float32) / 255)[:, None])[0].argmax(1).numpy()
                                   for i in range(0, len(x), 100)])

    plain = guesses(pictures)

    def show(name, worse):
        guess = guesses(worse)
        mean, deviation, sharpness = measures(worse)
        print("%-20s agree %.3f  hits %.3f | brightness %.2f  contrast %.3f  sharpness %.2f [%.2f %.2f]" % (
            name, (guess == plain).mean(), (guess == labels).mean(), np.median(mean), np.median(deviation),
            np.median(sharpness), *np.percentile(sharpness, [5, 95])), flush=True)

    x = pictures.astype(np.float64)
    noise = np.random.default_rng(1).normal(0, 2, x.shape)
    mean = x.mean((1, 2), keepdims=True)
    print("faces", len(pictures))
    show("original", pictures)
    for sigma in (0.6, 0.8, 1.0, 1.3, 1.6, 2, 2.5, 3, 4):
        show("blurred by %.1f" % sigma, np.stack([cv2.GaussianBlur(p, (0, 0), sigma) for p in pictures]))
    for side in (40, 32, 28, 24, 20, 16, 14, 12, 10, 8):
        small = [cv2.resize(p, (side, side), interpolation=cv2.INTER_AREA) for p in pictures]
        show("of %d pixels" % side, np.stack([cv2.resize(p, (48, 48), interpolation=cv2.INTER_LINEAR) for p in small]))
    for light in (0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05, 0.03):
        show("darker, x %.2f" % light, as_bytes(x * light + noise))
    for light in (1.3, 1.6, 2, 2.5, 3, 4):
        show("brighter, x %.1f" % light, as_bytes(x * light))
    for light in (40, 80, 110, 140):
        show("brighter, + %d" % light, as_bytes(x + light))
    for contrast in (0.6, 0.4, 0.25, 0.15, 0.1, 0.06):
        show("flatter, x %.2f" % contrast, as_bytes((x - mean) * contrast + mean + noise))


if __name__ == "__main__":
    main()
