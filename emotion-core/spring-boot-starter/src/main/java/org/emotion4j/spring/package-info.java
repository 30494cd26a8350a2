/**
 * One pipeline as a bean of a Spring Boot application. Not here: requests, sessions and pages, which are the application's.
 */
@NullMarked
package org.emotion4j.spring;

import org.jspecify.annotations.NullMarked;
