package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.SurveyFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What programs that copy trees by their links find. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListingsTest {
    private static final String PROPERTIES = "creator_did = ivo://t/P/s\nhips_order = 3\n";
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"");

    private Path survey;
    private ServerFixture server;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        survey = data.resolve("a b/s");
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : List.of(
                "Norder3/Dir0/Npix5.png",
                "Norder3/Dir0/Npix6.png",
                "Norder3/Allsky.png",
                "HpxFinder/Norder3/Dir0/Npix5",
                "a:b & <c>.txt")) {
            files.put(name, name.getBytes(StandardCharsets.UTF_8));
        }
        files.put("properties", PROPERTIES.getBytes(StandardCharsets.UTF_8));
        SurveyFiles.publish(files, survey);
        Files.writeString(survey.resolve(".hidden"), "secret");
        Files.writeString(survey.resolve(".hipsnode/journal"), "secret");
        Files.createDirectory(survey.resolve("empty"));
        Files.createSymbolicLink(survey.resolve("within"), survey.resolve("HpxFinder"));
        Files.createSymbolicLink(survey.resolve("out"), data);
        Files.createSymbolicLink(survey.resolve("nowhere"), data.resolve("nothing"));
        ServerFixture.survey(data.resolve("plain"), PROPERTIES, "preview.jpg", "x");
        server = ServerFixture.serving(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String text(String path, String... headers) throws IOException {
        HttpResponse<byte[]> response = server.get(path, headers);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Returns what a program may take for files and folders in the one that it asked for. */
    private List<String> links(String path) throws IOException {
        return LINK.matcher(text(path))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("/") && !link.startsWith("#") && !link.startsWith("http"))
                .filter(link -> !link.contains("?") && !link.equals("../"))
                .distinct()
                .toList();
    }

    @Test
    void foldersListWhatIsServed() throws IOException {
        assertThat(links("/a%20b/s/Norder3/")).containsExactly("Allsky.png", "Dir0/");
        assertThat(links("/a%20b/s/Norder3/Dir0/")).containsExactly("Npix5.png", "Npix6.png");
        assertThat(links("/a%20b/s/HpxFinder/Norder3/Dir0/")).containsExactly("Npix5");
        assertThat(links("/a%20b/s/within/")).containsExactly("Norder3/");
        assertThat(links("/a%20b/s/empty/")).isEmpty();
        assertThat(links("/a%20b/s/.hipsnode/")).containsExactly("manifest.json", "manifest/");
        assertThat(links("/a%20b/s/.hipsnode/manifest/")).allMatch(link -> link.matches("[0-9a-f]{2}/"));
    }

    @Test
    void theSurveysPageListsItsFolder() throws IOException {
        assertThat(links("/a%20b/s/"))
                .containsOnlyOnce(
                        ".hipsnode/", "HpxFinder/", "Norder3/", "properties", "./a:b%20%26%20%3Cc%3E.txt", "within/")
                .doesNotContain("out/", "nowhere", ".hidden", "coverage.svg", "survey.wtml");
        assertThat(text("/a%20b/s/a:b%20%26%20%3Cc%3E.txt")).isEqualTo("a:b & <c>.txt");
    }

    @Test
    void everyLinkLeadsToAFileOrFolder() throws IOException {
        follow("/a%20b/s/");
    }

    private void follow(String folder) throws IOException {
        for (String link : links(folder)) {
            String path = folder + link.replaceFirst("^\\./", "");
            if (path.endsWith("/")) {
                follow(path);
            } else {
                assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void theListOfNamesIsThatOfTheManifest() throws IOException {
        List<String> names = text("/a%20b/s/files.txt").lines().toList();
        assertThat(names)
                .contains("Norder3/Dir0/Npix5.png", "Norder3/Allsky.png", "a:b & <c>.txt", ManifestName.ROOT)
                .endsWith("properties")
                .doesNotHaveDuplicates();
        for (String name : names) {
            assertThat(server.get("/a%20b/s/" + org.hipsnode.io.WebAddress.encode(name))
                            .body())
                    .as(name)
                    .isEqualTo(Files.readAllBytes(survey.resolve(name)));
        }
        assertThat(server.get("/plain/files.txt").statusCode()).isEqualTo(404);
        assertThat(server.send("HEAD", "/a%20b/s/files.txt").statusCode()).isEqualTo(200);
    }

    @Test
    void anOldClientGetsTheListOfNamesToo() throws IOException {
        assertThat(server.raw("GET /a%20b/s/files.txt HTTP/1.0\r\nHost: a\r\n\r\n"))
                .contains(" 200 ")
                .doesNotContain("chunked")
                .endsWith("\nproperties\n");
    }

    @Test
    void aPartIsOnlyOfGet() throws IOException {
        String tile = "/a%20b/s/Norder3/Dir0/Npix5.png";
        assertThat(server.get(tile, "Range", "bytes=1-2").statusCode()).isEqualTo(206);
        HttpResponse<byte[]> head = server.send("HEAD", tile, "Range", "bytes=1-2");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("22");
        assertThat(head.headers().firstValue("Content-Range")).isEmpty();
        assertThat(server.send("HEAD", tile, "Range", "bytes=100-").statusCode())
                .isEqualTo(200);
    }
}
