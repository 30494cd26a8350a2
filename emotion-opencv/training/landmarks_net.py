"""The landmark net: depthwise separable convolutions with residual links on a 64x64 grey crop."""
from torch import nn
from torch.nn import functional as F

SIDE = 64
POINTS = 68


def separable(inside, outside, stride=1):
    return nn.Sequential(
        nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False),
        nn.Conv2d(inside, outside, 1, bias=False),
        nn.BatchNorm2d(outside))


class Residual(nn.Module):
    """Two separable convolutions and a link around them; where the size changes the link is a 1x1 convolution."""

    def __init__(self, inside, outside, stride):
        super().__init__()
        self.first = separable(inside, outside, stride)
        self.second = separable(outside, outside)
        self.link = None
        if stride != 1 or inside != outside:
            self.link = nn.Sequential(nn.AvgPool2d(stride) if stride > 1 else nn.Identity(),
                                      nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x):
        around = x if self.link is None else self.link(x)
        return F.relu(around + self.second(F.relu(self.first(x))))


class LandmarkNet(nn.Module):
    """float [N,1,64,64] in 0..1 -> [N,136], x and y in turn as fractions of the crop, from its upper left corner."""

    def __init__(self, widths=(32, 64, 128, 208)):
        super().__init__()
        a, b, c, d = widths
        self.stem = nn.Sequential(nn.Conv2d(1, a, 3, 2, 1, bias=False), nn.BatchNorm2d(a), nn.ReLU())
        self.body = nn.Sequential(
            Residual(a, b, 2), Residual(b, b, 1),
            Residual(b, c, 2), Residual(c, c, 1), Residual(c, c, 1),
            Residual(c, d, 2), Residual(d, d, 1))
        self.squeeze = nn.Sequential(nn.Conv2d(d, 64, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU())
        self.points = nn.Linear(64 * 4 * 4, 2 * POINTS)
        nn.init.normal_(self.points.weight, std=0.01)

    def features(self, x):
        return self.squeeze(self.body(self.stem((x - 0.45) * 4))).flatten(1)

    def forward(self, x):
        return self.points(self.features(x)) + 0.5
