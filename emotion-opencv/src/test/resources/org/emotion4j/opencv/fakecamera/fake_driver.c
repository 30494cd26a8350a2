/* What the driver answers: as that of USB cameras (uvcvideo) does. */
#define _GNU_SOURCE
#include "fake_camera.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static uint32_t distance(uint32_t one, uint32_t other) {
    return one > other ? one - other : other - one;
}

/* As uvcvideo: another format than one it has is its first; of the sizes the nearest. */
static struct mode *nearest(uint32_t fourcc, uint32_t width, uint32_t height) {
    bool known = false;
    for (int i = 0; i < camera.mode_count; i++) {
        known |= camera.modes[i].fourcc == fourcc;
    }
    struct mode *best = NULL;
    for (int i = 0; i < camera.mode_count; i++) {
        struct mode *mode = &camera.modes[i];
        if (mode->fourcc == (known ? fourcc : camera.modes[0].fourcc)
            && (best == NULL
                    || distance(mode->width, width) + distance(mode->height, height)
                               < distance(best->width, width) + distance(best->height, height))) {
            best = mode;
        }
    }
    return best;
}

static void describe(struct v4l2_format *format, const struct mode *mode) {
    bool compressed = mode->fourcc == V4L2_PIX_FMT_MJPEG;
    format->fmt.pix = (struct v4l2_pix_format) {
        .width = mode->width,
        .height = mode->height,
        .pixelformat = mode->fourcc,
        .field = V4L2_FIELD_NONE,
        .bytesperline = compressed ? 0 : mode->width * 2,
        .sizeimage = mode->width * mode->height * 2,
        .colorspace = V4L2_COLORSPACE_SRGB
    };
}

static int refuse(int why) {
    errno = why;
    return -1;
}

static int set_format(int fd, struct v4l2_format *format, bool only_try) {
    struct mode *mode = nearest(format->fmt.pix.pixelformat, format->fmt.pix.width, format->fmt.pix.height);
    if (!only_try) {
        if (camera.busy || camera.owner >= 0) {
            return refuse(EBUSY);
        }
        camera.mode = mode;
        camera.rate = mode->rates[0];
    }
    (void) fd;
    describe(format, mode);
    return 0;
}

static int rate(struct v4l2_streamparm *parm, bool set) {
    struct v4l2_fract *time = &parm->parm.capture.timeperframe;
    if (set) {
        if (camera.streaming || camera.busy) {
            return refuse(EBUSY);
        }
        uint32_t asked = time->numerator == 0 ? 0 : time->denominator / time->numerator;
        for (int i = 0; asked > 0 && i < camera.mode->rate_count; i++) {
            if (i == 0 || distance(camera.mode->rates[i], asked) < distance(camera.rate, asked)) {
                camera.rate = camera.mode->rates[i];
            }
        }
    }
    memset(&parm->parm, 0, sizeof parm->parm);
    parm->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    *time = (struct v4l2_fract) {1, camera.rate};
    return 0;
}

static int request_buffers(int fd, struct v4l2_requestbuffers *request) {
    if (camera.busy || (camera.owner >= 0 && camera.owner != fd)) {
        return refuse(EBUSY);
    }
    if (request->memory != V4L2_MEMORY_MMAP) {
        return refuse(EINVAL);
    }
    fake_stop_streaming();
    request->count = request->count > MAX_BUFFERS ? MAX_BUFFERS : request->count;
    camera.buffer_count = (int) request->count;
    camera.owner = request->count > 0 ? fd : -1;
    long page = sysconf(_SC_PAGESIZE);
    camera.buffer_size = (uint32_t) ((camera.mode->width * camera.mode->height * 2 + page - 1) / page * page);
    if (request->count > 0 && ftruncate(fd, (off_t) camera.buffer_size * camera.buffer_count) != 0) {
        return -1;
    }
    return 0;
}

static void describe_buffer(struct v4l2_buffer *buffer) {
    uint32_t i = buffer->index;
    buffer->type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer->memory = V4L2_MEMORY_MMAP;
    buffer->length = camera.buffer_size;
    buffer->m.offset = i * camera.buffer_size;
    buffer->bytesused = camera.used[i];
    buffer->sequence = camera.sequence_of[i];
    buffer->field = V4L2_FIELD_NONE;
    buffer->timestamp.tv_sec = camera.stamp_of[i] / 1000000;
    buffer->timestamp.tv_usec = camera.stamp_of[i] % 1000000;
    buffer->flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
}

static int stream(int fd, bool on) {
    if (on && (camera.owner != fd || camera.busy)) {
        return refuse(camera.owner < 0 ? EINVAL : EBUSY);
    }
    if (!on && camera.owner != fd) {
        return 0;
    }
    if (!on) {
        fake_stop_streaming();
        return 0;
    }
    if (!camera.streaming && !fake_open_film()) {
        return refuse(EIO);
    }
    camera.streaming = true;
    if (camera.pace == REAL_TIME) {
        camera.clock_us = fake_monotonic_us();
    }
    return 0;
}

static int queue(int fd, struct v4l2_buffer *buffer) {
    if (camera.owner != fd || buffer->index >= (uint32_t) camera.buffer_count
        || camera.queued_count + camera.done_count == camera.buffer_count) {
        return refuse(EINVAL);
    }
    camera.queued[camera.queued_count++] = (int) buffer->index;
    return 0;
}

