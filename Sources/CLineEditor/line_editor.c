// strict C leaves out what POSIX has.
#define _GNU_SOURCE
#include "line_editor.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

struct line_editor {
    EditLine *edit;
    History *history;
    const char *prompt;
    char *line;
    line_editor_completer completer;
    void *context;
};

static volatile sig_atomic_t interrupts = 0;

static void note_interrupt(int signal) {
    (void)signal;
    interrupts = 1;
}

void line_editor_catch_interrupts(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_interrupt;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

int line_editor_interrupted(void) {
    int was = interrupts;
    interrupts = 0;
    return was;
}

static char *current_prompt(EditLine *edit) {
    line_editor *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    return (char *)editor->prompt;
}

// Reads a character of several bytes. libedit's own function goes on after the first signal; here a line ends with it.
static int read_character(EditLine *edit, wchar_t *character) {
    (void)edit;
    mbstate_t state;
    memset(&state, 0, sizeof state);
    for (;;) {
        char byte;
        ssize_t count = read(STDIN_FILENO, &byte, 1);
        if (count == 0) return 0;
        if (count < 0) {
            if (errno == EINTR && !interrupts) continue;
            return -1;
        }
        size_t length = mbrtowc(character, &byte, 1, &state);
        if (length == (size_t)-2) continue;
        if (length == (size_t)-1) {
            memset(&state, 0, sizeof state);
            continue;
        }
        return 1;
    }
}

static bool ends_word(char character) { return strchr(" \t()[]{},;:=<>!+*/%&|\"`#'", character) != NULL; }

// Shows candidates side by side below the line.
static void show(char **words, size_t count, size_t widest) {
    size_t columns = 80 / (widest + 2);
    if (columns == 0) columns = 1;
    fputc('\n', stdout);
    for (size_t index = 0; index < count; index++) {
        bool is_last = (index + 1) % columns == 0 || index + 1 == count;
        printf("%-*s%s", is_last ? 0 : (int)widest + 2, words[index], is_last ? "\n" : "");
    }
    fflush(stdout);
}

static unsigned char complete(EditLine *edit, int key) {
    (void)key;
    line_editor *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    const LineInfo *info = el_line(edit);
    const char *start = info->cursor;
    while (start > info->buffer && !ends_word(start[-1])) start--;
    size_t length = (size_t)(info->cursor - start);
    char *word = strndup(start, length);
    char *list = word ? editor->completer(word, editor->context) : NULL;
    free(word);
    if (list == NULL) return CC_ERROR;
    enum { most = 200 };
    char *words[most];
    size_t count = 0, widest = 0, common = 0;
    char *rest = list;
    for (char *next; count < most && (next = strsep(&rest, "\n")) != NULL;) {
        if (*next == 0) continue;
        size_t size = strlen(next);
        if (size > widest) widest = size;
        if (count == 0) common = size;
        while (count > 0 && strncmp(words[0], next, common) != 0) common--;
        words[count++] = next;
    }
    unsigned char result = CC_ERROR;
    if (count > 0 && common > length) {
        // A letter of several bytes is not cut.
        while (common > length && ((unsigned char)words[0][common] & 0xC0) == 0x80) common--;
        char *more = strndup(words[0] + length, common - length);
        if (more != NULL && *more != 0 && el_insertstr(edit, more) == 0) result = CC_REFRESH;
        free(more);
    } else if (count > 1) {
        show(words, count, widest);
        result = CC_REDISPLAY;
    }
    free(list);
    return result;
}

line_editor *line_editor_make(const char *program, line_editor_completer completer, void *context) {
    if (!isatty(STDIN_FILENO)) return NULL;
    if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
    line_editor *editor = calloc(1, sizeof *editor);
    if (editor == NULL) return NULL;
    editor->prompt = "";
    editor->completer = completer;
    editor->context = context;
    editor->edit = el_init(program, stdin, stdout, stderr);
    editor->history = history_init();
    if (editor->edit == NULL || editor->history == NULL) {
        line_editor_free(editor);
        return NULL;
    }
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, 1000);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_PROMPT, current_prompt);
    el_set(editor->edit, EL_EDITOR, "emacs");
    el_set(editor->edit, EL_HIST, history, editor->history);
    el_set(editor->edit, EL_ADDFN, "lintel-complete", "Complete the word", complete);
    el_set(editor->edit, EL_BIND, "^I", "lintel-complete", NULL);
    el_set(editor->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_source(editor->edit, NULL);
    el_wset(editor->edit, EL_GETCFN, read_character);
    return editor;
}

void line_editor_free(line_editor *editor) {
    if (editor->edit != NULL) el_end(editor->edit);
    if (editor->history != NULL) history_end(editor->history);
    free(editor->line);
    free(editor);
}

const char *line_editor_read(line_editor *editor, const char *prompt, enum line_editor_status *status) {
    editor->prompt = prompt;
    interrupts = 0;
    el_resize(editor->edit);
    int count = 0;
    const char *text = el_gets(editor->edit, &count);
    if (interrupts) {
        interrupts = 0;
        el_reset(editor->edit);
        *status = LINE_EDITOR_INTERRUPTED;
        return NULL;
    }
    if (text == NULL || count <= 0) {
        *status = count < 0 ? LINE_EDITOR_FAILED : LINE_EDITOR_END;
        return NULL;
    }
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) length--;
    free(editor->line);
    editor->line = strndup(text, length);
    *status = editor->line != NULL ? LINE_EDITOR_LINE : LINE_EDITOR_FAILED;
    return editor->line;
}

void line_editor_remember(line_editor *editor, const char *line) {
    HistEvent event;
    history(editor->history, &event, H_ENTER, line);
}

int line_editor_load(line_editor *editor, const char *path) {
    HistEvent event;
    return history(editor->history, &event, H_LOAD, path) < 0 ? -1 : 0;
}

int line_editor_save(line_editor *editor, const char *path) {
    HistEvent event;
    // Others need not see what was tried here.
    mode_t before = umask(077);
    int result = history(editor->history, &event, H_SAVE, path);
    umask(before);
    return result < 0 ? -1 : 0;
}
