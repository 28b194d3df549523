#ifndef LINTEL_LINE_EDITOR_H
#define LINTEL_LINE_EDITOR_H
// A small face over libedit, whose own functions take a varying number of arguments, which Swift cannot call.

#include <stddef.h>

typedef struct line_editor line_editor;

enum line_editor_status {
    LINE_EDITOR_LINE = 0,
    // The end of the input: Ctrl+D on an empty line.
    LINE_EDITOR_END,
    // Ctrl+C.
    LINE_EDITOR_INTERRUPTED,
    LINE_EDITOR_FAILED,
};

// What a word may go on to: whole words, one a line, in memory that is freed here; NULL when nothing is known.
typedef char *(*line_editor_completer)(const char *word, void *context);

// NULL when standard input is no terminal that can be edited on.
line_editor *line_editor_make(const char *program, line_editor_completer completer, void *context);
void line_editor_free(line_editor *editor);

// The next line without its end, which stays until the next call; NULL unless the status is LINE_EDITOR_LINE.
const char *line_editor_read(line_editor *editor, const char *prompt, enum line_editor_status *status);

void line_editor_remember(line_editor *editor, const char *line);
// Reads and writes the lines that are remembered; 0 when that went well.
int line_editor_load(line_editor *editor, const char *path);
int line_editor_save(line_editor *editor, const char *path);

// From now on, Ctrl+C does not end the program but is told by `line_editor_interrupted`, which forgets it.
void line_editor_catch_interrupts(void);
int line_editor_interrupted(void);

#endif
