package org.emotion4j.opencv.fakecamera;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Conducts the fake camera of a program by its control socket: what it can do, when it gives pictures, what goes wrong.
 * Each command has taken effect when its call returns. {@code fake_control.c} says what the commands are.
 */
public final class FakeCamera implements AutoCloseable {
    private static final String NAME = "Fake camera";

    private final Path root;
    private final SocketChannel control;
    private final ByteBuffer reply = ByteBuffer.allocate(2_048);

    private FakeCamera(Path root, SocketChannel control) {
        this.root = root;
        this.control = control;
    }

    /** Connects with the camera of this very virtual machine, which was started with it. */
    public static FakeCamera ofThisProcess() throws IOException {
        return at(Path.of(System.getenv("FAKE_CAMERA_ROOT")));
    }

    /**
     * Connects with the camera of a program that was just started, once it is there.
     *
     * @param root its folder
     * @param program which takes its commands from the first moment on
     */
    public static FakeCamera of(Path root, Process program) {
        return await().atMost(2, TimeUnit.MINUTES)
                .ignoreExceptionsMatching(e -> e instanceof IOException && program.isAlive())
                .until(() -> at(root), camera -> true);
    }

    private static FakeCamera at(Path root) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(root.resolve("control")));
        return new FakeCamera(root, channel);
    }

    /** What the file system says of a camera that is plugged in. The device is a FIFO: neither file nor folder. */
    static void layOut(Path root) throws IOException, InterruptedException {
        Path device = root.resolve("dev/video9");
        if (!Files.exists(device)) {
            int made = new ProcessBuilder("mkfifo", "-m", "600", device.toString())
                    .start()
                    .waitFor();
            if (made != 0) {
                throw new IOException("mkfifo " + device + " ended with " + made);
            }
        }
        Path driver = Files.createDirectories(root.resolve("sys/class/video4linux/video9"));
        Files.writeString(driver.resolve("name"), NAME + "\n");
        Files.writeString(driver.resolve("index"), "0\n");
    }

    /**
     * Gives a command.
     *
     * @param line as {@code fake_control.c} lists them
     * @return the answer
     */
    public String command(String line) throws IOException {
        control.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        reply.clear();
        do {
            if (control.read(reply) < 0) {
                throw new IOException("the fake camera is gone");
            }
        } while (reply.get(reply.position() - 1) != '\n');
        String text = new String(reply.array(), 0, reply.position() - 1, StandardCharsets.UTF_8);
        if (text.startsWith("error")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /** A camera as new, plugged in. */
    public void reset() throws IOException, InterruptedException {
        command("reset");
        layOut(root);
    }

    /**
     * Sets what it can do.
     *
     * @param modes such as {@code MJPG:1280x720@30} and {@code YUYV:640x480@30,15}; the first is what it is set to
     */
    public void modes(String... modes) throws IOException {
        command("modes " + String.join(" ", modes));
    }

    /** From now on it gives pictures on this command alone: so many, at its rate by its own clock. */
    public void give(int pictures) throws IOException {
        command("give " + pictures);
    }

    /** Waits until somebody waits for a picture, or hangs in the driver. */
    public void awaitSomebodyWaiting() throws IOException {
        command("waits");
    }

    /** Waits until it has given so many pictures in all. */
    public void awaitGiven(int pictures) throws IOException {
        command("given " + pictures);
    }

    /** Waits until nobody has it open. */
    public void awaitClosed() throws IOException {
        command("closed");
    }

    /** Pulls the plug: the device file goes, too. */
    public void unplug() throws IOException {
        Files.deleteIfExists(root.resolve("dev/video9"));
        Path driver = root.resolve("sys/class/video4linux/video9");
        for (String file : new String[] {"name", "index", ""}) {
            Files.deleteIfExists(driver.resolve(file));
        }
        command("unplug");
    }

    /** Plugs it in again. */
    public void plugIn() throws IOException, InterruptedException {
        command("plug");
        layOut(root);
    }

    /**
     * What was done with it so far.
     *
     * @param name one of those of {@code state} in {@code fake_control.c}
     */
    public int count(String name) throws IOException {
        return Integer.parseInt(value(name));
    }

    /** The format, size and rate that it is set to, such as {@code MJPG-640x480@30}. */
    public String mode() throws IOException {
        return value("mode");
    }

    private String value(String name) throws IOException {
        for (String pair : command("state").split(" ")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        throw new IllegalArgumentException("the fake camera does not count " + name);
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
