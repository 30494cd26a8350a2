package org.emotion4j.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * Weights in a jar: a folder of resources with {@code model.properties}, which names the file, its SHA-256, version,
 * licence and notes ({@code file}, {@code sha256}, {@code version}, {@code license}, {@code notes}), and the model's name
 * ({@code name}) where it is not that of the folder. The weights are compared with the hash before anybody gets them.
 * Immutable and thread-safe.
 */
public final class BundledModel {
    private static final String DESCRIPTION = "model.properties";

    private final Class<?> owner;
    private final String name;
    private final Properties properties;

    private BundledModel(Class<?> owner, String name, Properties properties) {
        this.owner = owner;
        this.name = name;
        this.properties = properties;
    }

    /**
     * Finds a model in the jar of a class.
     *
     * @param owner a class beside whose package's resources the model's folder lies
     * @param name the folder, for example {@code "expression"}
     * @return the model, or empty where the jar was built without it
     */
    public static Optional<BundledModel> find(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name + "/" + DESCRIPTION)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.of(new BundledModel(owner, name, properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds a model that has to be there.
     *
     * @param owner a class beside whose package's resources the model's folder lies
     * @param name the folder
     * @return the model
     * @throws StageException if the jar was built without it
     */
    public static BundledModel get(Class<?> owner, String name) {
        return find(owner, name)
                .orElseThrow(() -> new StageException("this jar was built without the model " + name + "; take the"
                        + " released jar, or give a file of your own"));
    }

    /**
     * Says where the weights come from, for messages.
     *
     * @return for example {@code "bundled expression/expression.pt"}
     * @throws StageException if the description names no file
     */
    public String origin() {
        return "bundled " + name + "/" + property("file");
    }

    /**
     * Reads the weights.
     *
     * @return a new array
     * @throws StageException if the file is missing, or its SHA-256 is not the one in the description
     */
    public byte[] bytes() {
        try (InputStream in = owner.getResourceAsStream(name + "/" + property("file"))) {
            if (in == null) {
                throw new StageException(origin() + ": not in the jar");
            }
            byte[] bytes = in.readAllBytes();
            requireHash(bytes, property("sha256"), origin());
            return bytes;
        } catch (IOException e) {
            throw new StageException(origin() + ": not readable: " + e.getMessage(), e);
        }
    }

    /**
     * Describes the model; its user adds the run time.
     *
     * @return name, version, hash, licence and notes
     * @throws StageException if the description lacks one of them
     */
    public StageMetadata metadata() {
        return StageMetadata.named(properties.getProperty("name", name).strip())
                .withVersion(property("version"))
                .withSha256(property("sha256"))
                .withLicense(property("licence"))
                .withNotes(property("notes"));
    }

    /**
     * Returns something that the description says.
     *
     * @param key for example {@code "version"}
     * @return its value
     * @throws StageException if the description does not say it
     */
    public String property(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new StageException("bundled " + name + "/" + DESCRIPTION + " has no \"" + key + "\"");
        }
        return value.strip();
    }

    /**
     * Returns something that the description may say.
     *
     * @param key for example {@code "input"}
     * @return its value, or empty where the description does not say it
     */
    public Optional<String> optional(String key) {
        return Optional.ofNullable(properties.getProperty(key)).map(String::strip);
    }

    /**
     * Compares weights with their hash.
     *
     * @param bytes the whole file
     * @param expected SHA-256, 64 hexadecimal digits
     * @param origin the file's name, for the message
     * @throws StageException if they differ
     */
    public static void requireHash(byte[] bytes, String expected, String origin) {
        String found = StageMetadata.sha256(bytes);
        if (!found.equalsIgnoreCase(expected)) {
            throw new StageException(origin + ": SHA-256 is " + found + ", expected " + expected
                    + "; the file is damaged or another one");
        }
    }

    @Override
    public String toString() {
        return "BundledModel[" + origin() + "]";
    }
}
