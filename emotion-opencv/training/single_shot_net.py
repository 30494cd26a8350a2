"""The single-shot face detector: one pass over the picture, three strides, fifteen numbers a location."""
import torch
from torch import nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)
OUTPUTS = 15
"""Logit of the score, centre x and y, log width and height, five points: all but the logit in strides."""


def conv(inputs, outputs, kernel=3, stride=1, groups=1, relu=True):
    parts = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
             nn.BatchNorm2d(outputs)]
    if relu:
        parts.append(nn.ReLU(inplace=True))
    return nn.Sequential(*parts)


class Separable(nn.Module):
    """Depthwise 3x3, then pointwise; with a residual link where shapes allow it."""

    def __init__(self, inputs, outputs, stride=1, kernel=3):
        super().__init__()
        self.body = nn.Sequential(conv(inputs, inputs, kernel, stride, groups=inputs, relu=False),
                                  conv(inputs, outputs, 1, relu=False))
        self.linked = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.body(x)
        return F.relu(x + y if self.linked else y)


class Plain(nn.Module):
    """A 3x3 convolution over all channels, with a residual link where shapes allow it."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.body = conv(inputs, outputs, 3, stride, relu=False)
        self.linked = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.body(x)
        return F.relu(x + y if self.linked else y)


class SingleShotNet(nn.Module):
    """RGB planes of 0 to 255, sides multiples of 32, to [R,15,H/8,W/8], [R,15,H/16,W/16], [R,15,H/32,W/32]."""

    def __init__(self, stem=(16, 24), widths=(40, 64, 128), blocks=(2, 3, 4), neck=56,
                 kinds=("plain", "plain", "separable"), head=1):
        super().__init__()
        make = {"plain": Plain, "separable": Separable,
                "separable5": lambda i, o, s=1: Separable(i, o, s, 5)}
        self.stem = nn.Sequential(conv(3, stem[0], 3, 2), conv(stem[0], stem[1], 3, 2))
        stages, before = [], stem[1]
        for width, count, kind in zip(widths, blocks, kinds):
            stages.append(nn.Sequential(Plain(before, width, 2) if kind == "plain" else Separable(before, width, 2),
                                        *[make[kind](width, width) for _ in range(count)]))
            before = width
        self.stages = nn.ModuleList(stages)
        self.lateral = nn.ModuleList([conv(width, neck, 1, relu=False) for width in widths])
        self.smooth = nn.ModuleList([Separable(neck, neck) for _ in widths])
        self.head = nn.Sequential(*[Separable(neck, neck) for _ in range(head - 1)])
        self.out = nn.Conv2d(neck, OUTPUTS, 1)
        nn.init.normal_(self.out.weight, 0, 0.01)
        nn.init.zeros_(self.out.bias)
        with torch.no_grad():
            self.out.bias[0] = -4.6
            self.out.bias[3:5] = 1.1

    def forward(self, x):
        x = self.stem(x * (1 / 255))
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        top, answers = None, []
        for i in (2, 1, 0):
            y = self.lateral[i](levels[i])
            top = self.smooth[i](F.relu(y if top is None else y + F.interpolate(top, scale_factor=2)))
            answers.append(self.out(self.head(top)))
        return tuple(reversed(answers))
