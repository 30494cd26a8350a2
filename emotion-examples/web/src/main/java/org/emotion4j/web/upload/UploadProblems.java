package org.emotion4j.web.upload;

import org.emotion4j.web.WebProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** What an upload is refused with: before what Spring says of the same exceptions. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice
final class UploadProblems {
    private final long maxBytes;

    UploadProblems(WebProperties properties) {
        this.maxBytes = properties.upload().maxBytes().toBytes();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unusable(UnusableUpload e) {
        return answer(e.status(), e.reason());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException e) {
        return answer(HttpStatus.CONTENT_TOO_LARGE, UploadConfiguration.tooLarge(maxBytes));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(MultipartException e) {
        return answer(HttpStatus.BAD_REQUEST, "the request's multipart body is malformed or breaks off");
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String reason) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, reason))
                .build();
    }
}
