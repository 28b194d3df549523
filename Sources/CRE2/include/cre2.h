#ifndef LINTEL_CRE2_H
#define LINTEL_CRE2_H
// A C face over RE2 (C++), so that Swift can call it without C++ interoperability.

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_pattern cre2_pattern;

// Why a pattern was refused; the names follow Go's regexp/syntax.ErrorCode.
enum cre2_error {
    CRE2_OK = 0,
    CRE2_INTERNAL,
    CRE2_INVALID_ESCAPE,
    CRE2_INVALID_CHAR_CLASS,
    CRE2_INVALID_CHAR_RANGE,
    CRE2_MISSING_BRACKET,
    CRE2_MISSING_PAREN,
    CRE2_UNEXPECTED_PAREN,
    CRE2_TRAILING_BACKSLASH,
    CRE2_MISSING_REPEAT_ARGUMENT,
    CRE2_INVALID_REPEAT_SIZE,
    CRE2_INVALID_REPEAT_OP,
    CRE2_INVALID_PERL_OP,
    CRE2_INVALID_UTF8,
    CRE2_INVALID_NAMED_CAPTURE,
    CRE2_TOO_LARGE
};

// Compiles a UTF-8 pattern; never returns null. Free with cre2_free.
cre2_pattern *cre2_compile(const char *pattern, size_t length, long max_memory);
void cre2_free(cre2_pattern *pattern);

// CRE2_OK, or why the pattern cannot be used.
enum cre2_error cre2_error_of(const cre2_pattern *pattern);
// The part of the pattern that is wrong.
const char *cre2_error_argument(const cre2_pattern *pattern, size_t *length);

// Instructions of the compiled program: the work of a match is at most in proportion to them and to the text.
long cre2_program_size(const cre2_pattern *pattern);

// Capturing groups without the whole match.
int cre2_group_count(const cre2_pattern *pattern);
// The number of the named group, or -1.
int cre2_group_number(const cre2_pattern *pattern, const char *name, size_t length);

// Whether the text has a match anywhere.
bool cre2_matches(const cre2_pattern *pattern, const char *text, size_t length);
// Whether the whole text matches.
bool cre2_matches_fully(const cre2_pattern *pattern, const char *text, size_t length);
// Finds the leftmost match at or after `start`. Fills `count` pairs of byte offsets, -1 for groups that took no part.
bool cre2_find(
    const cre2_pattern *pattern, const char *text, size_t length, size_t start, ptrdiff_t *offsets, int count);

// The first place of the needle in linear time, or null (memmem, which C libraries hide behind feature macros).
const void *cre2_search_bytes(const void *text, size_t length, const void *needle, size_t needle_length);

#ifdef __cplusplus
}
#endif
#endif
