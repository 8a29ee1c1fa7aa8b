// What Swift cannot see of FFmpeg: macros and variadic functions. Nothing else belongs here.
#ifndef SPLITFACE_CFFMPEG_H
#define SPLITFACE_CFFMPEG_H
#endif
