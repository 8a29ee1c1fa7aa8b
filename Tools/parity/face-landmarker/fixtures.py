#!/usr/bin/env python3
"""usage: fixtures.py DIR FIXTURES   (Python with ai-edge-litert, flatbuffers and tflite)

Writes Tests/ModelConversionTests/Fixtures/TensorFlowLite: two tiny networks with seeded weights, which together use every operator
that the converter supports, and reference.json: the outputs of TensorFlow Lite for inputs that the tests also generate, for the tiny
networks and for those in DIR (made by convert.sh). Of the real networks' outputs only samples are stored.
"""
import json
import flatbuffers, numpy as np, sys, os
import tflite

BO = tflite.BuiltinOperator


def build(tensors, ops, inputs, outputs, options=None):
    # tensors: (name, shape, type, data|None); ops: (code, ins, outs, optname, {field:val})
    b = flatbuffers.Builder(1024)

    def vec32(v):
        b.StartVector(4, len(v), 4)
        for x in reversed(v):
            b.PrependInt32(int(x))
        return b.EndVector()

    def offs(v):
        b.StartVector(4, len(v), 4)
        for x in reversed(v):
            b.PrependUOffsetTRelative(x)
        return b.EndVector()

    bufs = []
    b.StartObject(3)
    bufs.append(b.EndObject())
    tt = []
    for name, shape, typ, data in tensors:
        idx = 0
        if data is not None:
            d = b.CreateByteVector(data)
            b.StartObject(3)
            b.PrependUOffsetTRelativeSlot(0, d, 0)
            bufs.append(b.EndObject())
            idx = len(bufs) - 1
        n = b.CreateString(name)
        s = vec32(shape)
        b.StartObject(8)
        b.PrependUOffsetTRelativeSlot(0, s, 0)
        b.PrependInt8Slot(1, typ, 0)
        b.PrependUint32Slot(2, idx, 0)
        b.PrependUOffsetTRelativeSlot(3, n, 0)
        tt.append(b.EndObject())
    codes = sorted({o[0] for o in ops})
    cc = []
    for c in codes:
        b.StartObject(4)
        b.PrependInt8Slot(0, min(c, 127), 0)
        b.PrependInt32Slot(2, 1, 1)
        b.PrependInt32Slot(3, c, 0)
        cc.append(b.EndObject())
    oo = []
    for code, i, o, fields in ops:
        opt = None
        if fields is not None:
            b.StartObject(8)
            for f, (w, v) in fields.items():
                (b.PrependInt8Slot if w == 1 else b.PrependInt32Slot)(f, v, -99)
            opt = b.EndObject()
        iv = vec32(i)
        ov = vec32(o)
        b.StartObject(9)
        b.PrependUint32Slot(0, codes.index(code), 0)
        b.PrependUOffsetTRelativeSlot(1, iv, 0)
        b.PrependUOffsetTRelativeSlot(2, ov, 0)
        if opt:
            b.PrependUint8Slot(3, {3: 1, 4: 2, 17: 5, 2: 10, 0: 11, 18: 21, 40: 27, 74: 27, 41: 28, 42: 29, 45: 32}[code], 0)
            b.PrependUOffsetTRelativeSlot(4, opt, 0)
        oo.append(b.EndObject())
    T = offs(tt)
    I = vec32(inputs)
    O = vec32(outputs)
    OP = offs(oo)
    b.StartObject(5)
    b.PrependUOffsetTRelativeSlot(0, T, 0)
    b.PrependUOffsetTRelativeSlot(1, I, 0)
    b.PrependUOffsetTRelativeSlot(2, O, 0)
    b.PrependUOffsetTRelativeSlot(3, OP, 0)
    g = b.EndObject()
    C = offs(cc)
    G = offs([g])
    B = offs(bufs)
    b.StartObject(8)
    b.PrependUint32Slot(0, 3, 0)
    b.PrependUOffsetTRelativeSlot(1, C, 0)
    b.PrependUOffsetTRelativeSlot(2, G, 0)
    b.PrependUOffsetTRelativeSlot(4, B, 0)
    m = b.EndObject()
    b.Finish(m, b'TFL3')
    return bytes(b.Output())


r = np.random.default_rng(3)
f = lambda *s: (np.round(r.uniform(-1, 1, s) * 64) / 64).astype(np.float16).tobytes()
f32 = lambda *s: (np.round(r.uniform(-1, 1, s) * 64) / 64).astype(np.float32).tobytes()
i32 = lambda *v: np.array(v, np.int32).tobytes()


