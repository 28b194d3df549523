#include "policy_program.h"

#ifdef LINTEL_POLICY_PROGRAM

/* Empty while the library is compiled for the first time. The alignment is that of pages, so that a part of it can be mapped. */
_Alignas(4096) static const unsigned char program[] = {
#embed LINTEL_POLICY_PROGRAM if_empty(0)
};

const unsigned char *lintel_policy_program(void) { return program; }

size_t lintel_policy_program_size(void) { return sizeof program; }

#else

const unsigned char *lintel_policy_program(void) { return 0; }

size_t lintel_policy_program_size(void) { return 0; }

#endif
