package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a source can be asked, also in times to come, a source around it passes on. */
class ForwardingFrameSourceTest {
    @Test
    void everyQuestionReachesTheSourceWithin() throws ReflectiveOperationException {
        List<String> asked = new ArrayList<>();
        FrameSource within = (FrameSource) Proxy.newProxyInstance(
                FrameSource.class.getClassLoader(), new Class<?>[] {FrameSource.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.getDeclaringClass() == Object.class ? null : answer(method);
                });
        ForwardingFrameSource around = () -> within;
        List<Method> questions = Arrays.stream(FrameSource.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
        for (Method question : questions) {
            ask(question, around);
        }
        assertThat(asked)
                .containsExactlyElementsOf(
                        questions.stream().map(Method::getName).toList());
    }

    private static void ask(Method question, FrameSource source) throws ReflectiveOperationException {
        try {
            question.invoke(source, new Object[question.getParameterCount()]);
        } catch (InvocationTargetException e) {
            throw new AssertionError(question + " failed", e);
        }
    }

    private static Object answer(Method method) {
        if (method.getReturnType() == boolean.class) {
            return true;
        }
        return method.getReturnType() == long.class ? 1L : null;
    }
}
