"""Covers part of a face as masks, dark glasses, bars and hands do, drawn where the eyes of an aligned crop lie."""
import cv2
import numpy as np

LOWER, UPPER = 0, 1


class Cover:
    """``span`` is the share of the picture's width that the tight crop has; coordinates are those of the tight crop."""

    def __init__(self, share=0.12, span=1.0, seed=1):
        self.share, self.span = share, span
        self.random = np.random.default_rng(seed)

    def __call__(self, batch):
        """uint8 [N,S,S] -> the same with some faces covered, and float [N,2]: lower half, upper half covered."""
        batch, truth = batch.copy(), np.zeros((len(batch), 2), np.float32)
        for index in np.flatnonzero(self.random.random(len(batch)) < self.share):
            other = batch[int(self.random.integers(len(batch)))]
            half = LOWER if self.random.random() < 0.55 else UPPER
            batch[index] = self.covered(batch[index], other, half)
            truth[index, half] = 1
        return batch, truth

    def covered(self, picture, other, half):
        mask = np.zeros(picture.shape, np.uint8)
        shapes = (self._mask, self._block_below, self._hand) if half == LOWER else (self._glasses, self._block_above, self._bar, self._hand_above)
        chances = (0.6, 0.2, 0.2) if half == LOWER else (0.5, 0.15, 0.2, 0.15)
        shape = shapes[int(self.random.choice(len(shapes), p=chances))]
        shape(mask)
        mask = cv2.GaussianBlur(mask, (3, 3), 0).astype(np.float32) / 255
        strength = self.random.uniform(0.85, 1.0) if shape == self._glasses else 1.0
        mask *= strength
        fill = self._fill(picture.shape, other, dark=shape == self._glasses and self.random.random() < 0.8)
        return (picture * (1 - mask) + fill * mask).clip(0, 255).astype(np.uint8)

    def _fill(self, shape, other, dark):
        if dark:
            level = self.random.uniform(0, 70)
        elif self.random.random() < 0.3:
            return other[::-1, ::-1].astype(np.float32)  # somebody else's skin, hair or background
        else:
            level = self.random.uniform(10, 250)
        ramp = np.linspace(-1, 1, shape[0], dtype=np.float32)
        fill = level + self.random.uniform(-30, 30) * ramp[:, None] + self.random.uniform(-30, 30) * ramp[None, :]
        if self.random.random() < 0.4:  # folds and stripes
            fill = fill + self.random.uniform(3, 20) * np.sin(ramp[:, None] * self.random.uniform(5, 40)
                                                             + ramp[None, :] * self.random.uniform(-8, 8))
        return fill + self.random.normal(0, self.random.uniform(0, 6), shape)

    def _points(self, shape, points, jitter=0.03):
        points = np.array(points) + self.random.uniform(-jitter, jitter, (len(points), 2))
        return np.round((0.5 + (points - 0.5) * self.span) * shape[0] * 16).astype(np.int32)

    def _polygon(self, mask, points):
        cv2.fillPoly(mask, [self._points(mask.shape, points)], 255, cv2.LINE_AA, 4)

    def _mask(self, mask):
        top = self.random.uniform(0.48, 0.62)
        self._polygon(mask, [(0.5, top - 0.04), (0.72, top + 0.02), (0.94, top + 0.03), (0.9, 0.85), (0.7, 1.08),
                             (0.3, 1.08), (0.1, 0.85), (0.06, top + 0.03), (0.28, top + 0.02)])

    def _block_below(self, mask):
        top = self.random.uniform(0.5, 0.66)
        self._polygon(mask, [(-0.4, top), (1.4, top), (1.4, 1.6), (-0.4, 1.6)])

    def _block_above(self, mask):
        bottom = self.random.uniform(0.46, 0.56)
        self._polygon(mask, [(-0.4, -0.6), (1.4, -0.6), (1.4, bottom), (-0.4, bottom)])

    def _bar(self, mask):
        """As somebody draws it over the eyes of a person who is not to be known, or a band that is worn."""
        middle, high = self.random.uniform(0.35, 0.41), self.random.uniform(0.09, 0.18)
        left, right = self.random.uniform(-0.4, 0.2), self.random.uniform(0.8, 1.4)
        self._polygon(mask, [(left, middle - high), (right, middle - high), (right, middle + high), (left, middle + high)])

    def _glasses(self, mask):
        wide, high = self.random.uniform(0.13, 0.19), self.random.uniform(0.08, 0.15)
        for x in (0.314, 0.686):
            (cx, cy), = self._points(mask.shape, [(x, 0.385)], 0.015)
            size = mask.shape[0] * 16 * self.span
            axes = (int(wide * size), int(high * size))
            if self.random.random() < 0.5:
                cv2.ellipse(mask, (int(cx), int(cy)), axes, 0, 0, 360, 255, -1, cv2.LINE_AA, 4)
            else:
                cv2.rectangle(mask, (int(cx - axes[0]), int(cy - axes[1])), (int(cx + axes[0]), int(cy + axes[1])), 255, -1,
                              cv2.LINE_AA, 4)
        thick = max(1, int(mask.shape[0] * self.span * 0.03))
        a, b, c, d = self._points(mask.shape, [(0.4, 0.36), (0.6, 0.36), (-0.1, 0.36), (1.1, 0.36)], 0.02)
        cv2.line(mask, tuple(map(int, a)), tuple(map(int, b)), 255, thick, cv2.LINE_AA, 4)
        for inner, outer in ((a, c), (b, d)):
            cv2.line(mask, tuple(map(int, inner)), tuple(map(int, outer)), 255, thick, cv2.LINE_AA, 4)

    def _hand_above(self, mask):
        side = self.random.choice([-1, 1])
        start = np.array([0.5 + side * self.random.uniform(0.5, 0.9), self.random.uniform(0.2, 0.9)])
        for finger in range(4):
            end = np.array([0.5 - side * self.random.uniform(0.2, 0.5), 0.24 + 0.09 * finger])
            a, b = self._points(mask.shape, [start, end], 0.02)
            cv2.line(mask, tuple(map(int, a)), tuple(map(int, b)), 255, max(2, int(mask.shape[0] * self.span * 0.12)),
                     cv2.LINE_AA, 4)

    def _hand(self, mask):
        side = self.random.choice([-1, 1])
        start = np.array([0.5 - side * self.random.uniform(0.4, 0.8), self.random.uniform(0.8, 1.3)])
        for finger in range(int(self.random.integers(3, 5))):
            end = np.array([0.5 + side * self.random.uniform(0.05, 0.3), 0.66 + 0.1 * finger])
            a, b = self._points(mask.shape, [start, end], 0.02)
            cv2.line(mask, tuple(map(int, a)), tuple(map(int, b)), 255, max(2, int(mask.shape[0] * self.span * 0.13)),
                     cv2.LINE_AA, 4)
