package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;

/**
 * The primary picture of a HEIC or AVIF file (ISO/IEC 23008-12): put together from its tiles, cropped, turned and mirrored
 * as the file says. For {@code Pictures} of emotion-opencv, which is what applications use.
 *
 * <p>Tiles are laid side by side as they are coded, and the whole is converted once: colors at the tiles' edges are those
 * of a picture without tiles. A tile that is missing or damaged makes the picture unreadable; there is no picture with a
 * hole in it. Thumbnails, depth maps, alpha planes and further pictures of the file are passed over.
 */
public final class StillPictureDecoder {
    private static final String DECODERS = "hevc,libdav1d,libaom-av1,mjpeg";

    private final String origin;
    private final Orientation orientation;
    private final AVFormatContext container;

    private StillPictureDecoder(String origin, Orientation orientation, AVFormatContext container) {
        this.origin = origin;
        this.orientation = orientation;
        this.container = container;
    }

    /**
     * Reads a picture.
     *
     * @param file the file's bytes, from position 0 to the limit; they stay as they are
     * @param origin what messages call the file
     * @param target gets the picture in {@link org.emotion4j.frame.PixelFormat#BGR24}
     * @throws FrameUnreadableException if it holds no such picture, a picture that is damaged or too large, or one that is
     *     put together in another way than from tiles
     * @throws org.emotion4j.stage.StageException if FFmpeg's native code is not on the class path or does not load
     */
    public static void read(ByteBuffer file, String origin, FrameBuffer target) throws FrameUnreadableException {
        Ffmpeg.load();
        AVFormatContext container = avformat.avformat_alloc_context();
        AVDictionary options = new AVDictionary((Pointer) null);
        try (MemoryInput input = new MemoryInput(file)) {
            container.pb(input.io());
            avutil.av_dict_set(options, "format_whitelist", "mov", 0);
            avutil.av_dict_set(options, "codec_whitelist", DECODERS, 0);
            avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
            int result = avformat.avformat_open_input(container, (BytePointer) null, null, options);
            if (result < 0) {
                throw new FrameUnreadableException(
                        origin, "no HEIC or AVIF picture that FFmpeg reads (" + Ffmpeg.message(result) + ")");
            }
            try {
                new StillPictureDecoder(origin, HeifTransformations.of(file), container).decode(target);
            } catch (IndexOutOfBoundsException e) {
                throw new FrameUnreadableException(origin, "the picture is cut off within its index", e);
            } finally {
                avformat.avformat_close_input(container);
            }
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private void decode(FrameBuffer target) throws FrameUnreadableException {
        AVStreamGroup grid = primaryGrid();
        if (Pointer.isNull(grid)) {
            AVStream stream = primaryStream();
            AVCodecParameters parameters = stream.codecpar();
            requirePixels(parameters.width(), parameters.height());
            AVFrame picture = avutil.av_frame_alloc();
            try {
                readPacket(stream.index(), picture);
                convert(picture, target);
            } finally {
                avutil.av_frame_free(picture);
            }
        } else {
            decodeGrid(grid, target);
        }
    }

    /** The group that the file shows: the one marked as such, else the first. */
    private AVStreamGroup primaryGrid() throws FrameUnreadableException {
        AVStreamGroup found = new AVStreamGroup((Pointer) null);
        for (int i = 0; i < container.nb_stream_groups(); i++) {
            AVStreamGroup group = container.stream_groups(i);
            if (group.type() != avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID) {
                continue;
            }
            if ((group.disposition() & avformat.AV_DISPOSITION_DEFAULT) != 0) {
                return group;
            }
            if (Pointer.isNull(found)) {
                found = group;
            }
        }
        // A file may show a single picture and keep grids beside it.
        return !Pointer.isNull(found) && hasDefaultStream() ? new AVStreamGroup((Pointer) null) : found;
    }

    private boolean hasDefaultStream() {
        for (int i = 0; i < container.nb_streams(); i++) {
            if (isPicture(container.streams(i))
                    && (container.streams(i).disposition() & avformat.AV_DISPOSITION_DEFAULT) != 0) {
                return true;
            }
        }
        return false;
    }

    private AVStream primaryStream() throws FrameUnreadableException {
        AVStream found = new AVStream((Pointer) null);
        for (int i = 0; i < container.nb_streams(); i++) {
            AVStream stream = container.streams(i);
            if (!isPicture(stream)) {
                continue;
            }
            if ((stream.disposition() & avformat.AV_DISPOSITION_DEFAULT) != 0) {
                return stream;
            }
            if (Pointer.isNull(found) && (stream.disposition() & avformat.AV_DISPOSITION_DEPENDENT) == 0) {
                found = stream;
            }
        }
        if (Pointer.isNull(found)) {
            throw new FrameUnreadableException(origin, "the file holds no picture, or its index is damaged");
        }
        return found;
    }

    private static boolean isPicture(AVStream stream) {
        return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
    }

    private void decodeGrid(AVStreamGroup group, FrameBuffer target) throws FrameUnreadableException {
        AVStreamGroupTileGrid grid = group.params_tile_grid();
        requirePixels(grid.coded_width(), grid.coded_height());
        requirePixels(grid.width(), grid.height());
        AVFrame canvas = avutil.av_frame_alloc();
        AVFrame tile = avutil.av_frame_alloc();
        try {
            Set<Integer> placed = new HashSet<>();
            AVPacket packet = avcodec.av_packet_alloc();
            try {
                while (placed.size() < grid.nb_tiles() && avformat.av_read_frame(container, packet) >= 0) {
                    boolean decoded = false;
                    for (int i = 0; i < grid.nb_tiles(); i++) {
                        if (group.streams(grid.offsets_idx(i)).index() != packet.stream_index() || placed.contains(i)) {
                            continue;
                        }
                        if (!decoded) {
                            decode(container.streams(packet.stream_index()), packet, tile);
                            decoded = true;
                        }
                        place(tile, canvas, grid, i);
                        placed.add(i);
                    }
                    avcodec.av_packet_unref(packet);
                }
            } finally {
                avcodec.av_packet_free(packet);
            }
            if (placed.size() < grid.nb_tiles() || placed.isEmpty()) {
                throw new FrameUnreadableException(
                        origin,
                        "the picture is damaged or cut off: of its " + grid.nb_tiles() + " tiles only " + placed.size()
                                + " are there");
            }
            crop(canvas, grid);
            convert(canvas, target);
        } finally {
            avutil.av_frame_free(tile);
            avutil.av_frame_free(canvas);
        }
    }

    private void place(AVFrame tile, AVFrame canvas, AVStreamGroupTileGrid grid, int index)
            throws FrameUnreadableException {
        if (Pointer.isNull(canvas.data(0))) {
            long area = 0;
            for (int i = 0; i < grid.nb_tiles(); i++) {
                area += (long) tile.width() * tile.height();
            }
            if (area != (long) grid.coded_width() * grid.coded_height()) {
                throw new FrameUnreadableException(
                        origin, "the picture is laid together from pictures of other sizes, which is not supported");
            }
            canvas.format(tile.format()).width(grid.coded_width()).height(grid.coded_height());
            avutil.av_frame_copy_props(canvas, tile);
            int result = avutil.av_frame_get_buffer(canvas, 0);
            if (result < 0) {
                throw new FrameUnreadableException(origin, "no memory for it: " + Ffmpeg.message(result));
            }
        }
        AVPixFmtDescriptor format = avutil.av_pix_fmt_desc_get(tile.format());
        int x = grid.offsets_horizontal(index);
        int y = grid.offsets_vertical(index);
        int maskX = (1 << format.log2_chroma_w()) - 1;
        int maskY = (1 << format.log2_chroma_h()) - 1;
        boolean fits = tile.format() == canvas.format()
                && x >= 0
                && y >= 0
                && x + tile.width() <= canvas.width()
                && y + tile.height() <= canvas.height()
                && (x & maskX) == 0
                && (y & maskY) == 0;
        if (!fits) {
            throw new FrameUnreadableException(
                    origin, "its tiles do not fit together, which is not supported; the file may be damaged");
        }
        int planes = avutil.av_pix_fmt_count_planes(tile.format());
        for (int plane = 0; plane < planes; plane++) {
            boolean chroma = plane == 1 || plane == 2;
            int shiftY = chroma ? format.log2_chroma_h() : 0;
            int rows = -((-tile.height()) >> shiftY);
            int rowBytes = avutil.av_image_get_linesize(tile.format(), tile.width(), plane);
            int left = avutil.av_image_get_linesize(tile.format(), x, plane);
            long start = (long) (y >> shiftY) * canvas.linesize(plane) + (x == 0 ? 0 : left);
            BytePointer to = new BytePointer(canvas.data(plane))
                    .position(canvas.data(plane).position() + start);
            avutil.av_image_copy_plane(
                    to, canvas.linesize(plane), tile.data(plane), tile.linesize(plane), rowBytes, rows);
        }
    }

    private void crop(AVFrame canvas, AVStreamGroupTileGrid grid) throws FrameUnreadableException {
        int right = canvas.width() - grid.horizontal_offset() - grid.width();
        int bottom = canvas.height() - grid.vertical_offset() - grid.height();
        if (grid.horizontal_offset() < 0 || grid.vertical_offset() < 0 || right < 0 || bottom < 0) {
            throw new FrameUnreadableException(origin, "its tiles do not fill its picture; the file is damaged");
        }
        canvas.crop_left(grid.horizontal_offset())
                .crop_top(grid.vertical_offset())
                .crop_right(right)
                .crop_bottom(bottom);
        avutil.av_frame_apply_cropping(canvas, avutil.AV_FRAME_CROP_UNALIGNED);
    }

    private void readPacket(int streamIndex, AVFrame picture) throws FrameUnreadableException {
        AVPacket packet = avcodec.av_packet_alloc();
        try {
            while (avformat.av_read_frame(container, packet) >= 0) {
                if (packet.stream_index() == streamIndex) {
                    decode(container.streams(streamIndex), packet, picture);
                    return;
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        throw new FrameUnreadableException(origin, "the picture is damaged or cut off: its data are missing");
    }

    private void decode(AVStream stream, AVPacket packet, AVFrame picture) throws FrameUnreadableException {
        AVCodecParameters parameters = stream.codecpar();
        AVCodec decoder = Codecs.decoder(parameters.codec_id());
        if (Pointer.isNull(decoder)) {
            throw new FrameUnreadableException(
                    origin,
                    "its picture is coded as "
                            + avcodec.avcodec_get_name(parameters.codec_id()).getString(StandardCharsets.UTF_8)
                            + ", which is not read");
        }
        AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
        try {
            avcodec.avcodec_parameters_to_context(codec, parameters);
            codec.thread_count(1);
            codec.max_pixels(FrameBuffer.MAX_PIXELS);
            codec.err_recognition(Damage.RECOGNITION);
            int result = avcodec.avcodec_open2(codec, decoder, (AVDictionary) null);
            if (result >= 0) {
                result = avcodec.avcodec_send_packet(codec, packet);
            }
            if (result >= 0) {
                avcodec.avcodec_send_packet(codec, (AVPacket) null);
                avutil.av_frame_unref(picture);
                result = avcodec.avcodec_receive_frame(codec, picture);
            }
            PictureHeaders headers = VideoDecoder.headers(parameters);
            headers.read(VideoDecoder.bytes(packet.data(), packet.size()));
            boolean corrupt = headers.isBroken()
                    || (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0
                    || (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0
                    || picture.decode_error_flags() != 0;
            if (result < 0 || corrupt) {
                throw new FrameUnreadableException(
                        origin, "the picture is damaged" + (result < 0 ? " (" + Ffmpeg.message(result) + ")" : ""));
            }
        } finally {
            avcodec.avcodec_free_context(codec);
        }
    }

    private void convert(AVFrame picture, FrameBuffer target) throws FrameUnreadableException {
        requirePixels(picture.width(), picture.height());
        try (PixelConverter converter = new PixelConverter()) {
            converter.convert(picture, picture.width(), picture.height(), orientation, target);
        } catch (PixelConverter.UnsupportedFormatException e) {
            throw new FrameUnreadableException(origin, String.valueOf(e.getMessage()), e);
        }
    }

    private void requirePixels(int width, int height) throws FrameUnreadableException {
        if (width < 1 || height < 1 || (long) width * height > FrameBuffer.MAX_PIXELS) {
            throw new FrameUnreadableException(
                    origin,
                    "the picture is " + width + "x" + height + ", expected 1x1 to " + FrameBuffer.MAX_PIXELS
                            + " pixels");
        }
    }
}
