"""Makes an ONNX file whose convolutions compute on 8-bit integers, from one with floats. ONNX Runtime computes it.

    python3 quantize_onnx.py --onnx FLOAT.onnx --inputs inputs.npz --out INT8.onnx [--range all|closest] [--float NAME ...] [--windows]

inputs.npz holds what the network gets on pictures of the training: arrays [N,C,H,W], each of any size. Each tensor between
convolutions gets a scale (uint8, asymmetric where it may be below 0): of all values seen (``all``), or such that the mean
squared error on these is the least, with the few largest cut off (``closest``). Weights have a scale for each output channel and 7 bits, so that no processor saturates where it adds two products in 16
bits: all of them compute the same numbers. Whatever is not a convolution, and the convolutions whose weights' names begin with
NAME, stays in floats. With ``--windows`` a network of color pictures, whose first convolution is one of 3x3 pixels with a stride of 2,
gets the windows of that convolution, bytes [1,H/2,W/2,32]: three rows of three pixels, each red, green and blue, and five zeros.
ONNX Runtime would copy them together from three channels in three times the time that all of it takes. Post-training quantization as in Jacob et al. 2018, written as QuantizeLinear and DequantizeLinear.
"""
import argparse
import collections

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

SAMPLES = 4000
"""Values of each tensor that are kept of each input."""

WEIGHT_STEPS = 63


def attributes(node):
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def compute(node, values):
    """One node by PyTorch; only the operators that our networks have."""
    x = [values[name] if name else None for name in node.input]
    given = attributes(node)
    kind = node.op_type
    if kind == "Conv":
        pads = given.get("pads", [0, 0, 0, 0])
        return F.conv2d(x[0], x[1], x[2] if len(x) > 2 else None, given.get("strides", 1), pads[:2],
                        given.get("dilations", 1), given.get("group", 1))
    if kind == "Gemm":
        return F.linear(x[0], x[1] if given.get("transB") else x[1].T, x[2])
    if kind == "Constant":
        return torch.from_numpy(numpy_helper.to_array(given["value"]).copy())
    if kind == "Resize":
        return F.interpolate(x[0], scale_factor=2, mode="nearest")
    if kind == "Flatten":
        return x[0].flatten(1)
    simple = {"Relu": F.relu, "Sigmoid": torch.sigmoid, "Log": torch.log,
              "GlobalAveragePool": lambda a: a.mean((2, 3), keepdim=True),
              "Softmax": lambda a: F.softmax(a, 1), "LogSoftmax": lambda a: F.log_softmax(a, 1),
              "Add": lambda a, b: a + b, "Sub": lambda a, b: a - b, "Mul": lambda a, b: a * b, "Div": lambda a, b: a / b}
    return simple[kind](*x)


def observed(model, inputs, wanted):
    """Values that the wanted tensors have, at random places."""
    random = np.random.default_rng(1)
    constants = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in model.graph.initializer}
    kept = collections.defaultdict(list)
    with torch.no_grad():
        for array in inputs:
            values = dict(constants)
            values[model.graph.input[0].name] = torch.from_numpy(np.ascontiguousarray(array, np.float32))
            for node in model.graph.node:
                values[node.output[0]] = compute(node, values)
            for name in wanted:
                flat = values[name].numpy().reshape(-1)
                kept[name].append(flat[random.integers(len(flat), size=SAMPLES)])
                kept[name].append(np.array([flat.min(), flat.max()]))
    return {name: np.concatenate(parts) for name, parts in kept.items()}


