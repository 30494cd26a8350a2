package org.emotion4j.onnxruntime;

import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;

/** Crops that a test draws itself: no face of anybody. */
final class TestCrops {
    private TestCrops() {}

    /** A crop that every platform fills with the same pixels. */
    static FaceCrop slope(int step, CropSpec spec) {
        FaceCrop crop = FaceCrop.allocate(spec);
        for (int i = 0; i < spec.width() * spec.height(); i++) {
            int row = i / spec.width();
            int column = i % spec.width();
            crop.pixels().put(i, (byte) ((row * step + column * (7 - step)) % 256));
        }
        return crop;
    }
}
