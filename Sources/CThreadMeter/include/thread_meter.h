// What stands for one thread: Swift has no variables of threads, and the library's keys take a call for each look.
#ifndef LINTEL_THREAD_METER_H
#define LINTEL_THREAD_METER_H

extern _Thread_local void *_Nullable lintel_thread_meter;

/// The meter of the evaluation that runs on this thread; null without one.
static inline void *_Nullable lintel_meter(void) { return lintel_thread_meter; }

static inline void lintel_set_meter(void *_Nullable meter) { lintel_thread_meter = meter; }

#endif
