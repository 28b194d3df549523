#ifndef LINTEL_CCRYPT_H
#define LINTEL_CCRYPT_H
// Password hashes of the C library (bcrypt for one).
#include <crypt.h>
#endif
