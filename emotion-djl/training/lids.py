"""Draws the lids of a face down, where the eyes of an aligned crop lie: blinks are hardly ever photographed."""
import cv2
import numpy as np

EYES = ((0.314, 0.376), (0.686, 0.376))  # of the tight crop: at the picture's left, at its right


class Lids:
    """``span`` is the share of the picture's width that the tight crop has."""

    def __init__(self, share=0.08, span=1.0, seed=1):
        self.share, self.span = share, span
        self.random = np.random.default_rng(seed)

    def __call__(self, batch):
        """uint8 [N,S,S] -> the same with some eyes closed, and float [N,2]: how far the lids were drawn down, 0 to 1."""
        batch, closed = batch.copy(), np.zeros((len(batch), 2), np.float32)
        for index in np.flatnonzero(self.random.random(len(batch)) < self.share):
            far = 1.0 if self.random.random() < 0.7 else self.random.uniform(0.3, 1.0)
            eyes = (0, 1) if self.random.random() < 0.85 else (int(self.random.integers(2)),)
            batch[index] = self.drawn(batch[index], far, eyes)
            closed[index, list(eyes)] = far
        return batch, closed

    def drawn(self, picture, far, eyes=(0, 1)):
        """The skin between brow and upper lid is stretched over the eye; lashes lie where the lids meet."""
        side = picture.shape[0]
        unit = side * self.span
        y, x = np.mgrid[0:side, 0:side].astype(np.float32)
        source, lashes = y.copy(), np.zeros(picture.shape, np.float32)
        jitter = self.random.uniform(-0.01, 0.01, 2)
        wide, dark = self.random.uniform(0.105, 0.135), self.random.uniform(0.25, 0.75)
        above, over, under = self.random.uniform(0.075, 0.1), self.random.uniform(0.03, 0.042), self.random.uniform(0.02, 0.035)
        for eye in eyes:
            cx, cy = (side * (0.5 + (value + moved - 0.5) * self.span) - 0.5 for value, moved in zip(EYES[eye], jitter))
            arch = np.sqrt(np.clip(1 - ((x - cx) / (wide * unit)) ** 2, 0, 1))
            top = cy - above * unit
            lid = cy - (over * arch - 0.008) * unit          # the upper lid's edge in the open eye
            down = lid + far * (under + over) * arch * unit  # and where it comes to lie
            moved = (y >= top) & (y <= down) & (arch > 0)
            source = np.where(moved, top + (y - top) * (lid - top) / np.maximum(down - top, 1e-3), source)
            thick = 0.012 * unit
            lashes = np.maximum(lashes, np.exp(-((y - down) / thick) ** 2) * (arch > 0.25) * arch)
        drawn = cv2.remap(picture, x, source.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return (drawn * (1 - dark * lashes)).clip(0, 255).astype(np.uint8)
