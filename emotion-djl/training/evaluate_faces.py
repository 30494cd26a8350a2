"""Fits temperatures and probabilities on what is held out, and reports.

    python3 evaluate_faces.py --fer2013 DIR --data DATA --crops CROPS --run RUN                  # writes RUN/choice.json
    python3 evaluate_faces.py --fer2013 DIR --data DATA --crops CROPS --run RUN --private-test   # once, at the end

The photo head's temperature is fitted on RAF-DB's held-out pictures and CFEE's held-out people, the others' on
PublicTest, each to its own labels; the calibration error of the photo head is therefore also given by two halves, fitted
on one and measured on the other. Probabilities of action units, eyes and covers get a slope and an offset each (Platt).
"""
import argparse
import json
import os

import numpy as np
import torch

import face_data
import fer_data
from cover import Cover
from evaluate_expression import blended, jittered, likelihood_temperature
from face_net import ACTION_UNITS, BLINKS
from lids import Lids
from metrics import calibration_error, confusion, scores, softmax
from shipped_faces import load_net
from train_faces import auc, held_out_figures, predict

BLEND = 0.40  # of the FER+ head, as in the net before
COVERED_ONES = 0.05  # how many faces are covered, at most: half of those that the covers are fitted on
SIZE = 56


def platt(logits, truth, steps=400):
    """Slope and offset of the least log-loss, slightly held to 1 and 0."""
    x, y = torch.from_numpy(logits).double(), torch.from_numpy(truth).double()
    slope, offset = torch.ones((), dtype=torch.float64, requires_grad=True), torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([slope, offset], max_iter=steps)

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(slope * x + offset, y)
        loss = loss + 0.01 * ((slope - 1) ** 2 + offset ** 2)
        loss.backward()
        return loss
    optimizer.step(closure)
    return max(float(slope), 0.05), float(offset)


