"""Writes the three nets as one weights file of this library (see NetworkFile.java).

    python3 mtcnn_export.py --run RUN --out mtcnn.params --version 2026-11-22
    python3 mtcnn_export.py --published DIR --out reference.params

``--run``: what mtcnn_train.py wrote; normalisation is folded into the layers. ``--published``: state dicts
in facenet-pytorch's layout (pnet.pt, rnet.pt, onet.pt), for comparison.
"""
import argparse
import hashlib
import os
import struct
import zlib

import torch

from mtcnn_nets import STAGES, folded


def of_published(name, state):
    """The published names and the order of the first dense layer's columns (column, row, channel), as ours."""
    net = STAGES[name](normalised=False)
    heads = {"pnet": ("conv4_1", "conv4_2"), "rnet": ("dense5_1", "dense5_2"),
             "onet": ("dense6_1", "dense6_2", "dense6_3")}[name]
    names = dict(zip(heads, ("score", "box", "points")))
    dense = len(net.convolutions) + 1
    names.update({"dense%d" % dense: "dense", "prelu%d" % dense: "dense_prelu"} if net.hidden else {})
    renamed = {}
    for key, value in state.items():
        layer, kind = key.split(".")
        if net.hidden and key == "dense%d.weight" % dense:
            value = value.reshape(len(value), 3, 3, -1).permute(0, 3, 2, 1).reshape(len(value), -1)
        renamed[names.get(layer, layer) + "." + kind] = value
    net.load_state_dict(renamed)
    return net.eval()


def arrays(name, net):
    """Names and values in the order of the layers: kernels and biases, then PReLU's slopes, at last the heads."""
    layers = []
    for index in range(1, len(net.convolutions) + 1):
        layers += [(getattr(net, "conv%d" % index), None), (getattr(net, "prelu%d" % index), (1, -1, 1, 1))]
    if net.hidden:
        layers += [(net.dense, None), (net.dense_prelu, (1, -1))]
    layers += [(net.score, None), (net.box, None)] + ([(net.points, None)] if net.landmarks else [])
    index = 0
    for layer, slope in layers:
        if slope:
            yield "%s.%d.slope" % (name, index), layer.weight.detach().reshape(slope)
            index += 1
        else:
            yield "%s.%d.weight" % (name, index), layer.weight.detach()
            yield "%s.%d.bias" % (name, index + 1), layer.bias.detach()
            index += 2


def net_file(texts, named):
    def text(value):
        encoded = value.encode("utf-8")
        return struct.pack(">H", len(encoded)) + encoded

    body = b"E4JNET\r\n" + struct.pack(">ii", 1, len(texts))
    body += b"".join(text(key) + text(value) for key, value in texts.items())
    body += struct.pack(">i", len(named))
    for name, value in named:
        body += text(name) + struct.pack(">i", value.dim()) + struct.pack(">%di" % value.dim(), *value.shape)
        body += value.contiguous().numpy().astype(">f4").tobytes()
    return body + struct.pack(">I", zlib.crc32(body))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--run")
    source.add_argument("--published")
    parser.add_argument("--out", required=True)
    parser.add_argument("--version", default="unknown")
    options = parser.parse_args()
    nets = {}
    for name in STAGES:
        state = torch.load(os.path.join(options.run or options.published, name + ".pt"))
        nets[name] = folded(name, state) if options.run else of_published(name, state)
    named = [pair for name, net in nets.items() for pair in arrays(name, net)]
    content = net_file({"net": "mtcnn", "version": options.version}, named)
    with open(options.out, "wb") as out:
        out.write(content)
    print("%d bytes, SHA-256 %s" % (len(content), hashlib.sha256(content).hexdigest()))


if __name__ == "__main__":
    main()
