"""Labelled patches and the batches that are made of them."""
import numpy as np
import torch
from torch.nn import functional as F

from landmarks_labels import MIRROR
from landmarks_net import SIDE

# The crop: a square around the middle of the detector's box, this much longer than the box's longer side.
CROP = 1.15
SOURCES = ("faces", "wider", "fer2013")


class Faces:
    def __init__(self, paths):
        parts = [np.load(path) for path in paths]
        for key in ("patches", "points", "boxes", "source", "held_out", "spread"):
            setattr(self, key, np.concatenate([part[key] for part in parts]))
        self.low, self.high = self.points.min(1), self.points.max(1)

    def rows(self, held_out, source=None):
        chosen = self.held_out == held_out
        if source is not None:
            chosen = chosen & (self.source == SOURCES.index(source))
        return np.flatnonzero(chosen)

    def squares(self, rows):
        """Centre and side of the crops that the shipped detector cuts, in pixels of the patch."""
        box = self.boxes[rows]
        return box[:, :2] + box[:, 2:] / 2, CROP * box[:, 2:].max(1)


def eye_distance(points):
    """Of [N,68,2], numpy or torch."""
    apart = points[:, 36:42].mean(1) - points[:, 42:48].mean(1)
    return (apart ** 2).sum(1) ** 0.5


def crops(patches, points, centre, side, degrees=None, mirror=None):
    """uint8 [N,S,S] and points of the patch -> float [N,1,64,64] in 0..1 and points as fractions of the crop.

    The crop is sampled at four points a pixel, as the area of a pixel is about 1.3 x 1.3 pixels of the patch.
    """
    n, size = len(patches), patches.shape[1]
    x = torch.from_numpy(patches).unsqueeze(1).float().div_(255)
    points, centre, side = (torch.as_tensor(t, dtype=torch.float32) for t in (points, centre, side))
    angle = torch.zeros(n) if degrees is None else degrees * (np.pi / 180)
    flip = torch.ones(n) if mirror is None else torch.where(mirror, -1.0, 1.0)
    cos, sin = torch.cos(angle), torch.sin(angle)
    # from the crop, -1..1, to the patch, -1..1
    theta = torch.empty(n, 2, 3)
    theta[:, 0, 0], theta[:, 0, 1] = flip * cos, sin
    theta[:, 1, 0], theta[:, 1, 1] = -flip * sin, cos
    theta[:, :, :2] *= (side / size)[:, None, None]
    theta[:, :, 2] = centre * (2 / size) - 1
    grid = F.affine_grid(theta, (n, 1, 2 * SIDE, 2 * SIDE), align_corners=False)
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)
    x = F.avg_pool2d(x, 2)
    there = torch.linalg.solve(theta[:, :, :2], ((points * (2 / size) - 1) - theta[:, None, :, 2]).transpose(1, 2))
    there = there.transpose(1, 2) / 2 + 0.5
    if mirror is not None:
        there = torch.where(mirror[:, None, None], there[:, MIRROR], there)
    return x, there


class Augmentation:
    """What a batch of training crops goes through; ranges are uniform."""

    def __init__(self, seed, rotation=30.0):
        self.random = torch.Generator().manual_seed(seed)
        self.rotation = rotation

    def uniform(self, shape, low, high):
        return torch.rand(shape, generator=self.random) * (high - low) + low

    def chosen(self, shape, share):
        return torch.rand(shape, generator=self.random) < share

    def __call__(self, faces, rows):
        n = len(rows)
        centre, side = (torch.from_numpy(t).float() for t in faces.squares(rows))
        # half of the squares come from the face's own box, half from the points alone, as other detectors' boxes would
        low, high = torch.from_numpy(faces.low[rows]), torch.from_numpy(faces.high[rows])
        extent = (high - low).max(1).values
        own = self.chosen((n,), 0.5)
        free = (low + high) / 2 + torch.stack([torch.zeros(n), -0.13 * extent], 1)
        reach = torch.where(own, 0.06, 0.11)
        centre = torch.where(own[:, None], centre, free) + self.uniform((n, 2), -1, 1) * (reach * extent * 1.36)[:, None]
        side = torch.where(own, side, 1.34 * extent)
        side = side * torch.exp(self.uniform((n,), -1, 1) * torch.where(own, 0.12, 0.22))
        degrees = self.uniform((n,), -self.rotation, self.rotation) * self.uniform((n,), 0, 1).sqrt()
        x, points = crops(faces.patches[rows], faces.points[rows], centre, side, degrees, self.chosen((n,), 0.5))
        return self.erased(self.blurred(self.lit(x))), points

    def lit(self, x):
        each = (len(x), 1, 1, 1)
        gamma = torch.exp(self.uniform(each, -0.6, 0.6))
        x = torch.where(self.chosen(each, 0.5), x.clamp_min(1e-4).pow(gamma), x)
        # light from one side
        ramp = self.uniform(each, -1, 1) * torch.linspace(-1, 1, SIDE) + self.uniform(each, -1, 1) * torch.linspace(
            -1, 1, SIDE)[:, None]
        x = torch.where(self.chosen(each, 0.3), x * (1 + 0.35 * ramp), x)
        mean = x.mean((2, 3), keepdim=True)
        return ((x - mean) * self.uniform(each, 0.5, 1.4) + mean + self.uniform(each, -0.2, 0.2)).clamp_(0, 1)

    def blurred(self, x):
        few = torch.nonzero(self.chosen((len(x),), 0.25)).flatten()
        if len(few):
            size = int(SIDE * float(self.uniform((), 0.25, 0.8)))
            small = F.interpolate(x[few], size=(size, size), mode="area")
            x[few] = F.interpolate(small, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
        few = torch.nonzero(self.chosen((len(x),), 0.25)).flatten()
        if len(few):
            noise = torch.randn(x[few].shape, generator=self.random)
            x[few] = (x[few] + noise * self.uniform((len(few), 1, 1, 1), 0, 0.06)).clamp_(0, 1)
        return x

    def erased(self, x, share=0.3):
        n = len(x)
        size, corner = self.uniform((n, 2), 6, 26), self.uniform((n, 2), -6, 58)
        place = torch.arange(SIDE)
        rows = (place >= corner[:, :1]) & (place < corner[:, :1] + size[:, :1])
        columns = (place >= corner[:, 1:]) & (place < corner[:, 1:] + size[:, 1:])
        hole = rows[:, None, :, None] & columns[:, None, None, :] & self.chosen((n, 1, 1, 1), share)
        return torch.where(hole, self.uniform((n, 1, 1, 1), 0, 1), x)
