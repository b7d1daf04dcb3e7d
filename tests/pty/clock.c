/* Another clock on the wall for the program under test: the real one, and as many seconds more as a file says. Other clocks,
   and with them every timeout, stay as they are. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long ahead(void)
{
    char text[32] = {0};
    const char *path = getenv("CLOCK_AHEAD");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return 0;
    if (read(file, text, sizeof text - 1) < 0)
        text[0] = 0;
    close(file);
    return atol(text);
}

int clock_gettime(clockid_t id, struct timespec *at)
{
    int outcome = (int)syscall(SYS_clock_gettime, id, at);
    if (outcome == 0 && id == CLOCK_REALTIME)
        at->tv_sec += ahead();
    return outcome;
}
