#pragma once
#include <stddef.h>

/* The types of Kubernetes that `make catalogue` packs; see Sources/Schemas/Types/CatalogueFormat.swift. */
const unsigned char *lintel_schema_catalogue(void);
size_t lintel_schema_catalogue_size(void);

/* Schemas of well-known custom resources; see Sources/Schemas/Catalogue/DefinitionPack.swift. */
const unsigned char *lintel_schema_definitions(void);
size_t lintel_schema_definitions_size(void);
