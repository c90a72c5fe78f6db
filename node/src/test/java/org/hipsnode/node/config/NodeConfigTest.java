package org.hipsnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.access.SurveyPattern;
import org.hipsnode.serve.http.ServerSettings;
import org.hipsnode.serve.http.ServingOptions;
import org.hipsnode.serve.http.TlsFiles;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.serve.receive.ReceiveRule;
import org.hipsnode.serve.receive.ReceiveSettings;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    private static final String VIEWER = "https://aladin.cds.unistra.fr/AladinLite/api/v3/latest/aladin.js";

    @TempDir
    private Path folder;

    private NodeConfig config(String... lines) throws IOException {
        return NodeConfig.read(Files.writeString(folder.resolve("node.yaml"), String.join("\n", lines)));
    }

    @Test
    void aFolderIsServedToThisMachineOnly() {
        assertThat(NodeConfig.ofFolder(Path.of("surveys")))
                .isEqualTo(new NodeConfig(
                        "HiPS node",
                        Optional.empty(),
                        Path.of("surveys"),
                        "127.0.0.1",
                        8080,
                        VIEWER,
                        ServingOptions.defaults(),
                        AccessSettings.NOBODY,
                        List.of(),
                        Mirrors.NONE,
                        ReceiveSettings.NOBODY,
                        MadeSurveys.none(Path.of("surveys"))));
    }

    @Test
    void whatIsNotSaidIsAsForAFolder() throws IOException {
        NodeConfig expected = NodeConfig.ofFolder(folder.toAbsolutePath().resolve("surveys"));
        assertThat(config("data: surveys")).isEqualTo(expected);
        assertThat(config("data: surveys", "server:")).isEqualTo(expected);
        assertThat(config("data: surveys", "server: {}", "title:", "base-url: ~"))
                .isEqualTo(expected);
    }

    @Test
    void everyKeyIsRead() throws IOException {
        assertThat(config(
                        "title: Ciel du Sud",
                        "base-url: https://hips.example/node/",
                        "data: /data/surveys",
                        "cached:",
                        "  dss/color: {origin: https://far.example/DSS, quota: 10 GB}",
                        "  near: {origin: 'http://10.0.0.1/near', quota: 1TiB, folder: kept, allow-private: true}",
                        "server:",
                        "  host: 0.0.0.0",
                        "  port: 80",
                        "  viewer-url: http://viewer.example/aladin.js?v=3",
                        "  credentials: ../secrets.yaml",
                        "  allowed-origins: [https://Archive.example:443, 'http://localhost:8000']"))
                .isEqualTo(new NodeConfig(
                        "Ciel du Sud",
                        Optional.of("https://hips.example/node"),
                        Path.of("/data/surveys"),
                        "0.0.0.0",
                        80,
                        "http://viewer.example/aladin.js?v=3",
                        ServingOptions.defaults(),
                        new AccessSettings(
                                Optional.of(folder.toAbsolutePath().resolve("../secrets.yaml")),
                                Set.of("https://archive.example", "http://localhost:8000")),
                        List.of(
                                new OriginSettings(
                                        "dss/color",
                                        WebAddress.parse("https://far.example/DSS")
                                                .orElseThrow(),
                                        10_000_000_000L,
                                        Path.of("/data/surveys/.cached/dss%2Fcolor"),
                                        false),
                                new OriginSettings(
                                        "near",
                                        WebAddress.parse("http://10.0.0.1/near").orElseThrow(),
                                        1L << 40,
                                        folder.toAbsolutePath().resolve("kept"),
                                        true)),
                        Mirrors.NONE,
                        ReceiveSettings.NOBODY,
                        MadeSurveys.none(Path.of("/data/surveys"))));
    }

    @Test
    void mirrorsAreRead() throws IOException {
        Mirrors mirrors = config(
                        "data: /data",
                        "contact: hips@node.example",
                        "on-failure: [mail, operator]",
                        "mirrors:",
                        "  planck/co: {from: 'https://far.example/planck/co'}",
                        "  dss:",
                        "    from: https://far.example/DSS/",
                        "    every: 30 min",
                        "    formats: [jpeg, fits]",
                        "    min-order: 1",
                        "    order: 5",
                        "    connections: 2",
                        "    limit-rate: 5 MB",
                        "    max-delete: 50")
                .mirrors();
        assertThat(mirrors.contact()).contains("hips@node.example");
        assertThat(mirrors.alert()).containsExactly("mail", "operator");
        ScheduledMirror usual = mirrors.all().get(0);
        assertThat(usual.folder()).isEqualTo(Path.of("/data/planck/co"));
        assertThat(usual.times().every()).isEqualTo(Duration.ofDays(1));
        assertThat(usual.part()).isEqualTo(Selection.ALL);
        ScheduledMirror own = mirrors.all().get(1);
        assertThat(own.times().every()).isEqualTo(Duration.ofMinutes(30));
        assertThat(own.part())
                .isEqualTo(new Selection(1, 5, Set.of(TileFormat.JPEG, TileFormat.FITS), Optional.empty()));
        MirrorRequest request = own.request(Optional.of("https://hips.example"), "us");
        assertThat(request.here()).contains("https://hips.example/dss");
        assertThat(request.host().manners().bytesPerSecond()).hasValue(5_000_000);
        assertThat(request.host().manners().connections()).isEqualTo(2);
        assertThat(request.policy().maxDeletePercent()).isEqualTo(50);
    }

    @Test
    void howOftenBytesAreVerifiedIsRead() throws IOException {
        Verifying verifying = config(
                        "data: x",
                        "verify-every: 90 d",
                        "verify-rate: 5 MB",
                        "repair-from: {planck/co: 'https://mirror.example/planck/co'}",
                        "mirrors:",
                        "  dss: {from: 'https://one.example/dss', verify-every: 30 d}")
                .mirrors()
                .verifying();
        assertThat(verifying.every("planck/co")).contains(Duration.ofDays(90));
        assertThat(verifying.every("dss")).contains(Duration.ofDays(30));
        assertThat(verifying.rate()).contains(5_000_000L);
        assertThat(verifying.repairFrom().get("planck/co")).hasToString("https://mirror.example/planck/co");
        assertThat(config("data: x").mirrors().verifying().isWanted()).isFalse();
        assertThatThrownBy(() -> config("data: x", "verify-rate: 5 kB")).hasMessageContaining("100 kB or more");
        assertThatThrownBy(() -> config(
                        "data: x",
                        "mirrors: {dss: {from: 'https://one.example/dss'}}",
                        "repair-from: {dss: 'https://two.example/dss'}"))
                .hasMessageContaining("a survey that is no mirror");
    }

    @Test
    void mirrorsHaveHoursCredentialsAndPartners() throws IOException {
        Mirrors mirrors = config(
                        "data: /data",
                        "mirroring: {hours: '22:00-06:00', at-once: 3, limit-rate: 20 MB, stale-after: 2 d}",
                        "notify:",
                        "  https://partner.example/hips: {credential-file: partner.secret, surveys: [own/*, hidden]}",
                        "mirrors:",
                        "  a: {from: 'https://far.example/a'}",
                        "  b:",
                        "    from: https://far.example/b",
                        "    hours: [Mon-Fri 20:00-06:00 Europe/Paris, Sat-Sun 00:00-24:00]",
                        "    stale-after: 12 h",
                        "    credential-file: far.secret",
                        "    notified-by: far")
                .mirrors();
        assertThat(mirrors.limits()).isEqualTo(new Mirrors.Limits(3, Optional.of(20_000_000L)));
        ScheduledMirror usual = mirrors.all().get(0);
        assertThat(usual.times().hours().windows())
                .containsExactly(Window.parse("22:00-06:00").orElseThrow());
        assertThat(usual.times().staleAfter()).isEqualTo(Duration.ofDays(2));
        assertThat(usual.terms().credential()).isEmpty();
        assertThat(usual.terms().notifiedBy()).isEmpty();
        ScheduledMirror own = mirrors.all().get(1);
        assertThat(own.times().hours().windows()).hasSize(2);
        assertThat(own.times().staleAfter()).isEqualTo(Duration.ofHours(12));
        assertThat(own.terms().credential()).contains(folder.toAbsolutePath().resolve("far.secret"));
        assertThat(own.terms().notifiedBy()).contains("far");
        assertThat(mirrors.partners())
                .containsExactly(new NotifiedPartner(
                        WebAddress.parse("https://partner.example/hips").orElseThrow(),
                        folder.toAbsolutePath().resolve("partner.secret"),
                        Optional.of(List.of(new SurveyPattern("own/*"), new SurveyPattern("hidden")))));
    }

    @Test
    void whatIsPublishedIsPushedToSome() throws IOException {
        List<PushPartner> pushes = config(
                        "data: /data",
                        "pushes:",
                        "  https://a.example/hips: {credential-file: a.token}",
                        "  https://b.example:",
                        "    credential-file: b.token",
                        "    surveys: [own/*, hidden]",
                        "    every: 1 d",
                        "    hours: Mon-Fri 22:00-06:00 Europe/Paris",
                        "    connections: 2",
                        "    max-delete: 50",
                        "    accept-defects: true")
                .mirrors()
                .pushes();
        Path here = folder.toAbsolutePath();
        assertThat(pushes)
                .containsExactly(
                        new PushPartner(
                                WebAddress.parse("https://a.example/hips").orElseThrow(),
                                here.resolve("a.token"),
                                Optional.empty(),
                                new PushPartner.Times(Duration.ofHours(1), Hours.ALWAYS),
                                8,
                                10,
                                false),
                        new PushPartner(
                                WebAddress.parse("https://b.example").orElseThrow(),
                                here.resolve("b.token"),
                                Optional.of(List.of(new SurveyPattern("own/*"), new SurveyPattern("hidden"))),
                                new PushPartner.Times(
                                        Duration.ofDays(1),
                                        new Hours(List.of(Window.parse("Mon-Fri 22:00-06:00 Europe/Paris")
                                                .orElseThrow()))),
                                2,
                                50,
                                true));
        assertThat(pushes.get(0).wants("any")).isTrue();
        assertThat(pushes.get(0).names("any")).isFalse();
        assertThat(pushes.get(0).at("any/sky")).hasToString("https://a.example/hips/any/sky");
        assertThat(pushes.get(1).wants("any")).isFalse();
        assertThat(pushes.get(1).wants("own/sky")).isTrue();
        assertThat(pushes.get(1).names("own/sky")).isFalse();
        assertThat(pushes.get(1).names("hidden")).isTrue();
    }

    @Test
    void aCopyIsStaleWhenThreeRunsWereMissed() throws IOException {
        Mirrors mirrors = config(
                        "data: /data",
                        "mirrors:",
                        "  a: {from: 'https://far.example/a', every: 6 h}",
                        "  b: {from: 'https://far.example/b', every: 6 h, hours: 'Sat-Sun 00:00-24:00'}")
                .mirrors();
        assertThat(mirrors.limits()).isEqualTo(Mirrors.Limits.USUAL);
        assertThat(mirrors.all().get(0).times().staleAfter()).isEqualTo(Duration.ofHours(18));
        assertThat(mirrors.all().get(1).times().staleAfter())
                .isEqualTo(Duration.ofDays(8).plusHours(18));
    }

    @Test
    void aDataFolderCountsFromTheFile() throws IOException {
        Path file = Files.createDirectories(folder.resolve("etc")).resolve("node.yaml");
        Files.writeString(file, "data: ../surveys");
        assertThat(NodeConfig.read(file).data().normalize())
                .isEqualTo(folder.toAbsolutePath().resolve("surveys"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: x | 'node.yaml': key 'data' is missing",
                "data: | 'node.yaml': key 'data' is missing",
                "data: [a, b] | line 1: key 'data': expected one value, found 'a list'",
                "data: {a: b} | line 1: key 'data': expected one value, found 'keys'",
                "{data: x, title: [a]} | line 1: key 'title': expected one value, found 'a list'",
                "{data: x, base-url: {a: b}} | line 1: key 'base-url': expected one value, found 'keys'",
                "{data: x, pushes: {'http://b.c': }} | key 'pushes.http://b.c': expected keys credential-file and surveys",
                "{data: x, pushes: {'http://b.c': {every: 1 d}}} | expected a key credential-file, since nobody is heard without",
                "{data: x, pushes: {'sftp://b.c': {credential-file: x}}} | expected an address of http or https",
                "{data: x, pushes: {'http://b.c': {credential-file: x, every: soon}}} | every': expected a time of 10 s",
                "{data: x, pushes: {'http://b.c': {credential-file: x, accept-defects: some}}} | expected true or false",
                "{data: x, mirrors: y} | line 1: expected keys and values under 'mirrors'",
                "{data: x, mirrors: {a: {}}} | key 'mirrors.a.from' is missing",
                "{data: x, mirrors: {../a: {from: 'http://b.c/d'}}} | expected a path at which a survey can be served",
                "{data: x, mirrors: {api: {from: 'http://b.c/d'}}} | expected a path at which a survey can be served",
                "{data: x, mirrors: {a: {from: nowhere}}} | key 'mirrors.a.from': expected",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', every: 1}}} | key 'mirrors.a.every': expected a time of 10 s",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', every: 9 s}}} | key 'mirrors.a.every': expected a time of 10 s",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', formats: [gif]}}} | key 'mirrors.a.formats': expected some of",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', min-order: 4, order: 3}}} | key 'mirrors.a.min-order': expected",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', limit-rate: fast}}} | key 'mirrors.a.limit-rate': expected",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', hours: at night}}} | key 'mirrors.a.hours': expected hours such as",
                "{data: x, mirrors: {a: {from: 'http://b.c/d', stale-after: 3}}} | key 'mirrors.a.stale-after': expected a time of",
                "{data: x, mirroring: {at-once: 0}} | key 'mirroring.at-once': expected a whole number of 1 to 16",
                "{data: x, mirroring: {every: 1 d}} | unknown key 'mirroring.every'",
                "{data: x, notify: {'https://u:hunter2@a': {credential-file: f}}} | found 'https://...@a'",
                "{data: x, notify: {'https://a': {surveys: b}}} | a key credential-file",
                "{data: x, notify: {'https://a': {credential-file: f, surveys: 'ivo://b'}}} | key 'notify.https://a.surveys'",
                "{data: x, server: y} | line 1: expected keys and values under 'server'",
                "{data: x, server: [y]} | line 1: expected keys and values under 'server'",
                "{data: x, server: {port: [1]}} | key 'server.port': expected one value, found 'a list'",
                "{data: x, server: {port: http}} | key 'server.port': expected a whole number of 0 to 65535, found 'http'",
                "{data: x, server: {port: -1}} | key 'server.port': expected a whole number of 0 to 65535, found '-1'",
                "{data: x, server: {port: 65536}} | expected a whole number of 0 to 65535, found '65536'",
                "{data: x, server: {host: [y]}} | key 'server.host': expected one value, found 'a list'",
                "{data: x, server: {viewer-url: aladin.js}} | key 'server.viewer-url': expected an address of http or https",
                "{data: x, server: {allowed-origins: '*'}} | key 'server.allowed-origins': expected the origin of pages",
                "{data: x, server: {allowed-origins: [https://a/b]}} | without path, and no '*', found 'https://a/b'",
                "{data: x, server: {allowed-origins: [https://u:hunter2@a]}} | found 'https://...@a'",
                "{data: x, server: {credentials: [a]}} | key 'server.credentials': expected one value",
                "{data: x, server: {credentials: \"a\\0b\"}} | key 'server.credentials': expected a file",
                "{data: x, cached: [a]} | expected keys and values under 'cached'",
                "{data: x, cached: {a: }} | key 'cached.a': expected keys origin and quota, found 'nothing'",
                "{data: x, cached: {a: {quota: 1GB}}} | key 'cached.a.origin' is missing",
                "{data: x, cached: {a: {origin: https://h/a}}} | key 'cached.a.quota' is missing",
                "{data: x, cached: {../a: {}}} | expected a path at which a survey can be served",
                "{data: x, cached: {hipslist: {}}} | expected a path at which a survey can be served",
                "{data: x, cached: {a: {origin: ftp://h, quota: 1GB}}} | key 'cached.a.origin': expected an address",
                "{data: x, cached: {a: {origin: https://u:hunter2@h/, quota: 1GB}}} | found 'https://...@h/'",
                "{data: x, cached: {a: {origin: https://h/?k, quota: 1GB}}} | and without query",
                "{data: x, cached: {a: {origin: https://h/a, quota: 99 MB}}} | expected a size of 100 MB or more",
                "{data: x, cached: {a: {origin: https://h/a, quota: much}}} | expected a size of 100 MB or more",
                "{data: x, cached: {a: {origin: https://h/a, quota: 1GB, allow-private: yes}}} | expected true or false",
                "{data: x, cached: {a: {origin: https://h/a, quota: 1GB, folder: \"a\\0b\"}}} | expected a folder",
                "{data: x, cached: {a: {origin: https://h/a, quota: 1GB, size: 1}}} | unknown key 'cached.a.size'",
                "\"data\": \"a\\0b\" | key 'data': expected a folder",
                "- data | line 1: expected keys and values"
            })
    void aWrongValueIsRefusedWithItsKeyAndPlace(String yaml, String message) {
        assertThatThrownBy(() -> config(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message.replace("'node.yaml'", "'" + folder.resolve("node.yaml") + "'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hips.example | hips.example",
                "ftp://hips.example/ | ftp://hips.example/",
                "https:// | https://",
                "https://user:hunter2@hips.example/ | https://...@hips.example/",
                "https://hips.example/?key=hunter2 | https://hips.example/?..."
            })
    void aBaseUrlIsAPublicAddress(String url, String shown) throws IOException {
        assertThatThrownBy(() -> config("data: x", "base-url: " + url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "line 2: key 'base-url'",
                        "expected an address of http or https without user and password and without query",
                        "found '" + shown + "'");
        assertThatThrownBy(() -> NodeConfig.ofFolder(folder)
                        .with(Optional.empty(), Optional.empty(), Optional.of(url), Optional.empty(), Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--base-url must be an address of http or https")
                .hasMessageEndingWith("found '" + shown + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{data: x, titel: y} | unknown key 'titel': did you mean 'title'?",
                "{data: x, base_url: y} | unknown key 'base_url': did you mean 'base-url'?",
                "{dat: x, data: y} | unknown key 'dat': did you mean 'data'?",
                "{data: x, sever: {port: 80}} | unknown key 'sever': did you mean 'server'?",
                "{data: x, Title: y} | unknown key 'Title': did you mean 'title'?",
                "{data: x, server: {prot: 80}} | unknown key 'server.prot': did you mean 'port'?",
                "{data: x, server: {viewer: y}} | unknown key 'server.viewer': did you mean 'viewer-url'?",
                "{data: x, moon: y} | unknown key 'moon', expected one of data, title, base-url, server, cached, mirrors, mirroring, contact, on-failure, notify, pushes, verify-every, verify-rate, repair-from, surveys, making",
                "{data: x, server: {zzz: y}} | unknown key 'server.zzz', expected one of host, port, viewer-url, cache, open-files, connections, requests-per-connection, drain, rate-limit, tls, access-log, credentials, allowed-origins, receive"
            })
    void anUnknownKeyIsRefusedWithTheNearestKnownOne(String yaml, String message) {
        assertThatThrownBy(() -> config(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'" + folder.resolve("node.yaml") + "' line 1: " + message);
    }

    @Test
    void partnersMayPushWhatIsSaid() throws IOException {
        ReceiveSettings receive = config(
                        "data: x",
                        "server: {credentials: c.yaml, receive: {idoc: {surveys: [planck/*, dust], quota: 5 GB}}}")
                .receive();
        assertThat(receive.rules())
                .containsExactly(new ReceiveRule(
                        "idoc",
                        List.of(new SurveyPattern("planck/*"), new SurveyPattern("dust")),
                        5_000_000_000L,
                        Duration.ofDays(7),
                        false));
        assertThat(receive.rule("idoc", "planck/co")).isPresent();
        assertThat(receive.rule("idoc", "dust2")).isEmpty();
        assertThat(receive.rule("other", "dust")).isEmpty();
        assertThat(config("data: x").receive()).isEqualTo(ReceiveSettings.NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receive: {i: {surveys: a, quota: 1 GB}} | server.credentials too",
                "credentials: c, receive: {i: {surveys: a}} | key 'server.receive.i.quota' is missing",
                "credentials: c, receive: {i: {quota: 1 GB}} | a key surveys",
                "credentials: c, receive: {i: {surveys: 'ivo://a/*', quota: 1 GB}} | paths of surveys",
                "credentials: c, receive: {i: {surveys: a, quota: 0 B}} | a size such as 500 GB",
                "credentials: c, receive: {i: {surveys: a, quota: 1 GB, keep-unfinished: 5 min}} | a time of 1 h or more",
                "credentials: c, receive: {i: {surveys: a, quota: 1 GB, accept-defects: maybe}} | true or false",
                "credentials: c, receive: {i: {surveys: a, quota: 1 GB, x: y}} | unknown key 'server.receive.i.x'"
            })
    void whatPartnersMayIsSaidWhole(String keys, String message) {
        assertThatThrownBy(() -> config("{data: x, server: {" + keys + "}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path file = Files.writeString(folder.resolve("node.yaml"), "data: x\n#" + "x".repeat(1 << 20));
        assertThatThrownBy(() -> NodeConfig.read(file))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("node.yaml");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> NodeConfig.read(folder.resolve("absent.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void flagsComeBeforeTheFile() throws IOException {
        NodeConfig file = config("data: x", "title: t", "base-url: https://a.example", "server: {port: 80, host: h}");
        assertThat(file.with(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(file);
        assertThat(file.with(
                        Optional.of("::1"),
                        Optional.of(0),
                        Optional.of("https://b.example/"),
                        Optional.of("flag"),
                        Optional.of("https://v.example/a.js")))
                .isEqualTo(new NodeConfig(
                        "flag",
                        Optional.of("https://b.example"),
                        file.data(),
                        "::1",
                        0,
                        "https://v.example/a.js",
                        ServingOptions.defaults(),
                        AccessSettings.NOBODY,
                        List.of(),
                        Mirrors.NONE,
                        ReceiveSettings.NOBODY,
                        MadeSurveys.none(file.data())));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MAX_VALUE})
    void aFlagForAPortThatCannotBeIsRefused(int port) {
        assertThatThrownBy(() -> NodeConfig.ofFolder(folder)
                        .with(
                                Optional.empty(),
                                Optional.of(port),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--port must be 0 to 65535, found " + port);
    }

    @Test
    void theServerIsToldAllOfIt() throws IOException {
        ServerSettings settings = config(
                        "data: x", "title: t", "base-url: https://a.example", "server: {port: 80, host: h}")
                .settings();
        assertThat(settings)
                .isEqualTo(new ServerSettings(
                        folder.toAbsolutePath().resolve("x"),
                        "h",
                        80,
                        "t",
                        Optional.of("https://a.example"),
                        Optional.empty(),
                        VIEWER,
                        ServingOptions.defaults(),
                        AccessSettings.NOBODY,
                        List.of(),
                        ReceiveSettings.NOBODY));
    }

    @Test
    void theServersKeysAreAllRead() throws IOException {
        Path key = Files.writeString(folder.resolve("k.pem"), "").toAbsolutePath();
        Files.writeString(folder.resolve("c.pem"), "");
        ServingOptions options = config(
                        "data: x",
                        "server: {cache: 5 MiB, open-files: 7, connections: 8, requests-per-connection: 11, drain: 9, rate-limit: 10, access-log: a.log, "
                                + "tls: {certificate: c.pem, key: " + key + ", redirect-port: 12}}")
                .options();
        Path folderOfFile = folder.toAbsolutePath();
        assertThat(options)
                .isEqualTo(new ServingOptions(
                        5 << 20,
                        7,
                        8,
                        11,
                        Duration.ofSeconds(9),
                        10,
                        Optional.of(new TlsFiles(folderOfFile.resolve("c.pem"), key)),
                        OptionalInt.of(12),
                        Optional.of(folderOfFile.resolve("a.log"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache: 5",
                "cache: 5 parsecs",
                "cache: 1 KiB",
                "cache: 900000 GiB",
                "open-files: 0",
                "connections: -1",
                "requests-per-connection: 1",
                "drain: soon",
                "rate-limit: -1",
                "tls: {certificate: c.pem}",
                "tls: {certificate: c.pem, key: k.pem, cert: x}",
                "tls: {redirect-port: 80}"
            })
    void aServersKeyThatCannotBeIsRefused(String key) {
        assertThatThrownBy(() -> config("data: x", "server:", "  " + key)).isInstanceOf(ConfigException.class);
    }

    @Test
    void aMissingFileOfTlsIsNamedWithItsKey() throws IOException {
        Files.writeString(folder.resolve("c.pem"), "");
        assertThatThrownBy(() -> config("data: x", "server: {tls: {certificate: c.pem, key: missing.pem}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server.tls.key")
                .hasMessageContaining(folder.resolve("missing.pem").toString());
    }

    @Property(tries = 2000)
    void anyFileIsAConfigurationOrRefusedByItsName(@ForAll("files") String text) throws IOException {
        Path file = Files.createTempFile("fuzz", ".yaml");
        try {
            NodeConfig config = NodeConfig.read(Files.writeString(file, text));
            assertThat(config.data()).isAbsolute();
            assertThat(config.port()).isBetween(0, 65_535);
            assertThat(URI.create(config.viewerUrl()).getHost()).isNotEmpty();
            config.baseUrl()
                    .ifPresent(url -> assertThat(URI.create(url + "/hipslist"))
                            .hasPath(URI.create(url).getPath() + "/hipslist"));
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> keys = Arbitraries.of(
                "data", "title", "base-url", "server", "  host", "  port", "  viewer-url", "datas", "?", "<<", "");
        Arbitrary<String> values = Arbitraries.of(
                "x",
                "",
                "~",
                "[a]",
                "{port: 80}",
                "{host: h, viewer-url: https://v.example/}",
                "80",
                "-1",
                "1e9",
                "\"a\\0b\"",
                "\"\\ud800\"",
                "https://hips.example/",
                "https://hips.example//",
                "https://hips.example",
                "https://h:99999/",
                "https://h/?q",
                "https://é.example/é",
                "http://[::1]:80/a b",
                "http://user:word@host",
                "http://h\\",
                "'",
                "|",
                "*x",
                "&x y",
                "..",
                "/",
                "a\tb");
        Arbitrary<String> lines = Arbitraries.oneOf(
                Combinators.combine(keys, values).as((key, value) -> key + ": " + value),
                Arbitraries.strings().ofMaxLength(20));
        return lines.list().ofMaxSize(8).map(list -> "data: x\n".repeat(list.size() % 2) + String.join("\n", list));
    }

    @Test
    void surveysThatAreMadeHereAreRead() throws IOException {
        Files.createDirectories(folder.resolve("defs"));
        MadeSurveys made = config(
                        "data: x",
                        "making: {at-once: 2, every: 2 h, keep-releases: 3, sources-cache: far, sources-cache-size: 5 GB}",
                        "surveys:",
                        "  planck/co: {definition: defs/co.yaml, every: 30 s, keep-releases: 0}",
                        "  /: {definitions: defs}")
                .made();
        assertThat(made.atOnce()).isEqualTo(2);
        assertThat(made.sources()).isEqualTo(folder.toAbsolutePath().resolve("far"));
        assertThat(made.sourcesSize()).hasValue(5_000_000_000L);
        assertThat(made.entries())
                .containsExactly(
                        new MadeSurveys.Entry(
                                "planck/co",
                                folder.toAbsolutePath().resolve("defs/co.yaml"),
                                false,
                                Duration.ofSeconds(30),
                                0),
                        new MadeSurveys.Entry(
                                "", folder.toAbsolutePath().resolve("defs"), true, Duration.ofHours(2), 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "surveys: {a: {}}|either a definition, which is a file, or definitions, which is a folder, found 'neither'",
                "surveys: {a: {definition: b, definitions: c}}|found 'both'",
                "surveys: {a: }|expected a key definition or definitions, found 'nothing'",
                "surveys: {/: {definition: b}}|expected a path at which a survey can be served",
                "surveys: {../a: {definition: b}}|expected a path at which a survey can be served",
                "surveys: {api/a: {definition: b}}|expected a path at which a survey can be served",
                "surveys: {a: {definition: b, evry: 1 d}}|did you mean 'every'?",
                "surveys: {a: {definition: b, every: 1 s}}|expected a time of 10 s or more",
                "surveys: {a: {definition: b, keep-releases: -1}}|expected a whole number of 0 to 1000",
                "making: {at-once: 0}|expected a whole number of 1 to 16",
                "making: {sources-cache-size: much}|expected a size, such as 200 GB"
            })
    void surveysThatCannotBeMadeAreRefused(String line, String message) {
        assertThatThrownBy(() -> config("data: x", line))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aSurveyIsMadeHereOrCopied() {
        assertThatThrownBy(() -> config(
                        "data: x", "surveys: {a: {definition: b}}", "mirrors: {a: {from: 'https://far.example/a'}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no survey at the path of a mirror, found 'a'");
    }
}
