/** The documents of this repository as a site: rendered, with navigation and search, their links checked. No part of a release. */
@NullMarked
package org.emotion4j.site;

import org.jspecify.annotations.NullMarked;
