#!/usr/bin/env python3
"""Recomputes the figures of a session's English page from its record alone, and compares them.

    recompute.py SESSION PAGE.html

It shares no code with what made the page: session.csv, events.csv and session.json are read with Python's own libraries, and the
tables of the page by their headings. Prints a line a difference, then how many figures were compared; ends with 1 if any differ.
Not recomputed: clusters (their start is drawn), drawings, and what people noted.
"""
import csv
import json
import math
import os
import statistics
import sys
from html.parser import HTMLParser

LABELS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
PLACES = {"angry": (-.51, .59), "disgust": (-.60, .35), "fear": (-.64, .60), "happy": (.81, .51),
          "sad": (-.63, -.27), "surprise": (.40, .67), "neutral": (0, 0)}
NONE = "no clear expression"
LONGEST_FRAME = 1e9


class Page(HTMLParser):
    """Tables by the heading above them, and facts by their names."""

    def __init__(self):
        super().__init__()
        self.tables, self.facts, self.heading, self.inside, self.text = {}, {}, "", [], ""

    def handle_starttag(self, tag, attributes):
        if tag in ("h2", "td", "dt", "dd"):
            self.inside.append(tag)
            self.text = ""
        elif tag == "tbody":
            self.tables.setdefault(self.heading, []).append([])
        elif tag == "tr" and self.tables.get(self.heading):
            self.tables[self.heading][-1].append([])

    def handle_endtag(self, tag):
        if not self.inside or tag != self.inside[-1]:
            return
        self.inside.pop()
        text = " ".join(self.text.split())
        if tag == "h2":
            self.heading = text
        elif tag == "td":
            self.tables[self.heading][-1][-1].append(text)
        elif tag == "dt":
            self.fact = text
        else:
            self.facts[self.fact] = text

    def handle_data(self, data):
        if self.inside:
            self.text += data


class Frame:
    def __init__(self, row):
        self.nanos = round(float(row["media_time_ms"]) * 1e6)
        self.index, self.cut = int(row["frame_index"]), row["cut"] == "1"
        self.face, self.rows = None, 0
        self.in_sight, self.ids = int(row.get("faces_in_sight") or 0), set()

    def add(self, row):
        if not row["face_id"]:
            return
        self.rows += 1
        self.ids.add(row["face_id"])
        if row.get("subject", "1") == "1":
            self.face = row

    @property
    def label(self):
        return None if self.face is None else self.face["expression"].replace("none", NONE)


class Times:
    """For how long the face showed what, and where the scores lay."""

    def __init__(self):
        self.by, self.no_face, self.poor = dict.fromkeys(LABELS + [NONE], 0), 0, 0
        self.valence = self.arousal = self.labeled = 0

    def add(self, frame, nanos):
        if frame.face is None:
            self.no_face += nanos
            return
        self.by[frame.label] += nanos
        self.poor += nanos if frame.face.get("quality_issues") else 0
        if frame.label != NONE:
            scores = [float(frame.face[label]) for label in LABELS]
            ignorance = min(1, 7 * sorted(scores)[3])
            for axis in (0, 1):
                place = sum(score * PLACES[label][axis] for score, label in zip(scores, LABELS))
                place -= ignorance * sum(PLACES[label][axis] for label in LABELS) / 7
                place = max(-1, min(1, place)) * nanos
                self.valence, self.arousal = (
                    (self.valence + place, self.arousal) if axis == 0 else (self.valence, self.arousal + place))
            self.labeled += nanos

    @property
    def with_face(self):
        return sum(self.by.values())


