/* The device: openings, the film, buffers that fill, and the wait for a picture. */
#define _GNU_SOURCE
#include "fake_camera.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Some second of the steady clock, so that nobody takes it for one since the beginning. */
#define FIRST_STAMP_US 5000000000LL

struct camera camera = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER, .owner = -1};

int64_t fake_monotonic_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

/* As another camera in the same place: openings of the one before hold nothing any more. */
void fake_reset(void) {
    static const struct mode usual = {
        v4l2_fourcc('Y', 'U', 'Y', 'V'), 640, 480, {30}, 1
    };
    static bool begun;
    for (int i = 0; !begun && i < MAX_HANDLES; i++) {
        camera.handles[i].fd = -1;
    }
    begun = true;
    camera.modes[0] = usual;
    camera.mode_count = 1;
    camera.mode = &camera.modes[0];
    camera.rate = 30;
    fake_unplug();
    camera.plugged = true;
    camera.plugging++;
    camera.busy = camera.hanging = camera.silent = camera.frozen = false;
    camera.pace = FREELY;
    camera.stamps = DRIVERS_CLOCK;
    camera.damaged_left = 0;
    camera.brightness = 128;
    camera.next_picture = 0;
    camera.clock_us = FIRST_STAMP_US;
    camera.sequence = 0;
    camera.opens = camera.closes = camera.given = camera.lost = 0;
}

struct handle *fake_handle_of(int fd) {
    for (int i = 0; fd >= 0 && i < MAX_HANDLES; i++) {
        if (camera.handles[i].fd == fd) {
            return &camera.handles[i];
        }
    }
    return NULL;
}

bool fake_is_gone(const struct handle *handle) {
    return !camera.plugged || handle->plugging != camera.plugging;
}

/* With the lock: until the driver answers again. */
void fake_hang(void) {
    while (camera.hanging) {
        camera.waiting++;
        pthread_cond_broadcast(&camera.changed);
        pthread_cond_wait(&camera.changed, &camera.lock);
        camera.waiting--;
    }
}

/* The film: pictures with their lengths before them. */
bool fake_open_film(void) {
    char path[4096];
    uint32_t f = camera.mode->fourcc;
    snprintf(path, sizeof path, "%s/film/%c%c%c%c-%ux%u", fake_root(), f & 255, f >> 8 & 255, f >> 16 & 255,
            f >> 24 & 255, camera.mode->width, camera.mode->height);
    int fd = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        fprintf(stderr, "fake camera: no film %s\n", path);
        return false;
    }
    camera.film_length = about.st_size;
    camera.film = mmap(NULL, (size_t) about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    REAL(close)(fd);
    camera.picture_count = 0;
    for (long at = 0; at + 4 <= about.st_size && camera.picture_count < MAX_PICTURES;) {
        uint32_t length;
        memcpy(&length, camera.film + at, 4);
        camera.picture_at[camera.picture_count++] = at;
        at += 4 + (long) length;
    }
    return camera.picture_count > 0;
}

void fake_stop_streaming(void) {
    camera.streaming = false;
    camera.queued_count = camera.done_count = 0;
    if (camera.film != NULL) {
        munmap((void *) camera.film, (size_t) camera.film_length);
        camera.film = NULL;
    }
}

int fake_take_first(int *list, int *count) {
    int first = list[0];
    memmove(list, list + 1, sizeof *list * (size_t) --*count);
    return first;
}

static void fill(int buffer) {
    long at = camera.picture_at[camera.next_picture % camera.picture_count];
    uint32_t length;
    memcpy(&length, camera.film + at, 4);
    const uint8_t *picture = camera.film + at + 4;
    off_t place = (off_t) buffer * camera.buffer_size;
    static const uint8_t garbage[64] = {0xFF, 0x00, 0x12, 0x34};
    if (camera.damaged_left > 0) {
        camera.damaged_left--;
        length = camera.damage == TRUNCATED ? length / 2 : camera.damage == EMPTY ? 0 : sizeof garbage;
        picture = camera.damage == GARBAGE ? garbage : picture;
    }
    if (pwrite(camera.owner, picture, length, place) < 0) {
        perror("fake camera");
    }
    camera.used[buffer] = length;
}

/* A picture is taken: into the first buffer that is free, or into none. With the lock. */
void fake_produce(void) {
    if (camera.streaming && camera.queued_count > 0) {
        int buffer = fake_take_first(camera.queued, &camera.queued_count);
        fill(buffer);
        camera.stamp_of[buffer] = camera.stamps == NO_STAMPS ? 0 : camera.clock_us;
        camera.sequence_of[buffer] = camera.sequence;
        camera.done[camera.done_count++] = buffer;
        camera.given++;
    } else {
        camera.lost++;
    }
    camera.sequence++;
    camera.next_picture += !camera.frozen;
    camera.clock_us += 1000000 / camera.rate;
}

