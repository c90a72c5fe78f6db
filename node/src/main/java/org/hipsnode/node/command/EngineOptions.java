package org.hipsnode.node.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.Engine;
import picocli.CommandLine.Option;

/** Options that choose what makes the tiles. */
final class EngineOptions {
    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What makes the tiles: native, or aladin, an installed Aladin (Hipsgen). By default native.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--aladin-jar",
            paramLabel = "JAR",
            description = "Aladin for --engine aladin; by default that of the Debian package aladin.")
    private Optional<Path> jar = Optional.empty();

    @Option(
            names = "--aladin-silence",
            paramLabel = "MINUTES",
            description = "How long Aladin may write nothing before it is ended; by default 10.")
    private Optional<Integer> silenceMinutes = Optional.empty();

    /** Returns the engine that a definition asks for, overruled by the options. */
    Engine over(Engine given) throws ConfigException {
        String wanted = name.orElse(given.keyword());
        if (wanted.equals(Engine.Aladin.USUAL.keyword())) {
            Engine.Aladin aladin = given instanceof Engine.Aladin own ? own : Engine.Aladin.USUAL;
            return new Engine.Aladin(
                    jar.or(aladin::jar), silenceMinutes.isPresent() ? silence(silenceMinutes.get()) : aladin.silence());
        }
        if (!wanted.equals(Engine.NATIVE.keyword())) {
            throw new ConfigException("--engine must be native or aladin, found '" + wanted + "'");
        }
        if (jar.isPresent() || silenceMinutes.isPresent()) {
            throw new ConfigException("--aladin-jar and --aladin-silence are for --engine aladin, found native");
        }
        return Engine.NATIVE;
    }

    private static Duration silence(int minutes) throws ConfigException {
        if (minutes < 1 || minutes > SurveyDefinition.MAX_SILENCE_MINUTES) {
            throw new ConfigException("--aladin-silence must be 1 to " + SurveyDefinition.MAX_SILENCE_MINUTES
                    + " minutes, found " + minutes);
        }
        return Duration.ofMinutes(minutes);
    }
}
