"""Averages the weights of several runs that went on from each other (model soup; Wortsman et al. 2022).

    python3 average_expression.py --data DIR --runs RUN1 RUN2 --shares 0.2 0.8 --out RUN

The mean and variance that batch normalisation remembers do not average, so they are measured anew on
training pictures. The result is a run like any other: evaluate_expression.py and export_expression.py
take it. Shares are chosen on PublicTest; --try prints it for several, without writing anything.
"""
import argparse
import os

import numpy as np
import torch

import fer_data
from expression_net import ExpressionNet
from train_expression import chosen_rows, public_test, save


def averaged(states, shares):
    return {name: sum(share * state[name] for state, share in zip(states, shares))
            if states[0][name].dtype.is_floating_point else states[0][name] for name in states[0]}


def measure_normalisation(net, batches):
    """Sets what batch normalisation remembers to the plain mean over ``batches``, float [N,1,S,S] in 0..1."""
    for norm in (module for module in net.modules() if isinstance(module, torch.nn.BatchNorm2d)):
        norm.reset_running_stats()
        norm.momentum = None
    net.train()
    with torch.no_grad():
        for batch in batches:
            net(batch)
    net.eval()


def plain_batches(pixels, batches=40, size=256):
    random = np.random.default_rng(0)
    for _ in range(batches):
        yield torch.from_numpy(pixels[random.integers(0, len(pixels), size)]).unsqueeze(1).float().div_(255)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--runs", nargs="+", required=True, help="folders with checkpoint.pt")
    parser.add_argument("--shares", nargs="+", type=float, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--try", dest="shown_only", action="store_true")
    options = parser.parse_args()
    if len(options.shares) != len(options.runs) or abs(sum(options.shares) - 1) > 1e-6:
        parser.error("as many shares as runs, and 1 in all")
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(2)
    states = [torch.load(os.path.join(run, "checkpoint.pt"), map_location="cpu")["ema"] for run in options.runs]
    data = fer_data.load(options.data)
    rows, _ = chosen_rows(data, options.out)
    net = ExpressionNet()
    net.load_state_dict(averaged(states, options.shares))
    measure_normalisation(net, plain_batches(data.pixels[rows]))
    figures = public_test(net, data, None)
    print({head: {name: round(figures[head][name], 4) for name in ("fer2013", "ferplus")} for head in figures})
    if not options.shown_only:
        save({"net": net.state_dict(), "ema": net.state_dict(), "options": vars(options)},
             os.path.join(options.out, "checkpoint.pt"))


if __name__ == "__main__":
    main()
