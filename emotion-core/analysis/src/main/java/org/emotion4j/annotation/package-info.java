/**
 * Sessions as annotations: what laboratories open in ELAN, Praat and BORIS, and what BIDS data sets hold.
 */
@NullMarked
package org.emotion4j.annotation;

import org.jspecify.annotations.NullMarked;
