#ifndef QUARTET_CYAML_H
#define QUARTET_CYAML_H

#include <yaml.h>

#endif
