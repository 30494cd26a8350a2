package org.emotion4j.opencv.fakecamera;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs the test methods of a class in a virtual machine of its own, into which the fake camera is preloaded; it is as new
 * for each. One such machine serves all methods of the class, or one a method where they are tagged {@code slow}, which
 * measure what their machine takes. A method takes nothing, or the {@link FakeCamera}; fields and
 * life-cycle methods of the class are none of this machine's, and other extensions have no say.
 */
public final class WithFakeCamera
        implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor, ParameterResolver {
    private static final String END = "=== end of the test";
    private static final String NOTE = "note: ";

    private Path folder;
    private FakeCameraLibrary library;
    private Process jvm;
    private BufferedReader answers;
    private BufferedWriter calls;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("fake-camera");
        library = FakeCameraLibrary.in(folder);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeCamera.class;
    }

    /** The camera is on the other side. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    /** A heap that is touched from the start and cannot grow: what grows is native. */
    private void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms160m",
                "-Xmx160m",
                "-XX:+AlwaysPreTouch",
                "-Djava.io.tmpdir=" + folder,
                "-Duser.language=de",
                "-cp",
                System.getProperty("java.class.path"),
                InsideJvm.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(messages().toFile());
        builder.environment().putAll(library.environment());
        jvm = builder.start();
        answers = jvm.inputReader();
        calls = jvm.outputWriter();
    }

    /** Called by a test over there, whose standard output is not its own: says something on that of this side. */
    public static void note(String text) {
        System.out.println(NOTE + text);
    }

    private Path messages() {
        return folder.resolve("stderr");
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        if (jvm != null && context.getTags().contains("slow")) {
            end();
        }
        if (jvm == null || !jvm.isAlive()) {
            start();
        }
        calls.write(
                method.getTargetClass().getName() + " " + method.getExecutable().getName() + "\n");
        calls.flush();
        CompletableFuture<Void> guard = CompletableFuture.runAsync(
                jvm::destroyForcibly, CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES));
        StringBuilder failure = new StringBuilder();
        String line;
        while ((line = answers.readLine()) != null && !line.equals(END)) {
            if (line.startsWith(NOTE)) {
                System.out.println(line.substring(NOTE.length()));
            } else {
                failure.append(line).append('\n');
            }
        }
        guard.cancel(false);
        if (line == null) {
            failure.append("the virtual machine with the fake camera has ended, with ")
                    .append(jvm.waitFor())
                    .append('\n');
        }
        if (failure.indexOf(TestAbortedException.class.getName()) == 0) {
            throw new TestAbortedException(failure.toString());
        }
        if (failure.length() > 0) {
            throw new AssertionError(failure + "\nstandard error there:\n" + Files.readString(messages()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (jvm != null) {
            end();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(WithFakeCamera::delete);
        }
    }

    private void end() throws IOException, InterruptedException {
        calls.close();
        if (!jvm.waitFor(1, TimeUnit.MINUTES)) {
            jvm.destroyForcibly().waitFor();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other side: takes names of methods, and answers with what was thrown. */
    static final class InsideJvm {
        private InsideJvm() {}

        public static void main(String[] args) throws Exception {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            String line;
            while ((line = in.readLine()) != null) {
                String[] parts = line.split(" ");
                run(Class.forName(parts[0]), parts[1]);
                System.out.println(END);
            }
            System.exit(0); // threads may have been left behind in the driver
        }

        private static void run(Class<?> type, String name) throws Exception {
            try (FakeCamera camera = FakeCamera.ofThisProcess()) {
                camera.reset();
                Method method = Stream.<Class<?>>iterate(type, at -> at != null, at -> at.getSuperclass())
                        .flatMap(at -> Stream.of(at.getDeclaredMethods()))
                        .filter(one -> one.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
                method.setAccessible(true);
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                Object test = constructor.newInstance();
                method.invoke(test, method.getParameterCount() == 0 ? new Object[0] : new Object[] {camera});
            } catch (InvocationTargetException e) {
                StringWriter text = new StringWriter();
                e.getCause().printStackTrace(new PrintWriter(text));
                System.out.println(text);
            }
        }
    }
}
