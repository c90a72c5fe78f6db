package org.hipsnode.serve.page;

import java.util.Map;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;

/** A page that is nothing but the live viewer of one survey, to be put into pages elsewhere. */
public final class ViewerPage {
    private static final Template BODY = Template.beside(ViewerPage.class, "viewer.html");

    private final Shell shell;

    public ViewerPage(Shell shell) {
        this.shell = shell;
    }

    public byte[] of(ServedSurvey survey) {
        View view = View.of(survey.properties());
        return shell.page(
                Markup.cut(survey.title(), 200),
                "viewer",
                BODY.fill(Map.of(
                        "title", Markup.escape(Markup.cut(survey.title(), 200)),
                        "view", view.open() + view.attributes(survey),
                        "note", Markup.escape(view.note(survey.properties(), shell)))));
    }
}
