"""Averages the weights of the net with all heads from checkpoints that went on from each other (Wortsman et al. 2022).

    python3 average_faces.py --fer2013 DIR --data DATA --crops CROPS --checkpoints A.pt B.pt --shares 0.4 0.6 --out RUN

Shares are chosen on what face_data holds out and on PublicTest; ``--try 0.3 0.5 0.7`` prints the figures for several shares of
the second of two, without writing anything. What batch normalisation remembers is measured anew, on batches as in training.
"""
import argparse
import json
import os

import torch

import face_data
import fer_data
import train_faces
from average_expression import averaged, measure_normalisation
from face_net import FaceNet
from train_expression import Memory, TrainingSet, chosen_rows, save


def batches(options, count, size):
    """As train_faces.py makes them, without its covers, lids and pseudo-labels."""
    data = fer_data.load(options.fer2013)
    rows, _ = chosen_rows(data, options.out)
    training = TrainingSet(data, rows, 3)
    settings = argparse.Namespace(erasing=0.2, covered=0.0, lids=0.0, remembered=0.0, smoothing=0.1, agreed=None)
    collections = face_data.load(options.data, options.crops)
    held_out = {name: part.part(part.held_out) for name, part in collections.items()}
    sources = [train_faces.FerSource(training, settings, 1)]
    for name in train_faces.OTHERS:
        part = collections[name].part(~collections[name].held_out)
        span = 1.0 if name == "raf_uncut" else face_data.SPAN
        if name != "faces":  # without a label and a teacher there is nothing to draw by
            sources.append(train_faces.Source(name, part, span, settings, Memory(len(part), heads=1), 1))
    shares = [2 * share for share in options.batch_shares]
    drawn = [torch.cat([source.draw(share, size)[0] for source, share in zip(sources, shares)])
             .contiguous(memory_format=torch.channels_last) for _ in range(count)]
    return drawn, data, held_out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("--fer2013", "--data", "--crops", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--checkpoints", nargs="+", required=True)
    parser.add_argument("--shares", nargs="+", type=float)
    parser.add_argument("--try", dest="tried", nargs="+", type=float)
    parser.add_argument("--batch-shares", nargs=5, type=int, default=(30, 34, 10, 12, 6))
    parser.add_argument("--size", type=int, default=56)
    parser.add_argument("--batches", type=int, default=30)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    states = [torch.load(path, map_location="cpu")["ema"] for path in options.checkpoints]
    drawn, data, held_out = batches(options, options.batches, options.size)
    for shares in [[1 - share, share] for share in options.tried] if options.tried else [options.shares]:
        if len(shares) != len(states) or abs(sum(shares) - 1) > 1e-6:
            parser.error("as many shares as checkpoints, and 1 in all")
        net = FaceNet()
        net.load_state_dict(averaged(states, shares))
        net = net.to(memory_format=torch.channels_last)
        measure_normalisation(net, drawn)
        figures = train_faces.held_out_figures(net, held_out, data, options.size, argparse.Namespace(float32=False))
        print(json.dumps({"shares": shares, "held_out": figures}), flush=True)
        if not options.tried:
            save({"net": net.state_dict(), "ema": net.state_dict(), "options": vars(options)},
                 os.path.join(options.out, "checkpoint.pt"))


if __name__ == "__main__":
    main()
