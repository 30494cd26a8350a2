package org.emotion4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emotion4j.HouseRules;
import org.emotion4j.stage.Experimental;

/** What is marked as experimental is what the documents say and what the check of compatibility lets off. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
final class ExperimentalTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @ArchTest
    static void theDocumentListsWhatIsMarked(JavaClasses house) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/compatibility.md"));
        String list = page.substring(page.indexOf("## Experimental"), page.indexOf("## How it is checked"));
        assertThat(found(list, "(?m)^\\| `(org\\.emotion4j\\.[\\w.]+)`")).isEqualTo(marked(house));
    }

    @ArchTest
    static void theCheckOfCompatibilityLetsThesePackagesOff(JavaClasses house) throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        Set<String> packages = house.stream()
                .filter(type -> type.getSimpleName().equals("package-info") && isMarked(type))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isNotEmpty();
        // And those that the page says are nobody's to use.
        String page = Files.readString(ROOT.resolve("docs/compatibility.md"));
        packages.addAll(found(page, "(?m)^Not covered: .*?`(org\\.emotion4j\\.[\\w.]+)`"));
        assertThat(found(pom, "<exclude>(org\\.emotion4j\\.[\\w.]+)</exclude>")).isEqualTo(packages);
        assertThat(pom).contains("<exclude>@" + Experimental.class.getName() + "</exclude>");
    }

    private static Set<String> marked(JavaClasses house) {
        return house.stream()
                .filter(ExperimentalTest::isMarked)
                .map(type -> type.getSimpleName().equals("package-info") ? type.getPackageName() : type.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isMarked(JavaClass type) {
        return type.isAnnotatedWith(Experimental.class);
    }

    private static Set<String> found(String text, String pattern) {
        List<String> names = Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
        return new TreeSet<>(names);
    }
}
