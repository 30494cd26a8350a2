package org.emotion4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.stream.Stream;
import org.emotion4j.frame.Pixels;

/** What holds in the core and in the modules beside it; each one's {@code ArchitectureTest} asks for it. */
public final class HouseRules {
    private HouseRules() {}

    /** What runs in a host: neither a module's own tests, nor another's test jar, nor the test kit. */
    public static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/")
                    && !location.contains("-tests.jar")
                    && !location.contains("/testkit/");
        }
    }

    @ArchTest
    public static final ArchRule NO_CYCLES =
            slices().matching("org.emotion4j.(*)..").should().beFreeOfCycles();

    @ArchTest
    public static final ArchRule NO_AWT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..");

    @ArchTest
    public static final ArchRule NO_NATIVE_CODE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.opencv..", "ai.djl..", "org.bytedeco..", "nu.pattern..");

    @ArchTest
    public static final ArchRule NO_EXIT = noClasses().should().callMethod(System.class, "exit", int.class);

    @ArchTest
    public static final ArchRule NO_STACK_TRACES = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("printStackTrace")));

    @ArchTest
    public static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    public static final ArchRule NO_PROCESS_WIDE_PROPERTY =
            noClasses().should().callMethod(System.class, "setProperty", String.class, String.class);

    @ArchTest
    public static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAssignableTo(Throwable.class)
            .and(DescribedPredicate.not(isAnonymousOrPackageInfo()))
            .should()
            .haveModifier(JavaModifier.FINAL);

    /** Privacy by type: whoever records or listens is handed numbers and words, and nothing that leads to a picture. */
    public static ArchRule noRouteToAFrame(String... rooms) {
        return noClasses()
                .that()
                .resideInAnyPackage(Arrays.stream(rooms)
                        .map(room -> "org.emotion4j." + room + "..")
                        .toArray(String[]::new))
                .should()
                .transitivelyDependOnClassesThat()
                .areAssignableTo(Pixels.class);
    }

    /** A room may know itself, the rooms named, and everything outside this library. */
    public static ArchRule room(String name, String... known) {
        String[] allowed = Stream.concat(Stream.of(name), Arrays.stream(known))
                .map(room -> "org.emotion4j." + room + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.emotion4j." + name + "..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.emotion4j..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))));
    }

    private static DescribedPredicate<JavaClass> isAnonymousOrPackageInfo() {
        return DescribedPredicate.describe(
                "anonymous or package-info",
                type -> type.isAnonymousClass() || type.getSimpleName().equals("package-info"));
    }
}
