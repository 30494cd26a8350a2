"""What is shipped of the net with all heads: calibrated log-probabilities, probabilities, degrees."""
import torch
from torch import nn
from torch.nn import functional as F

from face_net import BLINKS, FaceNet
from train_faces import POSE_UNIT

OUTPUTS = ("photo", "logits", "fer2013", "ferplus", "units", "shapes", "pose", "eyes", "covered")


class ShippedFaces(nn.Module):
    """[N,1,56,56] in 0..1 -> a tuple in the order of ``OUTPUTS``.

    ``photo``, ``fer2013``, ``ferplus`` [N,7]: log-probabilities of one head each, divided by its temperature;
    ``logits`` [N,7]: those of the blend of the last two; ``units``, ``eyes``, ``covered``: probabilities of the head's
    logits ``a * x + b``, fitted to held-out truth; ``shapes``: 0 to about 1; ``pose``: yaw, pitch and roll in degrees.
    """

    def __init__(self, net, choice):
        super().__init__()
        self.net = net
        self.scales = {name: 1 / float(choice["temperatures"][name]) for name in ("photo", "fer2013", "ferplus")}
        self.blend, self.blend_scale = float(choice["blend"]), 1 / float(choice["temperatures"]["logits"])
        for name in ("mean", "deviation"):
            value = net._buffers.pop(name).reshape(1)
            setattr(net, name, nn.Parameter(value, requires_grad=False))
        with torch.no_grad():
            # the blinks that were learned from the teacher's shares, and the head that learned yes and no, also of drawn lids
            for kind in ("weight", "bias"):
                ours, blinks = getattr(net.heads["eyes"], kind), getattr(net.heads["shapes"], kind)[BLINKS]
                ours.copy_(ours + choice["blinks_in_eyes"] * blinks)
            # slope and offset of each probability, and degrees, go into the heads
            for name in ("units", "eyes", "covered"):
                slope = torch.tensor(choice["platt"][name]["slope"], dtype=torch.float32)
                head = net.heads[name]
                head.weight.mul_(slope[:, None])
                head.bias.mul_(slope).add_(torch.tensor(choice["platt"][name]["offset"], dtype=torch.float32))
            for tensor in (net.heads["pose"].weight, net.heads["pose"].bias):
                tensor.mul_(POSE_UNIT)

    def forward(self, x):
        features = self.net.features(x)
        raw = {name: head(features) for name, head in self.net.heads.items()}
        alone = {name: F.log_softmax(raw[name] * scale, 1) for name, scale in self.scales.items()}
        blended = (1 - self.blend) * F.softmax(raw["fer2013"], 1) + self.blend * F.softmax(raw["ferplus"], 1)
        return (alone["photo"], torch.log(blended + 1e-7) * self.blend_scale, alone["fer2013"], alone["ferplus"],
                torch.sigmoid(raw["units"]), F.relu(raw["shapes"]), raw["pose"], torch.sigmoid(raw["eyes"]),
                torch.sigmoid(raw["covered"]))


def load_net(checkpoint):
    net = FaceNet()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["ema"])
    return net.eval()
