package org.hipsnode.generate.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.source.ConvertedSource;
import org.hipsnode.generate.source.RegionSource;
import org.hipsnode.generate.source.ResampledSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.moc.MocText;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;

/** Brings sources to the one grid of a survey: its frame, its pixels, its part of the sky. */
final class Regridding {
    private final SurveyDefinition.Tiles tiles;
    private final Frame frame;
    private final int pixelOrder;
    private final Layout layout;
    private final Optional<RegionSource.Region> region;
    private Optional<Method> method = Optional.empty();

    private Regridding(SurveyDefinition.Tiles tiles, List<Piece> pieces) throws IOException {
        this.tiles = tiles;
        TileSource first = pieces.get(0).source();
        this.frame = tiles.resampling().frame().orElse(first.frame());
        int own = pieces.stream().mapToInt(p -> p.source().pixelOrder()).max().orElseThrow();
        OptionalInt width = tiles.width().isPresent() ? tiles.width() : ownWidth(pieces);
        Layout natural = layout(frame, own, width, OptionalInt.empty());
        int beyond = tiles.order().orElse(0) - natural.order();
        boolean finer = beyond > 0 && tiles.resampling().method().isPresent();
        this.pixelOrder = finer ? own + beyond : own;
        this.layout = layout(frame, pixelOrder, OptionalInt.of(natural.tileWidth()), tiles.order());
        this.region =
                tiles.region().isPresent() ? Optional.of(region(tiles.region().get())) : Optional.empty();
    }

    /** Decides the grid for sources that are to be together. */
    static Regridding of(SurveyDefinition.Tiles tiles, List<Piece> pieces) throws IOException {
        return new Regridding(tiles, pieces);
    }

    /** A survey made from another keeps its tiles; images are sampled for tiles of some width. */
    private static OptionalInt ownWidth(List<Piece> pieces) {
        return pieces.stream()
                .map(Piece::tileWidth)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private static Layout layout(Frame frame, int pixelOrder, OptionalInt width, OptionalInt order)
            throws ConfigException {
        try {
            return Layout.forMap(frame, pixelOrder, width, order);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads a coverage; one without a frame is in ICRS, as the standard has it. */
    private static RegionSource.Region region(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw MalformedDataException.expected(file.toString(), "a MOC file", "no such file");
        }
        byte[] content = BoundedReads.readFile(file, MocFits.MAX_BYTES);
        if (content.length > 0 && (content[0] == 'S' || content[0] == 0x1f)) {
            MocFits.Content moc = MocFits.read(content, file.toString());
            return region(
                    file, moc.moc(), moc.coordsys().flatMap(Frame::ofLetter).orElse(Frame.EQUATORIAL));
        }
        String text = new String(content, StandardCharsets.UTF_8).strip();
        return region(
                file, text.startsWith("{") ? MocText.parseJson(text) : MocText.parseAscii(text), Frame.EQUATORIAL);
    }

    private static RegionSource.Region region(Path file, Moc moc, Frame frame) throws IOException {
        if (moc.isEmpty()) {
            throw MalformedDataException.expected(file.toString(), "a MOC that covers something", "an empty one");
        }
        return new RegionSource.Region(moc, frame);
    }

    Layout layout() {
        return layout;
    }

    /** Returns how values between pixels were found, if any had to be. */
    Optional<Method> method() {
        return method;
    }

    /** Returns the sources of pieces on the grid. */
    List<TileSource> apply(List<Piece> pieces) throws ConfigException {
        List<TileSource> sources = new ArrayList<>();
        for (Piece piece : pieces) {
            sources.add(cut(piece, resampled(piece)));
        }
        return sources;
    }

    private TileSource resampled(Piece piece) throws ConfigException {
        TileSource source = piece.source();
        if (piece.sampling().isPresent()) {
            method = piece.sampling();
            return source;
        }
        if (source.frame() == frame && source.pixelOrder() == pixelOrder) {
            return source;
        }
        if (tiles.resampling().method().isEmpty()
                && (source.pixelOrder() != pixelOrder
                        || tiles.resampling().frame().isEmpty())) {
            throw new ConfigException("'" + piece.text() + "': expected pixels of order " + pixelOrder
                    + " in the frame "
                    + frame.keyword() + " as the others have, found order " + source.pixelOrder() + " and "
                    + source.frame().keyword() + "; give --resampling bilinear (or nearest) to bring all to one grid");
        }
        Method usual = source.format().type().isFloating() ? Method.BILINEAR : Method.NEAREST;
        Method chosen = tiles.resampling().method().orElse(usual);
        if (chosen == Method.AREA) {
            throw new ConfigException("'" + piece.text()
                    + "': expected --resampling nearest or bilinear, found area, which is for images");
        }
        method = Optional.of(chosen);
        return new ResampledSource(source, frame, pixelOrder, chosen);
    }

    private TileSource cut(Piece piece, TileSource source) throws ConfigException {
        if (region.isEmpty()) {
            return source;
        }
        if (!source.format().hasBlank()) {
            throw new ConfigException(
                    "'" + piece.text() + "': expected pixels that can be blank, to cut them to a region, "
                            + "found integers without a blank; give --bitpix too");
        }
        return new RegionSource(source, region.get());
    }

    /** Returns a source with its values as plain 32-bit floating-point numbers. */
    static TileSource asFloats(TileSource source) {
        PixelFormat floats = PixelFormat.of(PixelType.FLOAT32);
        return source.format().equals(floats) ? source : new ConvertedSource(source, floats);
    }
}