def scale_and_zero(values, shares):
    """Of 8 bits without a sign: which share of the range of all values has the least squared error."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    best = None
    for share in shares:
        scale = max((high - low) * share / 255, 1e-8)
        zero = int(np.clip(round(-low * share / scale), 0, 255))
        seen = (np.clip(np.round(values / scale) + zero, 0, 255) - zero) * scale
        error = float(np.square(seen - values).mean())
        if best is None or error < best[0]:
            best = (error, scale, zero)
    return best[1], best[2]


class Quantizer:
    def __init__(self, model, samples, kept_float, shares):
        self.graph, self.samples, self.shares = model.graph, samples, shares
        self.weights = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
        self.kept_float = kept_float
        self.nodes, self.added, self.scales, self.seen = [], {}, {}, {}
        self.sums = set()
        """What integers were added up to: what comes next can be brought to 8 bits with it."""
        self.users = collections.defaultdict(list)
        for node in self.graph.node:
            for name in node.input:
                self.users[name].append(node)

    def is_integer(self, node):
        return node.op_type == "Conv" and not any(node.input[1].startswith(name) for name in self.kept_float)

    def constant(self, name, array):
        self.added[name] = numpy_helper.from_array(array, name)
        return name

    def quantized(self, name, source=None):
        """The name of the tensor after it was brought to 8 bits and back, of which there is one."""
        if name not in self.seen:
            scale, zero = scale_and_zero(self.samples[name], self.shares)
            self.scales[name] = scale
            parts = [self.constant(name + "/scale", np.array(scale, np.float32)),
                     self.constant(name + "/zero", np.array(zero, np.uint8))]
            self.nodes.append(helper.make_node("QuantizeLinear", [source or name] + parts, [name + "/8bit"]))
            self.nodes.append(helper.make_node("DequantizeLinear", [name + "/8bit"] + parts, [name + "/seen"]))
            self.seen[name] = name + "/seen"
        return self.seen[name]

    def passed_on(self, source, name):
        """Of a tensor whose numbers are those of another: the same 8 bits."""
        parts = [source + "/scale", source + "/zero"]
        self.scales[name] = self.scales[source]
        self.nodes.append(helper.make_node("QuantizeLinear", [name] + parts, [name + "/8bit"]))
        self.nodes.append(helper.make_node("DequantizeLinear", [name + "/8bit"] + parts, [name + "/seen"]))
        self.seen[name] = name + "/seen"

    def weight(self, name):
        if name + "/8bit" not in self.added:
            w = self.weights[name]
            scale = np.maximum(np.abs(w).reshape(len(w), -1).max(1) / WEIGHT_STEPS, 1e-8).astype(np.float32)
            steps = np.clip(np.round(w / scale[:, None, None, None]), -WEIGHT_STEPS, WEIGHT_STEPS).astype(np.int8)
            self.scales[name] = scale
            self.nodes.append(helper.make_node(
                "DequantizeLinear",
                [self.constant(name + "/8bit", steps), self.constant(name + "/scale", scale),
                 self.constant(name + "/zero", np.zeros(len(w), np.int8))], [name + "/seen"], axis=0))
        return name + "/seen"

    def bias(self, node):
        name = node.output[0] + "/bias"
        scale = (self.scales[node.input[0]] * self.scales[node.input[1]]).astype(np.float32)
        steps = np.round(self.weights[node.input[2]].astype(np.float64) / scale).astype(np.int32)
        self.nodes.append(helper.make_node(
            "DequantizeLinear",
            [self.constant(name + "/32bit", steps), self.constant(name + "/scale", scale),
             self.constant(name + "/zero", np.zeros(len(scale), np.int32))], [name], axis=0))
        return name

    def run(self):
        for node in self.graph.node:
            output = node.output[0]
            integer = self.is_integer(node)
            if integer:
                node.input[:] = [self.quantized(node.input[0]), self.weight(node.input[1]), self.bias(node)]
            elif node.op_type == "Relu" and (node.input[0] in self.sums or self.goes_into_integers(output)):
                # 8 bits that begin at 0 cut off what is below: a Relu for nothing
                self.quantized(output, node.input[0])
                continue
            else:
                node.input[:] = [self.seen.get(name, name) for name in node.input]
            self.nodes.append(node)
            if node.op_type == "Resize" and node.input[0] in self.seen.values():
                self.passed_on(node.input[0][:-len("/seen")], output)
            if integer or node.op_type == "Add" and all(name in self.seen.values() for name in node.input):
                self.sums.add(output)
            if self.is_rectified(output):
                continue
            # without 8 bits behind it ONNX Runtime computes a convolution in floats, and brings its weights to floats each time
            if integer or node.op_type in ("Conv", "Add") and self.is_summed(output):
                self.quantized(output)
        return self.nodes

    def is_rectified(self, name):
        return [user.op_type for user in self.users[name]] == ["Relu"]

    def goes_into_integers(self, name):
        return any(self.is_integer(user) for user in self.users[name])

    def is_summed(self, name):
        return any(user.op_type == "Add" for user in self.users[name])


WINDOW = 32


def in_windows(graph):
    """The first convolution as a product of matrices: its windows come from outside, as bytes."""
    arrays = {t.name: t for t in graph.initializer}
    producers = {node.output[0]: node for node in graph.node}
    conv = next(node for node in graph.node if node.op_type == "Conv")
    given = attributes(conv)
    assert (given["kernel_shape"], given["strides"], given["pads"]) == ([3, 3], [2, 2], [1, 1, 1, 1]), given
    pixels = producers[conv.input[0]].input[0]
    scale, zero = (numpy_helper.to_array(arrays[name]) for name in producers[conv.input[0]].input[1:])
    assert np.isclose(scale * 255, 1) and zero == 0, "pixels of 0 to 255 have to become 0 to 1"
    useless, name = [], pixels
    while name in producers:
        useless.append(producers[name])
        name = producers[name].input[0]
    assert [node.op_type for node in useless] == ["QuantizeLinear", "Mul"] and name == graph.input[0].name
    weights = arrays[producers[conv.input[1]].input[0]]
    steps = numpy_helper.to_array(weights)
    windowed = np.zeros((len(steps), WINDOW, 1, 1), np.int8)
    windowed[:, :27, 0, 0] = steps.transpose(0, 2, 3, 1).reshape(len(steps), 27)
    weights.CopyFrom(numpy_helper.from_array(windowed, weights.name))
    del conv.attribute[:]
    conv.attribute.extend([helper.make_attribute("kernel_shape", [1, 1])])
    nodes = [helper.make_node("Transpose", ["windows"], [pixels], perm=[0, 3, 1, 2])]
    nodes += [node for node in graph.node if node not in useless]
    del graph.node[:], graph.input[:]
    graph.node.extend(nodes)
    graph.input.append(helper.make_tensor_value_info("windows", TensorProto.UINT8, [1, "rows", "columns", WINDOW]))


def without_what_nobody_uses(graph):
    used = {name for node in graph.node for name in node.input} | {output.name for output in graph.output}
    nodes = [node for node in graph.node if used & set(node.output)]
    initializers = [t for t in graph.initializer if t.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(initializers)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--inputs", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--float", nargs="*", default=[], dest="kept_float")
    parser.add_argument("--range", choices=["all", "closest"], default="closest")
    parser.add_argument("--windows", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = onnx.load(options.onnx)
    constants = {t.name for t in model.graph.initializer}
    produced = {node.output[0]: node.op_type for node in model.graph.node}
    wanted = sorted({name for node in model.graph.node if node.op_type in ("Conv", "Add", "Relu")
                     for name in [*node.input[:2], node.output[0]]
                     if name not in constants and produced.get(name) != "Constant"})
    stored = np.load(options.inputs)
    samples = observed(model, [stored[name] for name in stored.files], wanted)
    shares = [1.0] if options.range == "all" else np.linspace(0.3, 1.0, 36)
    quantizer = Quantizer(model, samples, options.kept_float, shares)
    nodes = quantizer.run()
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(quantizer.added.values())
    if options.windows:
        in_windows(model.graph)
    without_what_nobody_uses(model.graph)
    del model.opset_import[:]
    model.opset_import.extend([helper.make_opsetid("", 13)])
    model.producer_name, model.producer_version = "emotion4j", ""
    onnx.checker.check_model(model)
    onnx.save(model, options.out)
    print(options.out, collections.Counter(node.op_type for node in model.graph.node))


if __name__ == "__main__":
    main()
