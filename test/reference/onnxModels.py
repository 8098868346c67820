"""Makes the ONNX files in test/fixtures/models: as PyTorch exports them, and one of many operators.

Run with torch 2.15.0, onnx 1.23.2, onnxruntime 1.32.0, onnxscript 0.7.2:
python test/reference/onnxModels.py
"""

import json
import os
import pathlib

os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "models"
PICTURE = (np.arange(784) * 7 % 256).reshape(28, 28)
answers = {}


def answer(name, x):
    session = onnxruntime.InferenceSession(OUT / name)
    y = session.run(None, {session.get_inputs()[0].name: x})[0].reshape(-1).astype("float64")
    if y.min() < 0 or abs(y.sum() - 1) > 1e-3:
        y = np.exp(y - y.max())
        y /= y.sum()
    answers[name] = [float(f"{each:.8f}") for each in y]


def from_torch(name, model, x, **options):
    torch.manual_seed(3)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
            nn.init.normal_(module.weight, 1, 0.3)
            nn.init.normal_(module.bias, 0, 0.3)
    model.eval()
    torch.onnx.export(model, torch.tensor(x), OUT / name, **{"dynamo": False, **options})
    answer(name, x)


gray = (PICTURE / 255).astype("float32")
one = gray[None, None]
color = np.broadcast_to(one, (1, 3, 28, 28)).copy()
torch.manual_seed(1)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(1, 3, 5), nn.Conv2d(3, 4, 3, padding=1, stride=2)
        self.c, self.d, self.drop = nn.Linear(4 * 6 * 6, 7), nn.Linear(7, 3), nn.Dropout(0.3)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.a(x)), 2)
        x = torch.relu(self.b(x))
        x = x.view(x.size(0), -1)
        return torch.log_softmax(self.d(self.drop(torch.relu(self.c(x)))), 1)


class Block(nn.Module):
    """As small networks for pictures have them: depthwise, squeeze and excitation, residual."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.deep = nn.Sequential(nn.Conv2d(8, 16, 3, padding=1, groups=8), nn.BatchNorm2d(16), nn.Hardswish())
        self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(16, 4, 1), nn.ReLU6(), nn.Conv2d(4, 16, 1), nn.Hardsigmoid())
        self.back = nn.Sequential(nn.Conv2d(16, 8, 1), nn.PReLU(8), nn.AvgPool2d(3, 1, 1))
        self.end = nn.Linear(16, 3)

    def forward(self, x):
        x = self.stem(x)
        y = self.deep(x)
        y = self.back(y * self.squeeze(y))
        return self.end(torch.cat([x + y, torch.nn.functional.silu(x)], 1).mean([2, 3]))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(784, 6), nn.Linear(6, 3)

    def forward(self, x):
        x = (x - 0.1307) / 0.3081
        return self.b(torch.nn.functional.leaky_relu(self.a(x), 0.1)).softmax(-1)


from_torch("lenet.onnx", LeNet(), one, input_names=["x"], dynamic_axes={"x": {0: "n"}})
from_torch("block.onnx", Block(), color, opset_version=17)
from_torch("mlp.onnx", Mlp(), gray.reshape(1, 784), dynamo=True, external_data=True)
from_torch("lenetNew.onnx", LeNet(), one, dynamo=True, external_data=False)


def of_operators():
    """Operators in the forms that other exporters write; the picture comes as bytes."""
    random = np.random.default_rng(9)
    constants = {
        "scale": np.array(255, "float32"),
        "kernel": random.normal(0, 0.4, (4, 1, 3, 3)).astype("float32"),
        "channel": random.normal(0, 0.4, (1, 4, 1, 1)).astype("float32"),
        "least": np.array(-0.5, "float32"),
        "most": np.array(0.8, "float32"),
        "zero": np.array(0, "int64"),
        "first": np.array([0], "int64"),
        "rest": np.array([-1], "int64"),
        "pads": np.array([0, 0, 1, 0, 0, 0, 0, 1], "int64"),
        "weights": random.normal(0, 0.3, (3, 4 * 8 * 8)).astype("float16"),
        "bias": random.normal(0, 0.3, 3).astype("float32"),
        "axis": np.array([1], "int64"),
    }
    node = helper.make_node
    nodes = [
        node("Cast", ["x"], ["float"], to=TensorProto.FLOAT),
        node("Div", ["float", "scale"], ["gray"]),
        node("Unsqueeze", ["gray", "axis"], ["picture"]),
        node("Conv", ["picture", "kernel"], ["a"], auto_pad="SAME_LOWER", strides=[2, 2], dilations=[1, 1]),
        node("Sub", ["channel", "a"], ["b"]),
        node("Clip", ["b", "least", "most"], ["c"]),
        node("Pad", ["c", "pads"], ["d"]),
        node("MaxPool", ["d"], ["e"], kernel_shape=[2, 2], strides=[2, 2], auto_pad="VALID"),
        node("Elu", ["e"], ["f"], alpha=0.7),
        node("Max", ["e", "f"], ["g"]),
        node("Transpose", ["g"], ["h"], perm=[0, 2, 3, 1]),
        node("Tanh", ["h"], ["i"]),
        node("Transpose", ["i"], ["j"], perm=[0, 2, 1, 3]),
        node("Transpose", ["j"], ["k"], perm=[0, 3, 2, 1]),
        node("AveragePool", ["k"], ["l"], kernel_shape=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1),
        node("Shape", ["l"], ["shape"]),
        node("Gather", ["shape", "zero"], ["n"]),
        node("Unsqueeze", ["n", "first"], ["n1"]),
        node("Concat", ["n1", "rest"], ["to"], axis=0),
        node("Reshape", ["l", "to"], ["flat"]),
        node("Cast", ["weights"], ["wide"], to=TensorProto.FLOAT),
        node("Transpose", ["wide"], ["turned"], perm=[1, 0]),
        node("MatMul", ["flat", "turned"], ["m"]),
        node("Add", ["bias", "m"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "operators",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, ["n", 28, 28])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3])],
        [numpy_helper.from_array(value, key) for key, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, OUT / "operators.onnx")
    answer("operators.onnx", PICTURE[None].astype("uint8"))


of_operators()

(OUT / "onnx.json").write_text(json.dumps(answers, indent=1) + "\n")
