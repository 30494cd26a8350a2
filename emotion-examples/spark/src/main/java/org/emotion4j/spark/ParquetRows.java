package org.emotion4j.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A table's file in Apache Parquet: every column is optional, and a cell without a value is null. */
final class ParquetRows implements RowWriter {
    /** What a task holds in memory of a table before it goes to the file system. */
    private static final long ROW_GROUP_BYTES = 32L << 20;

    private final List<Column> columns;
    private final SimpleGroupFactory rows;
    private final ParquetWriter<Group> parquet;

    ParquetRows(Table table, Path file, Configuration hadoop) throws IOException {
        MessageType schema = schema(table);
        columns = table.columns();
        rows = new SimpleGroupFactory(schema);
        HadoopFiles.of(file, hadoop); // without checksum files beside it
        parquet = ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
                .withConf(hadoop)
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    private static MessageType schema(Table table) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (Column column : table.columns()) {
            switch (column.type()) {
                case TEXT ->
                    schema.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
                case LONG -> schema.optional(PrimitiveTypeName.INT64).named(column.name());
                case DOUBLE -> schema.optional(PrimitiveTypeName.DOUBLE).named(column.name());
                case BOOLEAN -> schema.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            }
        }
        return schema.named(table.folder());
    }

    @Override
    public void write(List<String> cells) throws IOException {
        Group row = rows.newGroup();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!cell.isEmpty()) {
                switch (columns.get(i).type()) {
                    case TEXT -> row.add(i, cell);
                    case LONG -> row.add(i, Long.parseLong(cell));
                    case DOUBLE -> row.add(i, Double.parseDouble(cell));
                    case BOOLEAN -> row.add(i, Boolean.parseBoolean(cell));
                }
            }
        }
        parquet.write(row);
    }

    @Override
    public void close() throws IOException {
        parquet.close();
    }

    static RowReader open(Table table, Path file, Configuration hadoop) throws IOException {
        ParquetReader<Group> parquet = ParquetReader.builder(new GroupReadSupport(), file)
                .withConf(hadoop)
                .build();
        return new Reader(table, parquet);
    }

    private record Reader(Table table, ParquetReader<Group> parquet) implements RowReader {
        @Override
        public Optional<List<String>> next() throws IOException {
            @Nullable Group row = parquet.read();
            if (row == null) {
                return Optional.empty();
            }
            List<String> cells = new ArrayList<>();
            for (Column column : table.columns()) {
                boolean known = row.getType().containsField(column.name());
                cells.add(
                        known && row.getFieldRepetitionCount(column.name()) > 0
                                ? row.getValueToString(row.getType().getFieldIndex(column.name()), 0)
                                : "");
            }
            return Optional.of(cells);
        }

        @Override
        public void close() throws IOException {
            parquet.close();
        }
    }
}
