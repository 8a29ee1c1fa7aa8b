"""Compares a converted RetinaFace checkpoint with PyTorch: boxes on the same pixels.

usage: retinaface_boxes.py CHECKPOINT.pth CONVERTED.onnx IMAGE…      (python with openface-test==0.1.26, onnx and onnxruntime)

Checks the model with onnx.checker, runs both networks on each image, and prints how many anchors score above 0.5 and the largest
differences of those boxes' corners (pixels) and of the scores. For development only: PyTorch is not needed to use SplitFace.
"""
import sys
import cv2, numpy as np, onnx, onnxruntime, torch
from openface.Pytorch_Retinaface.data import cfg_mnet
from openface.Pytorch_Retinaface.detect import load_model
from openface.Pytorch_Retinaface.layers.functions.prior_box import PriorBox
from openface.Pytorch_Retinaface.models.retinaface import RetinaFace
from openface.Pytorch_Retinaface.utils.box_utils import decode

checkpoint, converted, *images = sys.argv[1:]
onnx.checker.check_model(converted, full_check=True)
print('onnx.checker: passed')
network = load_model(RetinaFace(cfg=dict(cfg_mnet, pretrain=False), phase='test'), checkpoint, True).eval()
session = onnxruntime.InferenceSession(converted, providers=['CPUExecutionProvider'])
for image in images:
    pixels = np.float32(cv2.imread(image, cv2.IMREAD_COLOR))
    height, width, _ = pixels.shape
    tensor = torch.from_numpy((pixels - (104, 117, 123)).transpose(2, 0, 1).astype(np.float32))[None]
    with torch.no_grad(): reference = [v.numpy()[0] for v in network(tensor)]
    ours = [v[0] for v in session.run(['loc', 'conf', 'landms'], {'image': tensor.numpy()})]
    priors = PriorBox(cfg_mnet, image_size=(height, width)).forward()
    boxes = [decode(torch.from_numpy(v[0]), priors, cfg_mnet['variance']).numpy() * (width, height, width, height) for v in (reference, ours)]
    found = reference[1][:, 1] > .5
    print(f'{image}: {width}x{height}, {found.sum()} anchors above 0.5, boxes differ by at most '
          f'{abs(boxes[0] - boxes[1])[found].max(initial=0):.5f} px, scores by {abs(reference[1] - ours[1]).max():.2e}')
