#pragma once
#include <stddef.h>

/* The policy library that `make pack` packs; see Sources/Catalogue/Policies/PackedPolicies.swift. */
const unsigned char *lintel_packed_policies(void);
size_t lintel_packed_policies_size(void);
