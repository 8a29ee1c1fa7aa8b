"""Checks the converted networks with ONNX's own tools: onnx.checker, and ONNX Runtime's Python package against PyTorch.

usage: check_onnx.py ONNX-FOLDER FOLDER      (python with onnx, onnxruntime and numpy)

ONNX-FOLDER contains retinaface.onnx, multitask.onnx and star.onnx as written by `parity FOLDER ONNX-FOLDER` or `splitface models convert`;
FOLDER is written by ../shared/tools/openface_checkpoints.py. Prints for each whether the checker, with shape inference, accepts it, and the
largest differences from PyTorch's outputs. Fails if the checker rejects a model. For development only.
"""
import sys
import numpy as np, onnx, onnxruntime

models, references = sys.argv[1:]
for name, outputs in {'retinaface': ['loc', 'conf', 'landms'], 'multitask': ['emotion', 'gaze', 'au'], 'star': ['landmarks']}.items():
    path = f'{models}/{name}.onnx'
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])
    found = session.run(outputs, {'image': np.load(f'{references}/{name}.input.npy')})
    differences = [abs(value - np.load(f'{references}/{name}.output.{index}.npy')).max() for index, value in enumerate(found)]
    print(f'{name}: onnx.checker passed; ' + ', '.join(f'{output} {difference:.2e}' for output, difference in zip(outputs, differences)))
