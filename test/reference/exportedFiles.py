"""Asks onnxruntime and Keras about the files that Scrawl exported, and prints how far their answers are from Scrawl's.

Run with keras 3.15.1, tensorflow-cpu 2.21.0, onnx 1.23.2 and onnxruntime 1.32.0:
SCRAWL_EXPORTS=/tmp/exports npm test -- unit --grep "exported files"
python test/reference/exportedFiles.py /tmp/exports
"""

import json
import pathlib
import sys
import zipfile

import keras
import numpy as np
import onnx
import onnxruntime

# gray values of one picture, as the tests make them
PICTURE = ((np.arange(784) * 7 % 256) / 255).astype("float32").reshape(28, 28)


def of_onnx(file):
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(file)
    x = np.stack([PICTURE, 1 - PICTURE])[:, None]
    y = session.run(None, {session.get_inputs()[0].name: x})[0]
    classes = session.get_modelmeta().custom_metadata_map["classes"]
    return y[0], json.loads(classes)


def of_keras(file):
    model = keras.models.load_model(file)
    y = model.predict(np.stack([PICTURE, 1 - PICTURE])[..., None], verbose=0)
    return y[0], json.loads(zipfile.ZipFile(file).read("classes.json"))


worst = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob("*")):
    if file.suffix == ".json":
        continue
    answer, classes = (of_onnx if file.suffix == ".onnx" else of_keras)(file)
    wanted = np.array(json.loads(file.with_name(file.name + ".json").read_text()))
    assert len(classes) == len(wanted) == len(answer), file
    apart = float(np.abs(answer - wanted).max())
    worst[file.suffix] = max(worst.get(file.suffix, 0), apart)
    print(f"{file.name}: {len(classes)} classes, {apart:.1e} apart at most")
print({ending: f"{apart:.1e}" for ending, apart in worst.items()})
