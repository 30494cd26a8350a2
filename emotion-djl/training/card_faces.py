"""Writes the model card and its picture from what a run left behind.

    python3 card_faces.py --run RUN --files FOLDER --groups groups.json --whole FOLDER --version DATE --start TEXT --command TEXT --card CARD.md \\
        --picture CONFUSION.png --log CARD.log.jsonl

``RUN`` holds log.jsonl, report.json and private.json (train_faces.py, evaluate_faces.py), ``FOLDER`` the exported files.
``groups.json`` is what ``evaluate --labels utkface/people.csv --by gender,group,age:20:40:60 --json`` printed;
``--whole`` holds raf.json and cfee.json, what ``evaluate --labels LISTS/raf.csv --json`` printed (face_data.py --lists).
"""
import argparse
import hashlib
import json
import os

import numpy as np

from fer_data import LABELS
from plot_expression import draw_counts, plt

FLOORS = (  # name, where it stands in report and private, floor, goal, percent, smaller is better
    ("RAF-DB, accuracy", lambda r, p: r["held_out"]["raf"]["accuracy"], 0.84, 0.87, True, False),
    ("RAF-DB, mean recall", lambda r, p: r["held_out"]["raf"]["mean_recall"], 0.75, 0.80, False, False),
    ("CFEE, accuracy", lambda r, p: r["held_out"]["cfee"]["accuracy"], 0.76, 0.82, True, False),
    ("CFEE, worst recall", lambda r, p: min(r["held_out"]["cfee"]["recall"]), 0.55, 0.70, False, False),
    ("CFEE, lower half covered", lambda r, p: r["held_out"]["cfee_lower_covered"]["accuracy"], 0.60, 0.70, True, False),
    ("FER2013 head, PrivateTest", lambda r, p: p["fer2013"]["fer2013"]["accuracy"], 0.70, 0.73, True, False),
    ("FER+ head, PrivateTest", lambda r, p: p["ferplus"]["ferplus"]["accuracy"], 0.87, 0.89, True, False),
    ("calibration error, RAF-DB", lambda r, p: r["raf_ece"], 0.04, 0.02, False, True),
    ("fall under moved crops, points, the worst head", lambda r, p: 100 * max(p[k]["fall_" + k] for k in ("fer2013", "ferplus")),
     2, 1, False, True),
    ("action units, mean area", lambda r, p: r["held_out"]["units"]["mean"], 0.85, 0.90, False, False),
    ("action units, least area", lambda r, p: r["held_out"]["units"]["least"], 0.72, 0.80, False, False),
    ("eyes closed, area", lambda r, p: r["held_out"]["eyes_both"], 0.95, 0.98, False, False),
    ("yaw, degrees", lambda r, p: r["held_out"]["pose"]["yaw"], 6, 4, False, True),
    ("pitch, degrees", lambda r, p: r["held_out"]["pose"]["pitch"], 6, 4, False, True),
)


def percent(value):
    return "%.1f %%" % (100 * value)


def recalls(row):
    return " | ".join("%.2f" % value for value in row)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def floors(report, private):
    rows = []
    for name, find, floor, goal, shares, smaller in FLOORS:
        value = find(report, private)
        good = lambda bound: value <= bound if smaller else value >= bound
        shown = percent(value) if shares else "%.3g" % value
        rows.append((name, shown, percent(floor) if shares else floor, percent(goal) if shares else goal,
                     "goal reached" if good(goal) else "floor reached" if good(floor) else "**missed**"))
    return table(("figure", "measured", "floor", "goal", ""), rows)


def fer(figures, name):
    rows = []
    for key, title in (("photo", "`LabelSet.PHOTO`, the default"), ("fer2013", "`LabelSet.FER2013`"),
                       ("ferplus", "`LabelSet.FERPLUS`"), ("logits", "`LabelSet.BLEND`")):
        f = figures[key]
        rows.append((title, percent(f["fer2013"]["accuracy"]), "%.3f" % f["fer2013"]["macro_f1"],
                     "%.3f" % f["fer2013"]["mean_recall"], percent(f["ferplus"]["accuracy"]),
                     "%.3f" % f["ferplus"]["mean_recall"], "%.3f" % f["ece_fer2013"], "%.3f" % f["ece_ferplus"],
                     "%.1f" % (100 * f["fall_fer2013"]), "%.1f" % (100 * f["fall_ferplus"])))
    return table((name, "FER2013 accuracy", "macro-F1", "mean recall", "FER+ majority", "FER+ mean recall", "ECE, FER2013",
                  "ECE, FER+", "fall under moved crops, FER2013, points", "FER+"), rows)


