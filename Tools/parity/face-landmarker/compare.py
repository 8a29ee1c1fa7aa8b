#!/usr/bin/env python3
"""Compares the converted face-landmarker networks with TensorFlow Lite's interpreter, and times them.

  convert.sh face_landmarker.task DIR
  python-with-ai-edge-litert compare.py reference DIR [CROPS.npz]   inputs and TensorFlow Lite's outputs -> DIR/reference.npz
  python-with-onnxruntime    compare.py outputs DIR                 largest differences, by provider and batch size
  python-with-onnxruntime    compare.py time DIR                    ms per item on one thread, by provider and batch size

The inputs are seeded noise and, with CROPS.npz, also real crops: arrays `face_detector`, `face_landmarks_detector` (N x 3 x H x W)
and `face_blendshapes` (N x 146 x 2), normalised as the networks expect.
"""
import sys, time
import numpy as np

NETWORKS = {
    'face_detector': (3, 128, 128),
    'face_landmarks_detector': (3, 256, 256),
    'face_blendshapes': (146, 2),
}


def inputs(name, crops):
    random = np.random.default_rng(7)
    shape = NETWORKS[name]
    if name == 'face_blendshapes':
        noise = random.uniform(100, 900, (4, *shape))
    else:
        low = -1 if name == 'face_detector' else 0
        noise = random.uniform(low, 1, (4, *shape))
        # Smooth images too: white noise hardly affects the deeper layers.
        small = random.uniform(low, 1, (4, 3, 8, 8))
        noise = np.concatenate([noise, small.repeat(shape[1] // 8, 2).repeat(shape[2] // 8, 3)])
    real = [crops[name]] if crops is not None and name in crops else []
    return np.concatenate([noise, *real]).astype(np.float32)


def reference(folder, crops):
    from ai_edge_litert.interpreter import Interpreter
    crops = np.load(crops) if crops else None
    saved = {}
    for name in NETWORKS:
        network = Interpreter(f'{folder}/{name}.tflite', num_threads=1)
        network.allocate_tensors()
        x = inputs(name, crops)
        saved[name] = x
        for detail in network.get_output_details():
            saved[f'{name}/{detail["name"]}'] = []
        for item in x:
            item = item[None].transpose(0, 2, 3, 1) if item.ndim == 3 else item[None]
            network.set_tensor(network.get_input_details()[0]['index'], np.ascontiguousarray(item))
            network.invoke()
            for detail in network.get_output_details():
                saved[f'{name}/{detail["name"]}'].append(network.get_tensor(detail['index']).copy())
    np.savez(f'{folder}/reference.npz', **{k: np.stack(v) if isinstance(v, list) else v for k, v in saved.items()})


def session(path, provider):
    import onnxruntime as ort
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    if provider == 'OpenVINO':
        settings = {'device_type': 'CPU', 'num_of_threads': '1'}
        return ort.InferenceSession(path, options, providers=[('OpenVINOExecutionProvider', settings)])
    return ort.InferenceSession(path, options, providers=['CPUExecutionProvider'])


def outputs(folder):
    saved = np.load(f'{folder}/reference.npz')
    for name in NETWORKS:
        x = saved[name]
        for provider in ['CPU', 'OpenVINO']:
            network = session(f'{folder}/{name}.onnx', provider)
            entry = network.get_inputs()[0].name
            one = None
            for batch in [1, 2, 4, 8]:
                results = [network.run(None, {entry: x[i:i + batch]}) for i in range(0, len(x), batch)]
                for index, output in enumerate(network.get_outputs()):
                    values = np.concatenate([result[index] for result in results])
                    if batch == 1:
                        one = (one or []) + [values]
                    expected = saved[f'{name}/{output.name}'].reshape(values.shape)
                    worst = np.abs(values - expected).max()
                    print(f'{name:24} {provider:9} batch {batch} {output.name:28} {str(values.shape):16}'
                          f' worst {worst:.2e} of {np.abs(expected).max():.3g}; from batch 1: {np.abs(values - one[index]).max():.1e}')


def timing(folder):
    for name, shape in NETWORKS.items():
        for provider in ['CPU', 'OpenVINO']:
            network = session(f'{folder}/{name}.onnx', provider)
            entry = network.get_inputs()[0].name
            row = []
            for batch in [1, 2, 4, 8]:
                x = np.random.default_rng(1).uniform(0, 1, (batch, *shape)).astype(np.float32)
                for _ in range(5):
                    network.run(None, {entry: x})
                rounds = []
                for _ in range(60 // batch + 5):
                    start = time.perf_counter()
                    network.run(None, {entry: x})
                    rounds.append((time.perf_counter() - start) * 1000 / batch)
                row.append(f'{batch}: {np.median(rounds):6.2f} (best {min(rounds):5.2f})')
            print(f'{name:24} {provider:9} ms per item, median, at batch  ' + '   '.join(row), flush=True)


if __name__ == '__main__':
    if len(sys.argv) < 3 or sys.argv[1] not in ('reference', 'outputs', 'time'):
        sys.exit(__doc__)
    if sys.argv[1] == 'reference':
        reference(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
    elif sys.argv[1] == 'outputs':
        outputs(sys.argv[2])
    else:
        timing(sys.argv[2])
