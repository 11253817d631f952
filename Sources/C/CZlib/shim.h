#ifndef QUARTET_CZLIB_H
#define QUARTET_CZLIB_H

#include <zlib.h>

// inflateInit2 is a macro. The window bits stand for gzip and zlib, told apart by the head.
static inline int quartet_inflate_start(z_stream *stream) {
    return inflateInit2(stream, 15 + 32);
}

#endif