def frames_of(session):
    frames = []
    with open(os.path.join(session, "session.csv"), newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not frames or frames[-1].index != int(row["frame_index"]):
                frames.append(Frame(row))
            frames[-1].add(row)
    return frames


def spans(frames):
    """How long each frame counts: until the next one, or, before a gap and at the end, as long as frames do on average."""
    known, unknown, gaps, gap_nanos = [], [], 0, 0
    for before, after in zip(frames, frames[1:]):
        span = after.nanos - before.nanos
        if 0 <= span <= LONGEST_FRAME:
            known.append((before, span))
        else:
            unknown.append(before)
            gaps, gap_nanos = (gaps + 1, gap_nanos + span) if span > 0 else (gaps, gap_nanos)
    unknown.append(frames[-1])
    longer = [span for _, span in known if span > 0]
    mean = sum(longer) // len(longer) if longer else 0
    return known + [(frame, mean) for frame in unknown], gaps, gap_nanos, mean


def clock(text):
    parts = [float(part) for part in text.split(":")]
    return sum(part * 60 ** i for i, part in enumerate(reversed(parts))) * 1e9


def number(text):
    text = text.replace(",", "").replace("%", "").replace("points", "").strip()
    return math.nan if text in ("", "–", "—", "-") else float(text.split()[0])


class Comparison:
    def __init__(self):
        self.count = self.different = 0

    def check(self, what, written, computed, tolerance):
        self.count += 1
        both_nan = math.isnan(written) and math.isnan(computed)
        if not both_nan and not abs(written - computed) <= tolerance:
            self.different += 1
            print(f"{what}: the page says {written}, the record {computed}")

    def same(self, what, written, computed):
        self.count += 1
        if written != computed:
            self.different += 1
            print(f"{what}: the page says {written!r}, the record {computed!r}")


def percent(part, whole):
    return math.nan if whole == 0 else 100 * part / whole


def changes_and_brief(frames):
    changes, brief, last, now, since, until, count, peak, named = {}, [], None, None, 0, 0, 0, 0, False

    def end(at):
        nonlocal now, count, peak, named
        if now is not None and count >= 2 and not named:
            brief.append((now, since, at - since, peak))
        now, count, peak, named = None, 0, 0, False

    before = None
    for frame in frames:
        span = 0 if before is None else frame.nanos - before.nanos
        follows = before is not None and 0 <= span <= LONGEST_FRAME and not frame.cut
        before = frame
        if not follows or frame.face is None:
            last = None
            end(until)
        if frame.face is None:
            continue
        if last is not None and last != frame.label:
            changes[(last, frame.label)] = changes.get((last, frame.label), 0) + 1
        last = frame.label
        raw = {label: float(frame.face["raw_" + label]) for label in LABELS}
        top = max(LABELS, key=lambda label: raw[label])
        shown = top != "neutral" and raw[top] >= 0.4
        if not shown or top != now:
            end(frame.nanos)
        if shown:
            if now is None:
                now, since = top, frame.nanos
            count, peak = count + 1, max(peak, raw[top])
            named = named or frame.label == top
        until = frame.nanos
    end(until)
    return changes, brief


def moments_of(session):
    path = os.path.join(session, "events.csv")
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        events = [row for row in csv.DictReader(file)
                  if row["subject"] == "1" and row["kind"] == "expression" and row["while_talking"] != "1"
                  and float(row["peak"]) >= 0.4]
    rise = lambda row: max(0, float(row["peak"]) - float(row["rest"]))
    length = lambda row: float(row["offset_ms"]) - float(row["onset_ms"])
    events.sort(key=lambda row: (-rise(row), -length(row), float(row["apex_ms"])))
    found = []
    for row in events:
        if len(found) < 5 and all(abs(float(row["apex_ms"]) - float(other["apex_ms"])) >= 3000 for other in found):
            found.append(row)
    found.sort(key=lambda row: float(row["apex_ms"]))  # the page lists them in the order of time
    return [(row["name"], float(row["apex_ms"]) * 1e6, 100 * float(row["peak"]), 100 * rise(row)) for row in found]


def main(session, page_file):
    page = Page()
    with open(page_file, encoding="utf-8") as file:
        page.feed(file.read())
    with open(os.path.join(session, "session.json"), encoding="utf-8") as file:
        info = json.load(file)
    frames, result = frames_of(session), Comparison()
    durations, gaps, gap_nanos, mean = spans(frames)
    whole = Times()
    for frame, nanos in durations:
        whole.add(frame, nanos)

    shares = page.tables["Shares"][0]
    for label, row in zip(LABELS + [NONE], shares):
        result.same("Shares", row[0], label)
        result.check(f"time of {label}", clock(row[1]), whole.by[label], 0.051e9)
        result.check(f"share of {label}", number(row[2]), percent(whole.by[label], whole.with_face), 0.1001)
    result.check("without a face", clock(shares[8][1]), whole.no_face, 0.051e9)
    result.check("not recorded", clock(shares[9][1]), gap_nanos, 0.051e9)
    result.same("gaps", shares[9][0].split("(")[1].split()[0], str(gaps))

    changes, brief = changes_and_brief(frames)
    if changes:
        for label, row in zip(LABELS + [NONE], page.tables["Changes"][0]):
            for other, cell in zip(LABELS + [NONE], row[1:]):
                written = 0 if cell in ("", "·") else number(cell)
                result.check(f"changes from {label} to {other}", written, changes.get((label, other), 0), 0)
    for computed, row in zip(brief, page.tables.get("Brief moments", [[]])[0]):
        result.same("brief moment", row[0], computed[0])
        result.check("its time", clock(row[1]), computed[1], 0.051e9)
        result.check("its length", number(row[2].replace(" s", "")), computed[2] / 1e9, 0.0051)
        result.check("its score", number(row[3]), 100 * computed[3], 0.051)
    listed = page.tables.get("Brief moments", [[]])[0]
    result.check("brief moments listed", len(listed), min(len(brief), len(listed)) if listed else len(brief), 0)

    markers = sorted((m for m in info.get("markers", []) if m["text"] not in ("pause", "resume")), key=lambda m: m["time"])
    for i, (marker, row) in enumerate(zip(markers, page.tables.get("Marked stretches compared", [[]])[0])):
        begin = round(marker["time"] * 1e9)
        end = round(markers[i + 1]["time"] * 1e9) if i + 1 < len(markers) else frames[-1].nanos + mean
        part = Times()
        for frame, nanos in durations:
            inside = min(end, frame.nanos + nanos) - max(begin, frame.nanos)
            if inside > 0:
                part.add(frame, inside)
        result.same("stretch", row[0], marker["text"])
        for what, cell, computed in (("at", row[1], begin), ("length", row[2], end - begin),
                                     ("readable", row[3], part.with_face - part.poor), ("no face", row[4], part.no_face)):
            result.check(f"{marker['text']}: {what}", clock(cell), computed, 0.051e9)
        for label, cell in zip(LABELS + [NONE], row[5:13]):
            result.check(f"{marker['text']}: {label}", number(cell), percent(part.by[label], part.with_face), 0.1001)
        for what, cell, total in (("valence", row[13], part.valence), ("arousal", row[14], part.arousal)):
            result.check(f"{marker['text']}: {what}", number(cell),
                         math.nan if part.labeled == 0 else total / part.labeled, 0.0051)

    moments = moments_of(session)
    listed = page.tables.get("The most marked moments", [[]])[0]
    result.check("most marked moments", len(listed), len(moments), 0)
    for computed, row in zip(moments, listed):
        result.same("moment", row[1], computed[0])
        result.check("its time", clock(row[2]), computed[1], 0.051e9)
        result.check("its score", number(row[4]), computed[2], 0.051)
        result.check("its rise", number(row[5]), computed[3], 0.051)

    faces = [frame.face for frame in frames if frame.face is not None]
    facts = page.facts
    result.check("frames", number(facts["Frames"].split(" per")[0].rsplit(",", 1)[0]), len(frames), 0)
    result.check("frames without a face", number(facts["Frames without a face"]), sum(f.rows == 0 for f in frames), 0)
    result.check("frames with several faces", number(facts["Frames with several faces"]),
                 sum(f.in_sight > 1 for f in frames), 0)
    result.check("ids", number(facts["Ids of faces"]), len(set().union(*(f.ids for f in frames))), 0)
    for name, column in (("Mean confidence of the detector", "detection"), ("Mean confidence of the label", "confidence")):
        result.check(name, number(facts[name]),
                     statistics.fmean(float(face[column]) for face in faces) if faces else math.nan, 0.0051)
    if "Readings of what may be no face" in facts:
        result.check("doubtful faces", number(facts["Readings of what may be no face"]),
                     sum("low_detection_confidence" in (face.get("quality_issues") or "").split() for face in faces), 0)
        judged = [face for face in faces if face.get("quality")]
        poor = sum(bool(face["quality_issues"]) for face in judged)
        result.check("poor pictures", number(facts["Readings of a poor picture"].split(":")[0]), percent(poor, len(judged)), 0.051)

    print(f"{result.count} figures compared, {result.different} differ")
    return 1 if result.different else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
