#ifndef QUARTET_CGD_H
#define QUARTET_CGD_H

#include <gd.h>

#endif
