package org.emotion4j.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.emotion4j.file.internal.ProductMark;

/** A drawn chart as a PNG file. Its mark keeps it from being taken for a picture to analyze later. */
final class ChartFile {
    private ChartFile() {}

    static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this Java has no PNG writer; the module java.desktop is incomplete");
        }
        return ProductMark.onPicture(bytes.toByteArray());
    }
}
