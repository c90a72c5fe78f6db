package org.hipsnode.serve.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class MarkupTest {

    @Test
    void whatMeansSomethingIsEscapedAndWhatNobodyAllowsIsReplaced() {
        assertThat(Markup.escape("<a href=\"x\" b='y'>&amp;"))
                .isEqualTo("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
        assertThat(Markup.escape("a\0b\u001bc\u0085d\ufffee\ud800f")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf");
        assertThat(Markup.escape("Straße 𝛼 星")).isEqualTo("Straße 𝛼 星");
    }

    @Property
    void anyTextComesBackFromAnAttributeAndAnElement(@ForAll("texts") String text) throws Exception {
        String safe = Markup.escape(text);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<a b=\"" + safe + "\">" + safe + "</a>")));
        String expected = text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE
                                || c == 0xfffe
                                || c == 0xffff
                                || (Character.isISOControl(c) && "\t\n\r".indexOf(c) < 0)
                        ? 0xfffd
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        // XML reads any line end as a line feed, and in attributes as a blank
        assertThat(document.getDocumentElement().getTextContent())
                .isEqualTo(expected.replace("\r\n", "\n").replace('\r', '\n'));
        assertThat(document.getDocumentElement().getAttribute("b"))
                .isEqualTo(expected.replace("\r\n", " ").replaceAll("[\r\n\t]", " "));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings()
                        .withChars('<', '>', '&', '"', '\'', '{', '}', '\0', '\r', '\n', 'a')
                        .ofMaxLength(60));
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(Markup.cut("𝛼𝛽𝛾", 2)).isEqualTo("𝛼𝛽…");
        assertThat(Markup.cut("𝛼𝛽𝛾", 3)).isEqualTo("𝛼𝛽𝛾");
        assertThat(Markup.cut("one two", 4)).isEqualTo("one…");
    }
}
