"""Makes narrow copies of OpenFace 3.0's networks, saved as checkpoints, with what PyTorch computes from them, and small checkpoints
of every element type. The tests of ModelConversion convert them.

usage: make_fixtures.py FOLDER      (python with openface-test==0.1.26, torch and timm; FOLDER is Tests/ModelConversionTests/Fixtures/Checkpoint)

Writes to FOLDER:
  retinaface.pth   before-1.6 container, names prefixed with "module."      multitask.pth   zip container
  star.pkl         before-1.6 container, under the key "net"; 2 stacks of depth 2
  NAME.input.npy   8-bit N x 3 x h x w; the network's input is (value - 128) / 64 (RetinaFace: value - 110) with every value repeated
                   REPEAT times along rows and columns (1, 4, 4), so that the files stay small
  NAME.OUTPUT.npy  float32
  types/  types-legacy.pth, types-zip.pth, types-protocol4.pth, star-like.pkl
"""
import argparse, collections, os, sys
from pathlib import Path
import numpy as np, torch, timm
import scipy.integrate; scipy.integrate.simps = scipy.integrate.simpson  # the package was written for an older SciPy
from torchvision.models._utils import IntermediateLayerGetter

torch.manual_seed(20261122)
random = np.random.default_rng(20261122)
out = Path(sys.argv[1]).resolve()
(out / 'types').mkdir(parents=True, exist_ok=True)


def picture(batch, height, width):
    """Returns random images with low-frequency content, so that activations vary across the image."""
    coarse = torch.from_numpy(random.random((batch, 3, 5, 5), dtype=np.float32))
    fine = torch.nn.functional.interpolate(coarse, (height, width), mode='bicubic', align_corners=True)
    noise = torch.from_numpy(random.random((batch, 3, height, width), dtype=np.float32))
    return ((fine * .7 + noise * .3) * 255).clamp(0, 255).to(torch.uint8)


def make(name, model, file, wrap, pixels, scale, repeat, outputs, legacy):
    def value(p): return scale(p.float()).repeat_interleave(repeat, 2).repeat_interleave(repeat, 3)
    model.train()
    for m in model.modules():  # random weights alone give dead activations: set the batch norms to the statistics of such images
        if isinstance(m, (torch.nn.BatchNorm2d, torch.nn.BatchNorm1d)):
            m.momentum = None
            m.reset_running_stats()
            torch.nn.init.uniform_(m.weight, .5, 1.5)
            torch.nn.init.uniform_(m.bias, -.3, .3)
        if isinstance(m, torch.nn.Dropout): m.p = 0
    with torch.no_grad():
        for _ in range(3): model(value(picture(4, *pixels.shape[2:])))
    model.eval()
    with torch.no_grad(): results = model(value(pixels))
    if name == 'star': results = [results[-1]]  # the landmarks are its last output
    torch.save(wrap(model.state_dict()), out / file, _use_new_zipfile_serialization=not legacy)
    np.save(out / f'{name}.input.npy', pixels.numpy())
    for output, result in zip(outputs, results):
        np.save(out / f'{name}.{output}.npy', result.numpy())
        print(name, output, tuple(result.shape), 'std', float(result.std()))


def retinaface():
    from openface.Pytorch_Retinaface.data import cfg_mnet
    from openface.Pytorch_Retinaface.models.net import conv_bn, conv_dw
    from openface.Pytorch_Retinaface.models.retinaface import RetinaFace
    model = RetinaFace(cfg=dict(cfg_mnet, pretrain=False, in_channel=4, out_channel=8), phase='test')
    body = torch.nn.Module()
    body.stage1 = torch.nn.Sequential(
        conv_bn(3, 4, 2, leaky=.1), conv_dw(4, 4, 1), conv_dw(4, 6, 2), conv_dw(6, 6, 1), conv_dw(6, 8, 2), conv_dw(8, 8, 1))
    body.stage2 = torch.nn.Sequential(conv_dw(8, 16, 2), *[conv_dw(16, 16, 1) for _ in range(5)])
    body.stage3 = torch.nn.Sequential(conv_dw(16, 32, 2), conv_dw(32, 32, 1))
    model.body = IntermediateLayerGetter(body, cfg_mnet['return_layers'])
    # Side lengths that halve to odd numbers, so that a finer map is not exactly twice as large as the coarser one.
    make('retinaface', model, 'retinaface.pth', lambda s: collections.OrderedDict(('module.' + k, v) for k, v in s.items()),
         picture(1, 75, 101), lambda p: p - 110, 1, ['loc', 'conf', 'landms'], legacy=True)


