/*
 * The commands of the fake camera, a line each; each is answered by a line.
 *
 *   reset                            plugged in, free for all, playing freely from the beginning, nothing wrong
 *   modes MJPG:1280x720@30 YUYV:640x480@30,15 ...    what it can do; the first is what it is set to
 *   free | pace                      gives a picture whenever it is asked for one | at its rate, by the real clock
 *   give N                           from now on only on command: N pictures, lost where no buffer is free
 *   elapse MICROSECONDS              so much time goes by without a picture
 *   freeze on|off                    the same picture again and again
 *   damage N truncated|empty|garbage the next N pictures are broken
 *   stamps on|off                    whether the driver says when a picture was taken
 *   silent on|off                    no picture comes, and the wait for one is over
 *   hang on|off                      whoever asks the driver for anything does not come back
 *   busy on|off                      another program has it
 *   unplug | plug
 *   waits                            is answered once somebody waits for a picture or hangs
 *   closed                           is answered once nobody has it open or is about to
 *   given N                          is answered once it has given N pictures
 *   state                            what was done with it so far
 */
#define _GNU_SOURCE
#include "fake_camera.h"

#include <linux/videodev2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static bool add_mode(const char *text) {
    char fourcc[5];
    int at = 0;
    struct mode mode = {0};
    if (camera.mode_count == MAX_MODES
        || sscanf(text, "%4[A-Z0-9]:%ux%u@%n", fourcc, &mode.width, &mode.height, &at) < 3 || at == 0) {
        return false;
    }
    mode.fourcc = v4l2_fourcc(fourcc[0], fourcc[1], fourcc[2], fourcc[3]);
    char *rest = (char *) text + at;
    while (*rest != 0 && mode.rate_count < MAX_RATES) {
        mode.rates[mode.rate_count++] = (uint32_t) strtoul(rest, &rest, 10);
        rest += *rest == ',';
    }
    camera.modes[camera.mode_count++] = mode;
    return mode.rate_count > 0;
}

static bool set_modes(char *list) {
    camera.mode_count = 0;
    for (char *rest = NULL, *one = strtok_r(list, " ", &rest); one != NULL; one = strtok_r(NULL, " ", &rest)) {
        if (!add_mode(one)) {
            return false;
        }
    }
    camera.mode = &camera.modes[0];
    camera.rate = camera.modes[0].rates[0];
    return camera.mode_count > 0;
}

static void give(int count) {
    camera.pace = ON_COMMAND;
    for (int i = 0; i < count; i++) {
        fake_produce();
    }
}

static bool damage(const char *what) {
    char kind[16];
    if (sscanf(what, "%d %15s", &camera.damaged_left, kind) != 2) {
        return false;
    }
    camera.damage = strcmp(kind, "truncated") == 0 ? TRUNCATED : strcmp(kind, "empty") == 0 ? EMPTY : GARBAGE;
    return true;
}

static int open_handles(void) {
    int handles = 0;
    for (int i = 0; i < MAX_HANDLES; i++) {
        handles += camera.handles[i].fd >= 0;
    }
    return handles;
}

static void state(char *reply, size_t room) {
    uint32_t f = camera.mode->fourcc;
    snprintf(
            reply,
            room,
            "opens=%d closes=%d handles=%d owned=%d streaming=%d buffers=%d queued=%d done=%d given=%d lost=%d waiting=%d"
            " mode=%c%c%c%c-%ux%u@%u",
            camera.opens, camera.closes, open_handles(), camera.owner >= 0, camera.streaming, camera.buffer_count,
            camera.queued_count, camera.done_count, camera.given, camera.lost, camera.waiting, f & 255, f >> 8 & 255,
            f >> 16 & 255, f >> 24 & 255, camera.mode->width, camera.mode->height, camera.rate);
}

