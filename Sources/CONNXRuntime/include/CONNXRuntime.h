// ONNX Runtime's C function table as this project declares it: the slots it calls, by index.
#ifndef SPLITFACE_CONNXRUNTIME_H
#define SPLITFACE_CONNXRUNTIME_H
#endif
