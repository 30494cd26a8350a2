package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.cli.io.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether the network is touched where it was allowed, and nowhere else. */
@Tag("native")
@NeedsLoopback
@Timeout(120)
final class NetworkInputTest {
    @TempDir
    Path folder;

    @Test
    void anAddressIsOpenedOnlyWhereTheNetworkIsAllowed() throws Exception {
        byte[] film = Files.readAllBytes(Cli.film(folder.resolve("film.avi"), 30));
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, film.length);
            try (exchange) {
                exchange.getResponseBody().write(film);
            }
        });
        server.start();
        try {
            String address =
                    "http://clinic:hunter2@127.0.0.1:" + server.getAddress().getPort() + "/film.avi?key=hunter2";

            Cli.Result refused = Cli.run("analyze", address, "--out", folder.resolve("refused"));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(refused.err()).contains("--allow-network").doesNotContain("hunter2");
            assertThat(asked.get()).isZero();

            Path out = folder.resolve("out");
            Cli.Result read = Cli.run("analyze", address, "--allow-network", "--out", out);
            assertThat(read.exitCode()).as(read.err()).isEqualTo(ExitCode.OK);
            assertThat(asked.get()).isPositive();
            assertThat(Files.readAllLines(out.resolve("session.csv"))).hasSize(31);
            for (String name : Cli.names(out)) {
                if (!name.endsWith(".png")) {
                    assertThat(out.resolve(name)).content().doesNotContain("hunter2");
                }
            }
            assertThat(read.out() + read.err()).doesNotContain("hunter2");
        } finally {
            server.stop(0);
        }
    }
}
