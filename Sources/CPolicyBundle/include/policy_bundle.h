#pragma once
#include <stddef.h>

/* The policy library that `make bundle` packs; see Sources/Catalogue/Policies/PolicyBundle.swift. */
const unsigned char *lintel_policy_bundle(void);
size_t lintel_policy_bundle_size(void);
