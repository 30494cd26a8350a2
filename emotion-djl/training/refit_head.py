"""Fits the linear head for FER2013's labels anew on the features of a finished net; everything else stays as it is.

    python3 refit_head.py --fer2013 DIR --checkpoint RUN/checkpoint.pt --out RUN2 --pull 0.01

Averaging checkpoints averages their heads too, which fit neither net's features any longer. The head is a logistic regression
on augmented training pictures in the proportions of FER2013, pulled towards what it was (``--pull``: the weight of the squared
distance). ``--try 1 0.1 0.01`` prints the accuracy on PublicTest and on its mirrored pictures for several pulls and writes
nothing; the mean of both is what to choose by. PrivateTest is not touched.
"""
import argparse
import json
import os

import torch
from torch.nn import functional as F

import fer_data
from augment import Augmentation
from face_net import FaceNet
from train_expression import chosen_rows, save


def features_of(net, pixels, batch=256):
    with torch.no_grad():
        return torch.cat([net.features(part.contiguous(memory_format=torch.channels_last))
                          for part in pixels.split(batch)])


def augmented(net, data, rows, passes, size):
    """Features [passes*R, width] of changed pictures, and their labels."""
    augment = Augmentation(15, 0.10, erasing=0.0, seed=1)
    features, labels = [], []
    for _ in range(passes):
        for start in range(0, len(rows), 256):
            chosen = rows[start:start + 256]
            features.append(features_of(net, augment(data.pixels[chosen], size)))
            labels.append(torch.from_numpy(data.labels[chosen]).long())
    return torch.cat(features), torch.cat(labels)


def fitted(weight, bias, features, labels, pull, smoothing):
    """Minimises cross entropy + pull * squared distance from ``weight`` and ``bias`` in units of the features' deviations."""
    scale = features.std(0) + 1e-6
    change = torch.zeros(weight.shape[0], weight.shape[1] + 1, requires_grad=True)
    base = features @ weight.T + bias
    inputs = torch.cat([features / scale, torch.ones(len(features), 1)], 1)
    target = F.one_hot(labels, 7).float() * (1 - smoothing) + smoothing / 7
    optimizer = torch.optim.LBFGS([change], max_iter=60, history_size=20, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        logits = base + inputs @ change.T
        loss = -(target * F.log_softmax(logits, 1)).sum(1).mean() + pull * change.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    change = change.detach()
    return weight + change[:, :-1] / scale, bias + change[:, -1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fer2013", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--pull", type=float)
    parser.add_argument("--try", dest="tried", nargs="+", type=float)
    parser.add_argument("--smoothing", type=float, default=0.3)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--size", type=int, default=56)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.manual_seed(1)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    state = torch.load(options.checkpoint, map_location="cpu")["ema"]
    net = FaceNet()
    net.load_state_dict(state)
    net = net.eval().to(memory_format=torch.channels_last)
    data = fer_data.load(options.fer2013)
    rows, _ = chosen_rows(data, options.out)
    features, labels = augmented(net, data, rows, options.passes, options.size)
    test = data.rows(fer_data.PUBLIC_TEST)
    pictures = F.interpolate(torch.from_numpy(data.pixels[test]).unsqueeze(1).float().div_(255), options.size,
                             mode="bilinear", align_corners=False)
    seen, truth = features_of(net, pictures), torch.from_numpy(data.labels[test])
    head = net.heads["fer2013"]
    weight, bias = head.weight.detach().clone(), head.bias.detach().clone()

    mirrored = features_of(net, pictures.flip(3))

    def accuracy(w, b):
        return [round(float(((each @ w.T + b).argmax(1) == truth).float().mean()), 4) for each in (seen, mirrored)]

    print(json.dumps({"rows": len(labels), "before": accuracy(weight, bias)}), flush=True)
    for pull in options.tried or [options.pull]:
        w, b = fitted(weight, bias, features, labels, pull, options.smoothing)
        print(json.dumps({"pull": pull, "public_test": accuracy(w, b),
                          "training": round(float(((features @ w.T + b).argmax(1) == labels).float().mean()), 4)}), flush=True)
        if not options.tried:
            with torch.no_grad():
                head.weight.copy_(w)
                head.bias.copy_(b)
            save({"net": net.state_dict(), "ema": net.state_dict(), "options": vars(options)},
                 os.path.join(options.out, "checkpoint.pt"))


if __name__ == "__main__":
    main()
