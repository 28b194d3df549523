#pragma once
#include <stddef.h>

/* A file that is part of the program: the page, its texts and, when Debian's libjs-codemirror was installed at build
   time, the editor. */
struct lintel_asset {
    const char *path;
    const unsigned char *bytes;
    size_t size;
};

const struct lintel_asset *lintel_playground_assets(void);
size_t lintel_playground_asset_count(void);
