/**
 * One pipeline as a bean of a Spring Boot application: made, warmed up and closed by
 * {@link org.emotion4j.spring.EmotionAutoConfiguration}, set by properties ({@link org.emotion4j.spring.EmotionProperties}) and, where
 * these do not go far enough, by an {@link org.emotion4j.spring.EmotionPipelineCustomizer}.
 *
 * <p>Not here: requests, sessions and pages, which are the application's.
 */
@NullMarked
package org.emotion4j.spring;

import org.jspecify.annotations.NullMarked;
