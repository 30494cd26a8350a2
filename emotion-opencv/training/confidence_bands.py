"""How many of a detector's faces are faces, by their confidence.

    java -jar emotion-examples.jar evaluate-detector --boxes boxes.csv --held-out --min-size 0 --curve curve.csv
    python3 confidence_bands.py curve.csv --pictures 244 --edges 0.3 0.4 0.45 0.5 0.55 0.6 0.65 0.7 0.8 1

The curve has one row for each confidence that occurs: recall, precision and false positives a picture from there on.
Prints for each band how many faces and false ones there are, and the share of faces.
"""
import argparse
import csv


def counts(path, pictures):
    """(confidence, faces, false ones) from each confidence on, falling."""
    rows = []
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            false = float(row["false_positives_per_image"]) * pictures
            precision = float(row["precision"])
            rows.append((float(row["confidence"]), false * precision / (1 - precision) if precision < 1 else None, false,
                         float(row["recall"])))
    faces_at = next((faces / recall for _, faces, _, recall in rows if faces), None)
    return [(confidence, recall * faces_at, false) for confidence, _, false, recall in rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("curve")
    parser.add_argument("--pictures", type=int, required=True)
    parser.add_argument("--edges", type=float, nargs="+", required=True)
    options = parser.parse_args()
    rows = counts(options.curve, options.pictures)

    def above(edge):
        chosen = [(faces, false) for confidence, faces, false in rows if confidence >= edge]
        return max(f for f, _ in chosen) if chosen else 0, max(f for _, f in chosen) if chosen else 0

    for low, high in zip(options.edges, options.edges[1:]):
        (faces, false), (more_faces, more_false) = above(high), above(low)
        right, wrong = more_faces - faces, more_false - false
        print("%.3f to %.3f: %4.0f faces %4.0f false %s" % (low, high, right, wrong,
                                                           "%.2f" % (right / (right + wrong)) if right + wrong > 0.5 else "-"))


if __name__ == "__main__":
    main()
