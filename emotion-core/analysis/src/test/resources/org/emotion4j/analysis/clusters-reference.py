"""Worked reference for EmotionClustersTest, computed with numpy and none of our code.

Writes clusters-readings.csv (seven scores a row) and clusters-reference.csv (name, then values):
the centers of the best of 200 runs of Lloyd's algorithm, largest cluster first, their sum of squared
distances, the mean silhouette over all readings, and the principal components with their variance shares.
"""
import numpy as np

rng = np.random.default_rng(20261122)
means = np.array([
    [0.02, 0.01, 0.03, 0.85, 0.02, 0.03, 0.04],
    [0.08, 0.03, 0.10, 0.02, 0.55, 0.02, 0.20],
    [0.03, 0.01, 0.20, 0.06, 0.02, 0.60, 0.08],
    [0.05, 0.02, 0.04, 0.10, 0.10, 0.04, 0.65],
])
readings = np.vstack([rng.dirichlet(mean * 25, size) for mean, size in zip(means, (120, 90, 40, 150))])
readings = np.round(readings / readings.sum(axis=1, keepdims=True), 6)
readings /= readings.sum(axis=1, keepdims=True)
np.savetxt("clusters-readings.csv", readings, delimiter=",", fmt="%.9f")
x = np.loadtxt("clusters-readings.csv", delimiter=",")


def lloyd(k):
    centers = x[rng.choice(len(x), k, replace=False)]
    while True:
        nearest = ((x[:, None] - centers[None]) ** 2).sum(axis=2).argmin(axis=1)
        if len(set(nearest)) < k:
            return np.inf, centers, nearest
        moved = np.array([x[nearest == i].mean(axis=0) for i in range(k)])
        if np.allclose(moved, centers, rtol=0, atol=1e-15):
            return ((x - centers[nearest]) ** 2).sum(), centers, nearest
        centers = moved


def silhouette(nearest, k):
    distances = np.sqrt(((x[:, None] - x[None]) ** 2).sum(axis=2))
    values = []
    for i, own in enumerate(nearest):
        sums = [distances[i][nearest == j].sum() for j in range(k)]
        sizes = [(nearest == j).sum() for j in range(k)]
        inner = sums[own] / (sizes[own] - 1)
        outer = min(sums[j] / sizes[j] for j in range(k) if j != own)
        values.append((outer - inner) / max(inner, outer))
    return np.mean(values)


with open("clusters-reference.csv", "w") as out:
    def write(name, values):
        out.write(",".join([name] + ["%.12f" % v for v in np.atleast_1d(values)]) + "\n")

    best = {k: min((lloyd(k) for _ in range(200)), key=lambda run: run[0]) for k in range(2, 8)}
    for k, (inertia, centers, nearest) in best.items():
        write(f"silhouette-{k}", silhouette(nearest, k))
    inertia, centers, nearest = best[4]
    for i in sorted(range(4), key=lambda i: -(nearest == i).sum()):
        write("center", np.append(centers[i], (nearest == i).sum()))
    write("inertia", inertia)
    variances, vectors = np.linalg.eigh(np.cov(x.T))
    for i in (-1, -2):
        vector = vectors[:, i] * np.sign(vectors[np.abs(vectors[:, i]).argmax(), i])
        write("component", np.append(vector, variances[i] / variances.sum()))
