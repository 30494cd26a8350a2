"""Rebuilds a checkpoint that training can go on from out of the shipped expression.pt.

    python3 unfold_expression.py --script expression.pt --data DIR --out RUN/checkpoint.pt

The shipped file has each batch normalisation folded into the convolution before it. Here every convolution gets one
back whose mean and variance are those of the convolution's outputs on FER2013's training pictures and whose weight and
bias undo it, so the net computes what the file computes, in training mode too. Checked before anything is written.
"""
import argparse
import os

import numpy as np
import torch
from torch import nn

import fer_data
from expression_net import ExpressionNet
from train_expression import save


def pairs(net):
    """Each convolution that had a normalisation, with it and its name in the shipped file."""
    yield net.stem, net.stem_norm, "net.stem"
    for index, block in enumerate(net.body):
        yield block.conv1, block.norm1, "net.body.%d.conv1" % index
        yield block.conv2, block.norm2, "net.body.%d.conv2" % index
        if isinstance(block.shortcut, nn.Sequential):
            yield block.shortcut[0], block.shortcut[1], "net.body.%d.shortcut" % index


def unfolded(weights, pixels):
    net = ExpressionNet(mean=float(weights["net.mean"]), deviation=float(weights["net.deviation"])).eval()
    heads = ("labels_head", "votes_head")
    own = net.state_dict()
    own.update({name[4:]: value for name, value in weights.items()
                if name.startswith("net.") and (".attend." in name or name.split(".")[1] in heads)})
    net.load_state_dict(own)
    sums, watches = {}, []
    for conv, norm, name in pairs(net):
        with torch.no_grad():
            conv.weight.copy_(weights[name + ".weight"])
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            norm.weight.fill_(1)
            norm.bias.copy_(weights[name + ".bias"])

        def watch(module, inputs, output, name=name):
            count, mean, square = sums.get(name, (0, 0.0, 0.0))
            sums[name] = (count + 1, mean + output.double().mean((0, 2, 3)), square + output.double().square().mean((0, 2, 3)))
        watches.append(conv.register_forward_hook(watch))
    sample = torch.from_numpy(pixels).unsqueeze(1).float().div_(255)
    with torch.no_grad():
        for part in sample.split(256):
            net(part)
        for handle in watches:
            handle.remove()
        for _, norm, name in pairs(net):
            count, mean, square = sums[name]
            mean, variance = mean / count, square / count - (mean / count) ** 2
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
            norm.bias.add_(mean.float())
            norm.weight.copy_((variance + norm.eps).sqrt())
    return net


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--script", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    script = torch.jit.load(options.script).eval()
    data = fer_data.load(options.data)
    rows = np.random.default_rng(0).permutation(data.rows(fer_data.TRAINING))[:2048]
    net = unfolded(script.state_dict(), data.pixels[rows])
    with torch.no_grad():
        x = torch.from_numpy(data.pixels[rows[:64]]).unsqueeze(1).float().div_(255)
        ours = net(x)[0].softmax(1)
        theirs = script(x)[1]
        # the file's output is divided by a temperature
        scale = float((net(x)[0].log_softmax(1) - net(x)[0].log_softmax(1).mean(1, keepdim=True)).std()
                      / (theirs - theirs.mean(1, keepdim=True)).std())
        gap = float(((theirs * scale).softmax(1) - ours).abs().max())
    print("largest difference to the shipped scores: %.2g (temperature %.3f)" % (gap, scale))
    if gap > 1e-3:
        raise SystemExit("the rebuilt net differs from the shipped one")
    os.makedirs(os.path.dirname(options.out) or ".", exist_ok=True)
    save({"ema": net.state_dict()}, options.out)


if __name__ == "__main__":
    main()
