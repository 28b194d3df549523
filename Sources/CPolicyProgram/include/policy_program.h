#pragma once
#include <stddef.h>

/// The policy library as `lintel-pack --program` compiled it; of size 0 in a build that did not.
const unsigned char *lintel_policy_program(void);
size_t lintel_policy_program_size(void);
