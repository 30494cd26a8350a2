package org.emotion4j.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductMarkTest {
    /** One gray pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    @TempDir
    Path folder;

    @Test
    void knowsAMarkedPictureAndNoOther() throws IOException {
        Path marked = Files.write(folder.resolve("marked"), ProductMark.onPicture(PNG));
        assertThat(ProductMark.isOnPicture(marked)).isTrue();
        assertThat(ProductMark.isOnPicture(Files.write(folder.resolve("plain.png"), PNG)))
                .isFalse();
        assertThat(ProductMark.isOnPicture(Files.write(folder.resolve("cut.png"), Arrays.copyOf(PNG, 20))))
                .isFalse();
        assertThat(ProductMark.isOnPicture(Files.writeString(folder.resolve("timeline.png"), "text")))
                .isFalse();
        assertThat(ProductMark.isOnPicture(folder.resolve("none.png"))).isFalse();
        assertThat(ProductMark.isOnPicture(folder)).isFalse();
    }

    /** By its definition: a chunk of length, type, data and CRC-32 between IHDR and IDAT, all else as it was. */
    @Test
    void theMarkIsAChunkOfText() {
        byte[] marked = ProductMark.onPicture(PNG);
        assertThat(Arrays.copyOf(marked, 33)).isEqualTo(Arrays.copyOf(PNG, 33));
        assertThat(new String(marked, 37, 22, StandardCharsets.ISO_8859_1)).isEqualTo("tEXtSoftware\0Emotion4J");
        assertThat(Arrays.copyOfRange(marked, 63, marked.length)).isEqualTo(Arrays.copyOfRange(PNG, 33, PNG.length));
    }

    @Test
    void marksNothingButPng() {
        assertThatThrownBy(() -> ProductMark.onPicture(new byte[100]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a PNG");
    }

    @Test
    void knowsAPageThatNobodyHasChanged() throws IOException {
        String page = ProductMark.onPage("<html>ä</html>\n");
        assertThat(page).startsWith("<html>ä</html>\n");
        assertThat(ProductMark.isOnPage(Files.writeString(folder.resolve("a"), page)))
                .isTrue();
        assertThat(ProductMark.isOnPage(Files.writeString(folder.resolve("b"), page.replace("ä", "ä, my note"))))
                .isFalse();
        assertThat(ProductMark.isOnPage(Files.writeString(folder.resolve("c"), page + "more")))
                .isFalse();
        assertThat(ProductMark.isOnPage(Files.writeString(folder.resolve("d"), "<html></html>")))
                .isFalse();
        assertThat(ProductMark.isOnPage(folder.resolve("none"))).isFalse();
    }
}