/* Whoever had it open holds nothing from now on; the next plugging is another device. */
void fake_unplug(void) {
    fake_stop_streaming();
    camera.plugged = false;
    camera.owner = -1;
    camera.buffer_count = 0;
}

/* What the clock, or the wish for a picture, has made due. */
void fake_catch_up(void) {
    if (camera.silent || !camera.streaming) {
        return;
    }
    if (camera.pace == FREELY && camera.done_count == 0) {
        fake_produce();
    }
    while (camera.pace == REAL_TIME && fake_monotonic_us() >= camera.clock_us) {
        fake_produce();
    }
}

static int open_device(int flags) {
    (void) flags;
    pthread_mutex_lock(&camera.lock);
    fake_hang();
    int fd = -1;
    struct handle *free_one = NULL;
    for (int i = 0; i < MAX_HANDLES && free_one == NULL; i++) {
        free_one = camera.handles[i].fd < 0 ? &camera.handles[i] : NULL;
    }
    if (!camera.plugged) {
        errno = ENODEV;
    } else if (free_one == NULL) {
        errno = EMFILE;
    } else if ((fd = memfd_create("fake-camera", MFD_CLOEXEC)) >= 0) {
        *free_one = (struct handle) {fd, camera.plugging};
        camera.opens++;
    }
    pthread_mutex_unlock(&camera.lock);
    return fd;
}

#define OPEN(name, parameters, arguments)                                         \
    int name parameters {                                                         \
        mode_t mode = 0;                                                          \
        if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {         \
            va_list more;                                                         \
            va_start(more, flags);                                                \
            mode = va_arg(more, mode_t);                                          \
            va_end(more);                                                         \
        }                                                                         \
        char room[4096];                                                          \
        const char *led = fake_path(path, room, sizeof room);                     \
        return led != path && strcmp(path, DEVICE) == 0 ? open_device(flags) : REAL(name) arguments; \
    }

OPEN(open, (const char *path, int flags, ...), (led, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (led, flags, mode))
OPEN(openat, (int at, const char *path, int flags, ...), (at, led, flags, mode))
OPEN(openat64, (int at, const char *path, int flags, ...), (at, led, flags, mode))

int close(int fd) {
    pthread_mutex_lock(&camera.lock);
    struct handle *handle = fake_handle_of(fd);
    if (handle == NULL) {
        pthread_mutex_unlock(&camera.lock);
        return REAL(close)(fd);
    }
    if (camera.owner == fd) {
        fake_stop_streaming();
        camera.owner = -1;
        camera.buffer_count = 0;
    }
    int result = REAL(close)(fd);
    handle->fd = -1;
    camera.closes++;
    pthread_cond_broadcast(&camera.changed);
    pthread_mutex_unlock(&camera.lock);
    return result;
}

/* With the lock: for a while, at the most until the next picture is due; for a change where that is up to the commands. */
static void wait_for_change(void) {
    camera.waiting++;
    pthread_cond_broadcast(&camera.changed);
    if (camera.pace == REAL_TIME) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        int64_t left = camera.clock_us - fake_monotonic_us();
        until.tv_nsec += (left < 1000 ? 1000 : left) * 1000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&camera.changed, &camera.lock, &until);
    } else {
        pthread_cond_wait(&camera.changed, &camera.lock);
    }
    camera.waiting--;
}

/* Time does not go by here: the wait ends with a picture, with the plug, or where the camera was told to be silent. */
int select(int count, fd_set *read, fd_set *write, fd_set *except, struct timeval *timeout) {
    pthread_mutex_lock(&camera.lock);
    struct handle *handle = read != NULL && count > 0 && FD_ISSET(count - 1, read) ? fake_handle_of(count - 1) : NULL;
    if (handle == NULL) {
        pthread_mutex_unlock(&camera.lock);
        return REAL(select)(count, read, write, except, timeout);
    }
    int result = -1;
    while (result < 0) {
        fake_catch_up();
        if (fake_is_gone(handle) || camera.done_count > 0) {
            result = 1;
        } else if (camera.silent) {
            FD_ZERO(read);
            result = 0;
        } else {
            wait_for_change();
        }
    }
    pthread_mutex_unlock(&camera.lock);
    return result;
}
