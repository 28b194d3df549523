#include "thread_meter.h"

_Thread_local void *lintel_thread_meter = 0;
