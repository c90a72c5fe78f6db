package org.hipsnode.mirror.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hipsnode.io.JsonText;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.source.DamagedRoot;
import org.hipsnode.mirror.source.ReleaseMark;
import org.hipsnode.moc.MocText;
import org.hipsnode.tile.TileFormat;

/**
 * What a mirror's folder says of where it comes from.
 *
 * @param origin address of the survey, without query
 * @param mark of the release that the source had when it was last asked; that is the one here unless it is held back
 * @param releaseDate as the source says it
 * @param selection which part is here
 * @param lastRun when the source was last asked and had nothing else
 * @param damage of the source's manifest then
 * @param heldBack date of the source's release in whose place an earlier one was put back here, if that is so; may be nothing
 */
public record MirrorNote(
        String origin,
        ReleaseMark mark,
        Optional<String> releaseDate,
        Selection selection,
        String lastRun,
        Pace pace,
        Optional<DamagedRoot> damage,
        Optional<String> heldBack) {
    static final int MAX_BYTES = 1 << 26;
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FORMAT = "hipsnode-mirror";

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeStringField("version", "1");
            json.writeStringField("origin", origin);
            json.writeStringField("release_file", mark.file());
            write(json, "release_etag", mark.etag());
            json.writeStringField("release_digest", mark.digest());
            json.writeStringField("release_dated", Boolean.toString(mark.dated()));
            write(json, "hips_release_date", releaseDate);
            json.writeStringField("release_tiles", mark.tiles());
            json.writeStringField("min_order", Integer.toString(selection.minOrder()));
            json.writeStringField("max_order", Integer.toString(selection.maxOrder()));
            json.writeStringField("formats", formats(selection));
            write(json, "region", selection.region().map(MocText::ascii));
            json.writeStringField("last_run", lastRun);
            json.writeStringField("files_per_second", Double.toString(pace.filesPerSecond()));
            json.writeStringField("bytes_per_second", Double.toString(pace.bytesPerSecond()));
            write(json, "damaged_manifest", damage.map(DamagedRoot::message));
            write(json, "damaged_manifest_etag", damage.flatMap(DamagedRoot::etag));
            write(json, "held_back", heldBack);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String formats(Selection selection) {
        return selection.formats().stream().map(TileFormat::keyword).sorted().collect(Collectors.joining(" "));
    }

    private static void write(JsonGenerator json, String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get());
        }
    }

    /** Reads a note; empty if it is damaged or of another version, and then the mirror is looked at as if it had none. */
    static Optional<MirrorNote> parse(byte[] file) throws IOException {
        try {
            Optional<Map<String, String>> texts = JsonText.texts(file);
            return texts.isPresent() ? of(texts.get()) : Optional.empty();
        } catch (JacksonException | MalformedDataException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<MirrorNote> of(Map<String, String> texts) throws IOException {
        boolean whole = FORMAT.equals(texts.get("format"))
                && "1".equals(texts.get("version"))
                && texts.containsKey("origin")
                && texts.containsKey("release_file")
                && texts.containsKey("release_digest");
        if (!whole) {
            return Optional.empty();
        }
        ReleaseMark mark = new ReleaseMark(
                texts.getOrDefault("release_file", ""),
                Optional.ofNullable(texts.get("release_etag")),
                texts.getOrDefault("release_digest", ""),
                texts.getOrDefault("release_tiles", ""),
                Boolean.parseBoolean(texts.get("release_dated")));
        return Optional.of(new MirrorNote(
                texts.getOrDefault("origin", ""),
                mark,
                Optional.ofNullable(texts.get("hips_release_date")),
                selection(texts),
                texts.getOrDefault("last_run", ""),
                Pace.parse(texts.getOrDefault("files_per_second", ""), texts.getOrDefault("bytes_per_second", "")),
                damage(texts),
                Optional.ofNullable(texts.get("held_back"))));
    }

    private static Optional<DamagedRoot> damage(Map<String, String> texts) {
        return Optional.ofNullable(texts.get("damaged_manifest"))
                .map(message -> new DamagedRoot(Optional.ofNullable(texts.get("damaged_manifest_etag")), message));
    }

    private static Selection selection(Map<String, String> texts) throws IOException {
        Set<TileFormat> formats = EnumSet.noneOf(TileFormat.class);
        for (String word : texts.getOrDefault("formats", "").split(" ")) {
            TileFormat.ofWord(word).ifPresent(formats::add);
        }
        String region = texts.get("region");
        return new Selection(
                Integer.parseInt(texts.getOrDefault("min_order", "")),
                Integer.parseInt(texts.getOrDefault("max_order", "")),
                formats,
                region == null ? Optional.empty() : Optional.of(MocText.parseAscii(region)));
    }

    /** Returns the note after the source was asked and had nothing else. */
    MirrorNote at(String time, Optional<DamagedRoot> stillDamaged) {
        return new MirrorNote(origin, mark, releaseDate, selection, time, pace, stillDamaged, heldBack);
    }

    MirrorNote withPace(Pace measured) {
        return new MirrorNote(origin, mark, releaseDate, selection, lastRun, measured, damage, heldBack);
    }

    /** Returns the note of this release once it is put back in place of another: it stays until the source has a third one. */
    MirrorNote inPlaceOf(MirrorNote other) {
        Optional<String> held = mark.equals(other.mark)
                ? Optional.empty()
                : Optional.of(other.newestDate().orElse(""));
        return new MirrorNote(
                origin, other.mark, releaseDate, selection, other.lastRun, other.pace, other.damage, held);
    }

    /** Returns the date of the release that the source has. */
    Optional<String> newestDate() {
        return heldBack.isPresent() ? heldBack.filter(date -> !date.isEmpty()) : releaseDate;
    }
}
