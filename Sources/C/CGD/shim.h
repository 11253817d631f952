#ifndef QUARTET_CGD_H
#define QUARTET_CGD_H

#include <gd.h>
#include <stdarg.h>

/* libgd writes what it dislikes about a picture to standard error unless told otherwise; the callback takes a
   va_list, which Swift cannot express. */
static void quartet_gd_ignore(int priority, const char *format, va_list arguments) {
    (void)priority;
    (void)format;
    (void)arguments;
}

static inline void quartet_gd_silence(void) {
    gdSetErrorMethod(quartet_gd_ignore);
}

/* Function-like macros are not imported. */
static inline int quartet_gd_width(gdImagePtr image) {
    return gdImageSX(image);
}

static inline int quartet_gd_height(gdImagePtr image) {
    return gdImageSY(image);
}

static inline int quartet_gd_color(int red, int green, int blue) {
    return gdTrueColor(red, green, blue);
}

static inline int quartet_gd_transparent(void) {
    return gdTrueColorAlpha(0, 0, 0, gdAlphaTransparent);
}

#endif
