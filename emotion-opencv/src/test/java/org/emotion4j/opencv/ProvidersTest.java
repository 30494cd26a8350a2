package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class ProvidersTest {
    @Test
    void ourOwnNetworkIsTheDefault() {
        assertThat(Stages.detectors())
                .extracting(FaceDetectorProvider::name)
                .containsExactly("single-shot", "haar", "lbp", "yunet");
        try (FaceDetector detector = Stages.defaultDetector()) {
            assertThat(detector.metadata().name()).isEqualTo("single-shot");
            assertThat(detector.metadata().runtime()).hasValue("OpenCV 4.9.0 DNN cpu");
            assertThat(detector.metadata().license()).isPresent();
        }
    }

    @Test
    void detectorsAreFoundByName() {
        try (FaceDetector detector = Stages.detector("lbp")) {
            assertThat(detector.metadata().name()).isEqualTo("lbp");
        }
        try (FaceDetector detector =
                Stages.detector("yunet=" + Portraits.shared("reference-weights/yunet/yunet_s_640_640.onnx"))) {
            assertThat(detector.metadata().name()).isEqualTo("yunet");
        }
    }

    @Test
    void yunetAsksForItsModel() {
        assertThatThrownBy(() -> Stages.detector("yunet"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("yunet=face_detection_yunet_2023mar.onnx");
        assertThatThrownBy(() -> Stages.detector("haar=gone.xml"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("gone.xml");
    }

    @Test
    void aSecondClassLoaderLoadsItsOwnNativeCode() throws Exception {
        OpenCv.load();
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        // Not closed: what OpenPnP does at the end of the JVM, removing its folder, loads a class through it.
        URLClassLoader other = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Class<?> openCv = other.loadClass(OpenCv.class.getName());
        assertThat(openCv).isNotSameAs(OpenCv.class);
        assertThat(openCv.getMethod("version").invoke(null)).isEqualTo(OpenCv.version());
    }
}
