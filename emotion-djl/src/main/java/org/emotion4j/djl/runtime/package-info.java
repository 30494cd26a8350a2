/**
 * How this library starts Deep Java Library's PyTorch engine, and which manners it keeps towards the host.
 *
 * <p>Before the engine is started for the first time these system properties are set, each <em>only if the host has set
 * neither it nor the environment variable of the same meaning</em>:
 *
 * <ul>
 *   <li>{@code ai.djl.offline=true} (environment: {@code DJL_OFFLINE}): the engine never downloads anything;
 *   <li>{@code OPT_OUT_TRACKING=true} (environment: the same): no telemetry;
 *   <li>{@code ai.djl.pytorch.num_threads=1} and {@code ai.djl.pytorch.num_interop_threads=1}: one thread computes one
 *       network. PyTorch's threads spin while they wait, and on a busy machine two take several times as long as one.
 * </ul>
 *
 * <p>On processors of AMD's the environment variable {@code ONEDNN_MAX_CPU_ISA=AVX2} is set within the process, unless it is
 * set already: the wider kernels of PyTorch 2.7.1 compute wrong answers there. An engine that does so all the same is refused.
 *
 * <p>The engine unpacks its native libraries (432 MB on Linux x86-64) into {@code ~/.djl.ai} once; the system property or
 * environment variable {@code DJL_CACHE_DIR} names another folder. It logs through SLF4J under {@code ai.djl}.
 */
@NullMarked
package org.emotion4j.djl.runtime;

import org.jspecify.annotations.NullMarked;
