package org.emotion4j.web.upload;

import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.nio.file.Files;
import org.emotion4j.web.WebProperties;
import org.springframework.boot.servlet.MultipartConfigFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Where uploads rest, how large they may be and how many are read at once. */
@Configuration(proxyBeanMethods = false)
final class UploadConfiguration {
    private static final DataSize AROUND_THE_FILE = DataSize.ofKilobytes(64);

    @Bean
    TemporaryFolder temporaryFolder() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("emotion4j-web-"));
    }

    @Bean
    MultipartConfigElement multipartConfig(WebProperties properties, TemporaryFolder folder) {
        WebProperties.Upload limits = properties.upload();
        MultipartConfigFactory factory = new MultipartConfigFactory();
        factory.setLocation(folder.path().toString());
        factory.setFileSizeThreshold(limits.inMemory());
        factory.setMaxFileSize(limits.maxBytes());
        factory.setMaxRequestSize(DataSize.ofBytes(limits.maxBytes().toBytes() + AROUND_THE_FILE.toBytes()));
        return factory.createMultipartConfig();
    }

    @Bean
    Turns turns(WebProperties properties) {
        return new Turns(properties.upload().atOnce(), properties.upload().patience());
    }

    @Bean
    FilterRegistrationBean<TurnFilter> turnFilter(Turns turns, WebProperties properties, JsonMapper json) {
        FilterRegistrationBean<TurnFilter> registration = new FilterRegistrationBean<>(
                new TurnFilter(turns, properties.upload().maxBytes().toBytes(), json));
        registration.addUrlPatterns(AnalyzeController.PATH);
        return registration;
    }

    static String tooLarge(long maxBytes) {
        return "the file is larger than " + DataSize.ofBytes(maxBytes).toMegabytes()
                + " MB, which is the most that is taken; see emotion4j.web.upload.max-bytes";
    }
}
