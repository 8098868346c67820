"""Trains networks with Keras for a while, on as many threads as $SCRAWL_THREADS says.

Takes {"classes", "batchSize", "milliseconds", "networks"} as JSON on standard input, the networks as they are in
`*.scrawlnet.json`, and prints a JSON object a network: its name and samples a second.
"""

import json
import os
import re
import sys
import time

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# the folder of this file comes first, and it has Keras' name
sys.path.pop(0)

import keras
import numpy
import tensorflow

WARM_UP = 4
SPECIAL_NAMES = {"leakyReLU": "LeakyReLU", "prelu": "PReLU"}


def in_snake_case(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def layer_of(layer):
    kind = layer["type"]
    name = SPECIAL_NAMES.get(kind, kind[0].upper() + kind[1:].replace("2d", "2D"))
    parameters = {in_snake_case(key): value for key, value in layer.items() if key != "type"}
    if "alpha" in parameters:
        parameters["negative_slope"] = parameters.pop("alpha")
    return getattr(keras.layers, name)(**parameters)


def model_of(network, classes):
    layers = [layer_of(layer) for layer in network["layers"]]
    ends = [keras.layers.Flatten(), keras.layers.Dense(classes, activation="softmax")]
    model = keras.Sequential([keras.Input(network["input"]), *layers, *ends])
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model


def samples_per_second(network, classes, batch_size, seconds):
    model = model_of(network, classes)
    random = numpy.random.default_rng(5)
    shape = (batch_size, *network["input"])
    x = (random.random(shape) * (random.random(shape) < 0.2)).astype("float32")
    y = numpy.eye(classes, dtype="float32")[random.integers(0, classes, batch_size)]
    for _ in range(WARM_UP):
        model.train_on_batch(x, y)
    begun = time.perf_counter()
    steps = 0
    while time.perf_counter() - begun < seconds:
        model.train_on_batch(x, y)
        steps += 1
    return batch_size * steps / (time.perf_counter() - begun)


def main():
    threads = int(os.environ.get("SCRAWL_THREADS", os.cpu_count() or 1))
    tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
    task = json.load(sys.stdin)
    for network in task["networks"]:
        rate = samples_per_second(network, task["classes"], task["batchSize"], task["milliseconds"] / 1000)
        print(json.dumps({"name": network["name"], "samplesPerSecond": rate}), flush=True)


main()
