/**
 * A service that reads pictures, films and browsers' cameras, and its page: shows how the library is embedded in a server.
 *
 * <p>Who may call is in {@code access}, what is uploaded in {@code upload}, cameras in {@code live}, what was recorded of them
 * in {@code records}. Not here: anything that an embedding application would want to call. That lives in the libraries.
 */
@NullMarked
package org.emotion4j.web;

import org.jspecify.annotations.NullMarked;
