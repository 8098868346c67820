"""Makes normalized.onnx, grouped.onnx and enlarged.onnx in test/fixtures/models: layer normalization, convolutions in
groups and transposed ones, in the forms that exporters write, with what onnxruntime answers.

Run with onnx 1.23.2 and onnxruntime 1.32.0: python test/reference/onnxLayers.py
"""

import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "models"
# gray values of one picture, as the tests make them
PICTURE = ((np.arange(784) * 7 % 256) / 255).astype("float32").reshape(1, 1, 28, 28)
random = np.random.default_rng(11)
node = helper.make_node
answers = json.loads((OUT / "onnx.json").read_text())


def weights(*shape, scale=0.4):
    return random.normal(0, scale, shape).astype("float32")


def save(name, nodes, constants):
    """A model whose last operator gives "y", three plain numbers."""
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, 28, 28])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3])],
        [numpy_helper.from_array(np.asarray(value), key) for key, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, OUT / f"{name}.onnx")
    y = onnxruntime.InferenceSession(OUT / f"{name}.onnx").run(None, {"x": PICTURE})[0].reshape(-1)
    y = np.exp(y.astype("float64") - y.max())
    answers[f"{name}.onnx"] = [float(f"{each:.8f}") for each in y / y.sum()]


save(
    "normalized",
    [
        node("Conv", ["x", "stem", "stemBias"], ["a"], strides=[4, 4]),
        # over channels, as ConvNeXt has it
        node("Transpose", ["a"], ["b"], perm=[0, 2, 3, 1]),
        node("LayerNormalization", ["b", "gain", "offset"], ["c"], axis=-1, epsilon=1e-6),
        node("Transpose", ["c"], ["d"], perm=[0, 3, 1, 2]),
        # over the whole picture, and along its rows
        node("LayerNormalization", ["d", "wholeGain", "wholeOffset"], ["e"], axis=1),
        node("LayerNormalization", ["e", "rowGain"], ["f"], axis=3, epsilon=0.01),
        node("PRelu", ["f", "slopes"], ["g"]),
        node("Flatten", ["g"], ["h"]),
        node("LayerNormalization", ["h", "flatGain", "flatOffset"], ["i"]),
        node("Gemm", ["i", "last"], ["y"], transB=1),
    ],
    {
        "stem": weights(5, 1, 4, 4),
        "stemBias": weights(5),
        "gain": weights(5),
        "offset": weights(5),
        "wholeGain": weights(5, 7, 7),
        "wholeOffset": weights(5, 7, 7),
        "rowGain": weights(7),
        "slopes": weights(5, 7, 7),
        "flatGain": weights(245),
        "flatOffset": weights(245),
        "last": weights(3, 245, scale=0.1),
    },
)
save(
    "grouped",
    [
        node("Conv", ["x", "stem"], ["a"], strides=[2, 2], pads=[1, 1, 1, 1]),
        # as ResNeXt has it, and with fewer filters than channels
        node("Conv", ["a", "three", "threeBias"], ["b"], group=3, pads=[0, 1, 1, 0], strides=[2, 1]),
        node("Tanh", ["b"], ["c"]),
        node("Conv", ["c", "two"], ["d"], group=2, dilations=[2, 2]),
        node("Conv", ["d", "each"], ["e"], group=4),
        node("Slice", ["e", "starts", "ends", "axes"], ["f"]),
        node("GlobalAveragePool", ["f"], ["g"]),
        node("Flatten", ["g"], ["h"]),
        node("Gemm", ["h", "last"], ["y"]),
    ],
    {
        "stem": weights(6, 1, 3, 3),
        "three": weights(12, 2, 3, 2),
        "threeBias": weights(12),
        "two": weights(4, 6, 2, 2),
        "each": weights(8, 1, 1, 2),
        "starts": np.array([1, 2], "int64"),
        "ends": np.array([-1, 100], "int64"),
        "axes": np.array([2, 3], "int64"),
        "last": weights(8, 3, scale=1),
    },
)
save(
    "enlarged",
    [
        node("AveragePool", ["x"], ["a"], kernel_shape=[7, 7], strides=[7, 7]),
        node("ConvTranspose", ["a", "up", "upBias"], ["b"], strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 0]),
        node("Relu", ["b"], ["c"]),
        node("ConvTranspose", ["c", "groups"], ["d"], group=2, strides=[1, 2]),
        node("ConvTranspose", ["d", "far"], ["e"], strides=[3, 3]),
        node("ConvTranspose", ["e", "same"], ["f"], auto_pad="SAME_UPPER", strides=[2, 1]),
        node("ConvTranspose", ["f", "shaped"], ["g"], output_shape=[58, 43], strides=[1, 1]),
        node("GlobalMaxPool", ["g"], ["h"]),
        node("Flatten", ["h"], ["i"]),
        node("Gemm", ["i", "last"], ["y"]),
    ],
    {
        "up": weights(1, 6, 4, 3),
        "upBias": weights(6),
        "groups": weights(6, 2, 2, 3),
        # strides beyond the kernel leave gaps
        "far": weights(4, 3, 2, 1),
        "same": weights(3, 3, 3, 2),
        "shaped": weights(3, 4, 4, 2),
        "last": weights(4, 3, scale=1),
    },
)
(OUT / "onnx.json").write_text(json.dumps(answers, indent=1) + "\n")
