#include "schema_catalogue.h"

static const unsigned char catalogue[] = {
#embed "kubernetes.catalogue"
};

const unsigned char *lintel_schema_catalogue(void) { return catalogue; }

size_t lintel_schema_catalogue_size(void) { return sizeof catalogue; }
