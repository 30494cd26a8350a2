package org.emotion4j.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a module's {@code pom.xml} says, without what it inherits. */
final class Pom {
    static final Path BILL_OF_MATERIALS = Path.of("emotion-core", "bom");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    /** What a pom asks for by a version: a dependency, a plugin, what a compiler's plugin brings, or what is unpacked. */
    record Artifact(String group, String name, String version) {
        /** Where it lies in a repository. */
        String path(String extension) {
            return String.join("/", group.replace('.', '/'), name, version, name + "-" + version + "." + extension);
        }
    }

    private final Element root;

    private Pom(Element root) {
        this.root = root;
    }

    /** @param folder of the module, from the repository's root */
    static Pom of(Path folder) throws IOException {
        try {
            return new Pom(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(LinksTest.REPOSITORY
                            .resolve(folder)
                            .resolve("pom.xml")
                            .toFile())
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException(folder + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** The root's, then those of all modules. */
    static List<Pom> all() throws IOException {
        Pom top = of(Path.of(""));
        List<Pom> all = new ArrayList<>(List.of(top));
        for (String folder : top.texts("module")) {
            all.add(of(Path.of(folder)));
        }
        return all;
    }

    String artifact() {
        return text(root, "artifactId").orElseThrow();
    }

    boolean isProgram() {
        return properties().containsKey("maven.deploy.skip");
    }

    boolean isLibrary() {
        return !isProgram() && text(root, "packaging").isEmpty();
    }

    /** Of all elements with that name, wherever they stand. */
    List<String> texts(String element) {
        return elements(root.getElementsByTagName(element))
                .map(Element::getTextContent)
                .map(String::strip)
                .toList();
    }

    /** Those of this project, to which the dependencies below {@code dependencyManagement} give a version. */
    List<String> managedOfOurs() {
        return managed()
                .filter(dependency -> text(dependency, "groupId").equals(Optional.of("org.emotion4j")))
                .map(dependency -> text(dependency, "artifactId").orElseThrow())
                .toList();
    }

    /** Those of others, likewise. */
    List<Artifact> managedOfOthers() {
        return ofOthers(managed(), properties());
    }

    /** @param known properties of the poms above */
    private List<Artifact> foreign(Map<String, String> known) {
        return ofOthers(
                Stream.of("dependency", "plugin", "path", "artifactItem")
                        .flatMap(kind -> elements(root.getElementsByTagName(kind))),
                known);
    }

    /** What any pom asks for. */
    static List<Artifact> allForeign() throws IOException {
        Map<String, String> above = new HashMap<>(of(BILL_OF_MATERIALS).properties());
        above.putAll(of(Path.of("")).properties());
        List<Artifact> foreign = new ArrayList<>();
        for (Pom pom : all()) {
            Map<String, String> known = new HashMap<>(above);
            known.putAll(pom.properties());
            foreign.addAll(pom.foreign(known));
        }
        return foreign;
    }

    private Stream<Element> managed() {
        return elements(root.getElementsByTagName("dependencyManagement"))
                .flatMap(management -> elements(management.getElementsByTagName("dependency")));
    }

    private static List<Artifact> ofOthers(Stream<Element> asked, Map<String, String> known) {
        Function<String, String> filledIn =
                text -> PROPERTY.matcher(text).replaceAll(match -> known.getOrDefault(match.group(1), "?"));
        return asked.filter(element -> text(element, "version").isPresent())
                .map(element -> new Artifact(
                        text(element, "groupId").orElse("org.apache.maven.plugins"),
                        filledIn.apply(text(element, "artifactId").orElseThrow()),
                        filledIn.apply(text(element, "version").orElseThrow())))
                .filter(artifact -> !artifact.group().equals("org.emotion4j"))
                .toList();
    }

    /** Those of the profiles as well. */
    Map<String, String> properties() {
        return elements(root.getElementsByTagName("properties"))
                // Those of plugins have texts of their own.
                .filter(properties -> !properties.getParentNode().getNodeName().equals("configuration"))
                .flatMap(properties -> elements(properties.getChildNodes()))
                .collect(Collectors.toMap(
                        Element::getTagName,
                        property -> property.getTextContent().strip(),
                        (first, second) -> first));
    }

    private static Optional<String> text(Element parent, String child) {
        return elements(parent.getChildNodes())
                .filter(element -> element.getTagName().equals(child))
                .map(element -> element.getTextContent().strip())
                .findFirst();
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .<Node>mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
