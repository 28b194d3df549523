#include "policy_bundle.h"

static const unsigned char bundle[] = {
#embed "policies.bundle"
};

const unsigned char *lintel_policy_bundle(void) { return bundle; }

size_t lintel_policy_bundle_size(void) { return sizeof bundle; }
