/*
 * A camera that is not there, for tests: a library that is preloaded into a program and answers for /dev/video9 what a
 * V4L2 driver would. What OpenCV, or whoever else asks, is real; the driver and the device behind it are these files.
 *
 * FAKE_CAMERA_ROOT names a folder:
 *   dev/video9                      a FIFO: stands for the device file, and goes with the plug
 *   sys/class/video4linux/video9/   what the kernel would say of it: name, index
 *   film/MJPG-640x480 ...           what the camera sees: pictures one after another, each with its length before it
 *                                   (32 bits, little endian)
 *   control                         the socket at which the camera takes its commands, see fake_control.c
 * FAKE_CAMERA_SETUP: commands to begin with, separated by semicolons.
 */
#ifndef FAKE_CAMERA_H
#define FAKE_CAMERA_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define DEVICE "/dev/video9"
#define DRIVERS "/sys/class/video4linux"

enum { MAX_MODES = 16, MAX_RATES = 8, MAX_BUFFERS = 16, MAX_HANDLES = 64, MAX_PICTURES = 4096 };

/* Who takes the next picture's time: the reader, the commands, or the clock on the wall. */
enum pace { FREELY, ON_COMMAND, REAL_TIME };
enum damage { WHOLE, TRUNCATED, EMPTY, GARBAGE };
enum stamps { DRIVERS_CLOCK, NO_STAMPS };

struct mode {
    uint32_t fourcc, width, height;
    uint32_t rates[MAX_RATES];
    int rate_count;
};

/* An opening of the device; one from before the plug was pulled stays dead. */
struct handle {
    int fd;
    int plugging;
};

struct camera {
    pthread_mutex_t lock;
    pthread_cond_t changed;

    struct mode modes[MAX_MODES];
    int mode_count;
    struct mode *mode;
    uint32_t rate;

    bool plugged, busy, hanging, silent, frozen;
    int plugging;
    enum pace pace;
    enum stamps stamps;
    enum damage damage;
    int damaged_left;
    int brightness;

    struct handle handles[MAX_HANDLES];
    int owner; /* the fd that has buffers, or -1 */
    bool streaming;
    int buffer_count;
    uint32_t buffer_size;
    int queued[MAX_BUFFERS], queued_count;
    int done[MAX_BUFFERS], done_count;
    uint32_t used[MAX_BUFFERS], sequence_of[MAX_BUFFERS];
    int64_t stamp_of[MAX_BUFFERS];

    const uint8_t *film;
    long film_length;
    long picture_at[MAX_PICTURES];
    int picture_count, next_picture;

    int64_t clock_us; /* of the next picture */
    uint32_t sequence;

    /* for who asks */
    int waiting, opens, closes, given, lost;
};

extern struct camera camera;

/* The C library's own. */
#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

const char *fake_root(void);
const char *fake_path(const char *path, char *room, size_t size);
int64_t fake_monotonic_us(void);

/* With the lock, all of these. */
void fake_reset(void);
void fake_unplug(void);
struct handle *fake_handle_of(int fd);
bool fake_is_gone(const struct handle *handle);
void fake_hang(void);
bool fake_open_film(void);
void fake_stop_streaming(void);
int fake_take_first(int *list, int *count);
void fake_produce(void);
void fake_catch_up(void);

#endif
