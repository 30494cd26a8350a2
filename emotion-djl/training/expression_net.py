"""The net: a small residual net with a stride-2 stem, squeeze-and-excitation and two heads.

Input [N,1,48,48], grey, 0..1. The mean and the deviation of the training pictures are buffers of the
net, so nothing has to be normalised outside. Output: two [N,7] logits, FER2013 labels and FER+ votes.
"""
import torch
from torch import nn
from torch.nn import functional as F


class SqueezeExcite(nn.Module):
    def __init__(self, channels, reduction=8):
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // reduction, 1)
        self.excite = nn.Conv2d(channels // reduction, channels, 1)

    def forward(self, x):
        weight = F.adaptive_avg_pool2d(x, 1)
        return x * torch.sigmoid(self.excite(F.relu(self.squeeze(weight))))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride, attend):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.attend = SqueezeExcite(outputs) if attend else nn.Identity()
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)), inplace=True)
        y = self.attend(self.norm2(self.conv2(y)))
        return F.relu(y + self.shortcut(x), inplace=True)


class ExpressionNet(nn.Module):
    """48x48 -> 24x24 (stem) -> 24x24 -> 12x12 -> 6x6 -> two heads of seven."""

    def __init__(self, channels=(64, 128, 256), blocks=(1, 3, 2), dropout=0.2, mean=0.5, deviation=0.25):
        super().__init__()
        self.register_buffer("mean", torch.tensor(float(mean)))
        self.register_buffer("deviation", torch.tensor(float(deviation)))
        self.stem = nn.Conv2d(1, channels[0], 5, 2, 2, bias=False)
        self.stem_norm = nn.BatchNorm2d(channels[0])
        layers, width = [], channels[0]
        for stage, (outputs, count) in enumerate(zip(channels, blocks)):
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                # attention in every block costs 13 % of the speed; the last of a stage has most of it
                layers.append(Block(width, outputs, stride, attend=stage > 0 and index == count - 1))
                width = outputs
        self.body = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.labels_head = nn.Linear(width, 7)
        self.votes_head = nn.Linear(width, 7)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def features(self, x):
        x = (x - self.mean) / self.deviation
        x = F.relu(self.stem_norm(self.stem(x)), inplace=True)
        return torch.flatten(F.adaptive_avg_pool2d(self.body(x), 1), 1)

    def forward(self, x):
        x = self.dropout(self.features(x))
        return self.labels_head(x), self.votes_head(x)
