"""Independent values for the test of CTC: TensorFlow's loss and gradient of a few small batches.

    pip install tensorflow-cpu==2.16.2
    python test/reference/ctc.py    # makes test/fixtures/ctc.json

The blank is the last class. Where a label does not fit its frames, TensorFlow's loss is infinite (or a huge number) and
its gradient says nothing: these lines are marked, and not compared. TensorFlow counts the one path of an empty label
twice, so that its loss is too small by the logarithm of 2; that is added.
"""

import json
import math
import os

import numpy as np
import tensorflow as tf

FILE = os.path.join(os.path.dirname(__file__), '..', 'fixtures', 'ctc.json')

#: Classes (the blank included), frames of the batch, and for each line its own frames and its label.
CASES = {
    'labels of several lengths in a batch': (6, 9, [(9, [0, 1, 2]), (5, [4]), (7, [3, 2, 1, 0])]),
    'repeated characters': (5, 8, [(8, [1, 1]), (8, [2, 2, 2]), (5, [3, 3, 3]), (8, [0, 1, 1, 0])]),
    'an empty label': (4, 6, [(6, []), (3, []), (6, [2])]),
    'labels that do not fit': (4, 6, [(2, [0, 1, 2]), (3, [1, 1, 1]), (6, [1, 2]), (2, [0, 0])]),
    'as many frames as the label takes': (5, 5, [(3, [0, 1, 2]), (5, [1, 1, 1]), (1, [3])]),
    'surely right and surely wrong': (4, 6, [(6, [0, 1]), (6, [2, 2])]),
}


def fits(frames, label):
    return frames >= len(label) + sum(a == b for a, b in zip(label, label[1:]))


def case(name, classes, frames, lines, random):
    logits = random.normal(0, 20 if name.startswith('surely') else 2, (len(lines), frames, classes)).astype(np.float32)
    logits = np.round(logits, 3)
    losses, gradients = [], np.zeros_like(logits)
    for index, (own, label) in enumerate(lines):
        x = tf.constant(logits[index:index + 1, :own])
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.nn.ctc_loss(
                labels=tf.constant([label], tf.int32, shape=(1, len(label))),
                logits=x,
                label_length=tf.constant([len(label)]),
                logit_length=tf.constant([own]),
                logits_time_major=False,
                blank_index=classes - 1,
            )
        if fits(own, label):
            losses.append(float(loss[0]) + (0 if label else math.log(2)))
            gradients[index, :own] = tape.gradient(loss, x).numpy()[0]
        else:
            losses.append(None)
    return {
        'name': name,
        'classes': classes,
        'frames': frames,
        'lines': [{'frames': own, 'label': label} for own, label in lines],
        'logits': [float(f'{value:.3f}') for value in logits.ravel()],
        'losses': losses,
        'gradient': [float(f'{value:.6g}') for value in gradients.ravel()],
    }


random = np.random.default_rng(10)
cases = [case(name, *rest, random) for name, rest in CASES.items()]
with open(FILE, 'w') as stream:
    json.dump(cases, stream)
    stream.write('\n')
