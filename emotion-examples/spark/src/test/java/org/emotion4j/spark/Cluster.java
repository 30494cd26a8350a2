package org.emotion4j.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Spark's own standalone cluster on this machine: a master and workers of one core each, every one a process. */
final class Cluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long PATIENCE_MILLIS = 180_000;

    private final Path home;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private Cluster(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /** Whether the build has laid the job and Spark beside the script, which a cluster needs. */
    static boolean isBuilt() {
        return Files.exists(Path.of("target/emotion-spark.jar")) && Files.isDirectory(Path.of("target/lib/spark"));
    }

    /** What this machine has left, in bytes, as far as it tells. */
    static long freeMemory() throws IOException {
        Path told = Path.of("/proc/meminfo");
        if (!Files.exists(told)) {
            return Long.MAX_VALUE;
        }
        try (Stream<String> lines = Files.lines(told)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        }
    }

    /**
     * Starts one.
     *
     * @param home an empty folder, which becomes Spark's home
     */
    static Cluster start(Path home, int workers) throws IOException, InterruptedException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (Path folder : List.of(Path.of("target/lib/spark"), Path.of("target/lib"))) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path jar : all.filter(Files::isRegularFile)
                        .filter(jar -> folder.endsWith("spark")
                                || jar.getFileName().toString().startsWith("slf4j-api"))
                        .toList()) {
                    Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
                }
            }
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            port = free.getLocalPort();
        }
        Cluster cluster = new Cluster(home, port);
        cluster.launch(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0");
        cluster.awaitMaster();
        for (int i = 0; i < workers; i++) {
            cluster.launch(
                    "worker" + i,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    HOST,
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--webui-port",
                    "0",
                    "--work-dir",
                    home.resolve("work" + i).toString(),
                    cluster.url());
        }
        cluster.awaitWorkers(workers);
        return cluster;
    }

    String url() {
        return "spark://" + HOST + ":" + port;
    }

    /** Ends a worker and its executor as a power cut would. */
    void kill(int worker) {
        Process process = processes.get(1 + worker);
        List<ProcessHandle> executors = process.descendants().toList();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    /** Begins the job on this cluster, by its script. */
    Process submit(Path messages, List<String> args) throws IOException {
        List<String> all = new ArrayList<>();
        for (String setting : List.of(
                "spark.driver.host=" + HOST,
                "spark.driver.bindAddress=" + HOST,
                "spark.executor.memory=800m",
                "spark.executor.cores=1")) {
            all.addAll(List.of("--conf", setting));
        }
        all.addAll(args);
        Process job = archive(messages, url(), all);
        processes.add(job);
        return job;
    }

    /** Begins the job anywhere, by its script. */
    static Process archive(Path messages, String master, List<String> args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("archive").toAbsolutePath().toString(), "--master", master));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        return builder.redirectOutput(messages.toFile()).start();
    }

    private void launch(String name, String type, String... args) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        for (String option : System.getProperty("emotion4j.opens", "").split(" ")) {
            if (!option.isEmpty()) {
                command.add(option);
            }
        }
        command.addAll(List.of(
                "-Dlog4j2.configurationFile="
                        + Path.of("src/test/cluster-log4j2.properties").toAbsolutePath(),
                "-cp",
                home.resolve("jars") + File.separator + "*",
                type));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        home.toString(),
                        "SPARK_LOCAL_IP",
                        HOST,
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_NO_DAEMONIZE",
                        "1"));
        processes.add(builder.start());
    }

    private Path log(String name) {
        return home.resolve(name + ".log");
    }

    private void awaitMaster() throws IOException, InterruptedException {
        await("the master listens", () -> {
            try (Socket listening = new Socket(HOST, port)) {
                return listening.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void awaitWorkers(int count) throws IOException, InterruptedException {
        await(count + " workers are there", () -> {
            try (Stream<String> lines = Files.lines(log("master"))) {
                return lines.filter(line -> line.contains("Registering worker")).count() >= count;
            }
        });
    }

    /** A condition that another process brings about. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits for another process. */
    static void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.holds()) {
            if (System.currentTimeMillis() > end) {
                throw new IOException("waited in vain until " + what);
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
