package org.emotion4j.cli.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes records as JSON: ASCII only, whatever the terminal's encoding; numbers with at most six decimals, and
 * {@code null} for a number that is not finite.
 */
public final class Json {
    private static final int DECIMALS = 6;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new Decimals<>(Double.class))
                    .addSerializer(double.class, new Decimals<>(Double.class))
                    .addSerializer(Float.class, new Decimals<>(Float.class))
                    .addSerializer(float.class, new Decimals<>(Float.class)))
            .build();

    private Json() {}

    /** Writes a value on one line, without a line feed. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + value.getClass(), e);
        }
    }

    private static final class Decimals<T extends Number> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        Decimals(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T number, JsonGenerator json, SerializerProvider provider) throws IOException {
            double value = number.doubleValue();
            if (Double.isFinite(value)) {
                json.writeNumber(rounded(value));
            } else {
                json.writeNull();
            }
        }

        private static String rounded(double value) {
            BigDecimal decimal = BigDecimal.valueOf(value)
                    .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            return decimal.signum() == 0 ? "0" : decimal.toPlainString();
        }
    }
}
