#ifndef LINTEL_CRE2_H
#define LINTEL_CRE2_H
// A C face over RE2 (C++), so that Swift can call it without C++ interoperability.
#endif
