package org.emotion4j.pipeline;

/** The pipeline was closed while it was used: the end of a run, not the failure of a frame. */
final class PipelineClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PipelineClosedException() {
        super("this pipeline was closed");
    }
}
