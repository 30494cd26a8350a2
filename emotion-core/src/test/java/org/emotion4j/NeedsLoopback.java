package org.emotion4j;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests of servers and clusters, with a message, where this machine cannot talk to itself: a network namespace whose
 * loopback interface is down, as {@code unshare --net} makes one.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsLoopback.Condition.class)
public @interface NeedsLoopback {
    /** Asks by one connection to itself. */
    final class Condition implements ExecutionCondition {
        private static final ConditionEvaluationResult ANSWER = ask();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return ANSWER;
        }

        private static ConditionEvaluationResult ask() {
            InetAddress self = InetAddress.getLoopbackAddress();
            try (ServerSocket server = new ServerSocket(0, 1, self);
                    Socket client = new Socket(self, server.getLocalPort())) {
                return ConditionEvaluationResult.enabled("connected from port " + client.getLocalPort());
            } catch (IOException e) {
                String reason = "skipped, as this machine has no loopback interface that answers: " + e;
                System.err.println(reason);
                return ConditionEvaluationResult.disabled(reason);
            }
        }
    }
}
