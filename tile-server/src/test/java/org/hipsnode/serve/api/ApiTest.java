package org.hipsnode.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hipsnode.serve.Surveys;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class ApiTest {
    private static final Addresses ADDRESSES = new Addresses("https://node.example");
    private static final String HOSTILE =
            "\"><script>alert(1)</script>&amp;' ]]> \u0001 \u202e 星 " + "x".repeat(100_000);

    private static JsonNode json(byte[] bytes) throws IOException {
        return new ObjectMapper().readTree(bytes);
    }

    @Test
    void theListIsAsMocServersAre() throws IOException {
        ServedSurvey survey =
                Surveys.at("a b/co", Surveys.GOOD.replace("test/P/co", "test?P/co") + "obs_regime = Optical\n");
        ServedSurvey secret = Surveys.at("secret", Surveys.GOOD.replace("public", "private"));
        JsonNode list = json(SurveyLists.json(new NodeSnapshot(List.of(survey, secret)), ADDRESSES));
        assertThat(list).hasSize(1);
        JsonNode record = list.get(0);
        assertThat(record.get("ID").asText()).isEqualTo("test/P/co");
        assertThat(record.get("hips_service_url").asText()).isEqualTo("https://node.example/a%20b/co");
        assertThat(record.get("hips_order").isTextual()).isTrue();
        assertThat(record.get("obs_regime")).extracting(JsonNode::asText).containsExactly("Radio", "Optical");
    }

    @Test
    void aRecordTellsWhatProgramsAskFor() throws IOException {
        ServedSurvey survey = Surveys.at("planck/co", Surveys.GOOD);
        JsonNode list = json(new SurveyRecords(ADDRESSES, List.of()).list(List.of(survey)));
        assertThat(list.get("count").asInt()).isOne();
        JsonNode record = list.get("surveys").get(0);
        assertThat(record.get("order").asInt()).isEqualTo(3);
        assertThat(record.get("sky_fraction").asDouble()).isOne();
        assertThat(record.get("formats")).extracting(JsonNode::asText).containsExactly("png", "fits");
        assertThat(record.get("links").get("wtml").asText()).isEqualTo("https://node.example/planck/co/survey.wtml");
        JsonNode one = json(new SurveyRecords(ADDRESSES, List.of()).one(survey, Contents.unknown()));
        assertThat(one.get("viewers")).hasSize(4);
        assertThat(one.get("keywords").get("hips_frame").asText()).isEqualTo("galactic");
        assertThat(one.get("links").has("preview")).isFalse();
    }

    @Test
    void whatASurveySaysIsNeverMoreThanText() throws IOException {
        ServedSurvey survey = Surveys.at("x", Surveys.GOOD.replace("Carbon monoxide", HOSTILE));
        JsonNode one = json(new SurveyRecords(ADDRESSES, List.of()).one(survey, Contents.unknown()));
        assertThat(one.get("title").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void numbersThatAreNoneAreLeftOut() throws IOException {
        ServedSurvey survey = Surveys.at("x", Surveys.GOOD.replace("moc_sky_fraction = 1", "moc_sky_fraction = NaN"));
        JsonNode one = json(new SurveyRecords(ADDRESSES, List.of()).one(survey, Contents.unknown()));
        assertThat(one.has("sky_fraction")).isFalse();
    }

    private static Element wtml(String properties) throws Exception {
        byte[] file = Wtml.of(Surveys.at("planck/co", properties), ADDRESSES).orElseThrow();
        return (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(file))
                .getElementsByTagName("ImageSet")
                .item(0);
    }

    @Test
    void wtmlTellsWhereTheTilesAre() throws Exception {
        Element image = wtml(Surveys.GOOD);
        assertThat(image.getAttribute("Url")).isEqualTo("https://node.example/planck/co/Norder{0}/Dir{1}/Npix{2}");
        assertThat(image.getAttribute("TileLevels")).isEqualTo("3");
        assertThat(image.getAttribute("FileType")).isEqualTo(".png");
        assertThat(image.getAttribute("BandPass")).isEqualTo("Radio");
        assertThat(image.getAttribute("Projection")).isEqualTo("Healpix");
    }

    @Test
    void wtmlHoldsAnyTitle() throws Exception {
        Element image =
                wtml(Surveys.GOOD.replace("Carbon monoxide", HOSTILE) + "obs_copyright_url = javascript:alert(1)\n");
        assertThat(image.getAttribute("Name")).startsWith("\"><script>alert(1)</script>&amp;' ]]> \ufffd");
        assertThat(image.getElementsByTagName("CreditsUrl").item(0).getTextContent())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "png fits, webp",
        "hips_order_min = 0, hips_order_min = 3",
        "galactic, mars",
        "hips_order = 3, hips_order = x"
    })
    void wtmlIsMadeOnlyOfWhatWwtCanShow(String from, String to) {
        assertThat(Wtml.of(Surveys.at("x", Surveys.GOOD.replace(from, to)), ADDRESSES))
                .isEmpty();
    }
}
