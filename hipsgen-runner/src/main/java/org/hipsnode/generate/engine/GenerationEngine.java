package org.hipsnode.generate.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.survey.SurveyDefinition;

/**
 * Makes the tiles and Allsky files of a plan. All else of a survey is the same whoever made the tiles: coverage, keyword list,
 * preview, page, check and publication.
 */
public interface GenerationEngine {

    /** Returns the engine that a definition asks for; refuses one that is not installed. */
    static GenerationEngine of(SurveyDefinition.Engine wanted) throws ConfigException {
        return wanted instanceof SurveyDefinition.Engine.Aladin aladin
                ? AladinEngine.installed(aladin)
                : new NativeEngine();
    }

    /**
     * Returns what this engine would do with a plan, as named values for people and programs.
     *
     * @throws ConfigException if it cannot carry the plan out
     */
    Map<String, Object> facts(GenerationPlan plan, int workers) throws ConfigException;

    /** Tells whether tiles that were made before, by a run that was stopped or for the release before, need not be made again. */
    boolean canKeepTiles();

    /**
     * Makes the tiles.
     *
     * @param channels one source, or those of a cube's channels
     * @return what made them, for {@code hips_builder}: empty if it was this program alone
     */
    String make(GenerationPlan plan, List<TileSource> channels, Workplace workplace) throws IOException;
}
