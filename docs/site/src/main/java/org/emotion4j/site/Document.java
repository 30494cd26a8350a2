package org.emotion4j.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A Markdown file.
 *
 * @param path where it lies in the repository
 * @param sections its text, cut at its headings; the first one's heading is its title
 * @param destinations where its links and pictures lead to, as they are written
 */
record Document(Path path, Node tree, List<Section> sections, List<String> destinations) {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final Pattern HEADING = Pattern.compile("<h([1-6]) id=\"([^\"]*)\">(.*?)</h\\1>", Pattern.DOTALL);

    /**
     * What stands from one heading to the next.
     *
     * @param level 1 for the title
     * @param anchor the heading's, as forges make it: {@code docs/page.md#anchor}
     * @param heading without markup
     * @param text without markup
     */
    record Section(int level, String anchor, String heading, String text) {}

    static Document of(Path path, String markdown) {
        Node tree = PARSER.parse(markdown);
        return new Document(path, tree, sections(render(tree, UnaryOperator.identity())), destinations(tree));
    }

    String title() {
        return sections.isEmpty() ? path.toString() : sections.get(0).heading();
    }

    /** The title in short, for the navigation. */
    String label() {
        return title().replaceFirst("^Model card: ", "").replaceFirst(": .*", "");
    }

    boolean hasAnchor(String anchor) {
        return sections.stream().anyMatch(section -> section.anchor().equals(anchor));
    }

    /** Renders it with its links and pictures led elsewhere. */
    String html(UnaryOperator<String> address) {
        return render(tree, address)
                .replace("<table>", "<div class=\"table\"><table>")
                .replace("</table>", "</table></div>");
    }

    private static String render(Node tree, UnaryOperator<String> address) {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(context -> (node, tag, attributes) -> attributes.replaceAll(
                        (name, value) -> name.equals("href") || name.equals("src") ? address.apply(value) : value))
                .build()
                .render(tree);
    }

    private static List<Section> sections(String html) {
        List<MatchResult> headings = HEADING.matcher(html).results().toList();
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            MatchResult heading = headings.get(i);
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : html.length();
            sections.add(new Section(
                    Integer.parseInt(heading.group(1)),
                    heading.group(2),
                    text(heading.group(3)),
                    text(html.substring(heading.end(), end))));
        }
        return sections;
    }

    private static String text(String html) {
        return html.replaceAll("</?(?:code|em|strong|a|b|i)\\b[^>]*>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static List<String> destinations(Node tree) {
        List<String> destinations = new ArrayList<>();
        tree.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                destinations.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                destinations.add(image.getDestination());
                visitChildren(image);
            }
        });
        return destinations;
    }
}
