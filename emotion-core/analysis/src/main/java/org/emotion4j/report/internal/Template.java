package org.emotion4j.report.internal;

import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/** What a template of {@code src/main/jte} was compiled to. */
interface Template {
    /** Writes a page; what is put into it is escaped for its place there. */
    void render(HtmlTemplateOutput output, HtmlInterceptor nobody);

    /** Renders a template to a text. */
    @SuppressWarnings("NullAway") // no tag is intercepted, and so nobody is asked
    static String html(Template template) {
        StringOutput html = new StringOutput(1 << 16);
        template.render(new OwaspHtmlTemplateOutput(html), null);
        return html.toString();
    }
}
