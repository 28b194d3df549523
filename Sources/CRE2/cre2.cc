#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cre2.h"

#include <re2/re2.h>
#include <string.h>

#include <map>
#include <new>
#include <string>
#include <vector>

struct cre2_pattern {
    RE2 re;
    cre2_pattern(const re2::StringPiece &text, const RE2::Options &options) : re(text, options) {}
};

cre2_pattern *cre2_compile(const char *pattern, size_t length, long max_memory) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_memory);
    return new cre2_pattern(re2::StringPiece(pattern, length), options);
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

enum cre2_error cre2_error_of(const cre2_pattern *pattern) {
    switch (pattern->re.error_code()) {
    case RE2::NoError: return CRE2_OK;
    case RE2::ErrorBadEscape: return CRE2_INVALID_ESCAPE;
    case RE2::ErrorBadCharClass: return CRE2_INVALID_CHAR_CLASS;
    case RE2::ErrorBadCharRange: return CRE2_INVALID_CHAR_RANGE;
    case RE2::ErrorMissingBracket: return CRE2_MISSING_BRACKET;
    case RE2::ErrorMissingParen: return CRE2_MISSING_PAREN;
    case RE2::ErrorUnexpectedParen: return CRE2_UNEXPECTED_PAREN;
    case RE2::ErrorTrailingBackslash: return CRE2_TRAILING_BACKSLASH;
    case RE2::ErrorRepeatArgument: return CRE2_MISSING_REPEAT_ARGUMENT;
    case RE2::ErrorRepeatSize: return CRE2_INVALID_REPEAT_SIZE;
    case RE2::ErrorRepeatOp: return CRE2_INVALID_REPEAT_OP;
    case RE2::ErrorBadPerlOp: return CRE2_INVALID_PERL_OP;
    case RE2::ErrorBadUTF8: return CRE2_INVALID_UTF8;
    case RE2::ErrorBadNamedCapture: return CRE2_INVALID_NAMED_CAPTURE;
    case RE2::ErrorPatternTooLarge: return CRE2_TOO_LARGE;
    default: return CRE2_INTERNAL;
    }
}

const char *cre2_error_argument(const cre2_pattern *pattern, size_t *length) {
    const std::string &argument = pattern->re.error_arg();
    *length = argument.size();
    return argument.data();
}

long cre2_program_size(const cre2_pattern *pattern) { return pattern->re.ok() ? pattern->re.ProgramSize() : 0; }

int cre2_group_count(const cre2_pattern *pattern) { return pattern->re.NumberOfCapturingGroups(); }

int cre2_group_number(const cre2_pattern *pattern, const char *name, size_t length) {
    const std::map<std::string, int> &groups = pattern->re.NamedCapturingGroups();
    auto found = groups.find(std::string(name, length));
    return found == groups.end() ? -1 : found->second;
}

bool cre2_matches(const cre2_pattern *pattern, const char *text, size_t length) {
    return pattern->re.Match(re2::StringPiece(text, length), 0, length, RE2::UNANCHORED, nullptr, 0);
}

bool cre2_matches_fully(const cre2_pattern *pattern, const char *text, size_t length) {
    return pattern->re.Match(re2::StringPiece(text, length), 0, length, RE2::ANCHOR_BOTH, nullptr, 0);
}

bool cre2_find(
    const cre2_pattern *pattern, const char *text, size_t length, size_t start, ptrdiff_t *offsets, int count) {
    re2::StringPiece few[8];
    std::vector<re2::StringPiece> many;
    re2::StringPiece *groups = few;
    if (count > 8) {
        many.resize(count);
        groups = many.data();
    }
    if (!pattern->re.Match(re2::StringPiece(text, length), start, length, RE2::UNANCHORED, groups, count)) return false;
    for (int i = 0; i < count; i++) {
        bool isSet = groups[i].data() != nullptr;
        offsets[2 * i] = isSet ? groups[i].data() - text : -1;
        offsets[2 * i + 1] = isSet ? offsets[2 * i] + (ptrdiff_t)groups[i].size() : -1;
    }
    return true;
}

const void *cre2_search_bytes(const void *text, size_t length, const void *needle, size_t needle_length) {
    return memmem(text, length, needle, needle_length);
}
