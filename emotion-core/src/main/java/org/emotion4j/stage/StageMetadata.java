package org.emotion4j.stage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage is: enough to repeat a session later, or to say why its readings differ.
 *
 * @param name a short stable name, for example {@code "table2"}
 * @param version the version of the code or of the weights, where there is one
 * @param sha256 the SHA-256 of the weights in lower-case hexadecimal, where there are weights
 * @param license the licence of the weights or of the code, where known
 * @param runtime what computes, for example {@code "DJL PyTorch 2.7.1 cpu"}, where it is not plain Java
 * @param notes anything else a reader of the record should know (how foreign labels were mapped, for example)
 * @param settings what it was told and what changes its results, by name, in the order in which it was noted; times as
 *     ISO 8601 durations, for example {@code window} = {@code PT1S}
 */
public record StageMetadata(
        String name,
        Optional<String> version,
        Optional<String> sha256,
        Optional<String> license,
        Optional<String> runtime,
        Optional<String> notes,
        Map<String, String> settings) {

    /**
     * Copies the settings.
     *
     * @param name as {@link #name()}
     * @param version as {@link #version()}
     * @param sha256 as {@link #sha256()}
     * @param license as {@link #license()}
     * @param runtime as {@link #runtime()}
     * @param notes as {@link #notes()}
     * @param settings as {@link #settings()}
     */
    public StageMetadata {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Describes a stage that has no settings.
     *
     * @param name a short stable name
     * @param version the version of the code or of the weights
     * @param sha256 the SHA-256 of the weights in lower-case hexadecimal
     * @param license the licence of the weights or of the code
     * @param runtime what computes
     * @param notes anything else
     */
    public StageMetadata(
            String name,
            Optional<String> version,
            Optional<String> sha256,
            Optional<String> license,
            Optional<String> runtime,
            Optional<String> notes) {
        this(name, version, sha256, license, runtime, notes, Map.of());
    }

    /**
     * Describes a stage by its name alone.
     *
     * @param name a short stable name
     * @return the description
     */
    public static StageMetadata named(String name) {
        return new StageMetadata(
                name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Describes something by its class alone.
     *
     * @param type the class; a lambda's is called by the class it is written in, as {@code Clinic-lambda}
     * @return the description, with a name that does not differ from run to run
     */
    public static StageMetadata ofClass(Class<?> type) {
        return named(nameOf(type));
    }

    /** A class's name without what differs from run to run, as the number of a lambda does. */
    static String nameOf(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length()).replaceFirst("^\\.", "");
        int lambda = name.indexOf("$$Lambda");
        if (lambda >= 0) {
            return name.substring(0, lambda) + "-lambda";
        }
        return type.isAnonymousClass() ? name : type.getSimpleName();
    }

    /**
     * Adds a version.
     *
     * @param value the version
     * @return a copy with it
     */
    public StageMetadata withVersion(String value) {
        return new StageMetadata(name, Optional.of(value), sha256, license, runtime, notes, settings);
    }

    /**
     * Adds the hash of the weights.
     *
     * @param value SHA-256 in lower-case hexadecimal
     * @return a copy with it
     */
    public StageMetadata withSha256(String value) {
        return new StageMetadata(name, version, Optional.of(value), license, runtime, notes, settings);
    }

    /**
     * Adds a licence.
     *
     * @param value an SPDX identifier where there is one
     * @return a copy with it
     */
    public StageMetadata withLicense(String value) {
        return new StageMetadata(name, version, sha256, Optional.of(value), runtime, notes, settings);
    }

    /**
     * Adds the run time.
     *
     * @param value what computes
     * @return a copy with it
     */
    public StageMetadata withRuntime(String value) {
        return new StageMetadata(name, version, sha256, license, Optional.of(value), notes, settings);
    }

    /**
     * Adds a note.
     *
     * @param value free text
     * @return a copy with it
     */
    public StageMetadata withNotes(String value) {
        return new StageMetadata(name, version, sha256, license, runtime, Optional.of(value), settings);
    }

    /**
     * Notes a setting.
     *
     * @param setting what was set
     * @param value to what; as its {@code toString} says it
     * @return a copy with it
     */
    public StageMetadata withSetting(String setting, Object value) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(setting, value.toString());
        return new StageMetadata(name, version, sha256, license, runtime, notes, all);
    }

    /**
     * Notes settings that are there in words.
     *
     * @param words {@code name=value} pairs with blanks between them
     * @return a copy with them
     * @throws IllegalArgumentException if a word is no such pair
     */
    public StageMetadata withSettings(String words) {
        StageMetadata all = this;
        for (String word : words.strip().split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + word + "\" is no setting, expected name=value");
            }
            all = all.withSetting(word.substring(0, equals), word.substring(equals + 1));
        }
        return all;
    }

    /**
     * Returns one of the settings.
     *
     * @param setting its name
     * @return what it was set to, or empty where it was not noted
     */
    public Optional<String> setting(String setting) {
        return Optional.ofNullable(settings.get(setting));
    }

    /**
     * Computes the hash by which weights are named and checked.
     *
     * @param weights all bytes of the file
     * @return SHA-256 in lower-case hexadecimal, 64 digits
     */
    public static String sha256(byte[] weights) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