def share(figure):
    return "%.3f (%.3f to %.3f)" % (figure["share"], figure["low"], figure["high"])


def groups(compared):
    rows = []
    for column, members in compared["groups"].items():
        for group in members:
            rows.append((column, group["name"], group["pictures"], share(group["found"]), share(group["issues"]),
                         share(group["noClear"])) + tuple(share(group["expressions"][e]) for e in ("angry", "sad", "fear", "happy"))
                        + ("%.2f" % group["meanQuality"],))
    return table(("by", "", "pictures", "face found", "an issue", "no clear expression", "angry", "sad", "fear", "happy",
                  "mean quality"), rows)


def draw(report, path):
    figure, axes = plt.subplots(1, 2, figsize=(11, 5.2))
    draw_counts(axes[0], np.array(report["raf_confusion"]), "RAF-DB, held out")
    draw_counts(axes[1], np.array(report["cfee_confusion"]), "CFEE, people held out")
    figure.tight_layout()
    figure.savefig(path, dpi=90)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("run", "files", "groups", "whole", "version", "start", "command", "card", "picture", "log"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    read = lambda name: json.load(open(os.path.join(options.run, name)))
    report, private = read("report.json"), read("private.json")
    log = [json.loads(line) for line in open(os.path.join(options.run, "log.jsonl"))]
    looks = [line for line in log if "step" in line and "held_out" in line and "options" not in line]
    started = next(line for line in log if "options" in line)
    held = report["held_out"]
    digest = lambda name: hashlib.sha256(open(os.path.join(options.files, name), "rb").read()).hexdigest()
    draw(report, options.picture)
    with open(options.log, "w") as kept:
        kept.writelines(json.dumps(without_paths(line)) + "\n" for line in log)
    seen = table(("pictures", "n", "accuracy", "mean recall") + tuple(LABELS), [
        (title, held[key]["n"], percent(held[key]["accuracy"]), "%.3f" % held[key]["mean_recall"]) +
        tuple("%.2f" % value for value in held[key]["recall"])
        for key, title in (("raf", "RAF-DB, aligned by the library"), ("raf_uncut", "RAF-DB, its pictures whole, without a detector"),
                           ("cfee", "CFEE, seven simple expressions"),
                           ("cfee_lower_covered", "the same, lower half covered (drawn)"))])
    course = table(("batch", "UTC", "pictures a second", "rate", "crop", "RAF-DB", "mean recall", "CFEE", "lower half covered",
                    "action units", "FER2013 head, PublicTest", "FER+ head"), [
        (d["step"], d["utc"][11:16], d["pictures_per_second"], "%.4f" % d["rate"], d["size"], percent(d["held_out"]["raf"]["accuracy"]),
         "%.3f" % d["held_out"]["raf"]["mean_recall"], percent(d["held_out"]["cfee"]["accuracy"]),
         percent(d["held_out"]["cfee_lower_covered"]["accuracy"]), "%.3f" % d["held_out"]["units"]["mean"],
         percent(d["held_out"]["public_test"]["fer2013"]), percent(d["held_out"]["public_test"]["ferplus"])) for d in looks])
    whole = table(("pictures, by `evaluate`", "pictures", "face found", "right, of those found", "mean recall", "calibration error")
                  + tuple(LABELS), [
        (title, e["n"], e["found"], percent(e["accuracy"]), "%.3f" % e["meanRecall"], "%.3f" % e["ece"])
        + tuple("%.2f" % c["recall"] for c in e["perClass"])
        for title, e in ((title, json.load(open(os.path.join(options.whole, name)))) for title, name in (
            ("RAF-DB", "raf.json"), ("CFEE, seven simple expressions", "cfee.json")))])
    units = held["units"]["each"]
    covers = table(("pictures", "n", "called covered, plain", "called covered, with a drawn cover"), [
        (name.replace("_", ", ") + " half", c["n"], percent(c["plain"]), percent(c["covered"]))
        for name, c in report["covers"].items()])
    closed = held["eyes_closed"]
    text = f"""# Model card: expressions (`expression`)

One net, one pass: expressions by three habits of labelling, and what a face does. Its default answer, `LabelSet.PHOTO`, learned from photographs of strangers. The net that learned from FER2013 and FER+ alone is [`expression-fer`](expression-fer.md). Written by `card_faces.py`. On ONNX Runtime the default is the same net in [8-bit integers](int8.md).

| | |
|---|---|
| version | {options.version} |
| files | `expression.onnx` (OpenCV, ONNX Runtime), SHA-256 `{digest("expression.onnx")}`; `expression.pt` (PyTorch), SHA-256 `{digest("expression.pt")}` |
| to train on from | `emotion-djl/training/expression-float.pt`, the averaged weights in half precision, SHA-256 `{digest("float.pt")}` |
| input | float32 `[N,1,56,56]`, grey / 255, `CropSpec.of(56, 56, GRAY8)`: eyes where FER2013 has them |
| outputs | `photo`, `logits` (blend), `fer2013`, `ferplus` `[N,7]` log-probabilities; `units` `[N,15]`, `shapes` `[N,43]`, `pose` `[N,3]` (degrees), `eyes` `[N,2]`, `covered` `[N,2]` |
| parameters | {started["parameters"]:,} |
| licence of the weights | Apache-2.0; read [terms](#collections-and-their-terms) first |

The library reads the four sets of expressions, what is covered (`FaceQuality`), and movements, pose and eyes (`FacialMovements`).

## Which output to take

One pass gives all; what differs is whose judgement the score follows.

| take | when | in Java | on the command line |
|---|---|---|---|
| `LabelSet.PHOTO`, the default | people whom the net never saw are photographed or filmed | `EmotionPipeline.withDefaults()` | nothing |
| `LabelSet.FERPLUS` | calm faces must not be called anything else, and disgust and fear matter little | `OpenCvEmotionClassifier.bundled(LabelSet.FERPLUS)` | `--classifier expression-ferplus` |
| `LabelSet.FER2013` | figures are compared with those of others on FER2013 | the same with `FER2013` | `expression-fer2013` |
| `LabelSet.BLEND` | readings are to continue those of the net before | the same with `BLEND` | `expression-blend` |

## How well it reads strangers

Never trained on: a tenth of RAF-DB's training pictures (by the hash of the name, `face_data.py`) and 28 of CFEE's 139 people. Calibration was fitted on them; nothing else was chosen there but when to stop. `python3 evaluate_faces.py --fer2013 DIR --data DATA --crops CROPS --run RUN`, crops by the library's own detector and aligner; 2 cores AMD EPYC (x86-64, AVX-512 with bfloat16), {options.version}.

{seen}

![Confusion matrices of the held-out pictures](../images/{os.path.basename(options.picture)})

CFEE's part has 11 to 16 pictures an expression: one picture is seven points of a recall. The FER+ head alone has {percent(held["raf_ferplus_head"])} on the first row. Expected calibration error of the default answer on RAF-DB: {report["raf_ece"]:.3f}; with the temperature of one half on the other {report["raf_ece_halves"]:.3f}. Before, on the same held-out RAF-DB pictures: the former FER+ head 72.5 %; the first net with all heads 81.7 %, mean recall 0.743.

End to end, whole pictures, in floats (ONNX Runtime, by the default detector and crops of the version's day; `python3 face_data.py --data DATA --crops CROPS --lists LISTS`, then `evaluate --labels LISTS/raf.csv --classifier expression-onnxruntime --json`; what the default, in integers, has today: [int8](int8.md#what-they-say)). The crops above come with a margin and are sampled once more by the training; here they are cut at once, which is what users have. CFEE's calibration error is that of 96 pictures.

{whole}

{floors(report, private)}

## FER2013 and FER+

{fer(report["public_test"], "PublicTest")}

{fer(private, "PrivateTest, read once")}

{report["public_test"]["rows"]:,} and {private["rows"]:,} rows; {report["public_test"]["rows_ferplus"]:,} and {private["rows_ferplus"]:,} with a FER+ majority. `... --run RUN --private-test` for the second. Crops moved by up to 10 % of the width, scaled by up to 10 % and turned by up to 10 degrees, one draw.

## What a face does

| figure | value |
|---|---|
| action units against CFEE's FACS codes, {started["held_out"]["cfee"]} pictures of 28 people held out, mean area under the ROC curve | {held["units"]["mean"]:.3f} |
| the least of them | {held["units"]["least"]:.3f} |
| {", ".join("AU " + k for k in units)} | {", ".join("%.2f" % v for v in units.values())} |
| yaw and pitch against the teacher, mean error on RAF-DB held out | {held["pose"]["yaw"]} and {held["pose"]["pitch"]} degrees |
| closed eyes against the teacher (its blink above 0.5 for both; {closed[1]} of {closed[2]:,} faces), by the mean of both | area {held["eyes_both"]:.3f} |
| the same for each eye ({closed[0]} of {2 * closed[2]:,}) | area {held["eyes"]:.3f} |
| lids that were drawn down ([lids.py](../../emotion-djl/training/lids.py)) against the same open eyes, CFEE held out | area {held["eyes_lids"]:.3f} |

The calibration of action units, eyes and covers was fitted on the pictures it is measured on; areas do not depend on it.

## Covered faces

A face is called covered from a probability of 0.5 on; the probabilities are fitted to one covered face in twenty. Covers are drawn ([cover.py](../../emotion-djl/training/cover.py)); plain pictures have a few real ones, which count against it here.

{covers}

## Are all read alike?

`evaluate --labels utkface/people.csv --by gender,group,age:20:40:60 --json`, end to end by the default pipeline, the largest face of each picture; 95 % intervals (Wilson). UTKFace has no labels of expressions, and its groups are noisy. **Who is found, whose picture has an issue and who has no clear expression can be compared; a difference in what faces are called may be one of what they showed**: photographs of children are others than those of old people.

{groups(json.load(open(options.groups)))}

## Collections and their terms

| collection | what of it | terms | what that means |
|---|---|---|---|
| FER2013, with FER+ votes | 26,851 Training rows without copies of evaluation rows | photographs from the web, published for research; votes MIT | whether weights learned from them may be used commercially is for your lawyer to say |
| RAF-DB, training part | {started["training"]["raf"]:,} pictures ({started["held_out"]["raf"]:,} held out) in which the library finds a face | non-commercial research only | **a product needs the licence of its owners, or `expression-fer`** |
| CFEE | {started["training"]["cfee"]:,} photographs ({started["held_out"]["cfee"]:,} held out), FACS codes | agreement with Ohio State University, research only | the same |
| UTKFace | {started["training"]["utk"]:,} faces, no expressions: movements and pose, and the former net's own answer where it was sure | non-commercial research | the same |
| web faces (muxspace/facial_expressions) | {started["training"]["faces"]:,} faces, their labels not used: the former net's own answer where it was sure | repository Apache-2.0, rights of the pictures unclear | as FER2013 |
| MediaPipe FaceLandmarker's answers to RAF-DB, CFEE and UTKFace | blendshapes, head pose | model Apache-2.0 | a teacher's opinion, no truth |

None of these pictures is in this repository. For those who object to these terms, [`expression-fer`](expression-fer.md) learned from FER2013 and FER+ alone (`--classifier expression-fer`).

## Training

{options.start}

```
{options.command}
```

{looks[-1]["step"]:,} batches of {sum(started["options"]["shares"])}. The log: [{os.path.basename(options.log)}]({os.path.basename(options.log)}); what was tried before: [experiments.md](experiments.md).

{course}

## Limits

- RAF-DB, CFEE and UTKFace were photographed or put on the web by and of people who are young, or actors, more often than patients are. Held-out pictures of the same collections say less than pictures of yours: `evaluate --labels FILE.csv`.
- Disgust and fear are read least surely; both are rare in the training.
- Covered halves were drawn, not photographed. Of eight portraits painted over in another way (`CoveredPortraitsTest`) all masks, all blocks from the hair to below the eyes, seven dark glasses and seven bars over the eyes are noticed.
- An expression is what a face shows, not what a person feels.
"""
    with open(options.card, "w") as card:
        card.write(text)


def without_paths(line):
    """A log is about a training, not about the machine."""
    if "options" in line:
        options = {name: os.path.basename(value) if isinstance(value, str) and os.sep in value else value
                   for name, value in line["options"].items()}
        return {**line, "options": options}
    return line


if __name__ == "__main__":
    main()
