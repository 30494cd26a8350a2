"""Augmentation of a whole batch of 48x48 grey crops at once, so that it costs little beside the net."""
import cv2
import numpy as np
import torch
from torch.nn import functional as F

# what nine in ten crops of the default detector and aligner stay within, of 207 held-out faces of 40 pixels and more,
# against crops aligned by a teacher's points (emotion-opencv/training/crop_variation.py, 2026-11-23)
DETECTOR_CROPS = {"rotation": 13.0, "shift": 0.05, "scale": (0.84, 1.06), "stretch": 0.03}


class Augmentation:
    """Ranges are uniform: rotation in degrees, shift as a fraction of the width, scale as a factor. ``span`` is the
    share of a picture's width that the net sees. What the last batch was given is in ``angle`` (radians) and
    ``mirror`` (-1 where mirrored)."""

    def __init__(self, rotation=15.0, shift=0.10, scale=(0.85, 1.18), stretch=0.06, erasing=0.3, span=1.0, blurring=0.15,
                 seed=1):
        self.rotation, self.shift, self.scale, self.stretch = rotation, shift, scale, stretch
        self.erasing, self.span, self.blurring = erasing, span, blurring
        self.random = torch.Generator().manual_seed(seed)
        self.numpy = np.random.default_rng(seed)

    def _uniform(self, n, low, high):
        return torch.rand(n, generator=self.random) * (high - low) + low

    def _chosen(self, n, share):
        return torch.rand(n, generator=self.random) < share

    def __call__(self, batch, size=48):
        """uint8 [N,S,S] numpy -> float [N,1,size,size] in 0..1."""
        batch = self._recompressed(batch)
        x = torch.from_numpy(batch).unsqueeze(1).float().div_(255)
        x = self._moved(x, size)
        x = self._lit(x)
        x = self._blurred(x)
        return self._erased(x)

    def _recompressed(self, batch, share=0.08):
        batch = batch.copy()
        for index in np.flatnonzero(self.numpy.random(len(batch)) < share):
            quality = int(self.numpy.integers(25, 80))
            code = cv2.imencode(".jpg", batch[index], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
            batch[index] = cv2.imdecode(code, cv2.IMREAD_GRAYSCALE)
        return batch

    def _moved(self, x, size):
        n = len(x)
        angle = self._uniform(n, -self.rotation, self.rotation) * (np.pi / 180)
        zoom = torch.exp(self._uniform(n, *np.log(self.scale)))
        stretch = torch.exp(self._uniform(n, -self.stretch, self.stretch))
        mirror = torch.where(self._chosen(n, 0.5), -1.0, 1.0)
        cos, sin = torch.cos(angle) / zoom, torch.sin(angle) / zoom
        theta = torch.empty(n, 2, 3)
        theta[:, 0, 0], theta[:, 0, 1] = mirror * cos * stretch, -sin / stretch
        theta[:, 1, 0], theta[:, 1, 1] = mirror * sin * stretch, cos / stretch
        theta[:, :, 2] = self._uniform((n, 2), -2 * self.shift, 2 * self.shift)
        theta *= self.span
        self.angle, self.mirror = angle, mirror
        grid = F.affine_grid(theta, (n, 1, size, size), align_corners=False)
        edge = ("border", "reflection", "zeros")[int(self.numpy.integers(3))]
        return F.grid_sample(x, grid, mode="bilinear", padding_mode=edge, align_corners=False)

    def _lit(self, x):
        n = len(x)
        each = (n, 1, 1, 1)
        gamma = torch.exp(self._uniform(each, -0.5, 0.5))
        x = torch.where(self._chosen(each, 0.5), x.clamp_min(1e-4).pow(gamma), x)
        mean = x.mean((2, 3), keepdim=True)
        contrast = self._uniform(each, 0.6, 1.4)
        return ((x - mean) * contrast + mean + self._uniform(each, -0.2, 0.2)).clamp_(0, 1)

    def _blurred(self, x):
        few = torch.nonzero(self._chosen(len(x), self.blurring)).flatten()
        if len(few):
            size = int(x.shape[-1] * self.numpy.uniform(0.35, 0.85))
            small = F.interpolate(x[few], size=(size, size), mode="area")
            x[few] = F.interpolate(small, size=x.shape[2:], mode="bilinear", align_corners=False)
        few = torch.nonzero(self._chosen(len(x), 0.15)).flatten()
        if len(few):
            noise = torch.randn(x[few].shape, generator=self.random)
            x[few] = (x[few] + noise * self._uniform((len(few), 1, 1, 1), 0, 0.06)).clamp_(0, 1)
        return x

    def _erased(self, x):
        n = len(x)
        height, width = self._uniform((n, 1), 6, 20), self._uniform((n, 1), 6, 20)
        top, left = self._uniform((n, 1), -4, 42), self._uniform((n, 1), -4, 42)
        place = torch.arange(x.shape[-1]) * (48.0 / x.shape[-1])
        rows = (place >= top) & (place < top + height)
        columns = (place >= left) & (place < left + width)
        hole = rows[:, None, :, None] & columns[:, None, None, :] & self._chosen((n, 1, 1, 1), self.erasing)
        return torch.where(hole, self._uniform((n, 1, 1, 1), 0, 1), x)
