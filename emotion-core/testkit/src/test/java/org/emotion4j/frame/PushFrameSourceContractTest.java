package org.emotion4j.frame;

import org.emotion4j.testkit.FrameSourceContract;

class PushFrameSourceContractTest extends FrameSourceContract {
    @Override
    protected FrameSource createSource() {
        PushFrameSource source =
                PushFrameSource.builder().capacity(4).origin("a call").build();
        for (int i = 0; i < 4; i++) {
            source.offer(Frame.of(1, 1, PixelFormat.GRAY8, new byte[] {(byte) i}), i * 40_000_000L);
        }
        source.end();
        return source;
    }
}
