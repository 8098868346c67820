"""Independent figures for the tests of src/metrics: scikit-learn's, statsmodels' and cleanlab's, on stored predictions.

    pip install scikit-learn==1.9.1 statsmodels==0.15.0 cleanlab==2.9.0
    python test/reference/metrics.py sample EVALUATION    # makes test/fixtures/evaluation/predictions.gz
    python test/reference/metrics.py                      # makes test/fixtures/evaluation/reference.json

EVALUATION is what `scrawl evaluate --model bundled --dataset emnist-byclass` keeps under `evaluations`; the sample are 2,000
of its samples, evenly spread.
"""

import gzip
import hashlib
import json
import os
import sys

import numpy as np

FOLDER = os.path.join(os.path.dirname(__file__), '..', 'fixtures', 'evaluation')
SAMPLES = 2000


def read(data):
    assert data[:8] == b'SCRAWLEV'
    length = int.from_bytes(data[8:12], 'little')
    header = json.loads(data[12:12 + length])
    count, width = header['samples'], len(header['outputs'])
    body = data[12 + length:]
    places = np.frombuffer(body, '<u4', count)
    labels = np.frombuffer(body, '<u2', count, 4 * count)
    logs = np.frombuffer(body, '<f2', count * width, 6 * count).reshape(count, width)
    return header, places, labels, logs


def sample(file):
    with open(file, 'rb') as stream:
        header, places, labels, logs = read(stream.read())
    rows = np.arange(SAMPLES) * len(places) // SAMPLES
    body = places[rows].tobytes() + labels[rows].tobytes() + logs[rows].tobytes()
    header |= {'datasetId': 'EMNIST byclass, a part', 'samples': SAMPLES, 'checksum': hashlib.sha256(body).hexdigest()}
    text = json.dumps(header).encode()
    text += b' ' * (-(12 + len(text)) % 4)
    data = b'SCRAWLEV' + len(text).to_bytes(4, 'little') + text + body
    with open(os.path.join(FOLDER, 'predictions.gz'), 'wb') as stream:
        stream.write(gzip.compress(data, 9, mtime=0))


def shares_of(groups, outputs, logs):
    """Probabilities of groups of outputs, renormalized, in double precision."""
    p = np.exp(logs.astype(np.float64))
    sums = np.stack([p[:, [outputs.index(each) for each in group]].sum(axis=1) for group in groups], axis=1)
    return sums / sums.sum(axis=1, keepdims=True)


def calibration_error(confidence, right, bins=15):
    numbers = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    total = 0
    for number in range(bins):
        inside = numbers == number
        if inside.any():
            total += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return total / len(confidence)


def figures(truth, shares):
    from sklearn.metrics import accuracy_score, confusion_matrix, log_loss, precision_recall_fscore_support
    from sklearn.metrics import top_k_accuracy_score
    from statsmodels.stats.proportion import proportion_confint

    classes = np.arange(shares.shape[1])
    predicted = shares.argmax(axis=1)
    occurring = np.union1d(truth, predicted)

    def scores(average):
        each = precision_recall_fscore_support(truth, predicted, average=average, labels=occurring, zero_division=0)
        return dict(zip(['precision', 'recall', 'f1'], each))

    right = (predicted == truth).astype(float)
    each = precision_recall_fscore_support(truth, predicted, labels=classes, zero_division=0)
    low, high = proportion_confint(right.sum(), len(right), method='wilson')
    clipped = np.clip(shares, 1e-7, 1)
    return {
        'accuracy': accuracy_score(truth, predicted),
        'interval': {'low': low, 'high': high},
        'top3': top_k_accuracy_score(truth, shares, k=3, labels=classes),
        'loss': log_loss(truth, clipped / clipped.sum(axis=1, keepdims=True), labels=classes),
        'macro': scores('macro'),
        'weighted': scores('weighted'),
        'calibrationError': calibration_error(shares.max(axis=1), right),
        'precision': list(each[0]),
        'recall': list(each[1]),
        'f1': list(each[2]),
        'support': [int(count) for count in each[3]],
        'confusion': confusion_matrix(truth, predicted, labels=classes).tolist(),
    }


def confident(truth, shares):
    """cleanlab's thresholds, joint and issues, over the classes that have samples."""
    from cleanlab.count import compute_confident_joint, get_confident_thresholds
    from cleanlab.rank import get_normalized_margin_for_each_label

    joint, issues = compute_confident_joint(truth, shares, calibrate=False, return_indices_of_off_diagonals=True)
    margins = 2 * get_normalized_margin_for_each_label(truth, shares) - 1
    order = sorted(issues, key=lambda index: (margins[index], index))
    return {
        'thresholds': list(get_confident_thresholds(truth, shares)),
        'joint': joint.tolist(),
        'issues': [int(index) for index in order],
        'margins': [float(margins[index]) for index in order],
    }


def mcnemar_table():
    from statsmodels.stats.contingency_tables import mcnemar

    pairs = [(0, 0), (1, 0), (3, 9), (12, 12), (2, 22), (12, 13), (30, 60), (100, 101), (5, 300), (70, 72)]
    return [
        {
            'onlyFirst': first,
            'onlySecond': second,
            'p': float(mcnemar([[0, first], [second, 0]], exact=first + second < 25, correction=True).pvalue)
            if first + second > 0
            else 1.0,
        }
        for first, second in pairs
    ]


def reference():
    with gzip.open(os.path.join(FOLDER, 'predictions.gz')) as stream:
        header, _, labels, logs = read(stream.read())
    classes, outputs = header['classes'], header['outputs']
    others = [name for name in outputs if name not in classes]
    everything = shares_of([[name] for name in classes + others], outputs, logs)

    alphanumeric = shares_of([[name] for name in classes], outputs, logs)

    key = lambda name: 'O' if name == '0' else name.upper() if len(name) == 1 and name.isascii() and name.isalpha() else name
    keys = list(dict.fromkeys(key(name) for name in classes))
    groups = [[name for name in classes if key(name) == each] for each in keys]
    merged = shares_of(groups, outputs, logs)
    truth = np.array([keys.index(key(classes[label])) for label in labels])
    content = {
        'all': figures(labels.astype(int), everything),
        'alphanumeric': figures(labels.astype(int), alphanumeric),
        'merged': {'classes': [''.join(group) for group in groups], **figures(truth, merged)},
        'confidentLearning': confident(truth, merged),
        'mcNemar': mcnemar_table(),
    }
    with open(os.path.join(FOLDER, 'reference.json'), 'w') as stream:
        json.dump(content, stream)
        stream.write('\n')


sample(sys.argv[2]) if sys.argv[1:2] == ['sample'] else reference()
