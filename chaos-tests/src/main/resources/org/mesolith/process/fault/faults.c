/* Loaded before the C library: what the file "faults" in the working directory says is done to this process.
   Six numbers: milliseconds that the wall clock is ahead, parts of a million by which it runs too fast, and since
   which millisecond of the monotonic clock; milliseconds that each sync takes longer; of a hundred syncs, and of a
   hundred writes into files, how many fail. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

typedef int (*clock_reader)(clockid_t, struct timespec *);

static _Atomic long long looked = -1000;
static _Atomic long long ahead, drift, since, sync_delay, syncs_fail, writes_fail;
static _Atomic unsigned int dice = 12345;

static clock_reader real_clock(void) {
    static _Atomic(clock_reader) found;
    clock_reader real = atomic_load(&found);
    if (!real) {
        real = (clock_reader) dlsym(RTLD_NEXT, "clock_gettime");
        atomic_store(&found, real);
    }
    return real;
}

static long long monotonic_millis(void) {
    struct timespec now;
    real_clock()(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void look(long long now) {
    long long before = atomic_load(&looked);
    if (now - before < 50 || !atomic_compare_exchange_strong(&looked, &before, now)) {
        return;
    }
    int kept = errno;
    long long found[6] = {0, 0, 0, 0, 0, 0};
    char text[256];
    int file = open("faults", O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        ssize_t length = read(file, text, sizeof text - 1);
        close(file);
        if (length > 0) {
            text[length] = 0;
            if (sscanf(text, "%lld %lld %lld %lld %lld %lld", &found[0], &found[1], &found[2], &found[3], &found[4],
                    &found[5]) != 6) {
                for (int at = 0; at < 6; at++) {
                    found[at] = 0;
                }
            }
        }
    }
    atomic_store(&ahead, found[0]);
    atomic_store(&drift, found[1]);
    atomic_store(&since, found[2]);
    atomic_store(&sync_delay, found[3]);
    atomic_store(&syncs_fail, found[4]);
    atomic_store(&writes_fail, found[5]);
    errno = kept;
}

static int strikes(long long percent) {
    if (percent <= 0) {
        return 0;
    }
    unsigned int next = atomic_load(&dice);
    unsigned int after;
    do {
        after = next * 1103515245u + 12345u;
    } while (!atomic_compare_exchange_weak(&dice, &next, after));
    return (after >> 16) % 100 < percent;
}

int clock_gettime(clockid_t which, struct timespec *at) {
    int result = real_clock()(which, at);
    if (result == 0 && which == CLOCK_REALTIME) {
        long long now = monotonic_millis();
        look(now);
        long long shift = atomic_load(&ahead) * 1000000LL;
        if (atomic_load(&drift)) {
            shift += (now - atomic_load(&since)) * atomic_load(&drift);
        }
        long long nanos = at->tv_nsec + shift % 1000000000LL;
        at->tv_sec += shift / 1000000000LL;
        if (nanos < 0) {
            nanos += 1000000000LL;
            at->tv_sec--;
        } else if (nanos >= 1000000000LL) {
            nanos -= 1000000000LL;
            at->tv_sec++;
        }
        at->tv_nsec = nanos;
    }
    return result;
}

static int sync_fails(void) {
    look(monotonic_millis());
    long long delay = atomic_load(&sync_delay);
    if (delay > 0) {
        struct timespec pause = {delay / 1000, (delay % 1000) * 1000000};
        nanosleep(&pause, 0);
    }
    return strikes(atomic_load(&syncs_fail));
}

static int write_fails(int file) {
    struct stat what;
    look(monotonic_millis());
    if (atomic_load(&writes_fail) <= 0 || file <= 2 || fstat(file, &what) != 0 || !S_ISREG(what.st_mode)) {
        return 0;
    }
    return strikes(atomic_load(&writes_fail));
}

#define REAL(type, name) \
    static __typeof__(type) real; \
    if (!real) { \
        real = (type) dlsym(RTLD_NEXT, name); \
    }

int fsync(int file) {
    REAL(int (*)(int), "fsync")
    if (sync_fails()) {
        errno = EIO;
        return -1;
    }
    return real(file);
}

int fdatasync(int file) {
    REAL(int (*)(int), "fdatasync")
    if (sync_fails()) {
        errno = EIO;
        return -1;
    }
    return real(file);
}

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(ssize_t (*)(int, const void *, size_t), "write")
    if (write_fails(file)) {
        errno = EIO;
        return -1;
    }
    return real(file, bytes, count);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(ssize_t (*)(int, const struct iovec *, int), "writev")
    if (write_fails(file)) {
        errno = EIO;
        return -1;
    }
    return real(file, parts, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    REAL(ssize_t (*)(int, const void *, size_t, off_t), "pwrite")
    if (write_fails(file)) {
        errno = EIO;
        return -1;
    }
    return real(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    REAL(ssize_t (*)(int, const void *, size_t, off64_t), "pwrite64")
    if (write_fails(file)) {
        errno = EIO;
        return -1;
    }
    return real(file, bytes, count, at);
}