def picture():
    T = []
    O = []

    def t(name, shape, typ=0, data=None):
        T.append((name, shape, typ, data))
        return len(T) - 1

    x = t('picture', [1, 7, 9, 3])

    def half(n, shape):
        a = t(n + '16', shape, 1, f(*shape))
        b = t(n, shape, 0)
        O.append((6, [a], [b], None))
        return b

    w = half('w', [4, 3, 3, 3])
    bias = half('b', [4])
    c = t('conv', [1, 4, 5, 4])
    O.append((3, [x, w, bias], [c], {
        0: (1, 0),
        1: (4, 2),
        2: (4, 2),
        3: (1, 0)
    }))
    al = half('alpha', [1, 1, 4])
    p = t('prelu', [1, 4, 5, 4])
    O.append((54, [c, al], [p], None))
    dw = half('dw', [1, 3, 3, 4])
    db = half('db', [4])
    d = t('depth', [1, 4, 5, 4])
    O.append((4, [p, dw, db], [d], {
        0: (1, 0),
        1: (4, 1),
        2: (4, 1),
        3: (4, 1),
        4: (1, 3)
    }))
    mp = t('pool', [1, 2, 3, 4])
    O.append((17, [d], [mp], {0: (1, 0), 1: (4, 2), 2: (4, 2), 3: (4, 2), 4: (4, 2), 5: (1, 0)}))
    pads = t('pads', [4, 2], 2, i32(0, 0, 0, 0, 0, 0, 0, 2))
    pd = t('padded', [1, 2, 3, 6])
    O.append((34, [mp, pads], [pd], None))
    w2 = t('w2', [6, 2, 2, 4], 0, f32(6, 2, 2, 4))
    b2 = t('b2', [6], 0, f32(6))
    c2 = t('conv2', [1, 2, 3, 6])
    O.append((3, [d, w2, b2], [c2], {
        0: (1, 0),
        1: (4, 2),
        2: (4, 2),
        3: (1, 1)
    }))
    ad = t('sum', [1, 2, 3, 6])
    O.append((0, [pd, c2], [ad], {0: (1, 0)}))
    rl = t('relu', [1, 2, 3, 6])
    O.append((19, [ad], [rl], None))
    sh = t('shape', [3], 2, i32(1, 12, 3))
    rs = t('flat', [1, 12, 3])
    O.append((22, [rl, sh], [rs], None))
    cat = t('joined', [1, 24, 3])
    O.append((2, [rs, rs], [cat], {0: (4, 1), 1: (1, 0)}))
    lg = t('scores', [1, 24, 3])
    O.append((14, [cat], [lg], None))
    return build(T, O, [x], [lg])


