#include "packed_policies.h"

static const unsigned char policies[] = {
#embed "policies.pack"
};

const unsigned char *lintel_packed_policies(void) { return policies; }

size_t lintel_packed_policies_size(void) { return sizeof policies; }
