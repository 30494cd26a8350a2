"""The net of ``expression_net`` with more heads: expressions by three habits of labelling, and what a face does.

Input [N,1,S,S], grey, 0..1; S is 56 in the shipped net. All heads read the same 256 features:

========== ==== =================================================================================
fer2013    7    logits, FER2013's labels
ferplus    7    logits, FER+'s votes
photo      7    logits, labels of photographs by many raters or by instruction (RAF-DB, CFEE)
units      15   logits, action units of ``ACTION_UNITS`` that a FACS coder saw
shapes     43   0..1, the teacher's blendshapes of ``SHAPES``
pose       3    yaw, pitch of the head and roll left in the crop, in units of 30 degrees
eyes       2    logits, eye closed: the one at the crop's left, the one at its right
covered    2    logits, lower half covered, upper half covered
========== ==== =================================================================================
"""
import torch
from torch import nn

from expression_net import ExpressionNet

ACTION_UNITS = (1, 2, 4, 5, 6, 7, 9, 10, 12, 15, 17, 20, 24, 25, 26)

# MediaPipe's blendshapes, without the neutral one and those that its model never moves
SHAPES = (
    "browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight eyeBlinkLeft eyeBlinkRight"
    " eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight eyeLookUpLeft"
    " eyeLookUpRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight jawLeft jawOpen jawRight mouthClose"
    " mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight mouthFunnel mouthLowerDownLeft"
    " mouthLowerDownRight mouthPressLeft mouthPressRight mouthPucker mouthRollLower mouthRollUpper mouthShrugLower"
    " mouthShrugUpper mouthSmileLeft mouthSmileRight mouthStretchLeft mouthStretchRight mouthUpperUpLeft"
    " mouthUpperUpRight").split()

# the blinks of the eye at the picture's left and right: "left" is the person's left
BLINKS = [SHAPES.index("eyeBlinkRight"), SHAPES.index("eyeBlinkLeft")]

HEADS = {"fer2013": 7, "ferplus": 7, "photo": 7, "units": len(ACTION_UNITS), "shapes": len(SHAPES), "pose": 3,
         "eyes": 2, "covered": 2}


def mirrored_shapes():
    """For each blendshape the place of the one that a mirrored picture shows."""
    def other(name):
        if name.endswith("Left"):
            return name[:-4] + "Right"
        return name[:-5] + "Left" if name.endswith("Right") else name
    return [SHAPES.index(other(name)) for name in SHAPES]


class FaceNet(ExpressionNet):
    def __init__(self, **options):
        super().__init__(**options)
        width = self.labels_head.in_features
        del self.labels_head, self.votes_head
        self.heads = nn.ModuleDict({name: nn.Linear(width, outputs) for name, outputs in HEADS.items()})

    def forward(self, x):
        features = self.features(x)
        dropped = self.dropout(features)
        return {name: head(dropped) for name, head in self.heads.items()}
