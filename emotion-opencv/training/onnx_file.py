"""Writes a net as an ONNX file that OpenCV's DNN and ONNX Runtime read: batch normalisation folded in, no Identity nodes.

No node knows the picture's size, so the file says that height and width are free; ONNX Runtime holds it to that.
"""
import copy
import io

import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def folded(net):
    """A copy for inference whose convolutions contain the batch normalisation that follows them."""
    net = copy.deepcopy(net).eval().to(memory_format=torch.contiguous_format)
    for module in list(net.modules()):
        if isinstance(module, nn.Sequential) and len(module) > 1 and isinstance(module[1], nn.BatchNorm2d):
            module[0] = fuse_conv_bn_eval(module[0], module[1])
            module[1] = nn.Identity()
    return net


def write(net, path, height, width):
    file = io.BytesIO()
    torch.onnx.export(folded(net), torch.zeros(1, 3, height, width), file, opset_version=11,
                      input_names=["picture"], output_names=["stride8", "stride16", "stride32"])
    model = onnx.load_model_from_string(file.getvalue())
    graph = model.graph
    aliases = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Identity"}
    kept = [node for node in graph.node if node.op_type != "Identity"]
    for node in kept:
        for i, name in enumerate(node.input):
            while name in aliases:
                name = aliases[name]
            node.input[i] = name
    del graph.node[:]
    graph.node.extend(kept)
    for value in list(graph.input) + list(graph.output):
        _, _, rows, columns = value.type.tensor_type.shape.dim
        rows.dim_param, columns.dim_param = value.name + "_height", value.name + "_width"
    model.producer_name, model.producer_version = "emotion4j", ""
    onnx.checker.check_model(model)
    onnx.save(model, path)
