package org.emotion4j.spring;

import org.emotion4j.pipeline.EmotionPipeline;

/**
 * Sets more of the application's pipeline than its properties do: a bean of this type is asked before the pipeline is
 * built. What a property or a bean has set already cannot be set again.
 */
@FunctionalInterface
public interface EmotionPipelineCustomizer {
    /**
     * Sets what it wants to.
     *
     * @param pipeline the builder, which is built afterwards
     */
    void customize(EmotionPipeline.Builder pipeline);
}
