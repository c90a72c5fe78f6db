package org.hipsnode.serve.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.hipsnode.serve.request.ByteRange.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    private static final String ETAG = "\"abc\"";
    private static final Instant CHANGED = Instant.parse("2026-11-22T10:20:30.456Z");

    private static Conditions with(String header, String value) {
        Optional<String> v = Optional.of(value);
        Optional<String> none = Optional.empty();
        return new Conditions(
                header.equals("If-Match") ? v : none,
                header.equals("If-None-Match") ? v : none,
                header.equals("If-Modified-Since") ? v : none,
                header.equals("If-Unmodified-Since") ? v : none,
                header.equals("If-Range") ? v : none,
                header.equals("If-Range") ? Optional.of("bytes=0-0") : none,
                header.equals("Accept-Encoding") ? v : none);
    }

    @ParameterizedTest
    @CsvSource({
        "If-None-Match, '\"abc\"', true",
        "If-None-Match, 'W/\"abc\"', true",
        "If-None-Match, '\"x\", \"abc\"', true",
        "If-None-Match, *, true",
        "If-None-Match, '\"x\"', false",
        "If-Modified-Since, 'Sun, 22 Nov 2026 10:20:30 GMT', true",
        "If-Modified-Since, 'Sun, 22 Nov 2026 10:20:31 GMT', true",
        "If-Modified-Since, 'Sun, 22 Nov 2026 10:20:29 GMT', false",
        "If-Modified-Since, yesterday, false"
    })
    void tellsWhatTheClientHasAlready(String header, String value, boolean notModified) {
        assertThat(with(header, value).isNotModified(ETAG, CHANGED)).isEqualTo(notModified);
    }

    @Test
    void theTagCountsMoreThanTheDate() {
        Conditions both = new Conditions(
                Optional.empty(),
                Optional.of("\"other\""),
                Optional.of("Sun, 22 Nov 2026 10:20:30 GMT"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(both.isNotModified(ETAG, CHANGED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "If-Match, '\"abc\"', false",
        "If-Match, *, false",
        "If-Match, '\"x\"', true",
        "If-Match, 'W/\"abc\"', true",
        "If-Unmodified-Since, 'Sun, 22 Nov 2026 10:20:30 GMT', false",
        "If-Unmodified-Since, 'Sun, 22 Nov 2026 10:20:29 GMT', true"
    })
    void tellsWhatTheClientInsistsOn(String header, String value, boolean failed) {
        assertThat(with(header, value).isPreconditionFailed(ETAG, CHANGED)).isEqualTo(failed);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"abc\"', PART",
        "'Sun, 22 Nov 2026 10:20:30 GMT', PART",
        "'\"x\"', WHOLE",
        "'W/\"abc\"', WHOLE",
        "'Sun, 22 Nov 2026 10:20:31 GMT', WHOLE"
    })
    void aRangeOfAnotherVersionIsNotSent(String ifRange, Kind kind) {
        assertThat(with("If-Range", ifRange).wish(ETAG, CHANGED, 100).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'deflate, gzip;q=0.5', true",
        "*, true",
        "GZIP, true",
        "gzip;q=0, false",
        "'gzip;q=0, *', false",
        "'*, gzip;q=0', false",
        "*, true",
        "'gzip; q=0.0', false",
        "br, false",
        "'', false"
    })
    void tellsWhoTakesGzip(String value, boolean accepts) {
        assertThat(with("Accept-Encoding", value).acceptsGzip()).isEqualTo(accepts);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, PART, 0, 10",
        "bytes=90-, PART, 90, 10",
        "bytes=-10, PART, 90, 10",
        "bytes=-1000, PART, 0, 100",
        "bytes=99-1000, PART, 99, 1",
        "'bytes = 5 - 6', PART, 5, 2",
        "bytes=100-, UNSATISFIABLE, 0, 0",
        "bytes=-0, UNSATISFIABLE, 0, 0",
        "bytes=9-5, WHOLE, 0, 100",
        "'bytes=0-1,5-6', WHOLE, 0, 100",
        "lines=0-1, WHOLE, 0, 100",
        "bytes=-, WHOLE, 0, 100",
        "bytes=99999999999999999999-, WHOLE, 0, 100"
    })
    void readsRanges(String header, Kind kind, long first, long length) {
        assertThat(ByteRange.parse(Optional.of(header), 100))
                .isEqualTo(new ByteRange.Wish(kind, new ByteRange(first, length)));
    }

    @Test
    void nothingOfAnEmptyFileCanBeSent() {
        assertThat(ByteRange.parse(Optional.of("bytes=0-"), 0).kind()).isEqualTo(Kind.UNSATISFIABLE);
        assertThat(ByteRange.parse(Optional.empty(), 0).kind()).isEqualTo(Kind.WHOLE);
    }

    @Property
    void everyRangeLiesInTheFile(@ForAll String header, @ForAll @LongRange(min = 1, max = 1000) long size) {
        ByteRange range = ByteRange.parse(Optional.of("bytes=" + header), size).range();
        assertThat(range.first()).isBetween(0L, size);
        assertThat(range.first() + range.length()).isLessThanOrEqualTo(size);
    }

    @Test
    void writesAndReadsDates() {
        assertThat(HttpDate.format(CHANGED)).isEqualTo("Sun, 22 Nov 2026 10:20:30 GMT");
        assertThat(HttpDate.format(Instant.EPOCH)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(HttpDate.parse("Thu, 01 Jan 1970 00:00:00 GMT")).contains(Instant.EPOCH);
        assertThat(HttpDate.parse("tomorrow")).isEmpty();
    }
}
