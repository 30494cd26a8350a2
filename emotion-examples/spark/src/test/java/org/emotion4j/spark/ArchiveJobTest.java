package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.EventCsv;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsLoopback
class ArchiveJobTest {
    @TempDir
    private Path folder;

    /** What one machine does without a cluster, with the library's own classes. */
    private static Path recorded(Path input, Path session, SessionMetadata metadata) throws IOException {
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(Stages.defaultDetector())
                        .landmarks(Stages.defaultLandmarkDetector())
                        .classifier(Stages.defaultClassifier())
                        .smoothers(MovingAverageSmoother::ofDefaults)
                        .build();
                FrameSource source = FrameSources.parse(input.toString())) {
            pipeline.session(source)
                    .recorder(CsvSessionRecorder.create(session, metadata))
                    .run(result -> {});
        }
        return session;
    }

    private static List<NamedCsvRecord> csv(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            return rows.stream().toList();
        }
    }

    /** All cells but the time at which it was analyzed and the id, which depends on both. */
    private static List<String> figures(NamedCsvRecord row) {
        List<String> cells = new ArrayList<>();
        for (String column : CsvSessionRecorder.columns()) {
            if (!column.equals("wall_time") && !column.equals("session_id")) {
                cells.add(column + "=" + row.getField(column));
            }
        }
        return cells;
    }

    /** The file is there once there is an event. */
    private static List<List<String>> events(Path file) throws IOException {
        return Files.exists(file)
                ? csv(file).stream().map(ArchiveJobTest::event).toList()
                : List.of();
    }

    private static List<String> event(NamedCsvRecord row) {
        return EventCsv.columns().stream()
                .filter(column -> !column.equals("session_id"))
                .map(row::getField)
                .toList();
    }

    @Test
    void rowsAreThoseOfOneMachineToTheLastDigit() throws IOException {
        Path in = folder.resolve("in");
        Path film = Films.film(in.resolve("deep/er/film 1.avi"), 4, 90);
        Path picture = Films.picture(in.resolve("face.jpg"), 7);
        Path out = folder.resolve("out");

        Job job = Job.run("--format", "csv", in, out);

        assertThat(job.err()).isEmpty();
        assertThat(job.exitCode()).isZero();
        assertThat(job.out()).contains("2 inputs: 2 read; 91 frames");
        for (Path input : List.of(film, picture)) {
            Path session =
                    recorded(input, folder.resolve(input.getFileName() + "-alone"), SessionMetadata.withoutConsent());
            List<NamedCsvRecord> ours = Job.rows(out, Table.READINGS).stream()
                    .filter(row -> row.getField("path").equals(input.toString()))
                    .toList();
            assertThat(ours.stream().map(ArchiveJobTest::figures))
                    .isEqualTo(csv(session.resolve("session.csv")).stream()
                            .map(ArchiveJobTest::figures)
                            .toList());
            NamedCsvRecord row = Job.rows(out, Table.SESSIONS).stream()
                    .filter(each -> each.getField("path").equals(input.toString()))
                    .findFirst()
                    .orElseThrow();
            try (SessionReader reader = SessionReader.open(session)) {
                SessionSummary summary = SessionSummary.of(reader);
                assertThat(row.getField("frames"))
                        .isEqualTo(Long.toString(summary.counters().frames()));
                assertThat(row.getField("length_seconds"))
                        .isEqualTo(Double.toString(summary.length().toNanos() / 1e9));
                assertThat(row.getField("mean_confidence"))
                        .isEqualTo(Double.toString(summary.quality().meanConfidence()));
            }
            assertThat(Job.rows(out, Table.EVENTS).stream()
                            .filter(each -> each.getField("path").equals(input.toString()))
                            .map(ArchiveJobTest::event))
                    .containsExactlyInAnyOrderElementsOf(events(session.resolve("events.csv")));
        }
        assertThat(Job.column(out, Table.EVENTS, "name")).contains("happy");
        for (Table table : Table.values()) {
            for (Path part : Job.parts(out, table)) {
                assertThat(Files.readAllLines(part).get(0)).isEqualTo(String.join(",", table.names()));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                        .as("readings are their owner's")
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void parquetHasTheSameValuesInTypes() throws IOException {
        Path film = Films.film(folder.resolve("in/a.avi"), 3, 30);
        assertThat(Job.run("--format", "csv", film, folder.resolve("csv")).exitCode())
                .isZero();
        assertThat(Job.run(film, folder.resolve("parquet")).exitCode()).isZero();

        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .getOrCreate()) {
            List<Row> rows = spark.read()
                    .parquet(folder.resolve("parquet/readings").toString())
                    .orderBy("frame_index")
                    .collectAsList();
            List<NamedCsvRecord> texts = Job.rows(folder.resolve("csv"), Table.READINGS);
            assertThat(rows).hasSameSizeAs(texts);
            for (int i = 0; i < rows.size(); i++) {
                for (Column column : Table.READINGS.columns()) {
                    Object value = rows.get(i).getAs(column.name());
                    String text = texts.get(i).getField(column.name());
                    if (column.name().equals("wall_time")) {
                        assertThat(value).isNotNull();
                    } else if (column.type() == Column.Type.DOUBLE && !text.isEmpty()) {
                        assertThat(value).as(column.name()).isEqualTo(Double.parseDouble(text));
                    } else {
                        assertThat(value == null ? "" : value.toString())
                                .as(column.name())
                                .isEqualTo(text);
                    }
                }
            }
            assertThat(spark.read()
                            .parquet(folder.resolve("parquet/failures").toString())
                            .count())
                    .isZero();
        }
    }

    @Test
    void secondRunReadsWhatIsNewChangedOrFailedBefore() throws IOException {
        Path in = folder.resolve("in");
        Path same = Films.film(in.resolve("same.avi"), 1, 10);
        Path changes = Films.film(in.resolve("changes.avi"), 3, 12);
        Path broken = Files.writeString(in.resolve("broken.mp4"), "no film");
        Path out = folder.resolve("out");
        Job first = Job.run("--format", "csv", in, out);
        assertThat(first.exitCode()).isEqualTo(2);
        assertThat(first.out()).contains("3 inputs: 2 read, 1 failed; 22 frames");
        String before = Job.rows(out, Table.READINGS).stream()
                .filter(row -> row.getField("path").equals(same.toString()))
                .map(row -> row.getField("wall_time"))
                .reduce("", String::concat);

        Files.setLastModifiedTime(same, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        Files.delete(changes);
        Films.film(changes, 5, 8);
        Files.delete(broken);
        Files.move(Films.film(in.resolve("6.avi"), 6, 6), broken); // an AVI, whatever its name says
        Films.film(in.resolve("new.avi"), 7, 5);
        Job second = Job.run("--format", "csv", in, out);

        assertThat(second.err()).isEmpty();
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("4 inputs: 3 read, 1 unchanged; 19 frames");
        assertThat(Job.rows(out, Table.READINGS).stream()
                        .filter(row -> row.getField("path").equals(same.toString()))
                        .map(row -> row.getField("wall_time"))
                        .reduce("", String::concat))
                .isEqualTo(before);
        TreeMap<String, Integer> frames = new TreeMap<>();
        Job.column(out, Table.READINGS, "path")
                .forEach(path -> frames.merge(Path.of(path).getFileName().toString(), 1, Integer::sum));
        assertThat(frames)
                .isEqualTo(new TreeMap<>(
                        java.util.Map.of("same.avi", 10, "changes.avi", 8, "broken.mp4", 6, "new.avi", 5)));
        assertThat(Job.column(out, Table.SESSIONS, "path"))
                .doesNotHaveDuplicates()
                .hasSize(4);
        assertThat(Job.rows(out, Table.FAILURES)).isEmpty();
        Job third = Job.run("--format", "csv", "--window", "2s", in, out);
        assertThat(third.out()).contains("4 inputs: 4 read;");
        assertThat(Job.column(out, Table.READINGS, "path")).hasSize(29);
    }

    @Test
    void whatCannotBeReadIsCountedAndNamed() throws IOException {
        Path in = folder.resolve("in");
        Path film = Films.film(in.resolve("film.avi"), 1, 30);
        Files.writeString(in.resolve("notes.txt"), "hello");
        Files.write(in.resolve("empty.mp4"), new byte[0]);
        Files.write(
                in.resolve("cut.avi"), java.util.Arrays.copyOf(Files.readAllBytes(film), (int) Files.size(film) / 2));
        Files.createSymbolicLink(in.resolve("second-name.avi"), film);
        Files.createSymbolicLink(in.resolve("dangling.avi"), in.resolve("nothing"));
        Files.createSymbolicLink(in.resolve("loop"), in);
        Files.writeString(in.resolve(".hidden"), "");
        Path out = in.resolve("out"); // in the midst of its inputs

        Job job = Job.run("--format", "csv", in, out);

        assertThat(job.exitCode()).isEqualTo(2);
        TreeMap<String, String> failures = new TreeMap<>();
        Job.rows(out, Table.FAILURES)
                .forEach(row -> failures.put(
                        Path.of(row.getField("path")).getFileName().toString(),
                        row.getField("kind") + " " + row.getField("reason")));
        assertThat(failures.keySet())
                .containsExactly("cut.avi", "dangling.avi", "empty.mp4", "notes.txt", "second-name.avi");
        assertThat(failures.get("cut.avi")).startsWith("incomplete The input is cut off");
        assertThat(failures.get("notes.txt")).startsWith("failed").contains("text file");
        assertThat(failures.get("second-name.avi")).contains("is another name of " + film);
        assertThat(job.out()).contains("6 inputs: 1 read, 1 incomplete, 4 failed");
        assertThat(job.err()).contains("1 hidden file or folder was passed over");
        assertThat(Job.column(out, Table.SESSIONS, "status")).containsExactlyInAnyOrder("read", "incomplete");
    }

    @Test
    void sessionsNeedAConsentThatHolds() throws IOException {
        Path film = Films.film(folder.resolve("film.avi"), 1, 10);
        Path in = folder.resolve("sessions");
        Instant then = Instant.parse("2026-01-05T10:00:00Z");
        SessionMetadata agreed =
                SessionMetadata.of(new Consent(Consent.PERSON_RECORDED, then, "study", LocalDate.of(2999, 12, 31)));
        Path kept = recorded(film, in.resolve("kept"), agreed.withSubject("p7"));
        recorded(
                film,
                in.resolve("past"),
                SessionMetadata.of(new Consent(Consent.PERSON_RECORDED, then, "study", LocalDate.of(2026, 1, 6))));
        recorded(film, in.resolve("none"), SessionMetadata.withoutConsent());
        Path out = folder.resolve("out");

        Job job = Job.run("--format", "csv", in, out);

        assertThat(job.exitCode()).isZero();
        assertThat(job.out()).contains("3 inputs: 1 read, 2 skipped; 10 frames");
        assertThat(Job.column(out, Table.READINGS, "path")).hasSize(10).containsOnly(kept.toString());
        assertThat(Job.column(out, Table.SESSIONS, "subject_id")).containsExactly("p7");
        assertThat(Job.column(out, Table.SESSIONS, "keep_until")).containsExactly("2999-12-31");
        assertThat(Job.column(out, Table.FAILURES, "kind")).containsExactly("skipped", "skipped");
        assertThat(Job.column(out, Table.FAILURES, "reason"))
                .anyMatch(reason -> reason.contains("2026-01-06"))
                .anyMatch(reason -> reason.contains("has no consent"));
        assertThat(Job.run("--format", "csv", "--without-consent", in, out).out())
                .contains("3 inputs: 1 read, 1 unchanged, 1 skipped; 10 frames");
        assertThat(Job.column(out, Table.FAILURES, "kind")).containsExactly("skipped");
    }

    @Test
    void badArgumentsAreToldBeforeAnyWork() throws IOException {
        Path out = folder.resolve("out");
        Job nothing = Job.run(folder.resolve("*.mp4"), out);
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("as a glob it matches nothing");
        assertThat(out).doesNotExist();
        Path film = Films.film(folder.resolve("film.avi"), 1, 2);
        assertThat(Job.run("--format", "csv", film, out).exitCode()).isZero();
        Job other = Job.run(film, out);
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("is no parquet file of an earlier run");
        assertThat(Job.run("--format", "xml", film, out).exitCode()).isEqualTo(2);
        Job unknown = Job.run("--detector", "nobody", film, folder.resolve("other"));
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("no face detector is called \"nobody\"")
                .doesNotContain("\tat ");
        Job file = Job.run(film, film);
        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("cannot be the folder of tables");
        Job elsewhere = Job.run("s3a://bucket/films", out);
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("S3AFileSystem not found; add the jars");
        assertThat(Job.run("--fps", "0", film, out).exitCode()).isEqualTo(2);
    }

    @Test
    void oneProcessLoadsItsModelsOnce() throws IOException {
        Path in = folder.resolve("in");
        for (int i = 1; i <= 6; i++) {
            Films.film(in.resolve(i + ".avi"), i, 2);
        }
        assertThat(Job.run("--window", "777ms", in, folder.resolve("out")).exitCode())
                .isZero();
        int loads = ExecutorModels.loads();
        assertThat(Job.run("--window", "777ms", in, folder.resolve("again")).exitCode())
                .isZero();
        assertThat(ExecutorModels.loads()).isEqualTo(loads);
    }

    @Test
    void whatIsNotThereAnyMoreIsForgottenOnRequest() throws IOException {
        Path in = folder.resolve("in");
        Path stays = Films.film(in.resolve("stays.avi"), 1, 4);
        Path goes = Films.film(in.resolve("goes.avi"), 3, 3);
        Path out = folder.resolve("out");
        Job.run("--format", "csv", in, out);
        Files.delete(goes);
        Job.run("--format", "csv", in, out);
        assertThat(Job.column(out, Table.SESSIONS, "path"))
                .containsExactlyInAnyOrder(stays.toString(), goes.toString());
        Job job = Job.run("--format", "csv", "--forget", in, out);
        assertThat(job.err()).contains("1 input that is not there any more went out of the tables");
        for (Table table : List.of(Table.SESSIONS, Table.READINGS)) {
            assertThat(Job.column(out, table, "path")).containsOnly(stays.toString());
        }
    }

    @Test
    void anInputThatEndsTheProcessAgainAndAgainIsAFailure() throws IOException {
        Path film = Films.film(folder.resolve("film.avi"), 1, 3);
        Path out = folder.resolve("out");
        ArchiveFolder tables = new ArchiveFolder(out.toUri().toString(), TableFormat.CSV, new Configuration());
        WorkItem item = WorkItem.of(film.toUri().toString(), film.toString(), WorkItem.Kind.FILE, 0);
        for (int deaths = 0; deaths < DeathMarks.MOST_DEATHS; deaths++) {
            assertThat(tables.marks().deaths(item)).isEqualTo(deaths);
            tables.marks().begin(item, deaths); // and never an end
        }
        assertThat(Job.run("--format", "csv", film, out).exitCode()).isEqualTo(2);
        assertThat(Job.column(out, Table.FAILURES, "reason").get(0))
                .startsWith("its reading ended the whole process, 3 times");
        assertThat(Job.run("--format", "csv", film, out).out()).contains("1 input: 1 read");
    }

    @Test
    void filesOfAnyFileSystemAreReadFromACopy() throws IOException {
        Path film = Films.film(folder.resolve("data/in/film.avi"), 1, 12);
        Job.run("--format", "csv", film, folder.resolve("local"));
        String mount = "spark.hadoop.fs.viewfs.mounttable.default.link./study="
                + folder.resolve("data").toUri();
        Job job = Job.run("--format", "csv", "--conf", mount, "viewfs:/study/in/*.avi", "viewfs:/study/out");
        assertThat(job.err()).isEmpty();
        assertThat(job.out()).contains("1 input: 1 read; 12 frames");
        Path out = folder.resolve("data/out");
        assertThat(Job.column(out, Table.READINGS, "path")).containsOnly("viewfs:/study/in/film.avi");
        assertThat(Job.column(out, Table.READINGS, "origin")).containsOnly("viewfs:/study/in/film.avi");
        for (String column : List.of("frame_index", "media_time_ms", "x", "happy", "raw_neutral", "AU12", "quality")) {
            assertThat(Job.column(out, Table.READINGS, column))
                    .isEqualTo(Job.column(folder.resolve("local"), Table.READINGS, column));
        }
        assertThat(Job.run("--format", "csv", "--conf", mount, "viewfs:/study/in", "viewfs:/study/out")
                        .out())
                .contains("1 unchanged");
    }

    @Test
    void otherModelsThanTheRunBeganWithReadNothing() throws Exception {
        Path film = Films.film(folder.resolve("film.avi"), 1, 2);
        JobSettings settings = new JobSettings(
                ReadingSettings.ofDefaults(),
                TableFormat.CSV,
                folder.resolve("out").toUri().toString(),
                null,
                null,
                false,
                false);
        TaskPlace place = new TaskPlace(folder, new Configuration(), "host7", Clock.systemUTC());
        ArchiveFolder tables = new ArchiveFolder(settings.out(), settings.format(), place.hadoop());
        WorkItem item = WorkItem.of(film.toUri().toString(), film.toString(), WorkItem.Kind.FILE, 0);
        try (StagedTables staged = new StagedTables(tables, "g")) {
            Outcome outcome = new InputReader(settings, "another", place).read(item, staged);
            assertThat(outcome.status()).isEqualTo(Status.FAILED);
            assertThat(outcome.reason()).contains("host7 are not those that the run began with", "sha256");
            assertThat(staged.finish())
                    .extracting(GroupResult.StagedFile::table)
                    .containsExactly(Table.FAILURES);
        }
    }
}
