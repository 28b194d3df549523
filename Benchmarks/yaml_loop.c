/* The floor for reading YAML: libyaml's event loop over files, events counted and dropped. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

static unsigned char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) return NULL;
    long length = ftell(file);
    unsigned char *bytes = length < 0 ? NULL : malloc((size_t)length + 1);
    rewind(file);
    *size = bytes ? fread(bytes, 1, (size_t)length, file) : 0;
    fclose(file);
    return bytes;
}

static long count_events(const unsigned char *bytes, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    long events = 0;
    int done = 0;
    if (!yaml_parser_initialize(&parser)) return -1;
    yaml_parser_set_input_string(&parser, bytes, size);
    while (!done) {
        if (!yaml_parser_parse(&parser, &event)) { events = -1; break; }
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
    return events;
}

int main(int count, char **paths) {
    long events = 0;
    size_t total = 0;
    for (int at = 1; at < count; at++) {
        size_t size;
        unsigned char *bytes = read_file(paths[at], &size);
        long found = bytes ? count_events(bytes, size) : -1;
        if (found < 0) { fprintf(stderr, "%s: cannot be read\n", paths[at]); return 1; }
        free(bytes);
        events += found;
        total += size;
    }
    printf("%ld events, %zu bytes, %.3f s of CPU\n", events, total, (double)clock() / CLOCKS_PER_SEC);
    return 0;
}
