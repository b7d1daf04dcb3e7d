/* A store that lies, for LD_PRELOAD: what is written to the journal stays in memory until the program ends by itself. Reads see
   it, so the program believes its own commits; kill -9 loses them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *held;
static size_t size;

static int is_journal(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 11) return 0;
    path[length] = 0;
    return strcmp(path + length - 11, "/journal.db") == 0;
}

static ssize_t real_read(int fd, void *to, size_t count, off64_t at) {
    static ssize_t (*real)(int, void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pread64");
    return real(fd, to, count, at);
}

ssize_t pread64(int fd, void *to, size_t count, off64_t at) {
    if (!held || !is_journal(fd)) return real_read(fd, to, count, at);
    if ((size_t)at >= size) return 0;
    if (at + count > size) count = size - at;
    memcpy(to, held + at, count);
    return count;
}

ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    if (!is_journal(fd)) return real(fd, from, count, at);
    if (!held) {
        struct stat now;
        fstat(fd, &now);
        size = now.st_size;
        held = malloc(64 << 20);
        real_read(fd, held, size, 0);
    }
    memcpy(held + at, from, count);
    if (at + count > size) {
        size = at + count;
        if (ftruncate(fd, size)) return -1;
    }
    return count;
}

ssize_t pread(int fd, void *to, size_t count, off_t at) { return pread64(fd, to, count, at); }
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) { return pwrite64(fd, from, count, at); }
