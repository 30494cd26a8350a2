"""Estimates the three-dimensional mean face of the 68 points from two-dimensional labels alone.

    python3 landmarks_mean_face.py --labels labels-0.npz labels-1.npz

Structure from many faces: each is taken for the same rigid face under a scaled orthographic camera. In turn, each
face's camera is fitted to the shape and the shape to all cameras; faces count less the worse they fit, turned faces
count more since there are few, and the shape is kept symmetric. Faces that are hardly turned do not tell how deep a
face is (bas-relief ambiguity): on the labels, the way the eyes' distance shrinks while the nose moves sideways says at
most 0.62 to 0.70 distances of the eyes from the tip of the nose to the plane of eyes and mouth (noise makes it more), an adult's
face has about 0.5; NOSE is what the depth is scaled to. The head is level (pitch 0) in the median face.
Prints the shape in units of the distance of the eyes: x to the picture's right, y down, z away from the viewer.
"""
import argparse

import numpy as np

from landmarks_data import Faces
from landmarks_labels import MIRROR

NOSE = 0.55
RIGID = np.array([0, 1, 15, 16] + list(range(27, 36)) + [36, 39, 42, 45] + [33, 48, 54])


def cameras(shape, points, weights):
    """Of [N,68,2]: the 2x3 scaled rotations and the points about their weighted mean."""
    w = weights / weights.sum()
    s = shape - w @ shape
    centred = points - (w @ points.transpose(1, 0, 2).reshape(68, -1)).reshape(-1, 1, 2)
    solve = np.linalg.solve((s * w[:, None]).T @ s, (s * w[:, None]).T)
    m = np.einsum("kp,npd->ndk", solve, centred)
    u, values, v = np.linalg.svd(m, full_matrices=False)
    scale = values.mean(1)
    return (u @ v) * scale[:, None, None], centred, scale, s


def angles(m):
    """Yaw, pitch and roll in degrees of [N,2,3] scaled rotations, as HeadPose has them."""
    r = m / np.linalg.norm(m, axis=2, keepdims=True)
    third = np.cross(r[:, 0], r[:, 1])
    return np.degrees(np.stack([np.arctan2(third[:, 0], third[:, 2]), np.arcsin(np.clip(-third[:, 1], -1, 1)),
                                np.arctan2(-r[:, 0, 1], r[:, 1, 1])], 1))


def symmetric(shape):
    other = shape[MIRROR] * (-1, 1, 1)
    return (shape + other) / 2


def estimate(points, rounds=60):
    points = np.concatenate([points, np.stack([-points[:, MIRROR, 0], points[:, MIRROR, 1]], 2)])
    mean = np.median(points - points.mean(1, keepdims=True), 0)
    shape = np.zeros((68, 3))
    shape[:, :2] = mean / np.linalg.norm(mean[36:42].mean(0) - mean[42:48].mean(0))
    shape[:, 2] = 0.6 * (shape[:, 0] ** 2 + 0.3 * shape[:, 1] ** 2)
    shape[27:36, 2] -= 0.35
    shape = symmetric(shape)
    weights = np.zeros(68)
    weights[RIGID] = 1
    for number in range(rounds):
        m, centred, scale, s = cameras(shape, points, weights)
        error = (np.linalg.norm(centred - np.einsum("ndk,pk->npd", m, s), axis=2) @ weights) / weights.sum() / scale
        yaw = angles(m)[:, 0]
        count, edges = np.histogram(np.abs(yaw), bins=np.arange(0, 95, 5))
        rare = 1 / np.maximum(count, 60)[np.clip(np.digitize(np.abs(yaw), edges) - 1, 0, len(count) - 1)]
        use = rare * (error < 0.12) / (0.02 + error)
        a, b = m / scale[:, None, None], centred / scale[:, None, None]
        left = np.einsum("n,ndi,ndj->ij", use, a, a)
        right = np.einsum("n,ndi,npd->pi", use, a, b)
        shape = symmetric(np.linalg.solve(left, right.T).T)
        shape -= shape[36:48].mean(0)
        shape /= np.linalg.norm(shape[36:42].mean(0) - shape[42:48].mean(0))
    shape[:, 2] *= NOSE / -shape[30, 2]
    pitch = np.radians(np.median(angles(cameras(shape, points, weights)[0])[:, 1]))
    c, d = np.cos(pitch), np.sin(pitch)
    shape = shape @ np.array([[1, 0, 0], [0, c, -d], [0, d, c]])
    return symmetric(shape - shape[36:48].mean(0)), weights


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--labels", nargs="+", required=True)
    options = parser.parse_args()
    faces = Faces(options.labels)
    points = faces.points[faces.rows(False)].astype(np.float64)
    shape, weights = estimate(points)
    m, centred, scale, s = cameras(shape, points, weights)
    turned = angles(m)
    print("yaw, pitch, roll: percentiles 1, 10, 50, 90, 99")
    print(np.percentile(turned, [1, 10, 50, 90, 99], axis=0).T.round(1))
    error = np.linalg.norm(centred - np.einsum("ndk,pk->npd", m, s), axis=2) / scale[:, None]
    print("mean distance from the rigid face by point, in distances of the eyes")
    print(error.mean(0).round(3))
    for row in shape:
        print("%.4f, %.4f, %.4f," % tuple(row))


if __name__ == "__main__":
    main()
