"""Training samples of the detector: square views of marked pictures, changed at random."""
import cv2
import numpy as np

GREY = (114, 114, 114)
SMALLEST = 9
"""Faces lower than this in the view are ignored."""


class Samples:
    def __init__(self, pictures, side, seed):
        self.side, self.random = side, np.random.default_rng(seed)
        self.scenes = [p for p in pictures if p["set"] == "train"]
        self.portraits = [p for p in pictures if p["set"] == "faces"]
        self.others = [p for p in pictures if p["set"] == "photos"]
        self.backgrounds = [p for p in pictures if p["set"] == "background"]
        self.mistaken = [p for p in self.scenes + self.backgrounds + self.others if len(p.get("mistakes", ()))]
        self.crowded = [p for p in self.scenes if (~p["ignored"] & (heights(p) >= 12)).any()]

    def batch(self, count):
        return [self.sample() for _ in range(count)]

    def sample(self):
        draw = self.random.random()
        if self.mistaken and self.random.random() < 0.2:
            view = self.before_another(self.around_a_mistake(self.choose(self.mistaken)))
        elif draw < 0.42:
            view = self.before_another(self.around_a_face(self.choose(self.crowded)))
        elif draw < 0.80 or not self.portraits:
            view = self.before_another(self.whole(self.choose(self.scenes)))
        elif draw < 0.86 and self.others:
            view = self.whole(self.choose(self.others))
        else:
            behind = self.backgrounds if self.backgrounds and self.random.random() < 0.5 else self.scenes
            view = self.whole(self.choose(behind))
            many = self.random.random() < 0.4
            for _ in range(self.random.integers(2, 7) if many else 1):
                view = self.pasted(view, self.choose(self.portraits), 100 if many else 0.9 * self.side)
        return self.coloured(view)

    def choose(self, things):
        return things[self.random.integers(len(things))]

    def around_a_face(self, picture):
        usable = np.flatnonzero(~picture["ignored"] & (heights(picture) >= 12))
        x0, y0, x1, y1 = picture["boxes"][self.choose(usable)]
        size = np.exp(self.random.uniform(np.log(13), np.log(0.8 * self.side)))
        scale = np.clip(size / (y1 - y0), 0.2, 2.5)
        place = self.random.uniform(0.05, 0.95, 2) * self.side
        return self.view(picture, scale, ((x0 + x1) / 2, (y0 + y1) / 2), place)

    def around_a_mistake(self, picture):
        """Near the size at which the detector took it for a face: others look like something else."""
        x0, y0, x1, y1 = self.choose(picture["mistakes"])
        scale = np.clip(np.exp(self.random.normal(0, 0.35)), 0.3, 2.5)
        scale = min(scale, 0.8 * self.side / (y1 - y0))
        place = self.random.uniform(0.15, 0.85, 2) * self.side
        return self.view(picture, scale, ((x0 + x1) / 2, (y0 + y1) / 2), place)

    def whole(self, picture):
        height, width = picture["picture"].shape[:2]
        scale = self.random.uniform(0.55, 1.35) * self.side / max(height, width)
        slack = np.array([width, height]) * scale - self.side
        start = self.random.uniform(0, 1, 2) * slack
        return self.view(picture, scale, (width / 2, height / 2), np.array([width, height]) * scale / 2 - start)

    def before_another(self, front):
        """Mostly puts another scene where the view lies outside its picture: fewer wasted pixels."""
        shape = np.zeros((self.side, self.side), np.uint8)
        cv2.fillConvexPoly(shape, np.round(self.outline).astype(np.int32), 1)
        if shape.mean() > 0.85 or self.random.random() < 0.3:
            return front
        behind = self.backgrounds if self.backgrounds and self.random.random() < 0.3 else self.scenes
        pixels, boxes, ignored, points = self.whole(self.choose(behind))
        pixels = np.where(shape[:, :, None] > 0, front[0], pixels)
        covered = np.array([covered_part(shape, box) for box in boxes]).reshape(-1)
        kept = covered < 0.75
        return (pixels, np.concatenate([front[1], boxes[kept]]),
                np.concatenate([front[2], (ignored | (covered > 0.2))[kept]]),
                np.concatenate([front[3], points[kept]]))

    def view(self, picture, scale, point, place):
        """The picture scaled so that `point` lies at `place`; sometimes turned, half of the time mirrored."""
        angle = self.random.normal(0, 9) if self.random.random() < 0.4 else 0.0
        aspect = np.exp(self.random.normal(0, 0.06))
        mirror = self.random.random() < 0.5
        cos, sin = np.cos(np.radians(angle)) * scale, np.sin(np.radians(angle)) * scale
        turn = np.array([[cos * aspect, -sin * aspect], [sin, cos]])
        if mirror:
            turn[0] *= -1
        shift = np.asarray(place) - turn @ np.asarray(point)
        source, reduction = pyramid(picture, scale)
        matrix = np.concatenate([turn / reduction, shift[:, None]], 1)
        pixels = cv2.warpAffine(source, matrix, (self.side, self.side), flags=cv2.INTER_LINEAR,
                                borderMode=cv2.BORDER_CONSTANT, borderValue=GREY)
        high, wide = picture["picture"].shape[:2]
        self.outline = np.array([[0, 0], [wide, 0], [wide, high], [0, high]]) @ turn.T + shift
        boxes = picture["boxes"]
        centres = (boxes[:, :2] + boxes[:, 2:]) / 2 @ turn.T + shift
        sides = (boxes[:, 2:] - boxes[:, :2]) * scale * [aspect, 1]
        points = picture["points"] @ turn.T + shift
        if mirror:
            points = points[:, [1, 0, 2, 4, 3]]
        return self.seen(pixels, np.concatenate([centres - sides / 2, centres + sides / 2], 1),
                         picture["ignored"], points)

    def seen(self, pixels, boxes, ignored, points):
        """Drops faces outside; ignores tiny ones and those of which less than 0.6 is inside."""
        inside = np.clip(boxes, 0, self.side)
        shown = (inside[:, 2:] - inside[:, :2]).prod(1) / np.maximum((boxes[:, 2:] - boxes[:, :2]).prod(1), 1e-6)
        tall = boxes[:, 3] - boxes[:, 1]
        ignored = ignored | (shown < 0.6) | (tall < SMALLEST) | (tall > 1.05 * self.side)
        kept = shown > 0.02
        return pixels, boxes[kept].astype(np.float32), ignored[kept], points[kept].astype(np.float32)

    def pasted(self, view, portrait, largest):
        pixels, boxes, ignored, points = view
        face = portrait["boxes"][~portrait["ignored"]][0]
        size = np.exp(self.random.uniform(np.log(18), np.log(largest)))
        scale = size / (face[3] - face[1])
        side = int(round(portrait["picture"].shape[0] * scale))
        source, reduction = pyramid(portrait, scale)
        patch = cv2.resize(source, (side, side), interpolation=cv2.INTER_LINEAR)
        own = portrait["boxes"] * scale, portrait["points"] * scale
        if self.random.random() < 0.5:
            patch = patch[:, ::-1]
            own = (np.stack([side - own[0][:, 2], own[0][:, 1], side - own[0][:, 0], own[0][:, 3]], 1),
                   (own[1] * [-1, 1] + [side, 0])[:, [1, 0, 2, 4, 3]])
        x, y = (int(v) for v in self.random.uniform(-0.2 * side, self.side - 0.8 * side, 2))
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + side, self.side), min(y + side, self.side)
        if x1 - x0 < 4 or y1 - y0 < 4:
            return view
        pixels[y0:y1, x0:x1] = patch[y0 - y:y1 - y, x0 - x:x1 - x]
        covered = np.clip(np.minimum(boxes[:, 2:], [x1, y1]) - np.maximum(boxes[:, :2], [x0, y0]), 0, None).prod(1)
        covered = covered / np.maximum((boxes[:, 2:] - boxes[:, :2]).prod(1), 1e-6)
        kept = covered < 0.75
        return self.seen(pixels, np.concatenate([boxes[kept], own[0] + [x, y, x, y]]),
                         np.concatenate([(ignored | (covered > 0.2))[kept], portrait["ignored"]]),
                         np.concatenate([points[kept], own[1] + [x, y]]))

    def coloured(self, view):
        pixels, boxes, ignored, points = view
        random = self.random
        if random.random() < 0.12:
            pixels = cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.4, 1.4))
        if random.random() < 0.12:
            coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(random.uniform(25, 80))])[1]
            pixels = cv2.imdecode(coded, cv2.IMREAD_COLOR)
        if random.random() < 0.15:
            pixels = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        if random.random() < 0.8:
            ramp = np.arange(256) / 255.0
            gamma, gain, lift = np.exp(random.normal(0, 0.25)), random.uniform(0.6, 1.3), random.normal(0, 0.06)
            tints = 1 + random.normal(0, 0.06, 3)
            table = np.stack([np.clip(((ramp ** gamma) * gain * tint + lift) * 255, 0, 255) for tint in tints], 1)
            pixels = cv2.LUT(pixels, table.astype(np.uint8).reshape(256, 1, 3))
        if random.random() < 0.08:
            noise = random.normal(0, random.uniform(2, 10), pixels.shape)
            pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
        return pixels, boxes, ignored, points


def covered_part(shape, box):
    x0, y0, x1, y1 = np.clip(np.round(box), 0, len(shape) - 1).astype(int)
    return shape[y0:y1 + 1, x0:x1 + 1].mean()


def heights(picture):
    return picture["boxes"][:, 3] - picture["boxes"][:, 1]


def pyramid(picture, scale):
    """The picture, halved until `scale` needs no more than a halving: linear sampling does not alias then."""
    levels = picture.setdefault("levels", [picture["picture"]])
    level = 0
    while scale * 2 ** level < 0.6:
        level += 1
        if level == len(levels):
            levels.append(cv2.resize(levels[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    return levels[level], levels[level].shape[1] / levels[0].shape[1]