def halves(logits, truth, names):
    """Calibration error with the temperature of the other half of the pictures."""
    first = np.array([face_data.number(os.path.basename(name)) // 10 % 2 == 0 for name in names])
    probabilities = np.empty_like(logits)
    for ours in (first, ~first):
        probabilities[ours] = softmax(logits[ours] / likelihood_temperature(logits[~ours], truth[~ours]))
    return calibration_error(truth, probabilities)


def choose(net, held_out, data):
    raf = predict(net, held_out["raf"].pixels, SIZE, face_data.SPAN)
    cfee = predict(net, held_out["cfee"].pixels, SIZE, face_data.SPAN)
    known = held_out["cfee"].label >= 0
    photo = np.concatenate([raf["photo"], cfee["photo"][known]])
    truth = np.concatenate([held_out["raf"].label, held_out["cfee"].label[known]])
    test = data.rows(fer_data.PUBLIC_TEST)
    fer = predict(net, data.pixels[test], SIZE, 1.0)
    majority, kept = fer_data.vote_majority(data.votes[test])
    both = blended(fer["fer2013"], fer["ferplus"], BLEND, 0)
    units = [platt(cfee["units"][:, k], held_out["cfee"].units[:, k]) for k in range(len(ACTION_UNITS))]
    seen = np.isfinite(held_out["raf"].eyes[:, 0])
    closed = held_out["raf"].eyes[seen] > 0.5
    share, eyes = eyes_of_both(raf["shapes"][seen][:, BLINKS], raf["eyes"][seen], closed,
                               *drawn_lids(net, held_out["cfee"], cfee))
    covers = []
    for half in (0, 1):
        hidden = np.stack([Cover(seed=k, span=face_data.SPAN).covered(p, held_out["raf"].pixels[k - 1], half)
                           for k, p in enumerate(held_out["raf"].pixels)])
        there = predict(net, hidden, SIZE, face_data.SPAN)["covered"][:, half]
        slope, offset = platt(np.r_[there, raf["covered"][:, half]], np.r_[np.ones(len(there)), np.zeros(len(there))])
        covers.append((slope, offset + np.log(COVERED_ONES / (1 - COVERED_ONES))))
    split = lambda pairs: {"slope": [a for a, _ in pairs], "offset": [b for _, b in pairs]}
    return {"blend": BLEND, "blinks_in_eyes": share,
            "temperatures": {"photo": likelihood_temperature(photo, truth),
                             "fer2013": likelihood_temperature(fer["fer2013"], data.labels[test]),
                             "ferplus": likelihood_temperature(fer["ferplus"][kept], majority[kept]),
                             "logits": likelihood_temperature(both, data.labels[test])},
            "platt": {"units": split(units), "eyes": split(eyes), "covered": split(covers)}}


def drawn_lids(net, rows, plain):
    """Blinks and eyes of faces with their lids drawn down, and of the same faces as they are, where those have open eyes."""
    still = (rows.eyes < 0.3).all(1)
    drawn = np.stack([Lids(span=face_data.SPAN, seed=k).drawn(p, 1.0) for k, p in enumerate(rows.pixels[still])])
    shut = predict(net, drawn, SIZE, face_data.SPAN)
    return (np.r_[shut["shapes"][:, BLINKS], plain["shapes"][still][:, BLINKS]], np.r_[shut["eyes"], plain["eyes"][still]],
            np.r_[np.ones((len(drawn), 2)), np.zeros((len(drawn), 2))] > 0.5)


def eyes_of_both(blinks, eyes, closed, drawn_blinks, drawn_eyes, drawn_closed):
    """How much of the blinks to add to the eyes' logits, and slope and offset of each eye's sum. The share is the one whose
    worse of two areas is best: against the teacher, and of drawn lids. Slopes are fitted to both together."""
    shares = [0, 1, 2, 4, 6, 8, 12, 16]
    areas = [auc(closed.ravel(), (eyes + share * blinks).ravel()) for share in shares]
    drawn = [auc(drawn_closed.ravel(), (drawn_eyes + share * drawn_blinks).ravel()) for share in shares]
    share = shares[int(np.argmax(np.minimum(areas, drawn)))]
    print("blinks in eyes", dict(zip(shares, zip(np.round(areas, 4), np.round(drawn, 4)))), "->", share)
    sums, sums_drawn = eyes + share * blinks, drawn_eyes + share * drawn_blinks
    return share, [platt(np.r_[sums[:, k], sums_drawn[:, k]], np.r_[closed[:, k], drawn_closed[:, k]].astype(float)) for k in (0, 1)]


def cover_figures(net, collections, choice):
    """Of plain pictures and of those with a drawn cover, the share that is called covered (0.5 and more)."""
    fitted = choice["platt"]["covered"]
    figures = {}
    for name in ("raf", "cfee", "utk"):
        rows = collections[name]
        plain = predict(net, rows.pixels, SIZE, face_data.SPAN)["covered"]
        for half, word in enumerate(("lower", "upper")):
            hidden = np.stack([Cover(seed=1000 + k, span=face_data.SPAN).covered(p, rows.pixels[k - 1], half)
                               for k, p in enumerate(rows.pixels)])
            there = predict(net, hidden, SIZE, face_data.SPAN)["covered"][:, half]
            called = [float((fitted["slope"][half] * x + fitted["offset"][half] > 0).mean()) for x in (plain[:, half], there)]
            figures[name + "_" + word] = {"n": len(rows), "plain": round(called[0], 4), "covered": round(called[1], 4)}
    return figures


def fer_figures(net, data, rows, choice):
    answers = predict(net, data.pixels[rows], SIZE, 1.0)
    moved = predict(net, jittered(data.pixels[rows], 0), SIZE, 1.0)
    truth = data.labels[rows]
    majority, kept = fer_data.vote_majority(data.votes[rows])
    report = {}
    for name in ("fer2013", "ferplus", "photo", "logits"):
        logits = blended(answers["fer2013"], answers["ferplus"], BLEND, 0) if name == "logits" else answers[name]
        after = blended(moved["fer2013"], moved["ferplus"], BLEND, 0) if name == "logits" else moved[name]
        shares = softmax(logits / choice["temperatures"][name])
        one, plus = scores(truth, logits.argmax(1)), scores(majority[kept], logits.argmax(1)[kept])
        report[name] = {"fer2013": one, "ferplus": plus, "ece_fer2013": calibration_error(truth, shares),
                        "ece_ferplus": calibration_error(majority[kept], shares[kept]),
                        "fall_fer2013": one["accuracy"] - scores(truth, after.argmax(1))["accuracy"],
                        "fall_ferplus": plus["accuracy"] - scores(majority[kept], after.argmax(1)[kept])["accuracy"]}
    report["rows"], report["rows_ferplus"] = int(len(rows)), int(kept.sum())
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("--fer2013", "--data", "--crops", "--run"):
        parser.add_argument(name, required=True)
    parser.add_argument("--private-test", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(2)
    data = fer_data.load(options.fer2013)
    net = load_net(os.path.join(options.run, "checkpoint.pt"))
    place = os.path.join(options.run, "choice.json")
    if options.private_test:
        report = fer_figures(net, data, data.rows(fer_data.PRIVATE_TEST), json.load(open(place)))
        json.dump(report, open(os.path.join(options.run, "private.json"), "w"), indent=1)
        print(json.dumps(report, indent=1))
        return
    held_out = {name: part.part(part.held_out) for name, part in face_data.load(options.data, options.crops).items()}
    choice = choose(net, held_out, data)
    json.dump(choice, open(place, "w"), indent=1)
    raf = predict(net, held_out["raf"].pixels, SIZE, face_data.SPAN)["photo"]
    known = held_out["cfee"].label >= 0
    cfee = predict(net, held_out["cfee"].pixels, SIZE, face_data.SPAN)["photo"]
    report = {"choice": choice, "held_out": held_out_figures(net, held_out, data, SIZE),
              "public_test": fer_figures(net, data, data.rows(fer_data.PUBLIC_TEST), choice),
              "raf_ece": calibration_error(held_out["raf"].label, softmax(raf / choice["temperatures"]["photo"])),
              "raf_ece_halves": halves(raf, held_out["raf"].label, held_out["raf"].names),
              "covers": cover_figures(net, held_out, choice),
              "cfee_confusion": confusion(held_out["cfee"].label[known], cfee[known].argmax(1)).tolist(),
              "raf_confusion": confusion(held_out["raf"].label, raf.argmax(1)).tolist()}
    json.dump(report, open(os.path.join(options.run, "report.json"), "w"), indent=1)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
