package org.emotion4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A modular application compiles against recording and the core without what is optional. */
class ModularConsumerTest {
    @TempDir
    private Path folder;

    @Test
    void aModuleCompilesWithoutTinkAndWithoutMicrometer() throws IOException, URISyntaxException {
        assertThat(compile("""
                import java.nio.file.Path;
                import org.emotion4j.pipeline.EmotionPipeline;
                import org.emotion4j.recording.CsvSessionRecorder;
                import org.emotion4j.recording.SessionReader;

                public final class Consumer {
                    void record(EmotionPipeline.Builder builder, Path folder) throws java.io.IOException {
                        try (EmotionPipeline pipeline = builder.recorder(CsvSessionRecorder.create(folder)).build()) {
                            pipeline.run(result -> result.readings().forEach(System.out::println));
                        }
                        System.out.println(SessionReader.readInfo(folder).endInWords());
                    }
                }
                """)).isEmpty();
    }

    @Test
    void thatCompilerWouldTellOfAModuleThatIsMissing() throws IOException, URISyntaxException {
        assertThat(compile("final class Consumer { com.google.crypto.tink.Aead aead; }"))
                .contains("com.google.crypto.tink");
    }

    /** Compiles a module of one class that requires recording, and with it the core, and returns what the compiler says. */
    private String compile(String source) throws IOException, URISyntaxException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "this run time has no compiler");
        Path sources = Files.createDirectories(folder.resolve("src/consumer"));
        List<Path> files = List.of(
                Files.writeString(
                        sources.resolve("module-info.java"), "module consumer { requires org.emotion4j.recording; }"),
                Files.writeString(
                        Files.createDirectories(sources.resolve("consumer")).resolve("Consumer.java"),
                        "package consumer;\n" + source));
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(
                            said,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "--module-path",
                                    modulePath(),
                                    "-d",
                                    folder.resolve("out").toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return said.toString();
    }

    /** The classes of recording and the modules that it requires, and those that they do, but for what is optional. */
    private static String modulePath() throws URISyntaxException {
        Path recording = Path.of(SessionReader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, ModuleReference> there = new HashMap<>();
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                if (entry.endsWith(".jar") || Files.exists(Path.of(entry, "module-info.class"))) {
                    try {
                        ModuleFinder.of(Path.of(entry))
                                .findAll()
                                .forEach(found ->
                                        there.putIfAbsent(found.descriptor().name(), found));
                    } catch (FindException e) {
                        // A jar that can be no module is none that the core requires.
                    }
                }
            }
        }
        Map<String, String> path = new LinkedHashMap<>();
        path.put("org.emotion4j.recording", recording.toString());
        Deque<ModuleDescriptor> open = new ArrayDeque<>();
        ModuleFinder.of(recording).findAll().forEach(found -> open.add(found.descriptor()));
        while (!open.isEmpty()) {
            for (ModuleDescriptor.Requires required : open.remove().requires()) {
                ModuleReference found = there.get(required.name());
                if (found != null
                        && !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)
                        && !path.containsKey(required.name())) {
                    path.put(
                            required.name(),
                            Path.of(found.location().orElseThrow()).toString());
                    open.add(found.descriptor());
                }
            }
        }
        return String.join(File.pathSeparator, path.values());
    }
}
