"""What is shipped: both heads of a trained net in one output, blended, shifted and calibrated."""
import torch
from torch import nn
from torch.nn import functional as F

from expression_net import ExpressionNet


class ShippedNet(nn.Module):
    """[N,1,48,48] in 0..1 -> three [N,7] log-probabilities: the blend, FER2013's labels, FER+'s votes.

    Softmax of them is the score. ``blend`` is the weight of the FER+ head, ``shift`` [7] is added to the
    blended log-probabilities before they are divided by ``temperature``. Each head alone is divided by
    its own temperature, ``head_temperatures``.
    """

    def __init__(self, net, blend, shift, temperature, head_temperatures):
        super().__init__()
        self.head_scales = [1 / float(t) for t in head_temperatures]
        self.net = net
        # parameters, so that the Java form finds them in the TorchScript file
        self.blend = nn.Parameter(torch.tensor([float(blend)]), requires_grad=False)
        for name in ("mean", "deviation"):
            value = net._buffers.pop(name).reshape(1)
            setattr(net, name, nn.Parameter(value, requires_grad=False))
        # shift and temperature as one linear layer: OpenCV's DNN cannot add a [1,7] to a batch
        self.calibration = nn.Linear(7, 7)
        with torch.no_grad():
            self.calibration.weight.copy_(torch.eye(7) / float(temperature))
            self.calibration.bias.copy_(torch.tensor(shift, dtype=torch.float32) / float(temperature))

    def forward(self, x):
        labels, votes = self.net(x)
        blended = (1 - self.blend) * F.softmax(labels, 1) + self.blend * F.softmax(votes, 1)
        return (self.calibration(torch.log(blended + 1e-7)),
                F.log_softmax(labels * self.head_scales[0], 1), F.log_softmax(votes * self.head_scales[1], 1))


def load_net(checkpoint):
    net = ExpressionNet()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["ema"])
    return net.eval()


def fold_normalisation(net):
    """Puts each batch normalisation into the convolution before it; the output stays the same."""
    from torch.nn.utils.fusion import fuse_conv_bn_eval
    net.stem = fuse_conv_bn_eval(net.stem, net.stem_norm)
    net.stem_norm = nn.Identity()
    for block in net.body:
        block.conv1 = fuse_conv_bn_eval(block.conv1, block.norm1)
        block.conv2 = fuse_conv_bn_eval(block.conv2, block.norm2)
        block.norm1, block.norm2 = nn.Identity(), nn.Identity()
        if isinstance(block.shortcut, nn.Sequential):
            block.shortcut = fuse_conv_bn_eval(block.shortcut[0], block.shortcut[1])
    return net
