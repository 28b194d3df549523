#include "schema_catalogue.h"

static const unsigned char catalogue[] = {
#embed "kubernetes.catalogue"
};

static const unsigned char definitions[] = {
#embed "definitions.pack"
};

const unsigned char *lintel_schema_catalogue(void) { return catalogue; }

size_t lintel_schema_catalogue_size(void) { return sizeof catalogue; }

const unsigned char *lintel_schema_definitions(void) { return definitions; }

size_t lintel_schema_definitions_size(void) { return sizeof definitions; }