static int dequeue(int fd, struct v4l2_buffer *buffer) {
    if (camera.owner != fd || !camera.streaming) {
        return refuse(EINVAL);
    }
    fake_catch_up();
    if (camera.done_count == 0) {
        return refuse(EAGAIN);
    }
    buffer->index = (uint32_t) fake_take_first(camera.done, &camera.done_count);
    describe_buffer(buffer);
    return 0;
}

static int enumerate_formats(struct v4l2_fmtdesc *format) {
    uint32_t index = 0;
    for (int i = 0; i < camera.mode_count; i++) {
        bool first = true;
        for (int j = 0; j < i; j++) {
            first &= camera.modes[j].fourcc != camera.modes[i].fourcc;
        }
        if (first && index++ == format->index) {
            format->pixelformat = camera.modes[i].fourcc;
            format->flags = camera.modes[i].fourcc == V4L2_PIX_FMT_MJPEG ? V4L2_FMT_FLAG_COMPRESSED : 0;
            return 0;
        }
    }
    return refuse(EINVAL);
}

static int enumerate_sizes(struct v4l2_frmsizeenum *size) {
    uint32_t index = 0;
    for (int i = 0; i < camera.mode_count; i++) {
        if (camera.modes[i].fourcc == size->pixel_format && index++ == size->index) {
            size->type = V4L2_FRMSIZE_TYPE_DISCRETE;
            size->discrete = (struct v4l2_frmsize_discrete) {camera.modes[i].width, camera.modes[i].height};
            return 0;
        }
    }
    return refuse(EINVAL);
}

static int enumerate_rates(struct v4l2_frmivalenum *rates) {
    for (int i = 0; i < camera.mode_count; i++) {
        const struct mode *mode = &camera.modes[i];
        if (mode->fourcc == rates->pixel_format && mode->width == rates->width && mode->height == rates->height
            && rates->index < (uint32_t) mode->rate_count) {
            rates->type = V4L2_FRMIVAL_TYPE_DISCRETE;
            rates->discrete = (struct v4l2_fract) {1, mode->rates[rates->index]};
            return 0;
        }
    }
    return refuse(EINVAL);
}

static int control(struct v4l2_control *which, bool set) {
    if (which->id != V4L2_CID_BRIGHTNESS) {
        return refuse(EINVAL);
    }
    if (set) {
        camera.brightness = which->value;
    }
    which->value = camera.brightness;
    return 0;
}

static int query_control(struct v4l2_queryctrl *which) {
    if (which->id != V4L2_CID_BRIGHTNESS) {
        return refuse(EINVAL);
    }
    *which = (struct v4l2_queryctrl) {
        .id = which->id, .type = V4L2_CTRL_TYPE_INTEGER, .name = "Brightness", .maximum = 255, .step = 1
    };
    return 0;
}

static int capabilities(struct v4l2_capability *what) {
    *what = (struct v4l2_capability) {
        .driver = "uvcvideo",
        .card = "Fake camera",
        .bus_info = "usb-fake-9",
        .version = 0x060100,
        .capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS,
        .device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING
    };
    return 0;
}

static int query_buffer(struct v4l2_buffer *buffer) {
    if (buffer->index >= (uint32_t) camera.buffer_count) {
        return refuse(EINVAL);
    }
    describe_buffer(buffer);
    return 0;
}

static int answer(int fd, uint32_t request, void *it) {
    switch (request) {
        case VIDIOC_QUERYCAP: return capabilities(it);
        case VIDIOC_ENUM_FMT: return enumerate_formats(it);
        case VIDIOC_ENUM_FRAMESIZES: return enumerate_sizes(it);
        case VIDIOC_ENUM_FRAMEINTERVALS: return enumerate_rates(it);
        case VIDIOC_G_FMT: describe(it, camera.mode); return 0;
        case VIDIOC_TRY_FMT: return set_format(fd, it, true);
        case VIDIOC_S_FMT: return set_format(fd, it, false);
        case VIDIOC_G_PARM: return rate(it, false);
        case VIDIOC_S_PARM: return rate(it, true);
        case VIDIOC_G_CTRL: return control(it, false);
        case VIDIOC_S_CTRL: return control(it, true);
        case VIDIOC_QUERYCTRL: return query_control(it);
        case VIDIOC_G_INPUT: *(int *) it = 0; return 0;
        case VIDIOC_S_INPUT: return *(int *) it == 0 ? 0 : refuse(EINVAL);
        case VIDIOC_REQBUFS: return request_buffers(fd, it);
        case VIDIOC_QUERYBUF: return query_buffer(it);
        case VIDIOC_QBUF: return queue(fd, it);
        case VIDIOC_DQBUF: return dequeue(fd, it);
        case VIDIOC_STREAMON: return stream(fd, true);
        case VIDIOC_STREAMOFF: return stream(fd, false);
        default: return refuse(ENOTTY);
    }
}

int ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void *it = va_arg(more, void *);
    va_end(more);
    pthread_mutex_lock(&camera.lock);
    struct handle *handle = fake_handle_of(fd);
    if (handle == NULL) {
        pthread_mutex_unlock(&camera.lock);
        return REAL(ioctl)(fd, request, it);
    }
    fake_hang();
    int result = fake_is_gone(handle) ? refuse(ENODEV) : answer(fd, (uint32_t) request, it);
    int why = errno;
    pthread_cond_broadcast(&camera.changed);
    pthread_mutex_unlock(&camera.lock);
    errno = why;
    return result;
}
