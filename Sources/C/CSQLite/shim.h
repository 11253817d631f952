#ifndef QUARTET_CSQLITE_H
#define QUARTET_CSQLITE_H

#include <sqlite3.h>

#endif