/* With the lock. False for what is no command. */
static bool obey(const char *verb, char *rest, char *reply, size_t room) {
    bool on = strcmp(rest, "on") == 0;
    if (strcmp(verb, "reset") == 0) {
        fake_reset();
    } else if (strcmp(verb, "modes") == 0) {
        return set_modes(rest);
    } else if (strcmp(verb, "free") == 0) {
        camera.pace = FREELY;
    } else if (strcmp(verb, "pace") == 0) {
        camera.pace = REAL_TIME;
        camera.clock_us = fake_monotonic_us();
    } else if (strcmp(verb, "give") == 0) {
        give(atoi(rest));
    } else if (strcmp(verb, "elapse") == 0) {
        camera.clock_us += atoll(rest);
    } else if (strcmp(verb, "freeze") == 0) {
        camera.frozen = on;
    } else if (strcmp(verb, "damage") == 0) {
        return damage(rest);
    } else if (strcmp(verb, "stamps") == 0) {
        camera.stamps = on ? DRIVERS_CLOCK : NO_STAMPS;
    } else if (strcmp(verb, "silent") == 0) {
        camera.silent = on;
    } else if (strcmp(verb, "hang") == 0) {
        camera.hanging = on;
    } else if (strcmp(verb, "busy") == 0) {
        camera.busy = on;
    } else if (strcmp(verb, "unplug") == 0) {
        fake_unplug();
    } else if (strcmp(verb, "plug") == 0) {
        camera.plugged = true;
        camera.plugging++;
    } else if (strcmp(verb, "waits") == 0) {
        while (camera.waiting == 0) {
            pthread_cond_wait(&camera.changed, &camera.lock);
        }
    } else if (strcmp(verb, "closed") == 0) {
        while (open_handles() > 0 || camera.waiting > 0) {
            pthread_cond_wait(&camera.changed, &camera.lock);
        }
    } else if (strcmp(verb, "given") == 0) {
        while (camera.given < atoi(rest)) {
            pthread_cond_wait(&camera.changed, &camera.lock);
        }
    } else if (strcmp(verb, "state") == 0) {
        state(reply, room);
    } else {
        return false;
    }
    return true;
}

static bool command(const char *line, char *reply, size_t room) {
    char verb[16];
    char rest[1024];
    int at = 0;
    if (sscanf(line, " %15s %n", verb, &at) < 1) {
        snprintf(reply, room, "error: no command");
        return false;
    }
    snprintf(rest, sizeof rest, "%s", line + at);
    snprintf(reply, room, "ok");
    pthread_mutex_lock(&camera.lock);
    bool known = obey(verb, rest, reply, room);
    pthread_cond_broadcast(&camera.changed);
    pthread_mutex_unlock(&camera.lock);
    if (!known) {
        snprintf(reply, room, "error: %s", line);
    }
    return known;
}

/* Without streams: glibc 2.41 waits at exit for whoever reads one, and that is until the test hangs up. */
static bool read_line(int fd, char *line, size_t room) {
    size_t length = 0;
    while (length + 1 < room && read(fd, line + length, 1) == 1) {
        if (line[length] == '\n') {
            line[length] = 0;
            return true;
        }
        length++;
    }
    return false;
}

static void *serve(void *socket) {
    int fd = (int) (intptr_t) socket;
    char line[1024];
    char reply[1024];
    while (read_line(fd, line, sizeof line)) {
        command(line, reply, sizeof reply);
        dprintf(fd, "%s\n", reply);
    }
    close(fd);
    return NULL;
}

static void *listen_to_all(void *listening) {
    while (true) {
        int one = accept4((int) (intptr_t) listening, NULL, NULL, SOCK_CLOEXEC);
        pthread_t thread;
        if (one >= 0 && pthread_create(&thread, NULL, serve, (void *) (intptr_t) one) == 0) {
            pthread_detach(thread);
        }
    }
    return NULL;
}

/* In the first process that has this library; those that it starts find the socket taken. */
__attribute__((constructor)) static void begin(void) {
    pthread_mutex_lock(&camera.lock);
    fake_reset();
    pthread_mutex_unlock(&camera.lock);
    if (fake_root() == NULL) {
        return;
    }
    char reply[1024];
    char setup[1024];
    const char *given = getenv("FAKE_CAMERA_SETUP");
    snprintf(setup, sizeof setup, "%s", given == NULL ? "" : given);
    for (char *rest = NULL, *one = strtok_r(setup, ";", &rest); one != NULL; one = strtok_r(NULL, ";", &rest)) {
        if (!command(one, reply, sizeof reply)) {
            fprintf(stderr, "fake camera: %s\n", reply);
        }
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/control", fake_root());
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(server, (struct sockaddr *) &address, sizeof address) == 0) {
        close(server);
        return;
    }
    unlink(address.sun_path);
    pthread_t thread;
    if (bind(server, (struct sockaddr *) &address, sizeof address) == 0 && listen(server, 8) == 0
        && pthread_create(&thread, NULL, listen_to_all, (void *) (intptr_t) server) == 0) {
        pthread_detach(thread);
    }
}
