#ifndef QUARTET_CCURL_H
#define QUARTET_CCURL_H

#include <curl/curl.h>

#endif
