"""Rebuilds a checkpoint that training can go on from out of the shipped single-shot.onnx.

    python3 unfold_detector.py --onnx single-shot.onnx --pictures pictures.pickle --out RUN/checkpoint.pt

The shipped file has each batch normalisation folded into the convolution before it. Here every convolution gets one
back whose mean and variance are those of the convolution's outputs on training views and whose weight and bias undo
it, so the net computes what the file computes, in training mode too. Checked before anything is written.
"""
import argparse
import os
import pickle

import cv2
import numpy as np
import onnx
import onnx.numpy_helper
import torch
from torch import nn

from detector_samples import Samples
from single_shot_net import SingleShotNet


def pairs(net):
    """Each convolution that is followed by a normalisation, with it, in the order of `modules()`."""
    for module in net.modules():
        if isinstance(module, nn.Sequential) and len(module) > 1 and isinstance(module[1], nn.BatchNorm2d):
            yield module[0], module[1]


def folded_weights(path):
    """Weight and bias of each convolution of the file, in the order in which the network runs them."""
    graph = onnx.load(path).graph
    values = {tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    return [(values[node.input[1]], values[node.input[2]]) for node in graph.node if node.op_type == "Conv"]


def order_of_running(net):
    """The convolutions in the order in which a pass reaches them, each once: the last ones are shared by the strides."""
    order, watches = [], []
    for module in net.modules():
        if isinstance(module, nn.Conv2d):
            watches.append(module.register_forward_hook(lambda m, i, o: order.append(m)))
    with torch.no_grad():
        net(torch.zeros(1, 3, 64, 64))
    for watch in watches:
        watch.remove()
    return order


def unfolded(path, views):
    net = SingleShotNet().eval()
    norms = dict(pairs(net))
    for conv, (weight, bias) in zip(order_of_running(net), folded_weights(path), strict=True):
        with torch.no_grad():
            conv.weight.copy_(weight)
            if conv in norms:
                norm = norms[conv]
                norm.running_mean.zero_()
                norm.running_var.fill_(1 - norm.eps)
                norm.weight.fill_(1)
                norm.bias.copy_(bias)
            else:
                conv.bias.copy_(bias)
    before = [answer.clone() for answer in answers(net, views[:4])]
    sums, watches = {}, []
    for conv, norm in norms.items():
        def watch(module, inputs, output, norm=norm):
            count, mean, square = sums.get(norm, (0, 0.0, 0.0))
            wide = output.double()
            sums[norm] = (count + wide[:, 0].numel(), mean + wide.sum((0, 2, 3)), square + wide.square().sum((0, 2, 3)))
        watches.append(conv.register_forward_hook(watch))
    for start in range(0, len(views), 16):
        answers(net, views[start:start + 16])
    for handle in watches:
        handle.remove()
    with torch.no_grad():
        for norm in norms.values():
            count, mean, square = sums[norm]
            mean, variance = mean / count, (square / count - (mean / count) ** 2).clamp(min=1e-8)
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
            norm.bias.add_(mean.float())
            norm.weight.copy_((variance + norm.eps).sqrt())
    gap = max(float((a - b).abs().max()) for a, b in zip(before, answers(net, views[:4])))
    return net, gap


def answers(net, views):
    with torch.no_grad():
        return net(torch.from_numpy(views).flip(3).permute(0, 3, 1, 2).float())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    with open(options.pictures, "rb") as file:
        pictures = [p for p in pickle.load(file) if p["set"] != "held-out"]
    samples = Samples(pictures, 320, 5)
    net, gap = unfolded(options.onnx, np.stack([view[0] for view in samples.batch(192)]))
    print("largest difference to the shipped file's answers: %.2g" % gap)
    if gap > 1e-2:
        raise SystemExit("the rebuilt net differs from the shipped one")
    os.makedirs(os.path.dirname(options.out) or ".", exist_ok=True)
    torch.save({"ema": net.state_dict()}, options.out)


if __name__ == "__main__":
    main()
