package org.emotion4j.djl;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;

/**
 * Weights in this jar: a folder of resources with {@code model.properties}, which names the file, its SHA-256, version,
 * licence and notes.
 */
final class BundledModel {
    private final String name;
    private final Properties properties;

    private BundledModel(String name, Properties properties) {
        this.name = name;
        this.properties = properties;
    }

    /** Finds a model in this jar, or nothing where this jar was built without it. */
    static Optional<BundledModel> find(String name) {
        try (InputStream in = BundledModel.class.getResourceAsStream(name + "/model.properties")) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.of(new BundledModel(name, properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return "bundled " + name + "/" + required("file");
    }

    /** Reads the weights and compares their hash. */
    byte[] bytes() {
        try (InputStream in = BundledModel.class.getResourceAsStream(name + "/" + required("file"))) {
            if (in == null) {
                throw new StageException(origin() + ": not in the jar");
            }
            byte[] bytes = in.readAllBytes();
            requireHash(bytes, required("sha256"), origin());
            return bytes;
        } catch (IOException e) {
            throw new StageException(origin() + ": not readable: " + e.getMessage(), e);
        }
    }

    StageMetadata metadata() {
        return StageMetadata.named(name)
                .withVersion(required("version"))
                .withLicence(required("licence"))
                .withNotes(required("notes"));
    }

    static void requireHash(byte[] bytes, String expected, String origin) {
        String found = StageMetadata.sha256(bytes);
        if (!found.equalsIgnoreCase(expected)) {
            throw new StageException(origin + ": SHA-256 is " + found + ", expected " + expected
                    + "; the file is damaged or another one");
        }
    }

    private String required(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new StageException("bundled " + name + "/model.properties has no \"" + key + "\"");
        }
        return value.strip();
    }
}
