package org.emotion4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.emotion4j.session.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A modular application compiles against the core without what is optional. */
class ModularConsumerTest {
    @TempDir
    private Path folder;

    @Test
    void aModuleCompilesWithoutTinkAndWithoutMicrometer() throws IOException, URISyntaxException {
        assertThat(compile("""
                import java.nio.file.Path;
                import org.emotion4j.pipeline.EmotionPipeline;
                import org.emotion4j.session.CsvSessionRecorder;
                import org.emotion4j.session.SessionReader;

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

    /** Compiles a module of one class that requires the core, and returns what the compiler says. */
    private String compile(String source) throws IOException, URISyntaxException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "this run time has no compiler");
        Path sources = Files.createDirectories(folder.resolve("src/consumer"));
        List<Path> files = List.of(
                Files.writeString(
                        sources.resolve("module-info.java"), "module consumer { requires org.emotion4j.core; }"),
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

    /** The core's classes and the jars that this test runs with, but for those that are optional. */
    private static String modulePath() throws URISyntaxException {
        Set<String> path = new LinkedHashSet<>();
        path.add(Path.of(SessionReader.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString());
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                String name = new File(entry).getName();
                if (name.endsWith(".jar") && !name.startsWith("tink") && !name.startsWith("micrometer")) {
                    path.add(entry);
                }
            }
        }
        return path.stream().collect(Collectors.joining(File.pathSeparator));
    }
}
