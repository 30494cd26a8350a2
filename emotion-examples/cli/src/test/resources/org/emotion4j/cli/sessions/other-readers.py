"""Opens what "export" wrote with the readers of Python's own library, and compares it with session.csv."""
import csv
import json
import sys
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

folder = Path(sys.argv[1])


def table(name, **dialect):
    with open(folder / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, **dialect))


def same(what, one, other):
    assert one == other, f"{what}: {one!r} is not {other!r}"


def close(what, one, other, within):
    assert abs(one - other) <= within, f"{what}: {one} is not {other}"


own = table("session/session.csv")
seen = [row for row in own if row["face_id"]]
labels = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]

same("csv", table("a.csv"), own)

german = table("german.csv", delimiter=";")
for column in ("media_time_ms", "happy", "quality"):
    same(column, [row[column].replace(",", ".") for row in german], [row[column] for row in own])

with zipfile.ZipFile(folder / "a.xlsx") as book:
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows = [
        ["".join(cell.itertext()) for cell in row.iter(name + "c")]
        for row in xml.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(name + "row")
    ]
    same("xlsx", len(rows) - 1, len(own))
    at = rows[0].index("media_time_ms")
    same("xlsx times", [float(row[at]) for row in rows[1:]], [float(row["media_time_ms"]) for row in own])

whole = json.loads((folder / "a.json").read_text("utf-8"))
faces = [face for frame in whole["frames"] for face in frame["faces"]]
same("json", [face["scores"]["happy"] for face in faces], [float(row["happy"]) for row in seen])

theirs = table("pyfeat.csv")
same("py-feat", [row["happiness"] for row in theirs], [row["raw_happy"] for row in own])
same("py-feat boxes", [row["FaceRectX"] for row in theirs], [row["x"] for row in own])

# A label stands from the first frame that has it: the same stretches as those of the rows.
stretches = []
for row in own:
    label = row["expression"]
    if not stretches or stretches[-1][0] != label:
        stretches.append((label, float(row["media_time_ms"])))

eaf = xml.parse(folder / "a.eaf").getroot()
slots = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE")) for slot in eaf.iter("TIME_SLOT")}
tier = next(tier for tier in eaf.iter("TIER") if tier.get("TIER_ID") == "expression")
elan = [
    (each.findtext("ANNOTATION_VALUE"), float(slots[each.get("TIME_SLOT_REF1")]))
    for each in tier.iter("ALIGNABLE_ANNOTATION")
]
same("elan", elan, stretches)

boris = json.loads((folder / "a.boris").read_text("utf-8"))
(events,) = [each["events"] for each in boris["observations"].values()]
for label, millis in stretches:
    assert any(event[2] == label and event[0] == millis / 1000 for event in events), label

bids = table("a_events.tsv", delimiter="\t")
found = [(row["label"], float(row["onset"]) * 1000) for row in bids if row["trial_type"] == "expression"]
same("bids", found, stretches)
same("bids sidecar", set(bids[0]) <= set(json.loads((folder / "a_events.json").read_text("utf-8"))), True)

(row,) = table("study.csv")
same("study frames", int(row["frames"]), len(own))
book = {each["name"]: each for each in table("study-codebook.csv")}
same("codebook", list(book), list(row))
for label in labels:
    mean = sum(float(each[label]) for each in seen) / len(seen)
    close("study " + label, float(row["mean_" + label]), mean, 1e-4)

bundle = json.loads((folder / "a.fhir.json").read_text("utf-8"))
(shown,) = [
    each["resource"]
    for each in bundle["entry"]
    if each["resource"].get("code", {}).get("coding", [{}])[0].get("code") == "expressions"
]
share = {each["code"]["coding"][0]["code"]: each["valueQuantity"]["value"] for each in shown["component"]}
for label in labels:
    count = sum(each["expression"] == label for each in seen)
    close("fhir " + label, share["share-" + label], 100 * count / len(seen), 0.01)

print("all the same")
