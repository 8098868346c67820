"""Makes test/fixtures/models: small models as Keras saves them, with what Keras itself answers.

Run with keras 3.15.1, tensorflow-cpu 2.21.0 and onnx 1.23.2: python test/reference/foreignModels.py
"""

import json
import pathlib

import keras
import numpy as np
from keras import layers

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "models"
# gray values of one picture, as the tests make them
PICTURE = (np.arange(784) * 7 % 256).reshape(28, 28)
answers = {}


def shaken(model):
    """Gives every weight a value of its own, for fresh normalizations and biases would hide mistakes."""
    random = np.random.default_rng(5)
    for weight in model.weights:
        if "seed" in weight.path or "count" in weight.path:
            continue
        values = random.normal(0, 0.3, weight.shape)
        weight.assign(np.abs(values) + 0.5 if "variance" in weight.path else values)
    return model


def save(model, name, scale=1 / 255, shape=(28, 28, 1), endings=("keras", "h5")):
    x = (PICTURE * scale).astype("float32")
    x = np.broadcast_to(x[..., None], (28, 28, 3)) if shape[-1] == 3 else x.reshape(shape)
    y = model(x[None], training=False).numpy()[0].astype("float64")
    if abs(y.sum() - 1) > 1e-3:
        y = np.exp(y - y.max())
        y /= y.sum()
    for ending in endings:
        model.save(OUT / f"{name}.{ending}")
        answers[f"{name}.{ending}"] = [float(f"{each:.8f}") for each in y]


def stack(*parts, shape=(28, 28, 1)):
    return shaken(keras.Sequential([keras.Input(shape), *parts]))


save(
    stack(
        layers.Conv2D(3, 5, strides=2, activation="relu"),
        layers.BatchNormalization(),
        layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2),
        layers.PReLU(shared_axes=[1, 2]),
        layers.SeparableConv2D(4, 3, use_bias=False),
        layers.BatchNormalization(scale=False, epsilon=1e-5),
        layers.LeakyReLU(negative_slope=0.2),
        layers.MaxPooling2D(2),
        layers.Dropout(0.5),
        layers.Flatten(),
        layers.Dense(5, name="hidden", activation="silu"),
        layers.LayerNormalization(),
        layers.Dense(3, activation="softmax"),
    ),
    "stack",
)

x = keras.Input((28, 28))
y = layers.Reshape((28, 28, 1))(x)
y = layers.Conv2D(3, 3, strides=3, padding="same", name="b")(y)
z = layers.Conv2D(3, 1, name="a")(y)
z = layers.Activation("relu")(z)
y = layers.Add()([y, z])
y = layers.Concatenate()([y, z])
y = layers.GlobalAveragePooling2D()(y)
save(shaken(keras.Model(x, layers.Dense(3)(y))), "graph", shape=(28, 28))

# two stacks with layers of the same names in them
def part(name):
    return keras.Sequential([keras.Input((9,)), layers.Dense(9, name="d", activation="tanh")], name=name)

save(
    stack(
        layers.Rescaling(1 / 255),
        keras.Sequential([layers.RandomRotation(0.1), layers.RandomTranslation(0.1, 0.1)]),
        layers.AveragePooling2D(9),
        layers.Flatten(),
        part("one"),
        part("two"),
        layers.Dense(3, activation="softmax", name="d"),
    ),
    "nested",
    scale=1,
)

normalization = layers.Normalization(axis=None)
normalization.adapt(PICTURE.astype("float32"))
dense = [layers.Dense(3)]
model = keras.Sequential([keras.Input((784,)), normalization, *dense])
dense[0].set_weights([np.random.default_rng(1).normal(0, 0.05, (784, 3)), np.array([0.1, 0, -0.1])])
save(model, "normalized", scale=1, shape=(784,))

save(
    stack(layers.Conv2D(4, 3, strides=4), layers.GlobalMaxPooling2D(), layers.Dense(3), shape=(28, 28, 3)),
    "color",
    shape=(28, 28, 3),
)

(OUT / "keras.json").write_text(json.dumps(answers, indent=1) + "\n")
