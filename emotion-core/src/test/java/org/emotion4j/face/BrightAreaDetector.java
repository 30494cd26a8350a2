package org.emotion4j.face;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;

/**
 * A detector for tests: takes each connected area of bright pixels (200 or more) for a face. It can look at the picture in
 * half its size, as real detectors do to be fast.
 */
public final class BrightAreaDetector implements FaceDetector {
    private static final int BRIGHT = 200;

    private final int shrink;
    private int calls;
    private boolean closed;

    private BrightAreaDetector(int shrink) {
        this.shrink = shrink;
    }

    /** Looks at every pixel. */
    public static BrightAreaDetector atFullSize() {
        return new BrightAreaDetector(1);
    }

    /** Looks at the picture in half its width and height. */
    public static BrightAreaDetector atHalfSize() {
        return new BrightAreaDetector(2);
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        calls++;
        try (FrameBuffer gray = FrameBuffer.standalone()) {
            int width = Math.max(1, frame.width() / shrink);
            int height = Math.max(1, frame.height() / shrink);
            gray.reshape(width, height, PixelFormat.GRAY8);
            ImageTransform.resize(frame, gray);
            double scaleX = (double) frame.width() / width;
            double scaleY = (double) frame.height() / height;
            return areas(gray.pixels(), width, height).stream()
                    .map(area -> new BoundingBox(
                            area.x() * scaleX, area.y() * scaleY, area.width() * scaleX, area.height() * scaleY))
                    .sorted(Comparator.comparingDouble(BoundingBox::area).reversed())
                    .map(box -> new DetectedFace(box, 1))
                    .toList();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Tells whether somebody closed this detector. */
    public boolean isClosed() {
        return closed;
    }

    /** Returns how many pictures it has seen. */
    public int calls() {
        return calls;
    }

    private static List<BoundingBox> areas(ByteBuffer gray, int width, int height) {
        boolean[] seen = new boolean[width * height];
        List<BoundingBox> areas = new ArrayList<>();
        for (int start = 0; start < seen.length; start++) {
            if (!seen[start] && bright(gray, start)) {
                areas.add(area(gray, width, height, start, seen));
            }
        }
        return areas;
    }

    private static BoundingBox area(ByteBuffer gray, int width, int height, int start, boolean[] seen) {
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        while (!open.isEmpty()) {
            int at = open.pop();
            int x = at % width;
            int y = at / width;
            left = Math.min(left, x);
            right = Math.max(right, x + 1);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y + 1);
            int[] neighbors = {
                x > 0 ? at - 1 : at,
                x < width - 1 ? at + 1 : at,
                y > 0 ? at - width : at,
                y < height - 1 ? at + width : at
            };
            for (int neighbor : neighbors) {
                if (!seen[neighbor] && bright(gray, neighbor)) {
                    seen[neighbor] = true;
                    open.push(neighbor);
                }
            }
        }
        return new BoundingBox(left, top, right - left, bottom - top);
    }

    private static boolean bright(ByteBuffer gray, int at) {
        return (gray.get(at) & 0xff) >= BRIGHT;
    }
}
