/* The camera's files: what asks for the device or its drivers is led into FAKE_CAMERA_ROOT. */
#define _GNU_SOURCE
#include "fake_camera.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *fake_root(void) {
    return getenv("FAKE_CAMERA_ROOT");
}

/* Returns the path itself or, for the camera's, the one in the folder; also where somebody asks in its folder already. */
const char *fake_path(const char *path, char *room, size_t size) {
    const char *root = fake_root();
    if (path != NULL && root != NULL
        && (strcmp(path, DEVICE) == 0 || strncmp(path, DRIVERS, strlen(DRIVERS)) == 0)) {
        snprintf(room, size, "%s%s", root, path);
        return room;
    }
    return path;
}

#define LED(path) fake_path(path, room, sizeof room)
#define ROOM char room[4096]

int stat(const char *restrict path, struct stat *restrict to) {
    ROOM;
    return REAL(stat)(LED(path), to);
}

int stat64(const char *restrict path, struct stat64 *restrict to) {
    ROOM;
    return REAL(stat64)(LED(path), to);
}

int lstat(const char *restrict path, struct stat *restrict to) {
    ROOM;
    return REAL(lstat)(LED(path), to);
}

int lstat64(const char *restrict path, struct stat64 *restrict to) {
    ROOM;
    return REAL(lstat64)(LED(path), to);
}

int fstatat(int at, const char *restrict path, struct stat *restrict to, int flags) {
    ROOM;
    return REAL(fstatat)(at, LED(path), to, flags);
}

int fstatat64(int at, const char *restrict path, struct stat64 *restrict to, int flags) {
    ROOM;
    return REAL(fstatat64)(at, LED(path), to, flags);
}

#ifdef STATX_BASIC_STATS
int statx(int at, const char *restrict path, int flags, unsigned mask, struct statx *restrict to) {
    ROOM;
    return REAL(statx)(at, LED(path), flags, mask, to);
}
#endif

/* Of programs that were linked with a C library before 2.33. */
int __xstat(int version, const char *path, struct stat *to) {
    ROOM;
    int (*real)(int, const char *, struct stat *) = dlsym(RTLD_NEXT, "__xstat");
    return real(version, LED(path), to);
}

int __xstat64(int version, const char *path, struct stat64 *to) {
    ROOM;
    int (*real)(int, const char *, struct stat64 *) = dlsym(RTLD_NEXT, "__xstat64");
    return real(version, LED(path), to);
}

int access(const char *path, int mode) {
    ROOM;
    return REAL(access)(LED(path), mode);
}

int faccessat(int at, const char *path, int mode, int flags) {
    ROOM;
    return REAL(faccessat)(at, LED(path), mode, flags);
}

char *realpath(const char *restrict path, char *restrict resolved) {
    ROOM;
    return REAL(realpath)(LED(path), resolved);
}

DIR *opendir(const char *path) {
    ROOM;
    return REAL(opendir)(LED(path));
}
