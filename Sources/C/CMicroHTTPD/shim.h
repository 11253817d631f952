#ifndef QUARTET_CMICROHTTPD_H
#define QUARTET_CMICROHTTPD_H

#include <microhttpd.h>

#endif