def multitask():
    from timm.models.efficientnet import _gen_efficientnet
    from openface.model.MTL import MTL
    create = timm.create_model
    timm.create_model = lambda *_, **__: _gen_efficientnet(
        'tf_efficientnet_b0', channel_multiplier=.03, channel_divisor=4, depth_multiplier=1., bn_eps=1e-3, pad_type='same')
    try: model = MTL()
    finally: timm.create_model = create
    make('multitask', model, 'multitask.pth', lambda s: s, picture(2, 56, 56), lambda p: (p - 128) / 64, 4,
         ['emotion', 'gaze', 'au'], legacy=False)


def star():
    from openface.STAR.lib.backbone import StackedHGNetV1
    config = argparse.Namespace(width=256, height=256, use_AAM=True)
    edges = ((False, (0, 1, 2, 3)), (True, (4, 5, 6)), (False, (6, 7)))  # the last two points are on no edge
    model = StackedHGNetV1(config, [10, 3, 10], edges, nstack=2, nlevels=2, in_channel=12)
    for hourglass in model.hgs:  # the class assumes that the maps' side length is 256 / stacks
        hourglass.coordconv.addcoords.x_dim = hourglass.coordconv.addcoords.y_dim = 64
    # The stem's widths are fixed in the class: narrow it.
    from openface.STAR.lib.backbone.core.coord_conv import CoordConvTh
    from openface.STAR.lib.backbone.stackedHGNetV1 import ResBlock
    model.pre[0] = CoordConvTh(x_dim=256, y_dim=256, with_r=True, with_boundary=False, relu=True, bn=True, in_channels=3,
                               out_channels=6, kernel_size=7, stride=2, padding=3)
    model.pre[1], model.pre[3], model.pre[4] = ResBlock(6, 8), ResBlock(8, 8), ResBlock(8, 12)
    for head in model.out_heatmaps: torch.nn.init.normal_(head.conv.weight, std=.5)
    make('star', model, 'star.pkl', lambda s: {'net': s}, picture(1, 64, 64), lambda p: (p - 128) / 64, 4, ['landmarks'], legacy=True)


def corpus():
    state = collections.OrderedDict()
    state['float32'] = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 8
    state['float16'] = torch.tensor([.5, -2, 65504, 2**-24, float('inf'), -0.]).half()
    state['bfloat16'] = torch.tensor([[1, -3], [.15625, 2.**100]]).bfloat16()
    state['float64'] = torch.tensor([.1, -2.5, 1e-3], dtype=torch.float64)
    state['int64'] = torch.tensor([-1, 0, 1 << 40])
    state['uint8'] = torch.tensor([1, 255], dtype=torch.uint8)
    state['bool'] = torch.tensor([True, False])
    state['module.transposed'] = torch.arange(12, dtype=torch.float32).reshape(3, 4).t()
    state['shared'] = state['float32'][1:, ::2]
    state['parameter'] = torch.nn.Parameter(torch.ones(2))
    state['scalar'] = torch.tensor(7.)
    state['empty'] = torch.zeros(0, 3)
    state._metadata = collections.OrderedDict({'': {'version': 1}})
    folder = out / 'types'
    torch.save(state, folder / 'types-legacy.pth', _use_new_zipfile_serialization=False)
    torch.save(state, folder / 'types-zip.pth')
    torch.save(state, folder / 'types-protocol4.pth', pickle_protocol=4)
    torch.save({  # as saved by STAR's training script: with optimiser and scheduler
        'net': {'module.w': torch.ones(2)}, 'epoch': 3,
        'scheduler': {'milestones': collections.Counter([200, 350]), 'base_lrs': [1e-3], '_last': None, 'verbose': True},
        'optimizer': {'state': {0: {'step': 1}}, 'param_groups': [{'betas': (.9, .999), 'params': [0]}]},
    }, folder / 'star-like.pkl')


os.chdir(out)
for step in (retinaface, multitask, star, corpus): step()
