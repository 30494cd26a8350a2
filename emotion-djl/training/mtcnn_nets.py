"""P-Net, R-Net and O-Net of Zhang et al. 2016, "Joint Face Detection and Alignment Using Multitask
Cascaded Convolutional Networks", with as many filters as the authors published.

Input [N,3,S,S] floats, red, green, blue, (value - 127.5) / 128, S = 12, 24, 48. Output: logits of "no
face, face", four box offsets and, from O-Net, ten landmark coordinates (five x, then five y).

For training every convolution and the hidden dense layer is followed by batch normalisation;
``folded`` puts it into the layer before, so that what is shipped has the paper's layers only.
"""
import torch
from torch import nn
from torch.nn import functional as F

SIZES = {"pnet": 12, "rnet": 24, "onet": 48}


def _norm(count, dims, wanted):
    return (nn.BatchNorm2d if dims == 2 else nn.BatchNorm1d)(count) if wanted else nn.Identity()


class Stage(nn.Module):
    """Convolutions with PReLU, some with a pooling (ceil mode), then dense layers or a 1x1 head."""

    #: filters, kernel, pooling kernel (0: none); pooling stride is 2
    convolutions = ()
    features = 0
    hidden = 0
    landmarks = False

    def __init__(self, normalised=True, dropout=0.0):
        super().__init__()
        inputs = 3
        for index, (filters, kernel, _) in enumerate(self.convolutions, 1):
            setattr(self, "conv%d" % index, nn.Conv2d(inputs, filters, kernel))
            setattr(self, "norm%d" % index, _norm(filters, 2, normalised))
            setattr(self, "prelu%d" % index, nn.PReLU(filters))
            inputs = filters
        if self.hidden:
            self.dense = nn.Linear(self.features, self.hidden)
            self.dense_norm = _norm(self.hidden, 1, normalised)
            self.dense_prelu = nn.PReLU(self.hidden)
            self.dropout = nn.Dropout(dropout)
            self.score = nn.Linear(self.hidden, 2)
            self.box = nn.Linear(self.hidden, 4)
            if self.landmarks:
                self.points = nn.Linear(self.hidden, 10)
        else:
            self.score = nn.Conv2d(inputs, 2, 1)
            self.box = nn.Conv2d(inputs, 4, 1)

    def forward(self, x):
        for index, (_, _, pool) in enumerate(self.convolutions, 1):
            x = getattr(self, "conv%d" % index)(x)
            x = getattr(self, "prelu%d" % index)(getattr(self, "norm%d" % index)(x))
            if pool:
                x = F.max_pool2d(x, pool, 2, ceil_mode=True)
        if self.hidden:
            x = self.dense_prelu(self.dense_norm(self.dense(torch.flatten(x, 1))))
            x = self.dropout(x)
        outputs = (self.score(x), self.box(x))
        return outputs + (self.points(x),) if self.landmarks else outputs


class PNet(Stage):
    convolutions = ((10, 3, 2), (16, 3, 0), (32, 3, 0))


class RNet(Stage):
    convolutions = ((28, 3, 3), (48, 3, 3), (64, 2, 0))
    features, hidden = 576, 128


class ONet(Stage):
    convolutions = ((32, 3, 3), (64, 3, 3), (64, 3, 2), (128, 2, 0))
    features, hidden, landmarks = 1152, 256, True


STAGES = {"pnet": PNet, "rnet": RNet, "onet": ONet}


def _fold(layer, norm):
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    shape = (-1,) + (1,) * (layer.weight.dim() - 1)
    layer.weight.data = layer.weight.data * scale.reshape(shape)
    layer.bias.data = (layer.bias.data - norm.running_mean) * scale + norm.bias


def folded(name, state):
    """A net in evaluation mode without normalisation that computes the same as the trained state."""
    trained = STAGES[name](normalised=any(key.startswith("norm") for key in state))
    trained.load_state_dict(state)
    net = STAGES[name](normalised=False)
    with torch.no_grad():
        for index in range(1, len(net.convolutions) + 1):
            norm = getattr(trained, "norm%d" % index)
            if not isinstance(norm, nn.Identity):
                _fold(getattr(trained, "conv%d" % index), norm)
        if net.hidden and not isinstance(trained.dense_norm, nn.Identity):
            _fold(trained.dense, trained.dense_norm)
    net.load_state_dict({key: value for key, value in trained.state_dict().items() if "norm" not in key})
    return net.eval()
