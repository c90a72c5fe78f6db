package org.hipsnode.generate.run;

import java.util.Optional;
import java.util.OptionalInt;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.body.BodyMapFile;
import org.hipsnode.generate.image.ImageCollection;
import org.hipsnode.generate.plan.Origin;
import org.hipsnode.generate.source.HipsSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;

/**
 * One source of one number a pixel, opened.
 *
 * @param text what it is, in words
 * @param progenitor the same without folders
 * @param used how a definition names it, with everything found out
 * @param date the day on which it says that it was made
 * @param survey whose plane it is, if it is one
 * @param images that it is made of, if it is
 * @param bodyMap of which it is a band, if it is
 */
record Piece(
        TileSource source,
        String text,
        String progenitor,
        SurveyDefinition.Part used,
        Optional<HipsDate> date,
        Optional<HipsSource> survey,
        Optional<ImageCollection> images,
        Optional<BodyMapFile> bodyMap) {

    /** Returns the width of the tiles that it is best made into, if it matters. */
    OptionalInt tileWidth() {
        if (images.isPresent()) {
            return images.get().tileWidth();
        }
        if (bodyMap.isPresent()) {
            return bodyMap.get().tileWidth();
        }
        return survey.isPresent() ? OptionalInt.of(survey.get().tileWidth()) : OptionalInt.empty();
    }

    /** Returns the side of the pixels that it has of its own. */
    double pixelScaleDegrees() {
        return images.map(ImageCollection::pixelScaleDegrees)
                .or(() -> bodyMap.map(BodyMapFile::pixelScaleDegrees))
                .orElseGet(() -> Origin.scaleDegrees(source.pixelOrder()));
    }

    /** Returns the type of the numbers that it has of its own. */
    PixelType type() {
        return images.map(ImageCollection::type)
                .or(() -> bodyMap.map(BodyMapFile::type))
                .orElseGet(() -> source.format().type());
    }

    /** Returns how values between pixels are found, where it is sampled by itself for the grid of the survey. */
    Optional<Method> sampling() {
        return images.map(ImageCollection::sampling).or(() -> bodyMap.map(BodyMapFile::sampling));
    }
}
