package org.emotion4j.emotion.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.OnnxFile;

/**
 * What lies between crops and a network, for whoever writes an {@link EmotionClassifier}: {@link #fill} makes the crops of
 * several faces one tensor {@code [N, 1, height, width]} of floats, gray values divided by 255, and {@link #scores} makes
 * the network's {@code [N, 7]} logits their scores. The memory is kept from call to call. Confined to one thread.
 */
public final class CropBatch {
    /** Gray values as the network wants them. */
    private static final float[] FLOATS = floats();

    private final int pixelsPerFace;
    private final byte[] row;
    private final float[] floatRow;
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private FloatBuffer floats = memory.asFloatBuffer();

    /**
     * Prepares for crops of one kind.
     *
     * @param spec their size; gray
     * @throws IllegalArgumentException if they are not gray
     */
    public CropBatch(CropSpec spec) {
        if (spec.format() != PixelFormat.GRAY8) {
            throw new IllegalArgumentException("crops are " + spec.format() + ", expected " + PixelFormat.GRAY8);
        }
        pixelsPerFace = spec.width() * spec.height();
        row = new byte[pixelsPerFace];
        floatRow = new float[pixelsPerFace];
    }

    /**
     * Tells which crop an ONNX network wants.
     *
     * @param network its file
     * @return gray, tight, of the size of the network's input {@code [N, 1, height, width]};
     *     {@link CropSpec#fer2013()} where the file leaves the size open
     * @throws StageException if the network takes no such input; the message says what it takes
     */
    public static CropSpec spec(OnnxFile network) {
        List<List<Long>> shapes =
                network.inputs().stream().map(OnnxFile.Value::shape).toList();
        if (shapes.size() != 1 || shapes.get(0).size() != 4) {
            throw new StageException("it takes " + shapes + ", expected one input [N, 1, height, width]");
        }
        List<Long> shape = shapes.get(0);
        long height = shape.get(2);
        long width = shape.get(3);
        if (shape.get(1) != 1 && shape.get(1) != -1) {
            throw new StageException("it takes " + shape + ", expected gray crops, [N, 1, height, width]");
        }
        if (height < 0 && width < 0) {
            return CropSpec.fer2013();
        }
        if (height < 8 || width < 8 || height > 1_024 || width > 1_024) {
            throw new StageException("it takes " + shape + ", expected crops of 8 to 1024 pixels a side");
        }
        return CropSpec.of((int) width, (int) height, PixelFormat.GRAY8);
    }

    /**
     * Copies crops into the tensor.
     *
     * @param crops at least one, all as the spec says ({@link EmotionClassifier#requireOwnCrop} checks that)
     * @return the tensor's memory, direct and in native byte order, from 0 to its limit; the same buffer as at the last
     *     call unless it had to grow, and overwritten by the next
     */
    public ByteBuffer fill(List<FaceCrop> crops) {
        int bytes = Math.multiplyExact(crops.size(), pixelsPerFace * Float.BYTES);
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            floats = memory.asFloatBuffer();
        }
        for (int face = 0; face < crops.size(); face++) {
            crops.get(face).pixels().get(0, row);
            for (int i = 0; i < pixelsPerFace; i++) {
                floatRow[i] = FLOATS[row[i] & 0xff];
            }
            floats.put(face * pixelsPerFace, floatRow);
        }
        return memory.clear().limit(bytes);
    }

    /**
     * Applies softmax to the logits of each face.
     *
     * @param network its name, for the message
     * @param logits seven for each face, in the order of {@link Emotion}
     * @param temperature by what the logits are divided before; 1 leaves them as they are
     * @return one distribution for each seven
     * @throws StageException if a logit is not a finite number
     */
    public static List<EmotionScores> scores(String network, float[] logits, double temperature) {
        int faces = logits.length / EmotionScores.SIZE;
        List<EmotionScores> scores = new ArrayList<>(faces);
        for (int face = 0; face < faces; face++) {
            int first = face * EmotionScores.SIZE;
            float[] own = Arrays.copyOfRange(logits, first, first + EmotionScores.SIZE);
            for (float logit : own) {
                if (!Float.isFinite(logit)) {
                    throw new StageException(network + " gave " + Arrays.toString(own) + " for face " + (face + 1)
                            + ", expected finite logits; its weights are damaged");
                }
            }
            scores.add(EmotionScores.ofLogits(temperature, own));
        }
        return scores;
    }

    private static float[] floats() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return values;
    }
}
