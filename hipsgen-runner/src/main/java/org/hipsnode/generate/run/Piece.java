package org.hipsnode.generate.run;

import java.util.Optional;
import org.hipsnode.generate.source.HipsSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.survey.SurveyDefinition;

/**
 * One source of one number a pixel, opened.
 *
 * @param text what it is, in words
 * @param progenitor the same without folders
 * @param used how a definition names it, with everything found out
 * @param date the day on which it says that it was made
 * @param survey whose plane it is, if it is one
 */
record Piece(
        TileSource source,
        String text,
        String progenitor,
        SurveyDefinition.Part used,
        Optional<HipsDate> date,
        Optional<HipsSource> survey) {}
