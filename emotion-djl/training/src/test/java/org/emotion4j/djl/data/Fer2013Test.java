package org.emotion4j.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.CropSpec;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Fer2013Test {
    private static final String VOTES_HEADER = "Usage,Image name," + String.join(",", FerPlusVotes.COLUMNS);

    @TempDir
    Path folder;

    @Test
    void readsFacesSplitsAndVotes() throws IOException {
        pictures("3," + pixels(7) + ",Training", "0," + pixels(255) + ",PrivateTest", "6," + pixels(0) + ",PublicTest");
        votes(
                "Training,a.png,0,9,1,0,0,0,0,0,0,0",
                "PrivateTest,b.png,5,0,0,5,0,0,0,0,0,0",
                "PublicTest,,0,0,0,0,0,0,0,0,0,10");

        Fer2013 fer2013 = Fer2013.read(folder);

        assertThat(fer2013.size()).isEqualTo(3);
        LabeledFace test = fer2013.split(Fer2013.Split.PRIVATE_TEST).get(0);
        assertThat(test.label()).isEqualTo(Emotion.ANGRY);
        assertThat(test.pixel(0)).isEqualTo(255);
        assertThat(test.origin()).isEqualTo("fer2013.csv, line 3");
        assertThat(fer2013.ferPlusLabels().faces())
                .extracting(LabeledFace::label)
                .containsExactly(Emotion.HAPPY);
        assertThat(fer2013.splitWithoutNonFaces(Fer2013.Split.PUBLIC_TEST)).isEmpty();
    }

    @Test
    void readsColumnsInAnyOrderAndWithBlanks() throws IOException {
        Files.writeString(folder.resolve(Fer2013.PICTURES), "Usage, Pixels,emotion\nTraining," + pixels(1) + ",5\n");

        assertThat(Fer2013.read(folder).faces()).extracting(LabeledFace::label).containsExactly(Emotion.SURPRISE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7,@,Training|emotion is \"7\", expected 0 to 6",
                "x,@,Training|emotion is \"x\"",
                "1,@ 4,Training|got 2305 pixels, expected 2304",
                "1,1 2 3,Training|got 3 pixels",
                "1,256 @,Training|pixel 1 is above 255",
                "1,-1 @,Training|pixel 1 contains \"-\"",
                "1,@,Test|Usage is \"Test\"",
                "1,@|got 2 fields, expected 3"
            })
    void namesFileAndLineOfADamagedRow(String row, String reason) throws IOException {
        pictures("3," + pixels(7) + ",Training", row.replace("@", pixels(9)));

        assertThatThrownBy(() -> Fer2013.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining(folder.resolve(Fer2013.PICTURES) + ", line 3: ")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAFolderWithoutTheFileAndAFileWithoutAColumn() throws IOException {
        assertThatThrownBy(() -> Fer2013.read(folder))
                .isInstanceOf(FaceDataException.class)
                .hasMessageContaining("no such file");
        Files.writeString(folder.resolve(Fer2013.PICTURES), "emotion,pixels\n");
        assertThatThrownBy(() -> Fer2013.read(folder)).hasMessageContaining("no column \"Usage\"");
        Files.writeString(folder.resolve(Fer2013.PICTURES), "");
        assertThatThrownBy(() -> Fer2013.read(folder)).hasMessageContaining("empty file");
    }

    @Test
    void refusesVotesOfAnotherNumberOfRows() throws IOException {
        pictures("3," + pixels(7) + ",Training", "3," + pixels(8) + ",Training");
        votes("Training,a.png,0,9,1,0,0,0,0,0,0,0");

        assertThatThrownBy(() -> Fer2013.read(folder)).hasMessageContaining("1 rows, expected 2");
    }

    @Test
    void majorityDropsSingleVotesAndWhatIsNoneOfTheSeven() {
        assertThat(FerPlusVotes.of(4, 0, 0, 1, 3, 2, 0, 0, 0, 0).majority()).isEmpty();
        assertThat(FerPlusVotes.of(5, 0, 0, 1, 2, 2, 0, 0, 0, 0).majority()).contains(Emotion.NEUTRAL);
        assertThat(FerPlusVotes.of(0, 0, 6, 0, 0, 0, 0, 3, 2, 1).majority()).contains(Emotion.SURPRISE);
        assertThat(FerPlusVotes.of(0, 0, 5, 0, 0, 0, 0, 3, 2, 0).majority()).isEmpty();
        assertThat(FerPlusVotes.of(0, 0, 2, 0, 0, 0, 0, 8, 0, 0).majority()).isEmpty();
        assertThat(FerPlusVotes.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1).majority()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FerPlusVotes.of(1, 2))
                .withMessageContaining("contempt");
    }

    @Test
    void countsOfTheWholeCollection() throws IOException {
        Path whole = WholeFer2013.folder();

        Fer2013 fer2013 = Fer2013.read(whole);

        assertThat(fer2013).hasToString("Fer2013[35887 faces, Training 28709, PublicTest 3589, PrivateTest 3589]");
        assertThat(fer2013.ferPlusLabels().split(Fer2013.Split.PRIVATE_TEST)).hasSize(3_136);
    }

    private void pictures(String... rows) throws IOException {
        Files.writeString(folder.resolve(Fer2013.PICTURES), "emotion,pixels,Usage\n" + String.join("\n", rows) + "\n");
    }

    private void votes(String... rows) throws IOException {
        Files.writeString(folder.resolve(Fer2013.VOTES), VOTES_HEADER + "\n" + String.join("\n", rows) + "\n");
    }

    private static String pixels(int value) {
        return String.join(" ", Collections.nCopies(LabeledFace.PIXELS, Integer.toString(value)));
    }

    @Test
    void mirroringTwiceGivesTheSameFace() {
        byte[] gray = new byte[LabeledFace.PIXELS];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) (i * 31);
        }
        LabeledFace face = LabeledFace.of(gray, Emotion.SAD, "test");

        assertThat(face.mirrored().pixel(0)).isEqualTo(face.pixel(47));
        assertThat(face.mirrored().mirrored().toArray()).isEqualTo(gray);
        assertThat(List.of(face.toCrop().pixels().get(5))).containsExactly(gray[5]);
    }

    @Test
    void aFaceCanBeOfAnySize() {
        byte[] gray = new byte[56 * 56];
        Arrays.fill(gray, 0, 56 * 28, (byte) 200);
        LabeledFace face = LabeledFace.of(gray, 56, Emotion.SAD, "test");

        assertThat(face.side()).isEqualTo(56);
        assertThat(face.toCrop().spec()).isEqualTo(CropSpec.of(56, 56, PixelFormat.GRAY8));
        assertThat(face.resized(56)).isSameAs(face);
        LabeledFace small = face.resized(48);
        assertThat(small.side()).isEqualTo(48);
        assertThat(small.label()).isEqualTo(Emotion.SAD);
        assertThat(List.of(small.pixel(0), small.pixel(48 * 47))).containsExactly(200, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabeledFace.of(gray, 48, Emotion.SAD, "test"))
                .withMessage("test: got 3136 pixels, expected 2304 (48x48 gray)");
        assertThatIllegalArgumentException().isThrownBy(() -> LabeledFace.of(new byte[4], 2, Emotion.SAD, "test"));
    }
}