def tokens():
    T = []
    O = []

    def t(name, shape, typ=0, data=None):
        T.append((name, shape, typ, data))
        return len(T) - 1

    x = t('points', [1, 6, 2])
    ax = t('axis', [1], 2, i32(-2))
    m = t('mean', [1, 1, 2])
    O.append((40, [x, ax], [m], {0: (1, 1)}))
    s = t('centred', [1, 6, 2])
    O.append((41, [x, m], [s], {0: (1, 0)}))
    sq = t('squares', [1, 6, 2])
    O.append((18, [s, s], [sq], {0: (1, 0)}))
    al = t('last', [1], 2, i32(-1))
    sm = t('sum', [1, 6, 1])
    O.append((74, [sq, al], [sm], {0: (1, 1)}))
    rt = t('root', [1, 6, 1])
    O.append((75, [sm], [rt], None))
    mm = t('size', [1, 1, 1])
    O.append((40, [rt, ax], [mm], {0: (1, 1)}))
    dv = t('scaled', [1, 6, 2])
    O.append((42, [s, mm], [dv], {0: (1, 0)}))
    sh = t('shape', [4], 2, i32(1, 1, 6, 2))
    rs = t('rows', [1, 1, 6, 2])
    O.append((22, [dv, sh], [rs], None))
    pm = t('perm', [4], 2, i32(0, 1, 3, 2))
    tr = t('turned', [1, 1, 2, 6])
    O.append((39, [rs, pm], [tr], None))
    w = t('w', [5, 1, 1, 6], 0, f32(5, 1, 1, 6))
    b = t('b', [5], 0, f32(5))
    c = t('mixed', [1, 1, 2, 5])
    O.append((3, [tr, w, b], [c], {
        0: (1, 1),
        1: (4, 1),
        2: (4, 1),
        3: (1, 1)
    }))
    tb = t('back', [1, 1, 5, 2])
    O.append((39, [c, pm], [tb], None))
    w2 = t('w2', [3, 1, 1, 2], 0, f32(3, 1, 1, 2))
    b2 = t('b2', [3], 0, f32(3))
    c2 = t('wide', [1, 1, 5, 3])
    O.append((3, [tb, w2, b2], [c2], {
        0: (1, 1),
        1: (4, 1),
        2: (4, 1),
        3: (1, 0)
    }))
    tk = t('token', [1, 1, 1, 3], 0, f32(1, 1, 1, 3))
    ct = t('tokens', [1, 1, 6, 3])
    O.append((2, [tk, c2], [ct], {
        0: (4, -2),
        1: (1, 0)
    }))
    a3 = t('three', [1], 2, i32(3))
    mu = t('mu', [1, 1, 6, 1])
    O.append((40, [ct, a3], [mu], {0: (1, 1)}))
    ng = t('negative', [1, 1, 6, 1])
    O.append((59, [mu], [ng], None))
    sd = t('deviation', [1, 1, 6, 3])
    O.append((99, [ct, mu], [sd], None))
    vr = t('variance', [1, 1, 6, 1])
    O.append((40, [sd, a3], [vr], {0: (1, 1)}))
    ep = t('epsilon', [], 0, np.float32(1e-3).tobytes())
    ve = t('variance2', [1, 1, 6, 1])
    O.append((0, [vr, ep], [ve], {
        0: (1, 0)
    }))
    rq = t('rsqrt', [1, 1, 6, 1])
    O.append((76, [ve], [rq], None))
    ga = t('gamma', [3], 0, f32(3))
    g1 = t('g1', [1, 1, 6, 3])
    O.append((18, [rq, ga], [g1], {0: (1, 0)}))
    g2 = t('g2', [1, 1, 6, 3])
    O.append((18, [ct, g1], [g2], {0: (1, 0)}))
    g3 = t('g3', [1, 1, 6, 3])
    O.append((18, [ng, g1], [g3], {
        0: (1, 0)
    }))
    ln = t('norm', [1, 1, 6, 3])
    O.append((0, [g2, g3], [ln], {0: (1, 0)}))
    b0 = t('begin', [4], 2, i32(0, 0, 1, 0))
    e0 = t('end', [4], 2, i32(0, 0, 2, 0))
    s0 = t('step', [4], 2, i32(1, 1, 1, 1))
    sl = t('one', [1, 1, 1, 3])
    O.append((45, [ln, b0, e0, s0], [sl], {
        0: (4, 11),
        1: (4, 11),
        2: (4, 0),
        3: (4, 0),
        4: (4, 0)
    }))
    sg = t('sigmoid', [1, 1, 1, 3])
    O.append((14, [sl], [sg], None))
    s2 = t('shape2', [2], 2, i32(1, 3))
    r2 = t('flat', [1, 3])
    O.append((22, [sg, s2], [r2], None))
    b1 = t('begin1', [2], 2, i32(0, 0))
    s1 = t('step1', [2], 2, i32(1, 1))
    sl1 = t('answers', [3])
    O.append((45, [r2, b1, s2, s1], [sl1], {
        0: (4, 2),
        1: (4, 2),
        2: (4, 0),
        3: (4, 0),
        4: (4, 1)
    }))
    return build(T, O, [x], [sl1])


def run(path, x):
    from ai_edge_litert.interpreter import Interpreter
    network = Interpreter(path, num_threads=1)
    network.allocate_tensors()
    network.set_tensor(network.get_input_details()[0]['index'], np.ascontiguousarray(x.astype(np.float32)))
    network.invoke()
    return {o['name']: network.get_tensor(o['index']).ravel() for o in network.get_output_details()}


def pattern(h, w, c=3):
    y, x, k = np.meshgrid(np.arange(h), np.arange(w), np.arange(c), indexing='ij')
    return ((x * 3 + y * 5 + k * 71) % 256 / 255).astype(np.float32)[None]


def points(n):
    i = np.arange(n)
    return np.stack([(i * 37 % 101) * 8.0, (i * 53 % 97) * 6.0], 1)[None]


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    networks, fixtures = sys.argv[1:]
    os.makedirs(fixtures, exist_ok=True)
    for name, make in [('picture', picture), ('tokens', tokens)]:
        open(f'{fixtures}/{name}.tflite', 'wb').write(make())
    answers = {}
    for name, folder, x, step in [('picture', fixtures, pattern(7, 9), 1), ('tokens', fixtures, points(6), 1),
                                  ('face_detector', networks, pattern(128, 128), 97),
                                  ('face_landmarks_detector', networks, pattern(256, 256), 7),
                                  ('face_blendshapes', networks, points(146), 1)]:
        for output, values in run(f'{folder}/{name}.tflite', x).items():
            answers[f'{name}/{output}'] = {'step': step, 'values': [float(v) for v in values[::step]]}
    text = json.dumps(answers, separators=(',', ':')).replace('},', '},\n')
    open(f'{fixtures}/reference.json', 'w').write(text)
