package org.emotion4j.session;

import java.util.List;
import java.util.stream.LongStream;
import org.emotion4j.testkit.SessionRecorderContract;

class ListSessionRecorderTest extends SessionRecorderContract {
    private ListSessionRecorder recorder = ListSessionRecorder.create();

    @Override
    protected SessionRecorder createRecorder() {
        recorder = ListSessionRecorder.create();
        return recorder;
    }

    @Override
    protected List<Long> recordedFrames() {
        return recorder.results().stream()
                .flatMapToLong(result -> LongStream.generate(result::index)
                        .limit(Math.max(1, result.readings().size())))
                .boxed()
                .toList();
    }
}
