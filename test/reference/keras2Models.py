"""Makes keras2.h5 and keras2.keras in test/fixtures/models: a model as Keras 2 saves it, with what it answers.

Run with tf_keras 2.21.0 and tensorflow-cpu 2.21.0: python test/reference/keras2Models.py
"""

import json
import pathlib

import numpy as np
from tf_keras import Input, Model, Sequential, layers

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "models"
PICTURE = (np.arange(784) * 7 % 256).reshape(28, 28)

inner = Sequential([Input((7, 7, 3)), layers.BatchNormalization(), layers.Conv2D(2, 3, name="conv")], name="inner")
x = Input((28, 28, 1))
y = layers.Conv2D(3, 4, strides=4, activation="relu", name="conv")(x)
y = inner(y)
y = layers.Flatten()(y)
model = Model(x, layers.Dense(3, activation="softmax", name="out")(y))
random = np.random.default_rng(7)
for weight in model.weights:
    values = random.normal(0, 0.3, weight.shape)
    weight.assign(np.abs(values) + 0.5 if "variance" in weight.name else values)

answer = model((PICTURE / 255).astype("float32")[None, ..., None], training=False).numpy()[0]
answers = json.loads((OUT / "keras.json").read_text())
for name in ["keras2.h5", "keras2.keras"]:
    model.save(OUT / name)
    answers[name] = [float(f"{each:.8f}") for each in answer.astype("float64")]
(OUT / "keras.json").write_text(json.dumps(answers, indent=1) + "\n")
