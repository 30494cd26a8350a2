"""Which locations answer for which face, and what their answers cost."""
import torch
from torch.nn import functional as F

from single_shot_net import STRIDES

RANGES = ((4, 72), (24, 180), (72, 2000))
"""Root of the area of the faces that a stride's locations may answer for, in pixels."""


def flat(answers):
    """[R,15,h,w] of all strides to [R,N,15], with [N,2] anchors in pixels and [N] strides."""
    rows, anchors, strides = [], [], []
    for answer, stride in zip(answers, STRIDES):
        height, width = answer.shape[2:]
        rows.append(answer.flatten(2).transpose(1, 2))
        y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        anchors.append((torch.stack([x, y], -1).reshape(-1, 2) + 0.5) * stride)
        strides.append(torch.full((height * width,), float(stride)))
    return torch.cat(rows, 1).float(), torch.cat(anchors), torch.cat(strides)


def boxes_of(rows, anchors, strides):
    """Left, top, right, bottom in pixels of the rows' centres and log sizes."""
    centre = anchors + rows[..., 1:3] * strides[..., None]
    half = torch.exp(rows[..., 3:5].clamp(max=5)) * strides[..., None] / 2
    return torch.cat([centre - half, centre + half], -1)


def points_of(rows, anchors, strides):
    return anchors[..., None, :] + rows[..., 5:].unflatten(-1, (5, 2)) * strides[..., None, None]


def iou(a, b, generalized=False):
    shared = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - shared
    value = shared / union.clamp(min=1e-6)
    if not generalized:
        return value
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1)
    return value - (hull - union) / hull.clamp(min=1e-6)


class DetectorLoss:
    """Candidates are the 3x3 locations around a face's centre at fitting strides; of these the best few, by the
    answer's own cost, are its positives (simOTA; Ge et al. 2021). The score learns the IoU of its box (quality
    focal loss; Li et al. 2020), so that one number ranks both."""

    def __init__(self, side):
        self.grids, self.starts, start = [], [], 0
        for stride in STRIDES:
            self.grids.append(side // stride)
            self.starts.append(start)
            start += (side // stride) ** 2
        self.around = torch.stack(torch.meshgrid(torch.arange(-1, 2), torch.arange(-1, 2), indexing="ij"),
                                  -1).reshape(-1, 2)

    def candidates(self, boxes):
        """Indices [G,27] of locations and which of them may answer, for faces [G,4]."""
        centre = (boxes[:, :2] + boxes[:, 2:]) / 2
        size = (boxes[:, 2:] - boxes[:, :2]).prod(1).sqrt()
        indices, usable = [], []
        for stride, grid, start, (low, high) in zip(STRIDES, self.grids, self.starts, RANGES):
            cell = (centre / stride).floor().long()[:, None] + self.around[None]
            inside = ((cell >= 0) & (cell < grid)).all(2) & ((size >= low) & (size < high))[:, None]
            cell = cell.clamp(0, grid - 1)
            indices.append(start + cell[..., 1] * grid + cell[..., 0])
            usable.append(inside)
        return torch.cat(indices, 1), torch.cat(usable, 1)

    def assign(self, rows, anchors, strides, picture, boxes):
        """For faces [G,4] of the numbered pictures: [P] picture, [P] location, [P] face."""
        index, usable = self.candidates(boxes)
        chosen = rows[picture[:, None], index]
        overlaps = iou(boxes_of(chosen, anchors[index], strides[index]), boxes[:, None])
        score = chosen[..., 0].sigmoid()
        distance = (anchors[index] - (boxes[:, None, :2] + boxes[:, None, 2:]) / 2).norm(dim=2) / strides[index]
        cost = (-3 * (overlaps + 1e-6).log()
                + F.binary_cross_entropy(score, overlaps, reduction="none") * (overlaps - score).abs()
                + distance.clamp(min=0.75) + 1e5 * ~usable)
        count = (overlaps * usable).topk(10, 1).values.sum(1).int().clamp(min=1, max=9)
        rank = cost.argsort(1).argsort(1)
        taken = (rank < count[:, None]) & usable
        face, candidate = taken.nonzero(as_tuple=True)
        place = picture[face] * len(anchors) + index[face, candidate]
        # a location that two faces want answers for the cheaper one
        order = cost[face, candidate].argsort(descending=True)
        owner = torch.full((rows.shape[0] * len(anchors),), -1, dtype=torch.long)
        owner[place[order]] = face[order]
        place = (owner >= 0).nonzero()[:, 0]
        return place, owner[place]

    def __call__(self, answers, targets):
        rows, anchors, strides = flat(answers)
        count = len(anchors)
        logits = rows[..., 0].reshape(-1)
        goal = torch.zeros_like(logits)
        weight = torch.ones_like(logits)
        wanted = [(i, b[~ignored], p[~ignored]) for i, (b, ignored, p) in enumerate(targets) if (~ignored).any()]
        for i, (b, ignored, _) in enumerate(targets):
            b = b[ignored]
            if len(b):
                inside = ((anchors[:, None] > b[None, :, :2] - 4) & (anchors[:, None] < b[None, :, 2:] + 4)).all(2)
                weight[i * count:(i + 1) * count][inside.any(1)] = 0
        parts = {"score": None, "box": logits.sum() * 0, "points": logits.sum() * 0}
        positives = 1
        if wanted:
            picture = torch.cat([torch.full((len(b),), i) for i, b, _ in wanted])
            boxes = torch.cat([b for _, b, _ in wanted])
            points = torch.cat([p for _, _, p in wanted])
            with torch.no_grad():
                place, face = self.assign(rows.detach(), anchors, strides, picture, boxes)
            positives = max(len(place), 1)
            row, at = rows.reshape(-1, rows.shape[2])[place], place % count
            box = boxes_of(row, anchors[at], strides[at])
            with torch.no_grad():
                goal[place] = iou(box, boxes[face]).clamp(0, 1)
                weight[place] = 1
            parts["box"] = (1 - iou(box, boxes[face], generalized=True)).sum() / positives
            size = (boxes[face, 2:] - boxes[face, :2]).prod(1).sqrt()
            error = (points_of(row, anchors[at], strides[at]) - points[face]) / size[:, None, None]
            known = ~torch.isnan(points[face, 0, 0])
            if known.any():
                error = error[known]
                parts["points"] = F.smooth_l1_loss(error, torch.zeros_like(error), beta=0.02,
                                                   reduction="sum") / 10 / known.sum()
        gap = (goal - logits.detach().sigmoid()).abs()
        parts["score"] = (F.binary_cross_entropy_with_logits(logits, goal, reduction="none")
                          * gap.square() * weight).sum() / positives
        return parts, positives
